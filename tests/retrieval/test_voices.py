"""One speaker's words are never evidence for another's, however the record marks who speaks."""

import pytest

from corpus.edition import Edition
from corpus.parsing.parse import parse
from corpus.report import Report
from retrieval.answer import Answer
from retrieval.answering import Answerer
from retrieval.question.asked import Question

DIALLO = "We are deeply worried about the price of the pipes."
TALL = "The towns should pay for:"
ITEM = "- the repair of the pipes"


def answer(text: str, question: str) -> Answer:
    parsed = parse(text.encode(), ".md", "r")
    report = Report("r", parsed.facts.title, parsed.passages)
    return Answerer(Edition((report,))).answer(Question.parse(question))


@pytest.mark.parametrize("form", ["### {}\n\n{{}}", "**{}:** {{}}", "**{}**\n\n{{}}", "{}: {{}}"])
@pytest.mark.parametrize("tall", ["Mr. Tall", "Mr. Tall (Norland)"])
def test_words_are_no_evidence_for_another_speaker(form: str, tall: str) -> None:
    diallo, other = form.format("Ms. Diallo"), form.format(tall)
    record = [
        diallo.format(DIALLO),
        form.format("Mr. Tall").format("We thank the board of the wells."),
        other.format(TALL),
        ITEM,
        diallo.format("Then we shall have no water."),
    ]
    text = "# Meeting of the board\n\n" + "\n\n".join(record)
    asked = answer(text, "What did Mr. Tall say about the price of the pipes?").excerpts
    assert DIALLO not in [excerpt.text for excerpt in asked]
    asked = answer(text, "What did Ms. Diallo say about the repair of the pipes?").excerpts
    assert ITEM not in [excerpt.text for excerpt in asked]
    assert DIALLO in [excerpt.text for excerpt in asked]
