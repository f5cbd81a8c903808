"""What has to be done again and again as long as the bot is on Discord. Knows no requests and no people."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from bot.cogs.memory import Memory
from bot.cogs.threads import Workers
from bot.logs import event, recovered
from bot.service import Service
from corpus.errors import RapporteurError

HEALTH_EVERY, FOLLOW_EVERY = 15.0, 2.0  # ours, in seconds


class Connection(Protocol):
    """What can be asked of a client."""

    @property
    def is_connected(self) -> bool:
        """Whether Discord's events arrive."""


async def keep_up(health_file: Path | None, service: Service, workers: Workers, connection: Connection) -> None:
    """Touch the health file while there is a connection, and take over what another process has published.

    Whatever edition is live by then, ours or another's, is set aside for the garbage collector.
    """
    memory = Memory()

    async def show_health() -> None:
        if health_file is not None and connection.is_connected:
            await workers.do(health_file.touch)

    async def follow() -> None:
        if await workers.do(service.follow):
            event("followed", edition=service.status().edition.label)
        await workers.do(lambda: memory.settle(service.status().edition.label))

    await asyncio.gather(_every(HEALTH_EVERY, "health", show_health), _every(FOLLOW_EVERY, "follow", follow))


async def _every(seconds: float, name: str, step: Callable[[], Awaitable[None]]) -> None:
    """Take a step again and again; one that fails is logged and does not end the others."""
    while True:
        try:
            await step()
        except (OSError, RapporteurError) as error:
            event("upkeep", logging.WARNING, same=f"{name} {error}", step=name, problem=str(error))
        else:
            recovered("upkeep", step=name)
        await asyncio.sleep(seconds)
