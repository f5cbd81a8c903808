"""When a shard may IDENTIFY: one at a time in each bucket, five seconds apart, over all processes on one database.

Source: Gateway, Session Start Limit Object: the bucket of a shard is shard_id % max_concurrency, and each bucket takes
one IDENTIFY in 5 seconds. Without a database that has turns, or while it is out of reach, a process keeps the spacing
of its own shards alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from bot.discord.workers import Workers
from bot.logs import event, recovered
from bot.saying.templates import Templates
from corpus.errors import StoreError

if TYPE_CHECKING:
    from corpus.store import Turns

# In seconds. Discord's five, and ours for the way to it, which is not always as long
HOLD = 5.0 + 0.5
LOOK_EVERY = 0.2  # ours
PATIENCE = 5.0  # ours: how long a database out of reach is waited for


@dataclass(slots=True)
class Gate:
    """Lets shards through. ``turns`` are those of the database, used in a thread of ``workers``, which has only one."""

    turns: "Turns"
    templates: Templates
    workers: Workers = field(default_factory=lambda: Workers(1))
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    concurrency: int = 1
    _locks: dict[int, asyncio.Lock] = field(default_factory=dict)
    _inside: set[int] = field(default_factory=set)
    _leaving: set["asyncio.Task[None]"] = field(default_factory=set)

    async def enter(self, shard: int) -> None:
        """Wait for the turn of a shard; at once where it has it."""
        if shard in self._inside:
            return
        bucket = shard % self.concurrency
        lock = self._locks.setdefault(bucket, asyncio.Lock())
        await lock.acquire()
        try:
            await self._turn(bucket)
        except BaseException:
            # A thread may take the turn after nobody waits for it any more: it is given back behind that.
            lock.release()
            self._later(self.workers.do(partial(self.turns.leave, bucket)))
            raise
        self._inside.add(shard)

    def identified(self, shard: int) -> None:
        """Begin the five seconds in which nobody else may come: the shard is sending its IDENTIFY now."""
        self._later(self._leave(shard))

    async def _turn(self, bucket: int) -> None:
        waited = 0.0
        while True:
            try:
                entered = await self.workers.do(partial(self.turns.enter, bucket))
            except StoreError as error:
                if waited >= PATIENCE:
                    said = self.templates("database.gate", problem=self.templates.error(error))
                    event("gate", logging.WARNING, same="gate", problem=said)
                    return None
                waited += LOOK_EVERY
            else:
                if entered is None:  # whoever was in may have sent its IDENTIFY just before it died
                    await self.sleep(HOLD)
                if entered is not False:
                    return recovered("gate")
            await self.sleep(LOOK_EVERY)

    async def _leave(self, shard: int) -> None:
        await self.sleep(HOLD)
        self._inside.discard(shard)
        bucket = shard % self.concurrency
        try:
            await self.workers.do(partial(self.turns.leave, bucket))
        finally:
            self._locks[bucket].release()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
