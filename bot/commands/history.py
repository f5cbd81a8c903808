"""``corpus history``: what was done to the corpus, when and by whom."""

from collections.abc import Callable, Sequence

from bot.commands.command import TERMINAL, Command, Context, Values, Who
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.store.values import HistoryEntry


def _begin(context: Context, _values: Values) -> Callable[[], Sequence[HistoryEntry]]:
    return context.upkeep.history


def _reply(context: Context, entries: Sequence[HistoryEntry]) -> Reply:
    from bot.saying.compose import history_reply  # 26 ms: --help loads every command

    return history_reply(context.templates, entries)


def _record(context: Context, entries: Sequence[HistoryEntry], _milliseconds: float) -> Json:
    from bot.saying.records import history_record  # 27 ms: --help loads every command

    return history_record(context.templates, entries)


COMMAND = Command(
    name="corpus history",
    begin=_begin,
    reply=_reply,
    record=_record,
    who=Who.MODERATORS,
    is_private=True,
    faces=TERMINAL,
)
