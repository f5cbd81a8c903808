"""Several connections to Discord's gateway in one process, each with a part of the servers: the shards it was given.

Which events there are and who answers them is ``bot.discord.client``'s.
"""

import asyncio
from collections.abc import Awaitable, Callable

import discord
import yarl
from discord.shard import EventItem, EventType

from bot.discord.client import Client, Upkeep
from bot.discord.desk import Desk
from bot.discord.gate import Gate
from bot.discord.outages import Outages
from bot.settings.shards import Shards


class Queue(asyncio.PriorityQueue[EventItem]):
    """What shards ask for when their connection has ended; whoever has to IDENTIFY waits for it outside.

    discord.py serves one shard after the other: one that waited for its slot inside would keep all others, which can
    RESUME, from doing so.
    """

    def __init__(self, approach: Callable[[int], Awaitable[None]]) -> None:
        super().__init__()
        self._approach = approach
        self._waiting: set[asyncio.Task[None]] = set()

    def put_nowait(self, item: EventItem) -> None:
        """Put it in, at once or when its shard may connect."""
        # Internals of discord.py: an item has a type, and a shard where the type is one of these two.
        if item.shard is None or item.type not in (EventType.identify, EventType.reconnect):
            super().put_nowait(item)
            return
        task = asyncio.create_task(self._put_later(item, item.shard.id))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def close(self) -> None:
        """Let nobody wait any more."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _put_later(self, item: EventItem, shard: int) -> None:
        await self._approach(shard)
        super().put_nowait(item)


class ShardedClient(Client, discord.AutoShardedClient):
    """A client with some of the bot's shards. Only the process with shard 0 sees to the commands."""

    def __init__(self, desk: Desk, upkeep: Upkeep, outages: Outages, *, shards: Shards, gate: Gate) -> None:
        super().__init__(desk, upkeep, outages, shard_count=shards.count, shard_ids=list(shards.ids))
        self.registers = shards.is_first
        self._gate = gate
        self._queue = Queue(gate.approach)

    @property
    def is_connected(self) -> bool:
        """Whether all connections stand."""
        return self.is_ready() and not self.is_closed() and not any(s.is_closed() for s in self.shards.values())

    @property
    def had_connection(self) -> bool:
        """True: discord.py makes the first connection of a shard again by itself."""
        return True

    async def setup_hook(self) -> None:
        """As ``Client``; and learn how many shards may log in at once.

        Raises ``discord.RateLimited`` where all may not log in any more today: beyond that number Discord ends every
        session of the bot and resets its token. Source: Gateway, Identifying.
        """
        # Internals of discord.py: by now it has a queue of its own, which is empty as long as there are no shards; the
        # limits are the last thing of three.
        self._AutoShardedClient__queue = self._queue
        _, _, limits = await self.http.get_bot_gateway()
        self._gate.concurrency = max(1, limits["max_concurrency"])
        if limits["remaining"] < len(self.shard_ids or ()):
            raise discord.RateLimited(limits["reset_after"] / 1000)
        await super().setup_hook()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard for the first time, shortly before it may log in."""
        await self._gate.approach(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002  # as discord.py calls it
        """Wait for the slot of a shard that has connected, in place of discord.py's five seconds."""
        await self._gate.enter(shard_id or 0)

    async def close(self) -> None:
        """As ``Client``."""
        await super().close()
        await self._queue.close()  # last: until then a shard may ask
