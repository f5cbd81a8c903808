"""What is done in a thread is not kept there once it is done."""

import asyncio
import weakref

from bot.discord.workers import Workers


class Edition:
    """Something that work is done with."""


async def test_a_thread_that_waits_for_work_keeps_nothing_of_the_last() -> None:
    """Else each of them could keep an edition that nobody asks any more."""
    loop, gone = asyncio.get_running_loop(), asyncio.Event()
    edition = Edition()
    weakref.finalize(edition, loop.call_soon_threadsafe, gone.set)

    async def ask(edition: Edition) -> str:
        return await Workers().do(lambda: type(edition).__name__)

    assert await ask(edition) == "Edition"
    del edition
    async with asyncio.timeout(10):
        await gone.wait()
