"""``about``: what the bot is and is not, and what it keeps about people."""

from collections.abc import Callable

from bot.commands.command import Command, Context, Values
from bot.saying.reply import Reply


def _begin(_context: Context, _values: Values) -> Callable[[], None]:
    return lambda: None


def _reply(context: Context, _found: None) -> Reply:
    from bot.saying.compose import about_reply  # 27 ms: --help loads every command

    return about_reply(context.templates)


COMMAND = Command(name="about", begin=_begin, reply=_reply, is_private=True, examples=("about",))
