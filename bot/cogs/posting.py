"""Replies to messages: posted once, however often it takes. discord.py keeps the rate limits, the patience is ours."""

import asyncio
import contextlib

import aiohttp
import discord

from bot.cogs.courier import RefusedError, UndeliveredError

REPLY_SECONDS = 60.0  # ours: how long a reply is tried; a minute later its writer has moved on
TYPING_SECONDS = 1.0  # ours: how long the typing indicator may hold an answer up
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0  # ours, in seconds, between two tries
_PASSING = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, TimeoutError, OSError)


async def post(message: discord.Message, view: discord.ui.LayoutView) -> None:
    """Reply to ``message``, also where it has been deleted meanwhile. Raises ``RefusedError`` or ``UndeliveredError``.

    The message's id is the nonce, so that Discord takes a second try for the first where that had arrived.
    """
    view.stop()  # its buttons need no state; discord.py would otherwise keep every view for good
    reference = message.to_reference(fail_if_not_exists=False)
    clock = asyncio.get_running_loop().time
    deadline, pause = clock() + REPLY_SECONDS, FIRST_PAUSE
    while True:
        try:
            await message.channel.send(view=view, reference=reference, nonce=message.id)
        except _PASSING as error:
            if clock() + pause >= deadline:
                raise UndeliveredError(str(error)) from error
        except discord.HTTPException as error:
            raise RefusedError(error.status, error.code, error.text) from error
        else:
            return
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def show_typing(channel: discord.abc.Messageable) -> None:
    """Show for some seconds that an answer is on its way; never an obstacle to it."""

    async def send() -> None:
        await channel.typing()

    with contextlib.suppress(discord.DiscordException, aiohttp.ClientError, TimeoutError, OSError):
        await asyncio.wait_for(send(), TYPING_SECONDS)
