"""The small bot as a program of its own, pointed at a fake Discord by its environment as the real one is."""

import asyncio
import os
import signal
import sys

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.selftest.client import SmallBot


async def main() -> None:
    Route.BASE = os.environ["RAPPORTEUR_DISCORD_API"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GATEWAY"])
    bot = SmallBot()
    bot.go.set()
    stopping = asyncio.get_running_loop().create_task(bot.start(os.environ["DISCORD_TOKEN"]))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(bot.close()))
    sys.stdout.write("started\n")
    await stopping


if __name__ == "__main__":
    asyncio.run(main())
