"""``facts``: the numbers, names and places that a report mentions, in its own words."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.commands.command import Command, Context, Values
from bot.commands.timeline import LEAFED
from bot.saying.jsontype import Json
from bot.saying.reply import Reply

if TYPE_CHECKING:
    from retrieval.overview.roll import Roll


class _Found(NamedTuple):
    """All that was found, and the page of it that is asked for."""

    roll: "Roll"
    page: int


def _begin(context: Context, values: Values) -> Callable[[], _Found]:
    work = context.snapshot.roll(values.text("report"))
    return lambda: _Found(work(), values.number("page", 1))


def _reply(context: Context, found: _Found) -> Reply:
    from bot.saying.rolls import roll_reply  # 160 ms: NumPy comes along

    return roll_reply(context.templates, found.roll, found.page, context.room)


def _record(_context: Context, found: _Found, _milliseconds: float) -> Json:
    from bot.saying.rolls import roll_record  # 160 ms: NumPy comes along

    return roll_record(found.roll)


def _facts(found: _Found) -> Mapping[str, object]:
    return {"outcome": "facts", "edition": found.roll.edition, "report": found.roll.report.id}


COMMAND = Command(
    name="facts",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    options=LEAFED,
    examples=("facts", "facts un-experts-mali-2025 --json"),
)
