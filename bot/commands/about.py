"""``about``: what the bot is and is not, what it keeps about people, and questions to begin with."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.commands.command import Command, Context, Values
from bot.saying.reply import Reply
from corpus.errors import RapporteurError

if TYPE_CHECKING:
    from bot.service.examples import Examples


def _begin(context: Context, _values: Values) -> "Callable[[], Examples | None]":
    return lambda: _examples(context)


def _examples(context: Context) -> "Examples | None":
    """Questions that the reports answer; none where there are no reports: what the bot is can be said all the same."""
    from bot.saying.tour import ABOUT, USUAL  # 27 ms: --help loads every command
    from bot.service.examples import examples

    templates = context.templates
    try:
        snapshot = context.snapshot
    except RapporteurError:
        return None
    return examples(snapshot, [templates(key) for key in USUAL], lambda topic: templates(ABOUT, topic=topic))


def _reply(context: Context, found: "Examples | None") -> Reply:
    from bot.saying.tour import about_reply  # 27 ms: --help loads every command

    return about_reply(context.templates, found, context.keeps)


COMMAND = Command(name="about", begin=_begin, reply=_reply, is_private=True, examples=("about",))
