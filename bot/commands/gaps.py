"""``corpus gaps``: what was called not helpful, and which questions found nothing where these are kept."""

from collections.abc import Callable

from bot.commands.command import Command, Context, Values, Who
from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from corpus.community.values import Gaps


def _begin(context: Context, _values: Values) -> Callable[[], Gaps]:
    return context.upkeep.gaps


def _reply(context: Context, gaps: Gaps) -> Reply:
    from bot.saying.gaps import gaps_reply  # 16 ms: --help loads every command

    return gaps_reply(context.templates, gaps, context.keeps, context.room)


def _record(context: Context, gaps: Gaps, _milliseconds: float) -> Json:
    from bot.saying.gaps import gaps_record  # 16 ms: --help loads every command

    return gaps_record(gaps, context.keeps)


COMMAND = Command(name="corpus gaps", begin=_begin, reply=_reply, record=_record, who=Who.MODERATORS, is_private=True)
