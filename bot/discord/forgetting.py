"""*Delete my data*: asks whether that is meant, and forgets whoever pressed. No Discord here."""

from collections.abc import Hashable
from dataclasses import replace

from bot.discord.following import Place
from bot.discord.ids import FORGET_NOW, Button
from bot.discord.message import Message
from bot.discord.permissions import actor
from bot.discord.tasks import Task, Tasks
from bot.discord.voices import Readers
from bot.discord.works import Work
from bot.saying.forgetting import Forgot, confirm_reply, forgotten_reply


def forgetting(tasks: Tasks, readers: Readers, person: int, *, is_sure: bool) -> Task:
    """Say what would be deleted of a ``person``, with a button that does it; where that one is pressed, do it."""
    templates = tasks.voices.private

    def ask() -> Message:
        confirm = Button(templates("discord.forget_now"), FORGET_NOW)
        return replace(Message.of(confirm_reply(templates), templates), buttons=(confirm,), facts={"outcome": "asked"})

    def is_theirs(key: Hashable) -> bool:
        return isinstance(key, Place) and key.person == person

    def forget() -> Message:
        kept = tasks.keeper.forget(actor(person))  # may fail, and then nothing is forgotten
        forgot = Forgot(kept.votes, kept.places, tasks.turns.forget(is_theirs), language=readers.forget(person))
        return Message.of(forgotten_reply(templates, forgot), templates, {"outcome": "forgotten"})

    def begin() -> Work:
        return forget if is_sure else ask

    return Task("forget", begin, tasks.voices, private=True, apart=not is_sure)
