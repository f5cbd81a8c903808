"""Two-turn cases: the right sentence comes first in four of five, and single questions are no worse."""

import json
from pathlib import Path

import pytest

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from tests.golden.two_turns import FOLDER, answerers, cases, missed

OPEN, HELD_OUT = cases(FOLDER / "cases.jsonl"), cases(FOLDER / "held-out.jsonl")
FEWEST, SHARE = 40, 0.8
BUNDLED_NAME = "un-experts-mali-2025"


def test_the_cases_are_enough_and_half_of_them_are_of_the_bundled_report() -> None:
    every = [*OPEN, *HELD_OUT]
    assert len(every) >= FEWEST
    assert len({case.id for case in every}) == len(every)
    assert sum(case.report == BUNDLED_NAME for case in every) >= len(every) // 2


def test_the_right_sentence_comes_first_in_four_of_five() -> None:
    """Held out are a third of the cases: nobody who tuned the mechanism read which of them it misses."""
    answerer_of = answerers()
    count = len(OPEN) + len(HELD_OUT)
    misses, unread = missed(OPEN, answerer_of), missed(HELD_OUT, answerer_of)
    share = 1 - (len(misses) + len(unread)) / count
    told = f"{share:.1%} of {count}; held out: {len(unread)} of {len(HELD_OUT)} missed; of the others {misses}"
    print(told)
    assert share >= SHARE, told


def test_every_gold_string_stands_in_one_sentence() -> None:
    answerer_of = answerers()
    lost = [
        case.id
        for case in (*OPEN, *HELD_OUT)
        if not any(
            gold in passage.cut(passage.sentence(n))
            for passage in answerer_of(case.report).edition.passages()
            for n in range(len(passage.sentences))
            for gold in case.gold
        )
    ]
    assert lost == []


@pytest.mark.parametrize("name", ["before-lexicon.jsonl", "after-lexicon.jsonl"])
def test_single_questions_are_no_worse_when_another_was_asked_before(name: str) -> None:
    """Single questions, each asked after another of the file, which it has nothing to do with.

    One that stands alone gets the same answer. "What year was this" leans on whatever was asked: of such no more than
    one in fifty of all may lose its answer by it, and others win theirs.
    """
    answerer = Answerer(ingest(BUNDLED).edition)
    rows = [json.loads(line) for line in (Path(__file__).parent / name).read_text("utf-8").splitlines()]
    before, alone, after = None, 0, 0
    for row in rows[::3]:
        question = Question.parse(row["question"])
        considered = answerer.consider(question)
        followed = considered if before is None else answerer.follow(question, before)
        before = considered.turn
        if followed.answer.reading is None:
            assert followed.answer == considered.answer
        for found in (considered, followed):
            first = found.answer.excerpts[:1]
            right = any(gold in excerpt.sentence_text for excerpt in first for gold in row["gold"])
            alone, after = alone + (right and found is considered), after + (right and found is followed)
    print(f"{name}: {alone} right alone, {after} after another question")
    assert after >= alone * 0.98
