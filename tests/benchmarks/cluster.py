"""Are answers from a cluster those of the embedded index, and how long do both take? Prints Markdown.

    RAPPORTEUR_INDEX=$(.ci/opensearch start /tmp/opensearch) \\
        python -m tests.benchmarks.cluster reports.jsonl questions.jsonl [--questions 500]

Answers are compared as values: outcome, confidence, excerpts in their order, each with its score.
"""

import argparse
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from bot.cluster.cluster import Cluster
from bot.publishing.editions import Editions, version
from bot.service.live import Live
from bot.settings.cluster import ClusterAddress
from corpus.edition import Edition
from corpus.ingest.collection import read_collection
from corpus.ingest.pipeline import ingest
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from tests.benchmarks.figures import percentile, short, table
from tests.benchmarks.library import questions as library_questions
from tests.benchmarks.library import write_library


class Both(NamedTuple):
    """How often answers were equal, how often they were not and why, what both engines took, in milliseconds, and
    how many seconds loading did."""

    asked: int
    unequal: Sequence[str]
    embedded: Sequence[float]
    cluster: Sequence[float]
    loading: float


def compare(edition: Edition, questions: Sequence[str], address: str) -> Both:
    """Ask both, one question after the other."""
    with TemporaryDirectory() as folder:
        editions = Editions(Path(folder))
        editions.write(edition)
        opened = editions.opened(edition.digest)
        if opened is None:
            raise AssertionError("it was just written")
    edition, prepared = opened.edition, opened.prepared
    started = perf_counter()
    live = Cluster(ClusterAddress.parse(address), version()).holding(Live(edition, prepared=prepared))
    loading = perf_counter() - started
    ours = Answerer(edition, prepared=prepared)
    theirs = Answerer(edition, index=live.index, prepared=prepared)
    for answerer in (ours, theirs):
        answerer.prepare()
    unequal: list[str] = []
    times: tuple[list[float], list[float]] = [], []
    for question in questions:
        found: list[Answer] = []
        for answerer, taken in zip((ours, theirs), times, strict=True):
            started = perf_counter()
            found.append(answerer.answer(Question.parse(question)))
            taken.append((perf_counter() - started) * 1000)
        if found[0] != found[1]:
            unequal.append(question)
    return Both(len(questions), unequal, *times, loading)


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, nargs="?", help="a folder, or a file of reports as JSON lines")
    parser.add_argument("labelled", type=Path, nargs="?", help="a file of labelled questions as JSON lines")
    parser.add_argument("--library", type=int, metavar="N", help="instead: N reports of 100 paragraphs, out of a seed")
    parser.add_argument("--questions", type=int, help="so many of them, by chance; all where it is left out")
    parsed = parser.parse_args()
    with TemporaryDirectory() as folder:
        if parsed.library:
            write_library(Path(folder), parsed.library, 100)
            edition, asked = ingest(Path(folder)).edition, library_questions(Path(folder), parsed.questions or 100)
        else:
            edition = (ingest if parsed.reports.is_dir() else read_collection)(parsed.reports).edition
            asked = [json.loads(line)["question"] for line in parsed.labelled.read_text("utf-8").splitlines()]
    if parsed.questions:
        asked = random.Random(13).sample(asked, min(parsed.questions, len(asked)))
    both = compare(edition, asked, os.environ["RAPPORTEUR_INDEX"])
    passages = sum(1 for report in edition.reports for _ in report.body)
    print(f"{passages:,} passages, loaded in {both.loading:.0f} s")
    print(f"{both.asked - len(both.unequal)} of {both.asked} answers are equal")
    for question in both.unequal[:10]:
        print(f"- differs: {question}")
    rows = [
        (name, *(short(percentile(times, part)) for part in (50, 90, 99)))
        for name, times in (("embedded", both.embedded), ("cluster", both.cluster))
    ]
    print(table(("milliseconds a question", "median", "90 %", "99 %"), rows))


if __name__ == "__main__":
    main()
