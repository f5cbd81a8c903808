"""``timeline``: the dated sentences of a report, in the order of events."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.commands.ask import NAME_LIMIT
from bot.commands.command import DISCORD, Command, Context, Option, OptionKind, Values
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.citation import Citation

if TYPE_CHECKING:
    from retrieval.overview.timeline import Timeline

MOST_PAGES = 999
LEAFED = (  # what is asked of one report, and shown on Discord by pages
    Option(name="report", kind=OptionKind.REPORT, most=NAME_LIMIT, in_words=True),
    Option(name="page", kind=OptionKind.NUMBER, most=MOST_PAGES, default=1, faces=DISCORD),
)


class _Found(NamedTuple):
    """All that was found, and the page of it that is asked for."""

    timeline: "Timeline"
    page: int


def _begin(context: Context, values: Values) -> Callable[[], _Found]:
    work = context.snapshot.timeline(values.text("report"))
    return lambda: _Found(work(), values.number("page", 1))


def _reply(context: Context, found: _Found) -> Reply:
    from bot.saying.timelines import timeline_reply  # 190 ms: NumPy comes along

    return timeline_reply(context.templates, found.timeline, found.page, context.room)


def _record(context: Context, found: _Found, _milliseconds: float) -> Json:
    from bot.saying.timelines import timeline_record  # 190 ms: NumPy comes along

    return timeline_record(context.templates, found.timeline)


def _facts(found: _Found) -> Mapping[str, object]:
    passages = [str(Citation.of(event.excerpt.passage)) for event in found.timeline.events]
    return {"outcome": "timeline", "edition": found.timeline.edition, "passages": passages}


COMMAND = Command(
    name="timeline",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=LEAFED,
    examples=("timeline", "timeline un-experts-mali-2025 --json"),
)
