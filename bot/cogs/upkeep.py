"""What has to be done again and again as long as the bot is on Discord. Knows no requests and no people."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol

from bot.cogs.courier import Courier
from bot.cogs.threads import Workers
from bot.logs import event
from bot.service import Service
from corpus.errors import RapporteurError

HEALTH_EVERY, FOLLOW_EVERY = 15.0, 2.0  # ours, in seconds


class Connection(Protocol):
    """What can be asked of a client."""

    @property
    def is_connected(self) -> bool:
        """Whether Discord's events arrive."""


async def keep_up(
    health_file: Path | None, courier: Courier, service: Service, workers: Workers, connection: Connection
) -> None:
    """Show that the bot is well, and take over what another process has published, until it is cancelled."""

    async def show() -> None:
        if health_file is not None:
            await show_health(health_file, courier, workers, connection)

    async def follow() -> None:
        if await workers.do(service.follow):
            event("followed", edition=service.status().edition.label)

    await asyncio.gather(_every(HEALTH_EVERY, show), _every(FOLLOW_EVERY, follow))


async def show_health(file: Path, courier: Courier, workers: Workers, connection: Connection) -> None:
    """Touch ``file`` where questions arrive and answers get out."""
    if connection.is_connected and await courier.gets_through():
        await workers.do(file.touch)


async def _every(seconds: float, step: Callable[[], Awaitable[None]]) -> None:
    """Take a step again and again; one that fails is logged and does not end the others."""
    while True:
        try:
            await step()
        except (OSError, RapporteurError) as error:
            event("upkeep", logging.WARNING, problem=str(error))
        await asyncio.sleep(seconds)
