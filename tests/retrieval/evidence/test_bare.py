"""Lines that say nothing by themselves: they are never quoted, and bring what stands under them."""

from dataclasses import replace

import pytest

from corpus.parsing.parse import parse
from retrieval.answering import Answerer
from retrieval.question.asked import Question
from tests.builders import edition, report

TOLD = """\
Inquiry into deaths in custody at Marle

Summary. The commission heard forty witnesses. It found three killings.

4.2 The death of Karim Dial

The guards fired at 10 p.m. He fell near the wall.

V. The part of the U.S.

The advisers left in May. They had trained the guards.

Pay

• Every guard got nine francs a day.

The commission asks for two things:

• a trial of the officers;
• a pension for the widows.
"""
_PASSAGES = parse(TOLD.encode(), ".txt", "marle").passages
ANSWERER = Answerer(edition(replace(report(id="marle", title=_PASSAGES[0].text), passages=_PASSAGES)))
LINES = ("Summary.", "V. The part of the U.S.", "Pay", "The commission asks for two things:")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("what was the part of the U.S.", ("The advisers left in May.", "They had trained the guards.")),
        ("pay", ("• Every guard got nine francs a day.",)),
        ("what does the commission ask for", ("• a trial of the officers;", "• a pension for the widows.")),
    ],
)
def test_what_stands_under_a_line_is_quoted_in_its_place(text: str, first: tuple[str, ...]) -> None:
    answer = ANSWERER.answer(Question.parse(text))
    assert answer.shown
    assert answer.excerpts[0].sentence_text in first


@pytest.mark.parametrize("text", ["summary", "pay", "the U.S.", "what does the commission ask for", "what happened"])
def test_no_excerpt_is_a_line_alone(text: str) -> None:
    excerpts = ANSWERER.consider(Question.parse(text)).excerpts
    assert [one.text for one in excerpts if one.text in LINES] == []
