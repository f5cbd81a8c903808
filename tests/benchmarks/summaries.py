"""How many of the key facts of ten reports a summary holds, and how many their first sentences do.

python -m tests.benchmarks.summaries
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Kind
from corpus.report import Report
from retrieval.overview.summary import summarise

GOLDEN = Path(__file__).parent.parent / "golden"
LISTS = GOLDEN / "summaries" / "facts.jsonl"  # the weights of retrieval/overview/salience.py were set on these
SEEN = GOLDEN / "summaries" / "seen.jsonl"  # were looked at beside them
HELD_OUT = GOLDEN / "summaries" / "held-out.jsonl"  # and were set when these were written
PLACES = (BUNDLED, GOLDEN / "everyday" / "english")
LENGTH = 6  # sentences


class Held(NamedTuple):
    """Of the ``facts`` of one report, how many its ``summary`` holds and how many its ``first`` sentences do."""

    report: str
    facts: int
    summary: int
    first: int


def measured(lists: Path, length: int = LENGTH) -> Iterator[Held]:
    """Every report of the ``lists``, with the facts that its summary of ``length`` sentences holds."""
    reports = {report.id: report for place in PLACES for report in ingest(place).edition.reports}
    for line in lists.read_text("utf-8").splitlines():
        one = json.loads(line)
        report = reports[one["report"].removesuffix(".txt")]
        shown = [excerpt.text for excerpt in summarise(report, "", length=length).excerpts]
        first = list(islice(sentences(report), length))
        yield Held(report.id, len(one["facts"]), _held(one["facts"], shown), _held(one["facts"], first))


def sentences(report: Report) -> Iterator[str]:
    """The sentences of its body text, in order."""
    for passage in report.body:
        if passage.kind is Kind.BODY:
            yield from (passage.cut(passage.sentence(number)) for number in range(len(passage.sentences)))


def _held(facts: Sequence[Sequence[str]], shown: Sequence[str]) -> int:
    """How many facts have one of their wordings in one of the texts ``shown``."""
    return sum(any(wording in text for wording in fact for text in shown) for fact in facts)


def gain(found: Sequence[Held]) -> float:
    """How many more facts the summaries hold than the first sentences do, as a share; over all reports together."""
    return sum(held.summary for held in found) / sum(held.first for held in found) - 1


def told(name: str, found: Sequence[Held]) -> None:
    """Print a line for each report, and one for all of them."""
    print(f"{name:34}{'facts':>7}{'summary':>9}{'first six':>11}")
    for held in (*found, Held("together", *(sum(column) for column in list(zip(*found, strict=True))[1:]))):
        print(f"{held.report:34}{held.facts:7}{held.summary:9}{held.first:11}")
    print(f"{gain(found):+.0%}\n")


if __name__ == "__main__":
    told("the ten", list(measured(LISTS)))
    told("five looked at beside them", list(measured(SEEN)))
    told("five held out", list(measured(HELD_OUT)))
