"""Another name that a report gives a thing itself finds the thing, within that report."""

import pytest

from retrieval.answering import Answerer
from retrieval.question.asked import Question
from tests.builders import edition

MALIAN = "The Malian Armed Forces (FAMa) spoke in Kita."
HUMAN_RIGHTS = "The HRWG (Human Rights Working Group) met."
FILL = ["It rained on the hills.", "Nobody came to the well."]


def first(question: str, *paragraphs: str) -> str:
    return Answerer(edition([*paragraphs, *FILL])).answer(Question.parse(question)).excerpts[0].text


@pytest.mark.parametrize(
    ("introduction", "question", "found"),
    [
        (
            "The Malian Armed Forces (FAMa) spoke in Kita.",
            "where did FAMa march",
            "Malian Armed Forces marched to Kidal.",
        ),
        (
            "The Malian Armed Forces (FAMa) spoke in Kita.",
            "where did the malian armed forces march",
            "FAMa marched to Kidal.",
        ),
        (
            "The HRWG (Human Rights Working Group) met.",
            "who marched with the HRWG",
            "The Human Rights Working Group marched.",
        ),
        ("The Ministry of Mines (MM) met.", "when did the MM march", "The Ministry of Mines marched on Monday."),
    ],
)
def test_an_acronym_finds_what_it_stands_for_and_back(introduction: str, question: str, found: str) -> None:
    assert first(question, introduction, found) == found


def test_it_holds_in_that_report_alone_and_only_where_the_letters_fit() -> None:
    other = edition(["The Malian Armed Forces spoke (KITA).", "The Malian Armed Forces marched to Kidal.", *FILL])
    answer = Answerer(other).answer(Question.parse("what did FAMa do"))
    assert answer.excerpts == () or not answer.excerpts[0].matches


def test_what_a_thing_is_said_to_be_stands_for_it() -> None:
    told = "Their skiff, a wooden canoe, was stopped."
    assert first("where did the wooden canoe sink", told, "The skiff sank near Kidal.") == "The skiff sank near Kidal."
