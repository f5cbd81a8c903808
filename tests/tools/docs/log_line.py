"""One question to the bot on a fake Discord, and the line that it logs."""

from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import DiscordServer

QUESTION = "Where were the bodies found?"


async def log_line() -> str:
    """The line for one ``/ask``. Raises ``AssertionError`` where there is none."""
    async with DiscordServer.create() as server:
        guild = server.add_guild("Village")
        channel = server.add_channel(guild, "general")
        asker = server.add_user("asker")
        async with BotProcess(server) as bot:
            asked = await server.slash(asker, channel, "ask", question=QUESTION)
            await asked.finished()
            await bot.until_printed("event=request")
        return next(line for line in bot.output.splitlines() if "event=request" in line)
