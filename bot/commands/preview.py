"""``corpus preview``: how the report files are understood as they stand, before they are live."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.commands.ask import REPORT
from bot.commands.command import DISCORD, Command, Context, Values, Who
from bot.saying.preview import Preview
from bot.saying.reply import Reply
from corpus.errors import UnknownReportError

if TYPE_CHECKING:
    from corpus.gathering.passed_over import PassedOver

    Found = tuple[Preview, tuple[PassedOver, ...]]


def _begin(context: Context, values: Values) -> "Callable[[], Found]":
    named = values.text("report")
    report = None if named is None else _id(context, named)
    context.upkeep.require_ready()

    def work() -> "Found":
        preview = Preview(context.templates, division=report is not None)
        return preview, context.upkeep.check(report, preview.take)

    return work


def _id(context: Context, named: str) -> str:
    """The id of the live report that is named; else what was typed, which may be a file that is new."""
    try:
        return context.snapshot.choose(named).id
    except UnknownReportError:
        return named


def _reply(context: Context, found: "Found") -> Reply:
    preview, beside = found
    return preview.finished(beside, context.room or 0)


def _facts(found: "Found") -> Mapping[str, object]:
    preview, _ = found
    return {"outcome": "preview", "documents": preview.read, "refused": preview.refused}


COMMAND = Command(
    name="corpus preview",
    begin=_begin,
    reply=_reply,
    facts=_facts,
    options=(REPORT,),
    who=Who.MODERATORS,
    is_private=True,
    faces=DISCORD,
)
