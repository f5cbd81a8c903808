"""One paragraph shown: alone, between its neighbours, and in an old wording beside what is live in its place."""

import dataclasses

from bot.saying.passages import context_reply, passage_reply
from bot.saying.reply import Heading, Line, Reply
from corpus.citation import CitedPassage
from corpus.passage import Span
from tests import builders
from tests.bot.saying.mission import FIRST, PLAIN, PLAIN_QUOTE, REPORT, SECOND, TEMPLATES, old, quotes_of


def test_a_passage() -> None:
    cited = CitedPassage(PLAIN.passages[1], PLAIN, "0f1e2d3c4b5a", live=True)
    assert passage_reply(TEMPLATES, cited) == Reply(
        parts=(
            Heading("A plain report", "A plain report"),
            PLAIN_QUOTE,
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
    )


def test_an_old_wording_stands_beside_what_is_live_in_its_place() -> None:
    was = old("The mission visited three camps.", 1)
    live = CitedPassage(REPORT.passages[1], REPORT, "0f1e2d3c4b5a", live=True)
    for reply in (passage_reply, context_reply):
        parts = reply(TEMPLATES, dataclasses.replace(was, now=live)).parts
        assert [part.text for part in parts] == [
            "Report of the mission",
            "This wording is no longer live. It was last part of edition ffffffffffff.",
            "The mission visited three camps.",
            "The paragraph as it reads now, in edition 0f1e2d3c4b5a:",
            FIRST,
            "This report speaks of hardship.",
        ]


def test_words_that_stand_elsewhere_now_are_quoted_once_and_between_their_neighbours_there() -> None:
    was = old(FIRST, 7)
    moved = dataclasses.replace(was, now=CitedPassage(REPORT.passages[1], REPORT, "0f1e2d3c4b5a", live=True))
    assert [part.text for part in context_reply(TEMPLATES, moved).parts] == [
        "Report of the mission",
        "That was cited from edition ffffffffffff. The same words now stand at another place: paragraph 1.",
        FIRST,
        SECOND,
        "This report speaks of hardship.",
    ]


def test_of_a_paragraph_that_is_gone_it_is_said_that_it_is() -> None:
    parts = context_reply(TEMPLATES, old("Nothing of this stands there.", 1, PLAIN)).parts
    assert parts[-1] == Line("Nothing in the reports that are live now is a wording of this paragraph.")


def test_a_passage_stands_between_smaller_neighbours_with_what_was_quoted_of_it_marked() -> None:
    report = builders.report("One.", "Two. Three.", "Four.", id="r", title="Numbers")
    cited = CitedPassage(report.passages[2], report, "0f1e2d3c4b5a", live=True)
    quotes = quotes_of(context_reply(TEMPLATES, cited, Span(0, 4)))
    assert [(quote.text, quote.further, quote.matches) for quote in quotes] == [
        ("One.", True, ()),
        ("Two. Three.", False, (Span(0, 4),)),
        ("Four.", True, ()),
    ]


def test_an_old_passage_that_is_no_body_text() -> None:
    reply = passage_reply(TEMPLATES, CitedPassage(PLAIN.passages[0], PLAIN, "0f1e2d3c4b5a", live=False))
    assert reply.parts[1:3] == (
        Line("This wording is no longer live. It was last part of edition 0f1e2d3c4b5a."),
        Line("This passage is kept out of answers and summaries: it is no part of the report's body."),
    )
    assert [str(quote.source) for quote in quotes_of(reply)] == ["A plain report, title"]
