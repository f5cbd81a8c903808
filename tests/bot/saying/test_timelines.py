"""What is said of the order of events: whole replies, their pages, and the record for programs."""

import datetime as dt

import pytest

from bot.discord.limits import LIST_ROOM
from bot.discord.page import page
from bot.saying.listing import pages
from bot.saying.reply import Heading, Line, Quote, Subheading
from bot.saying.templates import load
from bot.saying.timelines import timeline_record, timeline_reply
from retrieval.overview.timeline import timeline
from tests import builders

TEMPLATES = load()
REPORT = builders.report(
    "On 2 May 2024 it fell. Two days later, it was found.",
    "It rose in June. It was built in 1961. It fell on 3 July.",
    id="fall",
    title="Notes on a fall",
    date=dt.date(2023, 1, 1),
)
MANY = builders.report(
    *(f"On {n} May 2024 it {'fell and ' * 40}fell." for n in range(1, 29)), title="*Falls*", id="falls"
)


def test_each_date_is_marked_with_how_it_is_known() -> None:
    reply = timeline_reply(TEMPLATES, timeline(REPORT, "0f1e2d3c4b5a"))
    assert reply.parts[0] == Heading("Dated sentences, in the order of events: Notes on a fall", "Notes on a fall")
    assert [part.text for part in reply.parts[1:]] == [
        "1961",
        "It was built in 1961.",
        "2 May 2024",
        "On 2 May 2024 it fell.",
        "After the sentence before this one, or with it (“Two days later”)",
        "Two days later, it was found.",
        "June 2024 (the year is inferred)",
        "It rose in June.",
        "3 July 2024 (the year is inferred)",
        "It fell on 3 July.",
    ]
    assert reply.footer == "Edition 0f1e2d3c4b5a. Quotes are verbatim."
    assert {type(part) for part in reply.parts[1:]} == {Subheading, Quote}


def test_a_report_without_dates_says_so() -> None:
    reply = timeline_reply(TEMPLATES, timeline(builders.report("It rained."), "e"))
    assert reply.parts[1:] == (Line("No dated sentence was found in the report."),)


def test_what_no_message_holds_goes_on_further_pages() -> None:
    """Every sentence stands on one page, and each page fits a message whole."""
    found = timeline(MANY, "e")
    shown: list[str] = []
    for number in range(1, 99):
        reply = timeline_reply(TEMPLATES, found, number, LIST_ROOM)
        drawn = page(reply, TEMPLATES)
        assert drawn.cut_at is None
        quotes = [part.text for part in reply.parts if isinstance(part, Quote)]
        assert len([text for text in drawn.texts if text.shows is not None]) == len(quotes)
        if quotes[0] in shown:  # a page too far is the last one
            break
        shown += quotes
        assert isinstance(reply.parts[1], Line)
        assert reply.parts[1].text.startswith(f"Page {number} of ")
        assert reply.parts[1].text.endswith(f" to {len(shown)} of 28.")
    assert shown == [event.excerpt.text for event in found.events]


def test_pages_hold_what_fits_and_at_least_one_entry() -> None:
    assert pages([], 10) == [range(0)]
    assert pages([4, 4, 4], None) == [range(3)]
    assert pages([4, 6, 1, 20, 1], 10) == [range(2), range(2, 3), range(3, 4), range(4, 5)]


def test_the_record_gives_what_is_known_of_each_date() -> None:
    record = timeline_record(TEMPLATES, timeline(REPORT, "e"))
    assert list(record) == ["report", "title", "edition", "events"]
    events = record["events"]
    assert isinstance(events, list)
    assert [(one["year"], one["month"], one["day"], one["reading"], one["words"]) for one in events] == [
        (1961, None, None, "written", "1961"),
        (2024, 5, 2, "written", "2 May 2024"),
        (None, None, None, "later", "Two days later"),
        (2024, 6, None, "inferred", "June"),
        (2024, 7, 3, "inferred", "3 July"),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It went on from March to November 2023.", "March 2023 (“March to November 2023”)"),
        ("It fell on 2 and 4 January 2025.", "2 January 2025 (“2 and 4 January 2025”)"),
        ("In late October 2024 it fell.", "October 2024 (“late October 2024”)"),
        ("In late October it fell.", "October (“late October”) (the year is not told)"),
        ("It fell on 2 January 2025.", "2 January 2025"),
    ],
)
def test_a_time_of_more_than_one_date_is_told_in_its_own_words(text: str, label: str) -> None:
    reply = timeline_reply(TEMPLATES, timeline(builders.report(text), "e"))
    assert [part.text for part in reply.parts if isinstance(part, Subheading)] == [label]
