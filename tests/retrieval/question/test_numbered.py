"""Questions for the paragraph of a number; words with their speaker; and what is torn is never an answer."""

from pathlib import Path

import pytest

from bot.service.service import Service
from corpus.edition import Edition
from corpus.errors import UnknownCitationError
from corpus.parsing.parse import parse
from corpus.report import Report
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.outcome import Outcome
from retrieval.question.asked import Question

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
        ("§ 41", ["41. The council drilled nine wells in 2023."]),
        ("what's in ¶ 41?", ["41. The council drilled nine wells in 2023."]),
        ("What does recommendation 7.2 ask for?", ["7.2 Repair the dam before the rains."]),
        (
            "What does paragraph 42 say?",
            ["42. Two of the wells were dry within a year.", "The mayor wrote to the council:"],
        ),
        ("Paragraph 41", ["41. The council drilled nine wells in 2023."]),
        ("recommendation 7.2", ["7.2 Repair the dam before the rains."]),
        ("what is said in para. 42 bis?", ["42 bis. The mayor resigned in June."]),
        ("Show me paragraph 42 (a), please", ["(a) The pumps were stolen;"]),
        ("Que dit le paragraphe 41 ?", ["41. The council drilled nine wells in 2023."]),
        ("passage 41", ["41. The council drilled nine wells in 2023."]),
        (
            "What does paragraph 41 of the report on the wells of Maro say?",
            ["41. The council drilled nine wells in 2023."],
        ),
    ],
)
def test_a_question_for_a_number_is_answered_by_it(question: str, texts: list[str]) -> None:
    found = answer(REPORT, question)
    assert found.outcome is Outcome.ANSWERED
    assert [excerpt.text for excerpt in found.excerpts] == texts


@pytest.mark.parametrize("question", ["Who resigned in paragraph 42?", "What happened to 42 wells?", "paragraph 99"])
def test_a_question_for_more_than_a_number_is_searched_for(question: str) -> None:
    assert answer(REPORT, question).confidence < 1.0


@pytest.mark.parametrize(
    "question", ["What does paragraph two say?", "the second paragraph", "Que dit le deuxième paragraphe ?"]
)
def test_a_number_may_be_written_out(question: str) -> None:
    found = answer("The wells of Maro\n\nNine wells were drilled.\n\nTwo of them were dry.", question)
    assert [excerpt.text for excerpt in found.excerpts] == ["Two of them were dry."]


def many(*names: str) -> Answerer:
    texts = [f"The {name} of Maro\n\nNine were built.\n\nThe {name} cost little." for name in names]
    parsed = [parse(text.encode(), ".txt", name) for text, name in zip(texts, names, strict=True)]
    reports = (Report(name, one.facts.title, one.passages) for name, one in zip(names, parsed, strict=True))
    return Answerer(Edition(tuple(reports)))


def test_a_number_is_quoted_of_each_report_and_of_none_comes_closer() -> None:
    found = many("wells", "dams").answer(Question.parse("What does paragraph 2 say?"))
    assert [excerpt.text for excerpt in found.excerpts] == ["The wells cost little.", "The dams cost little."]
    assert found.tied == ()


def test_a_number_is_quoted_of_the_report_that_is_named_with_it() -> None:
    found = many("wells", "dams").answer(Question.parse("What does paragraph 2 of the report on the dams of Maro say?"))
    assert [excerpt.text for excerpt in found.excerpts] == ["The dams cost little."]


def test_where_a_number_stands_in_more_reports_than_are_quoted_one_is_to_be_chosen() -> None:
    names = ("wells", "dams", "pumps", "roads", "schools", "bridges")
    answerer = many(*names)
    question = Question.parse("What does paragraph 2 say?")
    assert answerer.answer(question).which == names
    assert answerer.answer(question, "roads").excerpts[0].text == "The roads cost little."


def test_a_passage_is_looked_up_by_its_number_alone(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text(REPORT, "utf-8")
    service = Service.of_folder(tmp_path)
    assert service.snapshot().passage("42 bis").passage.text == "42 bis. The mayor resigned in June."
    with pytest.raises(UnknownCitationError):
        service.snapshot().passage("43")


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


CHARTER = """\
Charter of the wells

Article 1

Everyone has a right to water.

Article 2

The council drills the wells.

It does so in spring.

Article 3 – Sale

1. No one shall sell a well.

2. The council may give one away.
"""


@pytest.mark.parametrize("noun", ["Article", "Section", "Rule", "Principle", "Recommendation"])
def test_an_article_is_quoted_whole_and_cited_by_its_number(noun: str) -> None:
    text = CHARTER.replace("Article", noun)
    found = answer(text, f"What does {noun.lower()} 2 say?").excerpts
    assert [excerpt.text for excerpt in found] == ["The council drills the wells.", "It does so in spring."]
    assert [str(excerpt.passage.locator.paragraph) for excerpt in found] == ["2", "2"]
    third = answer(text, f"{noun} 3").excerpts
    assert [str(excerpt.passage.locator.paragraph) for excerpt in third] == ["3 (1)", "3 (2)"]
    assert answer(text, "What does paragraph 3 (2) say?").excerpts[0].text == "2. The council may give one away."


def test_an_article_is_asked_for_by_its_short_name_too() -> None:
    assert answer(CHARTER, "What does art. 1 say?").excerpts[0].text == "Everyone has a right to water."
    short = CHARTER.replace("Article", "Art.")
    assert answer(short, "What does article 1 say?").excerpts[0].text == "Everyone has a right to water."
