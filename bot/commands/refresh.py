"""``corpus refresh``: reads the report files again and puts them live, whole or not at all."""

from collections.abc import Callable, Mapping

from bot.commands.command import Command, Context, Values, Who
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.service.findings import Refreshed


def _begin(context: Context, _values: Values) -> Callable[[], Refreshed]:
    context.upkeep.require_ready()
    return lambda: context.upkeep.refresh(context.actor)


def _reply(context: Context, refreshed: Refreshed) -> Reply:
    from bot.saying.compose import refresh_reply  # 17 ms: --help loads every command

    return refresh_reply(context.templates, refreshed, context.room)


def _record(context: Context, refreshed: Refreshed, _milliseconds: float) -> Json:
    from bot.saying.records import refresh_record  # 18 ms: --help loads every command

    return refresh_record(context.templates, refreshed)


def _facts(refreshed: Refreshed) -> Mapping[str, object]:
    return {"edition": refreshed.edition, "changed": refreshed.changed}


COMMAND = Command(
    name="corpus refresh",
    begin=_begin,
    reply=_reply,
    record=_record,
    facts=_facts,
    who=Who.MODERATORS,
    is_private=True,
)
