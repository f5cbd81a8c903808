"""What is said of the numbers, names and places of a report: whole replies, their pages, the record for programs."""

from bot.discord.limits import LIST_ROOM, MESSAGE_TEXT
from bot.discord.page import page
from bot.saying.reply import Heading, Line, Note, Subheading
from bot.saying.rolls import roll_record, roll_reply
from bot.saying.templates import load
from corpus.citation import Citation
from retrieval.overview.roll import roll
from tests import builders

TEMPLATES = load()
REPORT = builders.report(
    "It hit six men near Niono.", "It hit six men and Inspector V. there.", title="Notes", note="It speaks of harm."
)
FIRST, SECOND = (str(Citation.of(passage)) for passage in REPORT.passages[1:])
MANY = builders.report(*(f"It hit {n} *men*_{n} of the {n} villages." for n in range(100, 200)), title="Many")


def test_each_entry_says_where_it_stands() -> None:
    reply = roll_reply(TEMPLATES, roll(REPORT, "0f1e2d3c4b5a"))
    assert reply.parts[0] == Heading("Numbers, names and places: Notes", "Notes")
    assert reply.parts[1] == Line(
        "These words are cut out of their sentences, which may call them alleged, reported or denied: /passage shows "
        "the whole paragraph of a key."
    )
    assert reply.parts[2:] == (
        Subheading("Numbers, with what they count"),
        Line(f"• “six men”, paragraph 1 [{FIRST}] and once more", item=True),
        Subheading("Names, with roles where they are told"),
        Line(f"• “Inspector V.”, paragraph 2 [{SECOND}]", item=True),
        Subheading("Places"),
        Line(f"• “Niono”, paragraph 1 [{FIRST}]", item=True),
        Note("It speaks of harm."),
    )
    assert reply.footer == "Edition 0f1e2d3c4b5a. Quotes are verbatim."


def test_a_report_that_mentions_nothing_says_so() -> None:
    reply = roll_reply(TEMPLATES, roll(builders.report("It rained."), "e"))
    assert reply.parts[1:] == (Line("No number, name or place was found in the report."),)


def test_what_no_message_holds_goes_on_further_pages() -> None:
    """Every entry stands on one page, and each page fits a message whole."""
    found = roll(MANY, "e")
    entries = [entry.text for entry in (*found.numbers, *found.names, *found.places)]
    assert len(entries) >= 100
    listed: list[str] = []
    for number in range(1, 99):
        reply = roll_reply(TEMPLATES, found, number, LIST_ROOM)
        drawn = page(reply, TEMPLATES)
        assert sum(len(text.markdown) for text in drawn.texts) <= MESSAGE_TEXT
        assert "left out" not in drawn.texts[-1].markdown
        lines = [part.text for part in reply.parts if isinstance(part, Line) and part.item]
        if lines[0] in listed:  # a page too far is the last one
            break
        listed += lines
    assert [line.partition("“")[2].partition("”")[0] for line in listed] == entries


def test_the_record_gives_every_place() -> None:
    record = roll_record(roll(REPORT, "e"))
    assert list(record) == ["report", "title", "edition", "numbers", "names", "places"]
    numbers = record["numbers"]
    assert isinstance(numbers, list)
    assert [(one["text"], [place["citation"] for place in one["places"]]) for one in numbers] == [
        ("six men", [FIRST, SECOND])
    ]
