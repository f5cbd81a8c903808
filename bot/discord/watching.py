"""Lets Prometheus watch the bot where an address is set for it. The metrics know no client, the client no metrics."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import discord

from bot.discord.client import Client
from bot.errors.settings import MissingExtraError, NotListeningError
from bot.metrics.standing import Standing
from bot.service.service import Service
from bot.settings.values import Address

SETTING = "RAPPORTEUR_METRICS"


@dataclass(slots=True)
class Presence:
    """The client of the moment, which of ``shards`` connections stand, and what is live."""

    service: Service
    shards: int = 1
    client: Client | None = None

    def made(self, make: Callable[[], Client]) -> Client:
        """A new client, in place of the one before."""
        self.client = make()
        return self.client

    def standing(self) -> Standing:
        """How things are now."""
        live = self.service.live
        return Standing(
            guilds=len(self.client.guilds) if self.client else 0,
            shards=self.shards,
            up=_connections(self.client) if self.client else 0,
            since=live.since if live else None,
        )


def _connections(client: Client) -> int:
    if isinstance(client, discord.AutoShardedClient):
        return sum(not shard.is_closed() for shard in client.shards.values())
    return int(client.is_connected)


@asynccontextmanager
async def watched(address: Address | None, standing: Callable[[], Standing]) -> AsyncIterator[None]:
    """Serve the metrics while inside; nothing without an ``address``.

    Raises ``MissingExtraError`` and ``NotListeningError``.
    """
    if address is None:
        yield
        return
    try:
        from bot.metrics.endpoint import serving  # 75 ms: prometheus_client, an extra, and a server for HTTP
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("prometheus_client"):
            raise
        raise MissingExtraError(setting=SETTING, library="prometheus-client", extra="metrics") from None
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serving(address.host, address.port, standing))
        except OSError as error:
            number = error.errno or 0
            # The resolver's numbers are not errno's.
            problem = os.strerror(number) if number > 0 else error.strerror or str(error)
            raise NotListeningError(setting=SETTING, address=str(address), problem=problem) from None
        yield
