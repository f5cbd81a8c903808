"""What is said of a refresh, paragraph by paragraph, and of the history."""

import datetime as dt

from bot.discord.limits import LIST_ROOM
from bot.saying import compose as replies
from bot.saying.reply import Heading, Line, Note, Reply
from bot.service.findings import Reading, Refreshed
from corpus.citation import Citation
from corpus.edition import EditionDiff
from corpus.errors import NoFolderError, ReadError
from corpus.store.values import HistoryEntry
from tests import builders
from tests.bot.saying.mission import TEMPLATES


def test_a_refresh_in_little_room_counts_what_it_passed_over() -> None:
    refused = tuple(ReadError(file=f"{n}.txt", problem="it is empty") for n in range(500))
    reply = replies.refresh_reply(TEMPLATES, Refreshed(False, None, "0f1e2d3c4b5a", 3, Reading(refused)), LIST_ROOM)
    assert len(reply.parts) < 50
    assert reply.parts[-1] == Line(
        f"And {502 - len(reply.parts)} more were passed over; `rapporteur corpus check` names each.", item=True
    )


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
