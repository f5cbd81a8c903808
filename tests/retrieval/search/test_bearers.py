"""A full name whose words never stand together in the reports is the name of nobody there."""

import pytest

from retrieval.answering import Answerer
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from tests.builders import edition

HALME = Answerer(
    edition(
        [
            "Inspector Ole Brandt was arrested on Monday by the police in Halme.",
            "Per Olav Lund, a fisherman, saw Brandt at the harbour. The Coast Guard searched the harbour.",
            "Guard posts were closed. The coast of Halme was searched for A. Moe, and Moe was found.",
        ]
    )
)


@pytest.mark.parametrize("name", ["Per Brandt", "Inspector Per Brandt", "Olav Brandt", "Ole Lund", "Arne Lund"])
def test_a_name_that_nobody_bears_forbids_an_answer_and_is_told(name: str) -> None:
    answer = HALME.answer(Question.parse(f"Who arrested {name}?"))
    assert answer.outcome is not Outcome.ANSWERED
    assert name.removeprefix("Inspector ") in answer.unfound


@pytest.mark.parametrize(
    "name", ["Ole Brandt", "Inspector Ole Brandt", "Brandt", "Inspector Brandt", "O. Brandt", "Inspector O. Brandt"]
)
def test_other_ways_to_call_somebody_are_answered(name: str) -> None:
    answer = HALME.answer(Question.parse(f"Who arrested {name}?"))
    assert (answer.outcome, answer.unfound) == (Outcome.ANSWERED, ())


@pytest.mark.parametrize(
    "name", ["Per Lund", "Lund", "Olav Lund", "Per Olav Lund", "Mr Lund", "Arne Moe", "Lund, Per", "Coast Guard"]
)
def test_middle_names_titles_and_initials_are_no_strangers(name: str) -> None:
    assert name not in HALME.answer(Question.parse(f"What about {name}?")).unfound
