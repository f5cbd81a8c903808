"""``reports``: the reports that can be asked."""

from collections.abc import Callable

from bot.commands.command import Command, Context, Values
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.service.live import Live


def _begin(context: Context, _values: Values) -> Callable[[], Live]:
    live = context.snapshot.live
    return lambda: live


def _reply(context: Context, live: Live) -> Reply:
    from bot.saying.compose import reports_reply  # 16 ms: --help loads every command

    return reports_reply(context.templates, live.edition.reports, context.room)


def _record(_context: Context, live: Live, _milliseconds: float) -> Json:
    from bot.saying.records import reports_record  # 17 ms: --help loads every command

    return reports_record(live.edition.label, live.edition.reports)


COMMAND = Command(
    name="reports",
    begin=_begin,
    reply=_reply,
    record=_record,
    is_private=True,
    examples=("reports", "reports --json"),
)
