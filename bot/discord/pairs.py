"""Which message of the bot's answers which question, by ids alone and for a while: nothing of it outlives the process.

Knows neither Discord nor what anybody wrote, but for an edit that came while its first answer was still in the making.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from cachetools import TTLCache

from bot.discord.limits import TOKEN_SECONDS

Edit = TypeVar("Edit")

KEPT_SECONDS = 6 * 3600.0  # ours: who deletes a question later than that deletes the answer by hand
MOST_PAIRS = 10_000  # ours: a pair takes some hundred bytes
MOST_AWAITED = 1_000  # ours: answers in the making, edits and deletions that wait for them


@dataclass(slots=True)
class Answer:
    """A message of the bot's; ``edit`` is the last edit of its question that was heard of, ``turn`` orders them."""

    channel: int
    id: int
    edit: datetime | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Pairs(Generic[Edit]):
    """Questions and their answers. ``clock`` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._answers: TTLCache[int, Answer] = TTLCache(MOST_PAIRS, KEPT_SECONDS, clock)
        self._awaited: TTLCache[int, None] = TTLCache(MOST_AWAITED, TOKEN_SECONDS, clock)
        self._edits: TTLCache[int, Edit] = TTLCache(MOST_AWAITED, TOKEN_SECONDS, clock)
        self._gone: TTLCache[int, None] = TTLCache(MOST_AWAITED, TOKEN_SECONDS, clock)

    def ask(self, question: int) -> None:
        """Note that a question is about to be answered."""
        self._awaited[question] = None

    def answered(self, question: int, answer: Answer) -> bool:
        """Note the answer to a question; whether the question is still there."""
        if self._awaited.pop(question, answer) is answer:
            return True  # nobody asked: a message of the bot's of another kind, or from before a restart
        if question in self._gone:
            del self._gone[question]
            return False
        self._answers[question] = answer
        return True

    def of(self, question: int) -> Answer | None:
        """The answer to a question, as long as it is remembered."""
        return self._answers.get(question)

    def wait(self, question: int, edit: Edit) -> None:
        """Keep the last edit of a question until its answer is there; nothing where none is in the making."""
        if question in self._awaited:
            self._edits[question] = edit

    def waiting(self, question: int) -> Edit | None:
        """The edit that waited for the answer to a question, once."""
        return self._edits.pop(question, None)

    def delete(self, question: int) -> Answer | None:
        """Forget a question that was deleted; its answer, which is to go too."""
        self._edits.pop(question, None)
        if question in self._awaited:
            self._gone[question] = None
        return self._answers.pop(question, None)
