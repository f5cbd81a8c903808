"""Waiting for things to happen, without sleeping for fixed times, and a clock that tests can move."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.fakes.discord_server.errors import NeverHappened

WITHIN = 20.0  # seconds a test waits by default before it says that something never happened


class AdjustableClock:
    """Seconds that run as usual and can be moved forward, so that three seconds or fifteen minutes cost nothing."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._started = datetime.now(UTC) - timedelta(seconds=time.monotonic())

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move every deadline of the fake closer by so many seconds."""
        self._ahead += seconds

    def today(self) -> datetime:
        """The same moment as a date, for timestamps."""
        return self._started + timedelta(seconds=self())


class Signal:
    """Wakes whoever waits for a condition whenever something may have changed."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Let every waiter look at its condition again."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], bool], within: float, describe: Callable[[], str]) -> None:
        """Wait until a condition holds; raise ``NeverHappened`` with a description of what was seen instead."""
        try:
            async with asyncio.timeout(within):
                while not condition():
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.add(future)
                    await future
        except TimeoutError:
            raise NeverHappened(f"not within {within:g} s: {describe()}") from None
