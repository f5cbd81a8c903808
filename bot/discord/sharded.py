"""Several connections to Discord's gateway in one process, each with a part of the servers: the shards it was given.

Which events there are and who answers them is ``bot.discord.client``'s.
"""

import discord
import yarl

from bot.discord.client import Client, Upkeep
from bot.discord.desk import Desk
from bot.discord.gate import Gate
from bot.discord.outages import Outages
from bot.settings.shards import Shards


class ShardedClient(Client, discord.AutoShardedClient):
    """A client with some of the bot's shards. Only the process with shard 0 sees to the commands."""

    def __init__(self, desk: Desk, upkeep: Upkeep, outages: Outages, shards: Shards, gate: Gate) -> None:
        super().__init__(desk, upkeep, outages, shard_count=shards.count, shard_ids=list(shards.ids))
        self.registers = shards.is_first
        self._gate = gate

    @property
    def is_connected(self) -> bool:
        """Whether all connections stand."""
        return self.is_ready() and not self.is_closed() and not any(s.is_closed() for s in self.shards.values())

    @property
    def had_connection(self) -> bool:
        """True: discord.py makes the first connection of a shard again by itself."""
        return True

    async def setup_hook(self) -> None:
        """As ``Client``; and learn how many shards may log in at once."""
        _, _, limits = await self.http.get_bot_gateway()
        self._gate.concurrency = max(1, limits["max_concurrency"])
        await super().setup_hook()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard once it may log in: who has connected and says nothing is cut off."""
        await self._gate.enter(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:  # noqa: ARG002  # as discord.py calls it
        """Wait for the shard's turn where it logs in anew."""
        await self._gate.enter(shard_id or 0)
        self._gate.identified(shard_id or 0)
