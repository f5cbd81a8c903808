"""Questions for the paragraph of a number; words with their speaker; and what is torn is never an answer."""

from pathlib import Path

import pytest

from bot.service import Service
from corpus.edition import Edition
from corpus.errors import UnknownCitationError
from corpus.parsing import parse
from corpus.report import Report
from retrieval.answer import Answer, Outcome
from retrieval.answering import Answerer
from retrieval.question import Question

REPORT = """\
Report on the wells of Maro

Introduction

41. The council drilled nine wells in 2023.

42. Two of the wells were dry within a year.

The mayor wrote to the council:

(a) The pumps were stolen;

42 bis. The mayor resigned in June.

7.2 Repair the dam before the rains.
"""
DRY = "42. Two of the wells were dry within a year."
MEETING = """\
Meeting of the water board

Norland:

We are deeply worried about the price of pipes.

The well fund should pay for the repairs.

Sudria:

The towns should pay for the repairs themselves.
"""


def answer(text: str, question: str) -> Answer:
    parsed = parse(text.encode(), ".txt", "r")
    report = Report("r", parsed.facts.title, parsed.passages)
    return Answerer(Edition((report,))).answer(Question.parse(question))


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        (
            "What does paragraph 42 say?",
            ["42. Two of the wells were dry within a year.", "The mayor wrote to the council:"],
        ),
        ("Paragraph 41", ["41. The council drilled nine wells in 2023."]),
        ("recommendation 7.2", ["7.2 Repair the dam before the rains."]),
        ("what is said in para. 42 bis?", ["42 bis. The mayor resigned in June."]),
        ("Show me paragraph 42 (a), please", ["(a) The pumps were stolen;"]),
    ],
)
def test_a_question_for_a_number_is_answered_by_it(question: str, texts: list[str]) -> None:
    found = answer(REPORT, question)
    assert found.outcome is Outcome.ANSWERED
    assert [excerpt.text for excerpt in found.excerpts] == texts


@pytest.mark.parametrize("question", ["Who resigned in paragraph 42?", "What happened to 42 wells?", "paragraph 99"])
def test_a_question_for_more_than_a_number_is_searched_for(question: str) -> None:
    assert answer(REPORT, question).confidence < 1.0


def test_a_passage_is_looked_up_by_its_number_alone(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT, "utf-8")
    service = Service.of_folder(tmp_path)
    assert service.passage("42 bis").passage.text == "42 bis. The mayor resigned in June."
    with pytest.raises(UnknownCitationError):
        service.passage("43")


def test_words_are_quoted_with_their_speaker_and_never_given_for_anothers() -> None:
    norland = answer(MEETING, "What did Norland say about the price of pipes?").excerpts[0]
    assert norland.shown == "Norland: We are deeply worried about the price of pipes."
    fund = answer(MEETING, "What did Norland say about the well fund?").excerpts[0]
    assert fund.shown == "Norland: […] The well fund should pay for the repairs."
    sudria = answer(MEETING, "Does Sudria say that the well fund should pay?").excerpts
    assert [excerpt.text for excerpt in sudria] == ["The towns should pay for the repairs themselves."]


def test_a_torn_sentence_is_never_an_answer() -> None:
    """Of a sentence whose beginning is not there nobody knows what it says."""
    sold = "the mayor of Kanga sold the pumps of the wells to the traders."
    text = f"Report on Maro\n\nThe wells were dry.\n\n{sold}\n\nThe dam was repaired."
    found = answer(text, "Who sold the pumps of the wells to the traders?")
    assert found.excerpts[0].is_torn
    assert found.outcome is Outcome.CLOSEST
    whole = answer(text.replace("the mayor", "The mayor"), "Who sold the pumps of the wells to the traders?")
    assert whole.outcome is Outcome.ANSWERED
