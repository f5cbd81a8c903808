"""What is said of the reports there are, of what is live, of the database, and of the bot itself."""

import datetime as dt
import re

from bot.discord.limits import LIST_ROOM
from bot.discord.page import page
from bot.saying import compose as replies
from bot.saying.reply import Heading, Line, Quote, Reply, Source
from bot.saying.tour import about_reply
from bot.service.findings import FIRST_START, Kept, Reading
from bot.service.live import Live
from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import ReadError
from corpus.passage import Kind
from corpus.report import Report
from corpus.store.values import Verified
from tests import builders
from tests.bot.saying.mission import PLAIN, REPORT, TEMPLATES, quotes_of


def test_where_no_edition_was_ever_saved_nothing_is_called_sound() -> None:
    told = replies.verified_reply(TEMPLATES, Verified(0, 0, 0, ()))
    assert told == Reply((Line("No edition has been saved in the database yet, so there is nothing to compare."),))


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
    assert len(quotes_of(reply)) == 20
    assert reply.parts[-1] == Line("And 3 more.")
