"""``corpus status``: what is live, and what is kept out of answers."""

from collections.abc import Callable

from bot.commands.command import Command, Context, Values, Who
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.service.findings import Kept, Stored
from bot.service.live import Live

Found = tuple[Live, Kept | None, Stored | None]


def _begin(context: Context, _values: Values) -> Callable[[], Found]:
    context.upkeep.require_ready()
    return context.upkeep.status


def _reply(context: Context, found: Found) -> Reply:
    from bot.saying.compose import status_reply  # 16 ms: --help loads every command

    return status_reply(context.templates, *found, room=context.room)


def _record(context: Context, found: Found, _milliseconds: float) -> Json:
    from bot.saying.records import status_record  # 17 ms: --help loads every command

    return status_record(context.templates, *found)


COMMAND = Command(name="corpus status", begin=_begin, reply=_reply, record=_record, who=Who.MODERATORS, is_private=True)
