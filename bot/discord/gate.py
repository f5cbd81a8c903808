"""When a shard may IDENTIFY: one at a time in each bucket, five seconds apart, over all processes on one database.

Source: Gateway, Session Start Limit Object: the bucket of a shard is shard_id % max_concurrency, and each bucket takes
one IDENTIFY in 5 seconds. A shard is given a time and sends its IDENTIFY then or not at all; nothing is held meanwhile.
A RESUME needs none. Where the database is no server, a process spaces its own shards alone.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.discord.workers import Workers
from bot.logs import event, recovered
from bot.saying.templates import Templates
from corpus.errors import StoreError

if TYPE_CHECKING:
    from corpus.store.store import Slots

# In seconds
SPACING = 5.0  # Discord's
ALLOWANCE = 0.5  # ours: how late in its slot a shard may send
HEAD_START = 1.5  # ours: how long before its slot a shard connects
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # ours: until a database out of reach is asked again


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a shard may send its IDENTIFY."""

    begin: float
    end: float


@dataclass(slots=True)
class Gate:
    """Lets shards through. ``slots`` are used in threads of ``workers``: a database may let them wait.

    ``concurrency`` is Discord's max_concurrency; ``clock`` gives seconds, and is that of ``slots``.
    """

    slots: "Slots"
    templates: Templates
    workers: Workers = field(default_factory=lambda: Workers(1))
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    concurrency: int = 1
    _given: dict[int, Window] = field(default_factory=dict)

    async def approach(self, shard: int) -> None:
        """Wait until it is time to connect, so as to be through with that when the shard's slot begins."""
        window = await self._window(shard, HEAD_START)
        await self._until(window.begin - HEAD_START)

    async def enter(self, shard: int) -> None:
        """Wait for the slot of a shard, and use it up: the IDENTIFY has to be sent at once."""
        while True:
            window = await self._window(shard)
            await self._until(window.begin)
            if self.clock() <= self._given.pop(shard).end:
                return

    async def _window(self, shard: int, ahead: float = 0.0) -> Window:
        """The window that a shard has, or a new one where it has none or has come too late."""
        window = self._given.get(shard)
        if window is None or self.clock() > window.end:
            window = self._given[shard] = await self._take(shard % self.concurrency, ahead)
        return window

    async def _take(self, bucket: int, ahead: float) -> Window:
        """A new window, however long it takes to get one."""
        allowance, pause = ALLOWANCE, FIRST_PAUSE
        while True:
            try:
                taken = await self.workers.do(partial(self.slots.take, bucket, SPACING + allowance, ahead))
            except StoreError as error:
                self._tell(error, pause)
                await self.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            recovered("gate")
            if 2 * taken.unsure <= allowance:
                return Window(taken.begin, taken.begin - taken.unsure + allowance)
            allowance = 4 * taken.unsure  # the slot is left to pass: what was allowed for was too little

    async def _until(self, moment: float) -> None:
        if (left := moment - self.clock()) > 0:
            await self.sleep(left)

    def _tell(self, error: StoreError, pause: float) -> None:
        problem = self.templates("database.gate", problem=self.templates.error(error))
        event("gate", logging.WARNING, same="gate", problem=problem, again_in_seconds=pause)
