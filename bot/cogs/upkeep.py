"""What has to be done again and again as long as the bot is on Discord. Knows no requests and no people."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.cogs.threads import Workers
from bot.logs import event
from bot.service import Service
from bot.templates import Templates
from corpus.errors import RapporteurError

# Ours, in seconds
HEALTH_EVERY = 15.0
LISTEN_FOR = 5.0  # until what is live is looked at in any case
PAUSE = 0.2  # between two times that it is looked at


class Connection(Protocol):
    """What can be asked of a client."""

    @property
    def is_connected(self) -> bool:
        """Whether Discord's events arrive."""


async def keep_up(
    health_file: Path | None,
    service: Service,
    workers: Workers,
    listening: Workers,
    words: Templates,
    connection: Connection,
) -> None:
    """Touch the health file while there is a connection, and take over what another process has published.

    ``listening`` mostly waits, which would take a thread away from those who ask.
    """

    async def show_health() -> None:
        if health_file is not None and connection.is_connected:
            await workers.do(health_file.touch)

    known: str | None = service.status().edition.digest

    async def follow() -> None:
        nonlocal known
        seen = await listening.do(partial(service.await_change, known, LISTEN_FOR))
        if seen != known or service.status().unkept is not None:
            if await workers.do(service.follow):
                event("followed", edition=service.status().edition.label)
            # What was not taken over since a refresh is under way is a change still.
            known = seen and service.status().edition.digest

    await asyncio.gather(_every(HEALTH_EVERY, show_health, words), _every(PAUSE, follow, words))


async def _every(seconds: float, step: Callable[[], Awaitable[None]], words: Templates) -> None:
    """Take a step again and again; one that fails does not end the others, and is logged when it begins to."""
    trouble = ""
    while True:
        try:
            await step()
            trouble = ""
        except (OSError, RapporteurError) as error:
            said = words.error(error) if isinstance(error, RapporteurError) else str(error)
            if said != trouble:
                trouble = said
                event("upkeep", logging.WARNING, problem=said)
        await asyncio.sleep(seconds)
