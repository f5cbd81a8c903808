"""Two-turn cases: a question, what is asked after it, and the sentences of which one has to come first.

    python -m tests.golden.two_turns FILE … [--reports FILE …]

prints how many come first, and which do not. A case names its report by the file's name without its ending; reports
are looked for in the bundled folder, in ``tests/golden/everyday`` and among those that are given.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question.asked import Question

FOLDER = Path(__file__).parent / "followups"
_KNOWN = (*BUNDLED.glob("*.txt"), *(Path(__file__).parent / "everyday").glob("*/*.txt"))


class Case(NamedTuple):
    """One line of a file: ``first`` is asked, then ``then``."""

    id: str
    report: str
    first: str
    then: str
    gold: Sequence[str]


def cases(file: Path) -> list[Case]:
    """The cases of a file of one a line."""
    return [Case(**json.loads(line)) for line in file.read_text("utf-8").splitlines()]


def found(case: Case, answerer: Answerer) -> Answer:
    """The answer to the second question of a case."""
    turn = answerer.consider(Question.parse(case.first)).turn
    return answerer.follow(Question.parse(case.then), turn).answer


def is_right(case: Case, answer: Answer) -> bool:
    """Whether the first excerpt of an answer is of a sentence that the case takes for right."""
    return bool(answer.excerpts) and any(gold in answer.excerpts[0].sentence_text for gold in case.gold)


def missed(listed: Sequence[Case], answerer_of: Callable[[str], Answerer]) -> list[Case]:
    """The cases whose right sentence does not come first."""
    return [case for case in listed if not is_right(case, found(case, answerer_of(case.report)))]


def answerers(reports: Sequence[Path] = ()) -> Callable[[str], Answerer]:
    """An answerer over each report by the name of its file, made when it is first asked."""
    files = {file.stem: file for file in (*_KNOWN, *reports)}

    @cache
    def answerer(report: str) -> Answerer:
        place = files[report].parent if files[report].parent == BUNDLED else files[report]
        return Answerer(ingest(place).edition)

    return answerer


def main() -> None:
    """Print the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--reports", type=Path, nargs="*", default=[])
    parsed = parser.parse_args()
    answerer_of = answerers(parsed.reports)
    for file in parsed.cases:
        listed = cases(file)
        misses = missed(listed, answerer_of)
        right = len(listed) - len(misses)
        print(f"{file.name}: {right} of {len(listed)} ({right / len(listed):.1%})")
        for case in misses:
            print(f"  {case.id}: {case.first} / {case.then}")


if __name__ == "__main__":
    main()
