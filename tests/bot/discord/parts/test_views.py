"""Buttons whose ids say everything: leafing through a report, reading on, and ids that nobody here wrote."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.buttons import asked, leaf
from bot.discord.ids import Press, Why
from bot.discord.limits import CUSTOM_ID, MESSAGE_TEXT
from bot.discord.message import Message
from bot.discord.page import page
from bot.errors.serving import UnknownActionError
from bot.saying.reply import Heading, Line, Reply
from bot.saying.templates import load
from corpus.citation import Citation, CitedPassage
from corpus.passage import Passage
from retrieval.errors import QuestionError
from retrieval.question.asked import Question
from tests import builders

TEMPLATES = load()


def cited(*paragraphs: str, number: int, live: bool = True) -> CitedPassage:
    report = builders.report(*paragraphs)
    passage = next(p for p in report.body if p.locator.paragraph == number)
    return CitedPassage(passage, report, "0123456789ab", live)


def key(passage: Passage) -> str:
    return str(Citation.of(passage))


def buttons(found: Message) -> dict[str, str]:
    return {action.label: action.id for action in found.buttons}


def test_a_paragraph_leads_to_the_ones_around_it() -> None:
    middle = cited("One.", "Two.", "Three.", number=2)
    one, _, three = middle.report.body
    assert buttons(leaf(TEMPLATES, middle)) == {
        "Paragraph before": f"passage:{key(one)}",
        "Paragraph after": f"passage:{key(three)}",
        "Cite": f"cite:{key(middle.passage)}",
    }
    assert list(buttons(leaf(TEMPLATES, cited("One.", "Two.", number=1)))) == ["Paragraph after", "Cite"]
    assert list(buttons(leaf(TEMPLATES, cited("One.", "Two.", number=2)))) == ["Paragraph before", "Cite"]


def test_an_old_wording_stands_alone() -> None:
    found = leaf(TEMPLATES, cited("One.", "Two.", "Three.", number=2, live=False))
    assert list(buttons(found)) == ["Cite"]
    assert found.page.texts[1].markdown.startswith("This wording is no longer live")


def test_a_long_passage_goes_on_until_nothing_is_left_out() -> None:
    text = " ".join(f"Line_{number} of a table *without* any end," for number in range(200))
    passage = cited("First.", text, number=2)
    shown, offset, pages = "", 0, 0
    while True:
        found = leaf(TEMPLATES, passage, offset)
        assert sum(len(part.markdown) for part in found.page.texts) <= MESSAGE_TEXT
        (quote,) = (part.shows for part in found.page.texts if part.shows is not None)
        shown += " " + quote.removeprefix("[…] ").removesuffix(" […]")
        pages += 1
        onward = buttons(found).get("Read on")
        if onward is None:
            break
        offset = Press.parse(onward).offset
    assert shown.strip() == text
    assert pages == 3


def test_a_page_that_begins_nowhere_is_refused() -> None:
    long = cited("word " * 2000 + "end.", number=1)
    for offset in (1, 10_000, 999_999):
        with pytest.raises(UnknownActionError):
            leaf(TEMPLATES, long, offset)
    with pytest.raises(UnknownActionError):
        leaf(TEMPLATES, cited("Short.", number=1), 3)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "passage:",
        "passage:nothing",
        "passage:a:1@XYZ",
        "passage:a:1@1f3c9a2b and more",
        "passage:a:1+0",
        "passage:a:1+-5",
        "passage:a:1+9999999",
        "passage:" + "a" * 93 + ":1",
        "delete:a:1",
        "passage:a:1\n",
        "passage:<@1>:1",
    ],
)
def test_ids_that_nobody_here_wrote_are_refused(forged: str) -> None:
    with pytest.raises(UnknownActionError):
        Press.parse(forged)


@pytest.mark.parametrize(
    "forged",
    ["", "why:", "why:0123456789a", "why:0123456789AB", "why:0123456789ab:", "why:0123456789ab\n", "why:" + "a" * 97],
)
def test_ids_that_ask_why_and_nobody_here_wrote_are_refused(forged: str) -> None:
    with pytest.raises(UnknownActionError):
        Why.parse(forged)


@given(
    st.from_regex(re.compile(r"[0-9a-f]{12}", re.ASCII), fullmatch=True), st.none() | st.text("az.-+:é ", min_size=1)
)
def test_an_id_that_asks_why_says_which_edition_and_report(edition: str, report: str | None) -> None:
    why = Why(edition, report)
    if len(str(why)) <= CUSTOM_ID:
        assert Why.parse(str(why)) == why


@given(st.text(), st.text(max_size=900))
def test_a_question_is_found_again_in_the_message_that_answers_it(typed: str, line: str) -> None:
    try:
        question = Question.parse(typed)
    except QuestionError:
        return
    texts = page(Reply((Heading(question.text), Line(line))), TEMPLATES).texts
    assert asked("\n".join(text.markdown for text in texts)) == question


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Who?",
        "### ",
        "### ?!",
        "### a*b",
        "**a",
        "### " + "a" * 301,
        "-# Who?",
        "> Who?",
        "### Who \\[…\\]",
        "###  \\",
    ],
)
def test_a_text_without_a_question_is_refused(text: str) -> None:
    with pytest.raises(UnknownActionError):
        asked(text)


@given(
    st.from_regex(re.compile(r"[a-z0-9][a-z0-9.-]{0,40}:[0-9]{1,3}(@[0-9a-f]{8})?", re.ASCII), fullmatch=True),
    st.integers(0, 999_999),
)
def test_an_id_says_all_there_is_to_know(citation: str, offset: int) -> None:
    press = Press(citation, offset)
    assert Press.parse(str(press)) == press


def test_the_id_of_a_wording_names_that_wording() -> None:
    passage = cited("One.", number=1).passage
    assert key(passage) != key(replace(passage, text="Another."))
