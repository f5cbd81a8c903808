"""What is said of the order of events in a report: its dated sentences, each with its date and how that is known.

Replies for people, and records for programs.
"""

from itertools import groupby

from bot.saying.jsontype import Json
from bot.saying.listing import pages
from bot.saying.quoting import cited, quote_of
from bot.saying.records import excerpt_record
from bot.saying.reply import Heading, Line, Part, Reply, Subheading
from bot.saying.templates import Templates
from retrieval.overview.timeline import Event, Timeline
from retrieval.overview.years import Reading

_SMALL_PRINT = 80  # characters of a place, a key and the marks around a quote, about


def timeline_reply(templates: Templates, found: Timeline, page: int = 1, room: int | None = None) -> Reply:
    """The dated sentences in the order of events, under their dates; where there is only ``room``, in characters, those
    of one ``page``."""
    title = found.report.title
    heading = Heading(templates("timeline.heading", title=title), title)
    if not found.events:
        return Reply(
            (heading, Line(templates("timeline.nothing"))), footer=templates("footer.plain", edition=found.edition)
        )
    labels = [_label(templates, event) for event in found.events]
    costs = [
        len(event.excerpt.shown) + len(label) + _SMALL_PRINT for event, label in zip(found.events, labels, strict=True)
    ]
    divided = pages(costs, room)
    page = min(page, len(divided))
    shown = divided[page - 1]
    parts: list[Part] = [heading]
    if len(divided) > 1:
        first, last = shown[0] + 1, shown[-1] + 1
        total = len(found.events)
        parts.append(
            Line(templates("timeline.page", page=page, pages=len(divided), first=first, last=last, total=total))
        )
    for label, numbers in groupby(shown, labels.__getitem__):
        parts.append(Subheading(label))
        parts += (quote_of(templates, found.events[number].excerpt) for number in numbers)
    return cited(templates, parts, [found.events[number].excerpt for number in shown], found.edition)


def timeline_record(templates: Templates, found: Timeline) -> Json:
    """All of it, with the words that say when and how they were read."""
    return {
        "report": found.report.id,
        "title": found.report.title,
        "edition": found.edition,
        "events": [_event_record(templates, event) for event in found.events],
    }


def _event_record(templates: Templates, event: Event) -> Json:
    year, month, day = event.moment or (None, None, None)
    return {
        "year": year,
        "month": month,
        "day": day,
        "reading": event.reading.value,
        "words": event.said,
        "words_start": event.words.start,
        "words_end": event.words.end,
        "excerpt": excerpt_record(templates, event.excerpt),
    }


def _label(templates: Templates, event: Event) -> str:
    """The date, marked where it is not written so."""
    if event.by is not None:
        key = "hour" if event.is_hour else f"{event.reading}_by"
        date = templates.incomplete(None, event.by.month, event.by.day)
        return templates(f"timeline.{key}", date=date, words=event.said)
    if event.moment is None:
        return templates(f"timeline.{event.reading}", words=event.said)
    date = templates.incomplete(*event.moment)
    if event.is_wide:
        date = templates("timeline.wide", date=date, words=event.said)
    if event.reading is Reading.WRITTEN:
        return date
    if event.reading is Reading.REPORT:
        return templates("timeline.report", date=date, words=event.said)
    return templates(f"timeline.{event.reading}", date=date)
