"""What is said of the facts that a report mentions: numbers, names and places in its words, each with where it stands.

Replies for people, and records for programs.
"""

from itertools import groupby

from bot.saying.citations import place
from bot.saying.jsontype import Json
from bot.saying.listing import pages
from bot.saying.quoting import notes
from bot.saying.reply import Heading, Line, Part, Reply, Subheading
from bot.saying.templates import Templates
from corpus.citation import Citation
from retrieval.overview.roll import Entry, Place, Roll


def roll_reply(templates: Templates, found: Roll, page: int = 1, room: int | None = None) -> Reply:
    """Every entry with the first place where it stands; where there is only ``room``, in characters, those of one
    ``page``."""
    title = found.report.title
    heading = Heading(templates("roll.heading", title=title), title)
    listed = [(name, _line(templates, entry)) for name, entries in _lists(found) for entry in entries]
    if not listed:
        nothing = Line(templates("roll.nothing"))
        return Reply((heading, nothing), footer=templates("footer.plain", edition=found.edition))
    divided = pages([len(line.text) for _, line in listed], room)
    page = min(page, len(divided))
    parts: list[Part] = [heading, Line(templates("roll.cut"))]
    if len(divided) > 1:
        parts.append(Line(templates("roll.page", page=page, pages=len(divided))))
    shown = [listed[number] for number in divided[page - 1]]
    for name, lines in groupby(shown, lambda one: one[0]):
        parts.append(Subheading(templates(f"roll.{name}")))
        parts += (line for _, line in lines)
    footer = templates("footer.quotes", edition=found.edition)
    return Reply((*parts, *notes((found.report,))), footer=footer)


def roll_record(found: Roll) -> Json:
    """Every entry with all the places where it stands."""
    return {
        "report": found.report.id,
        "title": found.report.title,
        "edition": found.edition,
        **{name: [_entry_record(entry) for entry in entries] for name, entries in _lists(found)},
    }


def _lists(found: Roll) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    return ("numbers", found.numbers), ("names", found.names), ("places", found.places)


def _line(templates: Templates, entry: Entry) -> Line:
    first = entry.places[0].passage
    where, key = place(templates, first), str(Citation.of(first))
    more = len(entry.places) - 1
    if more:
        return Line(templates("roll.entry_more", words=entry.text, place=where, key=key, n=more), item=True)
    return Line(templates("roll.entry", words=entry.text, place=where, key=key), item=True)


def _entry_record(entry: Entry) -> Json:
    return {"text": entry.text, "places": [_place_record(one) for one in entry.places]}


def _place_record(one: Place) -> Json:
    return {
        "passage": one.passage.id,
        "paragraph": one.passage.locator.paragraph,
        "text": one.text,
        "start": one.span.start,
        "end": one.span.end,
        "citation": str(Citation.of(one.passage)),
    }
