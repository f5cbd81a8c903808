"""How late the event loop is: what blocks it keeps everybody waiting, above all Discord's three seconds."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import NoReturn

EVERY = 0.25  # seconds, ours: a block that is shorter may fall between two looks


async def watch(
    note: Callable[[float], None],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> NoReturn:
    """Sleep again and again, and ``note`` how many seconds too late the loop comes back each time, until cancelled."""
    while True:
        due = clock() + EVERY
        await sleep(EVERY)
        note(max(0.0, clock() - due))
