"""What is said of an answer, the closest passages and silence: whole replies compared with literals."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.saying.reply import Heading, Line, Lookup, Note, Part, Paste, Quote, Reply, Subheading
from corpus.passage import Span
from corpus.report import Report
from retrieval.answer import Correction, Excerpt
from retrieval.outcome import Outcome
from tests import builders
from tests.bot.saying.mission import (
    KEY,
    PLAIN,
    PLAIN_QUOTE,
    REPORT,
    SECOND,
    WELLS,
    WELLS_QUOTE,
    answer,
    excerpt,
    quotes_of,
    replied,
)

LOOKUP = Lookup("Context", KEY, WELLS)


def test_an_answer() -> None:
    """Question, quote, content note, edition; no outcome line, since the quote is the answer; a button to the rest."""
    found = answer(Outcome.ANSWERED, excerpt(matches=(Span(35, 40),)), excerpt(number=1, span=Span(0, 30)), shown=1)
    assert replied(found, (REPORT,)) == Reply(
        parts=(Heading("How many wells?"), WELLS_QUOTE, Note("This report speaks of hardship.")),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(LOOKUP,),
    )


def test_the_closest_passages_are_not_called_an_answer() -> None:
    found = answer(Outcome.CLOSEST, excerpt(matches=(Span(35, 40),)), excerpt(PLAIN, 1, Span(0, 21)))
    assert replied(found, (REPORT,)) == Reply(
        parts=(
            Heading("How many wells?"),
            Line("The closest passages, not an answer:"),
            WELLS_QUOTE,
            dataclasses.replace(PLAIN_QUOTE, further=True),
            Note("This report speaks of hardship."),
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(
            Lookup("Context: paragraph 2", KEY, WELLS),
            Lookup("Context: paragraph 1", PLAIN_QUOTE.key, Span(0, 21)),
        ),
    )


def test_where_the_report_does_not_say_nothing_is_quoted_and_a_way_on_is_shown() -> None:
    rephrase = Line(
        "Try a report's own words, or a shorter question. /reports lists the reports that can be asked; /summary shows "
        "what one is about."
    )
    found = answer(Outcome.SILENT, excerpt(), shown=0)
    assert replied(found, (REPORT,)) == Reply(
        parts=(
            Heading("How many wells?"),
            Line("Nothing about this was found in the report."),
            Line("The report asked is “Report of the mission”."),
            rephrase,
        ),
        footer="Edition 0f1e2d3c4b5a.",
    )
    assert replied(found, (REPORT, PLAIN)).parts[1:3] == (
        Line("Nothing about this was found in the reports."),
        Line("The 2 reports asked are “Report of the mission”, “A plain report”."),
    )
    assert replied(found, (PLAIN,) * 50).parts[2] == Line(
        "50 reports were asked, among them “A plain report”, “A plain report”, “A plain report”."
    )


def test_where_the_report_does_not_say_it_is_told_what_it_does_speak_of() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), topics=("Access to water", "dry wells"))
    line = Line("Among other things it speaks of “Access to water”, “dry wells”.")
    assert replied(found, (REPORT,)).parts[3] == line
    line = Line("Among other things they speak of “Access to water”, “dry wells”.")
    assert replied(found, (REPORT, PLAIN)).parts[3] == line


def test_a_question_of_stop_words_is_told_so_instead_of_that_the_report_does_not_say() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), topics=("dry wells",), only_stop_words=True)
    assert replied(found, (REPORT,)).parts[1:] == (
        Line("That has only words that are not looked for, such as “who”, “about” or “hello”."),
        Line("The report asked is “Report of the mission”."),
        Line("Among other things it speaks of “dry wells”."),
        Line(
            "Name a person, a place or a thing. /summary shows what a report is about; /reports lists the reports that "
            "can be asked."
        ),
    )


def test_a_greeting_is_told_what_can_be_asked_also_where_nothing_is_spoken_of() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), only_stop_words=True, is_aside=True)
    assert replied(found, (REPORT, PLAIN)).parts[1:] == (
        Line("You can ask what the 2 reports say, for example “What happened?”; /summary shows what one is about."),
    )


@pytest.mark.parametrize(
    ("outcome", "tied", "lines"),
    [
        (Outcome.ANSWERED, (), []),
        (Outcome.ANSWERED, ("a", "b"), ["Two reports come about equally close; compare both."]),
        (Outcome.ANSWERED, ("a", "b", "c"), ["3 reports come about equally close; compare them."]),
        (
            Outcome.CLOSEST,
            ("a", "b"),
            ["Two reports come about equally close; compare both.", "The closest passages, not an answer:"],
        ),
    ],
)
def test_reports_that_come_about_equally_close_are_said_to(
    outcome: Outcome, tied: tuple[str, ...], lines: list[str]
) -> None:
    found = dataclasses.replace(answer(outcome, excerpt()), tied=tied)
    said = [part.text for part in replied(found, (REPORT,)).parts if isinstance(part, Line)]
    assert said == lines


@pytest.mark.parametrize("outcome", Outcome)
def test_a_word_that_was_taken_for_misspelt_is_told_quietly(outcome: Outcome) -> None:
    twice = (Correction("vehical", "vehicle"), Correction("wels", "wells"), Correction("wels", "wells"))
    found = dataclasses.replace(answer(outcome, excerpt()), corrections=twice)
    assert replied(found, (REPORT,)).parts[:2] == (
        Heading("How many wells?"),
        Note("Read “vehical” as “vehicle”. Read “wels” as “wells”."),
    )


def test_silence_shows_nothing_even_where_excerpts_are_marked_as_shown() -> None:
    assert not quotes_of(replied(answer(Outcome.SILENT, excerpt(), shown=1), (REPORT,)))


def test_two_excerpts_of_one_paragraph_need_one_way_to_what_stands_around_it() -> None:
    twice = excerpt(span=Span(0, 19)), excerpt(span=WELLS)
    assert replied(answer(Outcome.ANSWERED, *twice), (REPORT,)).lookups == (Lookup("Context", KEY, Span(0, 19)),)


def test_a_part_of_a_long_paragraph_and_its_page() -> None:
    passage = builders.passage(SECOND, 4, part=2, report="mission-2024", page=7)
    report = Report("mission-2024", "Report of the mission", (passage,))
    found = answer(Outcome.ANSWERED, Excerpt(report, passage, WELLS, WELLS, 1.0))
    reply = replied(found, (REPORT,))
    assert [str(quote.source) for quote in quotes_of(reply)] == ["Report of the mission, paragraph 4, part 2, page 7"]
    assert [action.label for action in reply.lookups] == ["Context"]


@given(st.text(min_size=1).filter(str.strip), st.data())
def test_a_quote_is_a_slice_of_its_passage_and_its_matches_point_at_the_same_words(
    text: str, data: st.DataObject
) -> None:
    report = builders.report(text.strip())
    passage = report.passages[1]
    places = st.integers(0, len(passage.text))
    span = Span(*sorted((data.draw(places), data.draw(places))))
    match = Span(*sorted((data.draw(places), data.draw(places))))
    found = answer(Outcome.ANSWERED, Excerpt(report, passage, span, span, 1.0, (match,)))
    (quote,) = quotes_of(replied(found, (REPORT,)))
    assert quote.text == passage.text[span.start : span.end]
    assert all(quote.text[m.start : m.end] == passage.cut(match) for m in quote.matches)
    assert quote.cut_before or not passage.text[: span.start].strip()
    assert quote.cut_after or not passage.text[span.end :].strip()


def test_every_kind_of_part_is_known() -> None:
    """A new part has to be drawn by both faces before a reply may hold one."""
    assert Part == Heading | Subheading | Line | Quote | Note | Paste
