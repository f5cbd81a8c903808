"""Three processes with two shards each on one PostgreSQL: spacing kept, a refresh seen by all, one killed and back."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path

from tests.bot.discord.conftest import set_up
from tests.databases import NEEDS_SERVER, empty
from tests.fakes.discord_server import Permission

SECONDS = 60.0


@NEEDS_SERVER
async def test_three_processes_with_two_shards_each(tmp_path: Path) -> None:
    with empty("postgresql", tmp_path) as place:
        async with set_up(tmp_path / "stage") as stage, AsyncExitStack() as stack:
            server = stage.server
            server.gateway.max_concurrency, server.gateway.spacing = 2, 5.0
            shared = {"DATABASE_URL": place.url, "RAPPORTEUR_SHARD_COUNT": "6"}
            bots = [stage.process(**shared, RAPPORTEUR_SHARD_IDS=f"{2 * n}-{2 * n + 1}") for n in range(3)]
            for bot in bots:
                stack.push_async_callback(bot.kill)
                await bot.start()
            await asyncio.gather(*(bot.until_printed("event=ready", SECONDS) for bot in bots))
            await asyncio.gather(*(bot.until_live() for bot in bots))
            assert server.gateway.too_soon == []
            assert sorted(one.shard for one in server.gateway.identifies) == [(n, 6) for n in range(6)]
            assert [("event=commands" in bot.output) for bot in bots] == [True, False, False]

            stage.write("well.txt", "Notes on a well\n\nThe well is ten metres deep.\n")
            managers = server.add_role(stage.guild, "More managers", int(Permission.MANAGE_GUILD))
            server.give_roles(stage.guild, stage.moderator, managers)
            await (await server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
            asked = (stage.guild.id >> 22) % 6 // 2
            followers = [bot for number, bot in enumerate(bots) if number != asked]
            await asyncio.gather(*(bot.until_printed("event=followed", 5.0) for bot in followers))

            bots[2].send(signal.SIGKILL)
            await bots[2].ended()
            again = stage.process(**shared, RAPPORTEUR_SHARD_IDS="4-5")
            stack.push_async_callback(again.kill)
            await again.start()
            await again.until_printed("event=ready", SECONDS)
            await again.until_live()
            assert server.gateway.too_soon == []
            for bot in (*bots[:2], again):
                assert await bot.stop() == 0, bot.output
