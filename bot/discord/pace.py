"""How fast Discord lets the bot write: a line for every channel, and one gate that all of them go through.

What goes by the bot's token is counted twice: 50 requests a second in all, and in each channel as the headers of every
answer say. Who keeps to both is not refused, and a 429 that comes all the same only makes the next one wait. Knows no
messages and makes no requests. Interactions do not come by here: Discord exempts them.
"""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Self

from bot.discord.limits import MOST_A_SECOND

MOST_IN_LINE = 900  # ours: what a channel lets out in the quarter of an hour that a reply waits, at 5 in 5 seconds
MOST_WAITING = 5_000  # ours: replies of all channels; each takes some ten kilobytes
KEPT_LINES = 100  # ours: lines that may be kept although nobody is in them

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Line:
    """One after the other, in order of arrival, and nobody before a moment that may be moved on."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self.length = 0  # whoever waits for a turn or has it
        self._clock, self._sleep = clock, sleep
        self._turn = asyncio.Lock()
        self._opens = -math.inf

    @property
    def is_idle(self) -> bool:
        """Whether nobody is in it and whoever came could go at once."""
        return self.length == 0 and self._opens <= self._clock()

    def close(self, seconds: float) -> None:
        """Let nobody go for so many seconds from now."""
        self._opens = max(self._opens, self._clock() + seconds)

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn and have it; whoever comes later waits until it is over."""
        self.length += 1
        try:
            async with self._turn:
                yield
        finally:
            self.length -= 1

    async def opens(self, deadline: float) -> bool:
        """Wait until one may go, by the clock's seconds; false, and at once, where that is not before ``deadline``."""
        while (wait := self._opens - self._clock()) > 0:
            if self._clock() + wait >= deadline:
                return False
            await self._sleep(wait)
        return self._clock() < deadline


class Pace:
    """The gate and the lines of one process. ``clock`` gives seconds; ``most`` requests a second leave."""

    def __init__(self, clock: Clock, sleep: Sleep, most: float = MOST_A_SECOND) -> None:
        self._between = 1 / most
        self._clock, self._sleep = clock, sleep
        self._gate = Line(clock, sleep)
        self._lines: dict[int, Line] = {}

    def has_room(self, channel: int) -> bool:
        """Whether another message for a channel could come out in time."""
        mine = self._lines[channel].length if channel in self._lines else 0
        return mine < MOST_IN_LINE and sum(line.length for line in self._lines.values()) < MOST_WAITING

    def slips_in(self, channel: int | None = None) -> bool:
        """Whether a request, about a channel or about none, may leave now without taking anybody's place."""
        line = self._lines.get(channel) if channel is not None else None
        if not self._gate.is_idle or (line is not None and not line.is_idle):
            return False
        self._gate.close(self._between)
        return True

    @contextlib.asynccontextmanager
    async def turn(self, channel: int) -> AsyncIterator[Line]:
        """Have one's turn in a channel's line; that line."""
        line = self._lines.setdefault(channel, Line(self._clock, self._sleep))
        try:
            async with line.turn():
                yield line
        finally:
            if len(self._lines) > KEPT_LINES:
                self._lines = {key: kept for key, kept in self._lines.items() if not kept.is_idle}

    async def go(self, line: Line, deadline: float) -> bool:
        """Wait until a request may leave; false where that is not before ``deadline``. For whoever has the turn."""
        if not await line.opens(deadline):
            return False
        async with self._gate.turn():
            if not await self._gate.opens(deadline):
                return False
            self._gate.close(self._between)
            return True

    def stop(self, seconds: float) -> None:
        """Let nothing leave for so many seconds: Discord has said that the bot as a whole is too fast."""
        self._gate.close(seconds)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a 429 asks for: how many seconds to wait, and whether the bot as a whole has to."""

    seconds: float
    is_global: bool

    @classmethod
    def told(cls, headers: Mapping[str, str], body: Mapping[str, object], otherwise: float) -> Self:
        """Read it from a response, with or without a ``body``; so many seconds ``otherwise`` where it names none.

        Source: Rate Limits, Exceeding a Rate Limit.
        """
        asked = _seconds(body.get("retry_after", headers.get("Retry-After")))
        is_global = body.get("global") is True or "X-RateLimit-Global" in headers
        return cls(asked or otherwise, is_global)


def pause_after(headers: Mapping[str, str]) -> float:
    """The seconds that a channel's next message has to wait. Source: Rate Limits, Header Format."""
    is_used_up = headers.get("X-RateLimit-Remaining") == "0"
    return _seconds(headers.get("X-RateLimit-Reset-After")) if is_used_up else 0.0


def _seconds(told: object) -> float:
    """A number of seconds as Discord tells it; 0 for what is none."""
    try:
        number = float(str(told))
    except ValueError:
        return 0.0
    return number if 0 <= number < math.inf else 0.0
