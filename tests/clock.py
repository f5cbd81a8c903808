"""A clock that only the test moves, in seconds: by hand, or by what sleeps on it."""

import asyncio
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """``waits`` are the lengths of all sleeps, oldest first."""

    now: float = 0.0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)  # others that wait get to see that somebody sleeps
        self.waits.append(seconds)
        self.now += seconds
