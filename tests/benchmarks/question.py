"""What does an answer cost? ``python -m tests.benchmarks.question``

The processor's time for a whole answer (terms, passages, sentences, excerpts, outcome), beside plain rank-bm25, which
does no more than rank the same passages. On the bundled report, on a synthetic one of 50 paragraphs, and with
``--reports`` and ``--questions`` on any others.
"""

import argparse
import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import thread_time_ns

from rank_bm25 import BM25Okapi

from corpus.edition import Edition
from corpus.files.jsonlines import objects
from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from retrieval.words.terms import analyzer_of
from tests.benchmarks.corpora import ASKED, zipf
from tests.benchmarks.figures import median, percentile, short, table
from tests.builders import edition, report

PARAGRAPHS = 50
ROUNDS = 20
TOP = 5
SEED = 20_250_315


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds of the processor's time for one question on one corpus, for us and for plain rank-bm25."""

    corpus: str
    passages: int
    questions: int
    median: float
    p95: float
    plain_median: float
    plain_p95: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One corpus and what it is asked."""

    name: str
    edition: Edition
    questions: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.question", description=__doc__)
    parser.add_argument("--reports", type=Path, metavar="DIR", help="ask these reports too")
    parser.add_argument("--questions", type=Path, metavar="FILE", help='questions for them, {"question": …} a line')
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="times that each question is asked")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line instead of a table")
    given = parser.parse_args(arguments)
    if (given.reports is None) != (given.questions is None):
        parser.error("--reports and --questions go together")
    trials = [Trial("the bundled report", ingest(BUNDLED).edition, ASKED), synthetic(PARAGRAPHS)]
    if given.reports is not None:
        asked = tuple(str(found["question"]) for _, found in objects(given.questions))
        trials.append(Trial(str(given.reports), ingest(given.reports).edition, asked))
    costs = [measure(trial, given.rounds) for trial in trials]
    print("\n".join(json.dumps(asdict(cost)) for cost in costs) if given.json else as_table(costs))
    return 0


def synthetic(paragraphs: int) -> Trial:
    """A report of sentences of 15 to 20 made-up words, and questions of words that stand together in a paragraph."""
    dice = random.Random(SEED)
    corpus = zipf(paragraphs, 100, SEED)
    texts = []
    for terms in corpus.passages:
        sentences = []
        while terms:
            length = dice.randint(15, 20)
            words, terms = terms[:length], terms[length:]
            sentences.append(" ".join(words).capitalize() + ".")
        texts.append(" ".join(sentences))
    questions = tuple(f"Where were {' and '.join(question)}?" for question in corpus.questions)
    return Trial(f"{paragraphs} synthetic paragraphs", edition(report(*texts)), questions)


def measure(trial: Trial, rounds: int) -> Cost:
    """The cost of a question, ours and plain rank-bm25's in turn, each asked ``rounds`` times after a warm-up."""
    answerer = Answerer(trial.edition)
    reports = trial.edition.reports
    words = {one.id: analyzer_of(one.language) for one in reports}
    passages = [passage for one in reports for passage in one.body]
    plain = BM25Okapi([[term.key for term in words[p.report].terms(p.text)] for p in passages])
    asker = analyzer_of(reports[0].language)

    def ours(text: str) -> object:
        return answerer.answer(Question.parse(text))

    def theirs(text: str) -> object:
        return plain.get_top_n([term.key for term in asker.terms(text)], passages, TOP)

    took: dict[Callable[[str], object], list[float]] = {ours: [], theirs: []}
    for number in range(rounds + 1):
        for text in trial.questions:
            for answer, times in took.items():
                started = thread_time_ns()
                answer(text)
                if number:
                    times.append((thread_time_ns() - started) / 1e3)
    times, plain_times = took.values()
    return Cost(
        trial.name,
        len(passages),
        len(trial.questions),
        median(times),
        percentile(times, 95),
        median(plain_times),
        percentile(plain_times, 95),
    )


def as_table(costs: Sequence[Cost]) -> str:
    """The costs, a row a corpus."""
    heads = ["processor's time a question, µs", "passages", "median", "p95", "rank-bm25", "p95", "ratio of medians"]
    rows = [
        [
            cost.corpus,
            f"{cost.passages:,}",
            *map(short, (cost.median, cost.p95, cost.plain_median, cost.plain_p95)),
            f"{cost.median / cost.plain_median:.2f}",
        ]
        for cost in costs
    ]
    return table(heads, rows)


if __name__ == "__main__":
    sys.exit(main())
