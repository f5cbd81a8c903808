"""What a reply says: whole replies compared with literals, for values built by hand."""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.limits import LIST_ROOM
from bot.discord.page import page
from bot.errors import RefreshFailedError
from bot.errors.serving import ThrottledError, UnknownActionError
from bot.saying import compose as replies
from bot.saying.answers import MOST_CHOICES, answer_reply
from bot.saying.passages import context_reply, passage_reply
from bot.saying.records import summary_record
from bot.saying.reply import Heading, Line, Lookup, Menu, Note, Option, Part, Paste, Quote, Reply, Source, Subheading
from bot.saying.templates import load
from bot.saying.tour import about_reply
from bot.service.findings import FIRST_START, Kept, Reading, Refreshed
from bot.service.live import Live
from corpus.citation import Citation, CitedPassage
from corpus.edition import Edition, EditionDiff
from corpus.errors import NoFolderError, ReadError
from corpus.passage import Kind, Span
from corpus.report import Report
from corpus.store.values import HistoryEntry, Verified
from retrieval.answer import Answer, Correction, Excerpt, Summary
from retrieval.joined import joined
from retrieval.outcome import Outcome
from tests import builders

TEMPLATES = load()
FIRST = "The mission visited two camps."
SECOND = "It met with elders. It was told of three wells. Nobody spoke of a fourth."
REPORT = builders.report(
    FIRST,
    SECOND,
    id="mission-2024",
    title="Report of the mission",
    publisher="The Mission",
    date=dt.date(2024, 5, 1),
    url="https://example.org/mission",
    symbol="A/HRC/56/1",
    note="This report speaks of hardship.",
)
PLAIN = builders.report("Nothing but one line.", id="plain", title="A plain report")
WELLS = Span(20, 47)
SECTIONED = (
    ("It rained.", None),
    ("They were dry.", "Wells"),
    ("They were shut.", "Wells"),
    ("They were cut.", "Roads"),
)
SOURCE = Source("Report of the mission", "paragraph 2", "A/HRC/56/1", "The Mission", "1 May 2024")
KEY = str(Citation.of(REPORT.passages[2]))
LOOKUP = Lookup("Context", KEY, WELLS)


def replied(found: Answer, asked: Sequence[Report]) -> Reply:
    """The reply to a question that was put to these reports."""
    return answer_reply(TEMPLATES, _asked_of(found, asked))


def _asked_of(found: Answer, asked: Sequence[Report]) -> Answer:
    parts = tuple(_asked_of(part, asked) for part in found.parts)
    return dataclasses.replace(found, reports=tuple(asked), parts=parts)


def excerpt(report: Report = REPORT, number: int = 2, span: Span = WELLS, matches: tuple[Span, ...] = ()) -> Excerpt:
    return Excerpt(report, report.passages[number], span, span, 1.0, matches)


def answer(outcome: Outcome, *excerpts: Excerpt, shown: int | None = None) -> Answer:
    return Answer(
        question="How many wells?",
        outcome=outcome,
        confidence=0.9,
        edition="0f1e2d3c4b5a",
        excerpts=excerpts,
        shown=len(excerpts) if shown is None else shown,
        reports=(),
    )


PLAIN_QUOTE = Quote(
    "Nothing but one line.", Source("A plain report", "paragraph 1"), str(Citation.of(PLAIN.passages[1]))
)
WELLS_QUOTE = Quote(
    text="It was told of three wells.",
    source=SOURCE,
    key=KEY,
    url="https://example.org/mission",
    matches=(Span(15, 20),),
    cut_before=True,
    cut_after=True,
    sensitive=True,
)


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
    assert not _quotes(replied(answer(Outcome.SILENT, excerpt(), shown=1), (REPORT,)))


def test_two_excerpts_of_one_paragraph_need_one_way_to_what_stands_around_it() -> None:
    twice = excerpt(span=Span(0, 19)), excerpt(span=WELLS)
    assert replied(answer(Outcome.ANSWERED, *twice), (REPORT,)).lookups == (Lookup("Context", KEY, Span(0, 19)),)


def test_a_part_of_a_long_paragraph_and_its_page() -> None:
    passage = builders.passage(SECOND, 4, part=2, report="mission-2024", page=7)
    report = Report("mission-2024", "Report of the mission", (passage,))
    found = answer(Outcome.ANSWERED, Excerpt(report, passage, WELLS, WELLS, 1.0))
    reply = replied(found, (REPORT,))
    assert [str(quote.source) for quote in _quotes(reply)] == ["Report of the mission, paragraph 4, part 2, page 7"]
    assert [action.label for action in reply.lookups] == ["Context"]


def test_a_summary() -> None:
    summary = Summary(REPORT, "0f1e2d3c4b5a", None, (excerpt(number=1, span=Span(0, len(FIRST))),))
    assert replies.summary_reply(TEMPLATES, summary) == Reply(
        parts=(
            Heading("Summary: Report of the mission", "Report of the mission"),
            Quote(
                text=FIRST,
                source=dataclasses.replace(SOURCE, place="paragraph 1"),
                key=str(Citation.of(REPORT.passages[1])),
                url="https://example.org/mission",
                sensitive=True,
            ),
            Note("This report speaks of hardship."),
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(Lookup("Context", str(Citation.of(REPORT.passages[1])), Span(0, len(FIRST))),),
    )


def test_a_summary_says_which_word_of_its_topic_was_read_as_another() -> None:
    found = Summary(REPORT, "e", "wels", (excerpt(),), corrections=(Correction("wels", "wells"),))
    assert Note("Read “wels” as “wells”.") in replies.summary_reply(TEMPLATES, found).parts
    assert list(summary_record(TEMPLATES, found))[2:4] == ["about", "corrections"]


def test_a_summary_by_section_names_each_heading_once() -> None:
    passages = [builders.passage(text, n, section=at) for n, (text, at) in enumerate(SECTIONED, start=1)]
    of = Report("long", "A long report", tuple(passages))
    excerpts = tuple(Excerpt(of, p, p.sentence(0), p.sentence(0), 0.0) for p in passages)
    reply = replies.summary_reply(TEMPLATES, Summary(of, "e", None, excerpts, by_section=True))
    assert [part.text for part in reply.parts] == [
        "Summary: A long report",
        "It rained.",
        "Wells",
        "They were dry.",
        "They were shut.",
        "Roads",
        "They were cut.",
    ]
    short = replies.summary_reply(TEMPLATES, Summary(of, "e", None, excerpts))
    assert not any(isinstance(part, Subheading) for part in short.parts)


def test_a_summary_about_what_the_report_does_not_speak_of() -> None:
    assert replies.summary_reply(TEMPLATES, Summary(REPORT, "0f1e2d3c4b5a", "bridges", ())) == Reply(
        parts=(
            Heading("Report of the mission, on: bridges", "Report of the mission"),
            Line("Nothing about this was found in the report."),
        ),
        footer="Edition 0f1e2d3c4b5a.",
    )


def test_where_no_edition_was_ever_saved_nothing_is_called_sound() -> None:
    told = replies.verified_reply(TEMPLATES, Verified(0, 0, 0, ()))
    assert told == Reply((Line("No edition has been saved in the database yet, so there is nothing to compare."),))


def test_a_passage() -> None:
    cited = CitedPassage(PLAIN.passages[1], PLAIN, "0f1e2d3c4b5a", live=True)
    assert passage_reply(TEMPLATES, cited) == Reply(
        parts=(
            Heading("A plain report", "A plain report"),
            PLAIN_QUOTE,
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
    )


def old(text: str, label: int, report: Report = REPORT) -> CitedPassage:
    """A passage in a wording that is not live, as the archive finds it."""
    passage = builders.passage(text, label, report=report.id)
    return CitedPassage(passage, dataclasses.replace(report, passages=(passage,)), "ffffffffffff", live=False)


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
    quotes = _quotes(context_reply(TEMPLATES, cited, Span(0, 4)))
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
    assert [str(quote.source) for quote in _quotes(reply)] == ["A plain report, title"]


def test_the_list_of_reports() -> None:
    assert replies.reports_reply(TEMPLATES, (REPORT, PLAIN)) == Reply(
        parts=(
            Heading("2 reports can be asked"),
            Line(
                "• Report of the mission (mission-2024, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs)",
                "https://example.org/mission",
                item=True,
            ),
            Line("• A plain report (plain, 1 paragraph)", item=True),
        )
    )


def test_where_there_is_little_room_as_many_reports_are_listed_as_it_holds() -> None:
    """And what does not fit is counted, so that nothing of the reply is lost on the way into a message."""
    reports = builders.edition(*([f"Report {n}."] for n in range(2000))).reports
    reply = replies.reports_reply(TEMPLATES, reports, LIST_ROOM)
    shown = len(reply.parts) - 2
    assert 20 < shown < 100
    assert reply.parts[0] == Heading("2000 reports can be asked")
    assert reply.parts[-1] == Line(
        f"• and {2000 - shown} more. Type a part of a title or id where /ask or /summary asks for a report.", item=True
    )
    (drawn,) = page(reply, TEMPLATES).texts
    assert drawn.markdown.count("\n•") == shown + 1


def test_a_status_in_little_room_leaves_place_for_what_was_passed_over_and_kept_out() -> None:
    edition = builders.edition(*([f"Report {n}."] for n in range(2000)))
    refused = tuple(ReadError(file=f"{n}.txt", problem="it is empty") for n in range(500))
    reply = replies.status_reply(TEMPLATES, Live(edition, reading=Reading(refused)), room=LIST_ROOM)
    told = [part.text for part in reply.parts if isinstance(part, Line)]
    assert re.fullmatch(r"• and 19\d\d more reports", next(line for line in told if line.startswith("• and")))
    assert re.fullmatch(
        r"And 4\d\d more were passed over; `rapporteur corpus check` names each\.",
        next(line for line in told if "more were" in line),
    )
    assert "2000 passages are kept out of answers and summaries:" in told
    assert told[-1] == "And 1980 more."
    shown = "\n".join(text.markdown for text in page(reply, TEMPLATES).texts)
    assert "more were passed over" in shown
    assert "> A report" in shown


def test_a_refresh_in_little_room_counts_what_it_passed_over() -> None:
    refused = tuple(ReadError(file=f"{n}.txt", problem="it is empty") for n in range(500))
    reply = replies.refresh_reply(TEMPLATES, Refreshed(False, None, "0f1e2d3c4b5a", 3, Reading(refused)), LIST_ROOM)
    assert len(reply.parts) < 50
    assert reply.parts[-1] == Line(
        f"And {502 - len(reply.parts)} more were passed over; `rapporteur corpus check` names each.", item=True
    )


def test_what_the_bot_says_of_itself() -> None:
    said = " ".join(part.text for part in about_reply(TEMPLATES, None).parts)
    for promise in (
        "never rewritten",
        "No language model runs, and nothing is generated",
        "not affiliated with the United Nations, with the publishers",
        "No question is written down or logged",
        "/ask",
    ):
        assert promise in said


def test_the_status_of_files_names_every_passage_kept_out_of_ranking() -> None:
    edition = Edition((PLAIN,))
    status = Live(edition, reading=Reading((ReadError(file="b.txt", problem="it is empty"),)))
    assert replies.status_reply(TEMPLATES, status) == Reply(
        parts=(
            Heading("The corpus"),
            Line(f"Edition {edition.label}, read from the files as they stand."),
            Line("• A plain report (plain, 1 paragraph)", item=True),
            Line("Passed over: b.txt, because it is empty."),
            Line("One passage is kept out of answers and summaries:"),
            Quote("A plain report", Source("A plain report", "title"), str(Citation.of(PLAIN.passages[0]))),
        ),
        footer=f"Edition {edition.label}. Quotes are verbatim.",
    )


def test_the_status_of_a_store_says_since_when_and_by_whom() -> None:
    edition = Edition((PLAIN,))
    status = Live(edition, dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC), "terminal")
    line = f"Edition {edition.label}, live since 15 March 2025, 12:30 UTC, made by terminal."
    assert replies.status_reply(TEMPLATES, status).parts[1] == Line(line)


def test_the_status_of_a_first_start_is_said_in_plain_words() -> None:
    edition = Edition((PLAIN,))
    status = Live(edition, dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC), FIRST_START)
    assert replies.status_reply(TEMPLATES, status).parts[1] == Line(
        f"Edition {edition.label}, live since 15 March 2025, 12:30 UTC, made from the report files when the bot first "
        "started."
    )


def test_the_status_of_files_beside_the_bots_database() -> None:
    edition = Edition((PLAIN,))
    lines = [
        replies.status_reply(TEMPLATES, Live(edition), Kept(digest)).parts[2]
        for digest in (edition.digest, "1" * 64, None)
    ]
    assert lines == [
        Line(f"In the bot's database, edition {edition.label} is live: the same as these files."),
        Line(
            "In the bot's database, edition 111111111111 is live, which differs from these files. "
            "`rapporteur corpus refresh` makes these files live."
        ),
        Line("In the bot's database, no edition is live yet."),
    ]


def test_a_long_list_of_passages_kept_out_is_counted() -> None:
    links = [builders.passage(f"Link {n}", kind=Kind.LINKS, label=f"links-{n}") for n in range(23)]
    reply = replies.status_reply(TEMPLATES, Live(Edition((Report("report", "A report", tuple(links)),))))
    assert len(_quotes(reply)) == 20
    assert reply.parts[-1] == Line("And 3 more.")


def test_a_refresh_says_what_changed_paragraph_by_paragraph() -> None:
    old = builders.edition(
        builders.report("One.", "Two.", "Three.", id="a", title="A"), builders.report("Gone.", id="b", title="B")
    )
    new = builders.edition(
        builders.report("One.", "Two, changed.", "Three.", "Four.", id="a", title="A", publisher="P"),
        builders.report("New.", id="c", title="C"),
    )
    before, after = old.reports[0].passages, new.reports[0].passages
    reply = replies.refresh_reply(
        TEMPLATES, Refreshed(True, EditionDiff.between(old.reports, new.reports), new.label, 12)
    )
    assert reply == Reply(
        parts=(
            Heading(f"Edition {new.label} is live."),
            Line("• added: C (c, 1 paragraph)", item=True),
            Line("• removed: B (b, 1 paragraph)", item=True),
            Line("Changed: A"),
            Line("• title, date, link or another fact about the report", item=True),
            Line(
                f"• changed: paragraph 2 (before {Citation.of(before[2])}, now {Citation.of(after[2])})",
                item=True,
            ),
            Line(f"• added: paragraph 4 ({Citation.of(after[4])})", item=True),
            Note("Making it took 12 ms."),
        )
    )


def test_a_removed_paragraph() -> None:
    old, new = builders.edition(["One.", "Two."]), builders.edition(["One."])
    reply = replies.refresh_reply(
        TEMPLATES, Refreshed(True, EditionDiff.between(old.reports, new.reports), new.label, 12)
    )
    gone = Citation.of(old.reports[0].passages[2])
    assert reply.parts[1:-1] == (
        Line("Changed: A report"),
        Line(f"• removed: paragraph 2 ({gone})", item=True),
    )


def test_a_refresh_that_changed_nothing() -> None:
    assert replies.refresh_reply(TEMPLATES, Refreshed(False, None, "0f1e2d3c4b5a", 3)) == Reply(
        (Line("Nothing has changed. Edition 0f1e2d3c4b5a stays live."),)
    )


def test_a_refresh_that_changed_a_great_deal_is_counted() -> None:
    new = builders.edition(*([f"Report {n}."] for n in range(30)))
    reply = replies.refresh_reply(TEMPLATES, Refreshed(True, EditionDiff.between((), new.reports), new.label, 3))
    assert len(reply.parts) == 23
    assert reply.parts[-2] == Line("• and 10 more changes", item=True)


def test_the_history() -> None:
    at = dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC)
    first, second = "1" * 64, "2" * 64
    entries = [
        HistoryEntry(at, "terminal", "failed", None, None, "read file='a.txt'"),
        HistoryEntry(at, "terminal", "failed", None, None, NoFolderError(folder="/it's \\ \"a\" folder='b'").as_data()),
        HistoryEntry(at, "terminal", "failed", None, None, "KeyError"),
        HistoryEntry(at, "42", "unchanged", None, None, ""),
        HistoryEntry(at, "terminal", "refresh", second, first, ""),
        HistoryEntry(at, "first start", "refresh", first, None, ""),
        HistoryEntry(at, "terminal", "something new", None, None, ""),
    ]
    assert replies.history_reply(TEMPLATES, entries) == Reply(
        parts=(
            Heading("History of the corpus"),
            Line("• 15 March 2025, 12:30 UTC, terminal: failed to refresh: read file='a.txt'", item=True),
            Line(
                "• 15 March 2025, 12:30 UTC, terminal: failed to refresh: There is no folder /it's \\ \"a\" folder='b'."
                " Make it, or choose another one with --reports or RAPPORTEUR_REPORTS.",
                item=True,
            ),
            Line("• 15 March 2025, 12:30 UTC, terminal: failed to refresh: KeyError", item=True),
            Line("• 15 March 2025, 12:30 UTC, 42: refreshed, nothing had changed", item=True),
            Line(
                "• 15 March 2025, 12:30 UTC, terminal: made edition 222222222222 live, in place of 111111111111",
                item=True,
            ),
            Line("• 15 March 2025, 12:30 UTC, first start: made edition 111111111111 live", item=True),
            Line("• 15 March 2025, 12:30 UTC, terminal: something new", item=True),
        )
    )


def test_an_empty_history() -> None:
    assert replies.history_reply(TEMPLATES, ()).parts[1] == Line("Nothing has been done to the corpus yet.")


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (
            UnknownActionError(),
            ["This button is not one of mine, or no longer works. Ask again with /ask."],
        ),
        (ThrottledError(n=3), ["You have asked many questions in a short time. Try again in 3 seconds."]),
        (
            RefreshFailedError(ReadError(file="a.txt", problem="it is empty")),
            [
                (
                    "a.txt cannot be read: it is empty. Correct or remove it, or set RAPPORTEUR_SKIP_UNREADABLE=yes to "
                    "pass over such files."
                ),
                "The edition that was live stays live.",
            ],
        ),
    ],
)
def test_a_problem_is_said_in_private(error: ThrottledError, lines: list[str]) -> None:
    assert replies.error_reply(TEMPLATES, error) == Reply(tuple(map(Line, lines)), private=True)


def test_an_unforeseen_problem_has_a_number() -> None:
    assert replies.unforeseen_reply(TEMPLATES, "1f3c9a2b") == Reply(
        (Line("Something went wrong that nobody foresaw. Please tell whoever runs the bot this number: 1f3c9a2b."),),
        private=True,
    )


def test_help() -> None:
    (line,) = replies.help_reply(TEMPLATES).parts
    assert line.text.startswith("Ask about the reports in plain words")
    assert replies.chat_help_reply(TEMPLATES).parts[0] == Heading("How to ask")


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
    (quote,) = _quotes(replied(found, (REPORT,)))
    assert quote.text == passage.text[span.start : span.end]
    assert all(quote.text[m.start : m.end] == passage.cut(match) for m in quote.matches)
    assert quote.cut_before or not passage.text[: span.start].strip()
    assert quote.cut_after or not passage.text[span.end :].strip()


def _quotes(reply: Reply) -> list[Quote]:
    return [part for part in reply.parts if isinstance(part, Quote)]


def test_every_kind_of_part_is_known() -> None:
    """A new part has to be drawn by both faces before a reply may hold one."""
    assert Part == Heading | Subheading | Line | Quote | Note | Paste


def test_which_report_is_meant_is_asked_with_the_reports_to_choose_from() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), which=(REPORT.id, PLAIN.id))
    first, *choices = replied(found, (REPORT, PLAIN)).parts[1:]
    assert first == Line("Which report do you mean? Ask again about one of these, by its name:")
    assert [REPORT.id in choice.text or PLAIN.id in choice.text for choice in choices if isinstance(choice, Line)] == [
        True,
        True,
    ]


def test_the_reports_to_choose_from_are_a_menu_with_what_a_terminal_says_in_its_place() -> None:
    found = dataclasses.replace(answer(Outcome.SILENT), which=(REPORT.id, PLAIN.id))
    assert replied(found, (REPORT, PLAIN)).menu == Menu(
        "Choose a report",
        (
            Option(
                "Report of the mission",
                "mission-2024, A/HRC/56/1, The Mission, 1 May 2024, 2 paragraphs",
                "mission-2024",
            ),
            Option("A plain report", "plain, 1 paragraph", "plain"),
        ),
        "Or ask the same question again with /ask, adding --report and the id of the report you mean, such as "
        "--report mission-2024.",
    )
    assert replied(answer(Outcome.SILENT), (REPORT, PLAIN)).menu is None


def halves(*parts: Answer) -> Answer:
    return joined("How many wells and who said so?", parts)


def test_each_half_stands_under_its_own_heading_and_no_excerpt_twice() -> None:
    """Content note, edition and buttons stand once, for all halves together."""
    first = answer(Outcome.ANSWERED, excerpt(matches=(Span(35, 40),)))
    second = dataclasses.replace(
        answer(Outcome.CLOSEST, excerpt(), excerpt(PLAIN, 1, Span(0, 21))), question="who said so?", confidence=0.2
    )
    assert replied(halves(first, second), (REPORT, PLAIN)) == Reply(
        parts=(
            Heading("How many wells and who said so?"),
            Subheading("How many wells?"),
            WELLS_QUOTE,
            Subheading("who said so?"),
            Line("The closest passages, not an answer:"),
            PLAIN_QUOTE,
            Line("One more excerpt for this is quoted above."),
            Note("This report speaks of hardship."),
        ),
        footer="Edition 0f1e2d3c4b5a. Quotes are verbatim.",
        lookups=(
            Lookup("Context: paragraph 2", KEY, WELLS),
            Lookup("Context: paragraph 1", PLAIN_QUOTE.key, Span(0, 21)),
        ),
    )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.ANSWERED, "The words for this are quoted above."),
        (Outcome.CLOSEST, "What comes closest to this, without being an answer, is quoted above."),
    ],
)
def test_a_half_whose_excerpts_all_stand_above_says_so(outcome: Outcome, said: str) -> None:
    second = dataclasses.replace(answer(outcome, excerpt()), question="who said so?")
    parts = replied(halves(answer(Outcome.ANSWERED, excerpt()), second), (REPORT,)).parts
    assert parts[3:5] == (Subheading("who said so?"), Line(said))


def test_a_half_of_which_nothing_was_found_says_so_and_advice_comes_only_where_that_is_true_of_all() -> None:
    lost = dataclasses.replace(answer(Outcome.SILENT), question="who sang?", confidence=0.0, unfound=("sang",))
    parts = replied(halves(answer(Outcome.ANSWERED, excerpt()), lost), (REPORT,)).parts
    assert parts[3:6] == (
        Subheading("who sang?"),
        Line("Nothing about this was found in the report."),
        Line("Not found in what was asked: “sang”."),
    )
    assert TEMPLATES("answer.rephrase") not in [part.text for part in parts]
    nothing = replied(halves(lost, lost), (REPORT,))
    assert nothing.parts[-2:] == (
        Line("The report asked is “Report of the mission”."),
        Line(TEMPLATES("answer.rephrase")),
    )
    assert nothing.footer == "Edition 0f1e2d3c4b5a."


def test_where_one_half_depends_on_the_report_the_other_is_answered_all_the_same() -> None:
    open_ = dataclasses.replace(answer(Outcome.SILENT), confidence=0.0, which=(REPORT.id, PLAIN.id))
    reply = replied(halves(answer(Outcome.ANSWERED, excerpt()), open_), (REPORT, PLAIN))
    assert Line("That depends on which report is meant.") in reply.parts
    assert Line("Which report do you mean? Ask again about one of these, by its name:") in reply.parts
    assert reply.menu is not None
    whole = replied(halves(open_, open_), (REPORT, PLAIN))
    assert not [part for part in whole.parts if isinstance(part, Subheading)]


def test_of_many_reports_to_choose_from_the_rest_is_counted() -> None:
    many = tuple(dataclasses.replace(PLAIN, id=f"plain-{n}") for n in range(15))
    found = dataclasses.replace(answer(Outcome.SILENT), which=tuple(report.id for report in many))
    parts = replied(found, many).parts
    assert len(parts) == 1 + 1 + MOST_CHOICES + 1
    assert isinstance(parts[-1], Line)
    assert "5 more" in parts[-1].text


def test_the_record_of_a_report_is_told_where_it_answers() -> None:
    found = dataclasses.replace(answer(Outcome.ANSWERED), excerpts=(), shown=0, itself=REPORT.id)
    line, entry = replied(found, (REPORT, PLAIN)).parts[1:]
    assert line == Line("From the record of the report, not from its text:")
    assert isinstance(entry, Line)
    assert REPORT.title in entry.text
    assert entry.url == REPORT.url
