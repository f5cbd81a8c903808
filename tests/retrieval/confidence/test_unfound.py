"""Which words of a question stand nowhere in what was asked, and what that forbids."""

import pytest

from corpus.ingest.pipeline import BUNDLED, ingest
from retrieval.answering import Answerer
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from tests.builders import edition

MALI = Answerer(ingest(BUNDLED).edition)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Were the bodies found near Gao?", ("Gao",)),
        ("Where were the bodies found in 2019?", ("2019",)),
        ("Did the 47 civilians of Timbuktu flee?", ("47", "Timbuktu")),
    ],
)
def test_a_name_or_a_number_that_stands_nowhere_forbids_an_answer_and_is_told(
    question: str, missing: tuple[str, ...]
) -> None:
    answer = MALI.answer(Question.parse(question))
    assert answer.outcome is not Outcome.ANSWERED
    assert set(missing) <= set(answer.unfound)


def test_where_the_same_question_names_what_is_there_it_is_answered() -> None:
    answer = MALI.answer(Question.parse("Were the bodies found near Fatissouma?"))
    assert (answer.outcome, answer.unfound) == (Outcome.ANSWERED, ())


def test_silence_names_every_word_that_says_something_and_stands_nowhere() -> None:
    answer = MALI.answer(Question.parse("which orchestra played the symphony"))
    assert answer.outcome is Outcome.SILENT
    assert set(answer.unfound) == {"orchestra", "symphony"}


def test_a_word_that_was_read_as_another_is_not_missing() -> None:
    answer = MALI.answer(Question.parse("where were the bodys found"))
    assert answer.unfound == ()
    assert answer.corrections


def test_a_telling_word_of_the_report_is_enough_for_the_closest_passages() -> None:
    """Whatever else is asked of it: the report is about the matter."""
    told = Answerer(edition(["The dredger Halvard left Port Asker at dawn.", "It rained for three days."]))
    answer = told.answer(Question.parse("why would anybody insure a dredger like that"))
    assert answer.outcome is not Outcome.SILENT
    assert answer.excerpts[0].text.startswith("The dredger Halvard")
