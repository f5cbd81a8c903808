"""What has to be done again and again as long as the bot is on Discord. Knows no requests and no people."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from bot.discord.courier import Courier
from bot.discord.workers import Workers
from bot.logs import event, recovered
from bot.publishing.keeper import Keeper
from bot.saying.templates import Templates
from bot.service.unanswered import Unanswered
from corpus.errors import RapporteurError
from corpus.store.values import State

# Ours, in seconds
HEALTH_EVERY = 15.0
LISTEN_FOR = 5.0  # until what is live is looked at in any case
WRITE_EVERY = 5.0  # questions that found nothing
LAST_SECONDS = 1.0  # for writing the last of them at the end
PAUSE = 0.2  # between two times that it is looked at


class Connection(Protocol):
    """What can be asked of a client."""

    @property
    def is_connected(self) -> bool:
        """Whether Discord's events arrive."""


async def keep_up(
    connection: Connection,
    *,
    health_file: Path | None,
    courier: Courier,
    keeper: Keeper,
    workers: Workers,
    listening: Workers,
    templates: Templates,
) -> None:
    """Show that the bot is well, and take over what another process has published, until it is cancelled.

    ``listening`` mostly waits, which would take a thread away from those who ask.
    """

    async def show() -> None:
        if health_file is not None:
            await show_health(health_file, courier, workers, connection)

    known: State | None = None

    async def follow() -> None:
        nonlocal known
        live = keeper.service.live
        if live is None:
            return  # it is being loaded
        # What is answered from by now, also by a refresh of our own, and not what was live when it was last looked at:
        # what was not taken over since a refresh was under way is a change still, and so is what was live before ours.
        ours = known and known._replace(edition=known.edition and live.edition.digest)
        seen = await listening.do(partial(keeper.store.await_change, ours, LISTEN_FOR))
        if (seen != ours or live.unkept is not None) and await workers.do(keeper.follow):
            event("followed", edition=keeper.service.snapshot().live.edition.label)
        known = seen

    await asyncio.gather(every(HEALTH_EVERY, "health", show, templates), every(PAUSE, "follow", follow, templates))


async def keep_unanswered(
    unanswered: Unanswered, keeper: Keeper, workers: Workers, templates: Templates, *, loading: "asyncio.Task[None]"
) -> None:
    """Write down what found nothing, and delete what is too old, until it is cancelled; also while Discord is away.

    Begins once ``loading`` is done: until then nobody is answered, and the database may still be made.
    """

    async def write() -> None:
        await workers.do(partial(unanswered.write, keeper.store.feedback))

    await asyncio.wait({loading})
    await every(WRITE_EVERY, "unanswered", write, templates)


async def keep_last(unanswered: Unanswered, keeper: Keeper, workers: Workers) -> None:
    """Write down what is left, at the end: in a second or not at all."""
    if keeper.service.live is None:
        return
    with contextlib.suppress(RapporteurError, TimeoutError):
        async with asyncio.timeout(LAST_SECONDS):
            await workers.do(partial(unanswered.write, keeper.store.feedback))


async def show_health(file: Path, courier: Courier, workers: Workers, connection: Connection) -> None:
    """Touch ``file`` where questions arrive and answers get out."""
    if connection.is_connected and await courier.gets_through():
        await workers.do(file.touch)


async def every(seconds: float, name: str, step: Callable[[], Awaitable[None]], templates: Templates) -> None:
    """Take a step again and again; one that fails is logged and does not end the others."""
    while True:
        try:
            await step()
        except (OSError, RapporteurError) as error:
            said = templates.error(error) if isinstance(error, RapporteurError) else str(error)
            event("upkeep", logging.WARNING, same=f"{name} {said}", step=name, problem=said)
        else:
            recovered("upkeep", step=name)
        await asyncio.sleep(seconds)
