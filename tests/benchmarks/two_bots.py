"""Do two bots share one database? ``python -m tests.benchmarks.two_bots``

Two real bots start at once on one empty database, each on a fake Discord of its own; both have to come up, and what is
refreshed in the one has to be live in the other. Printed is how long after the refresh has finished the other has it:
from the moment that the first bot logs the request as done to the moment that the second logs what it follows.

SQLite, and PostgreSQL where ``TEST_POSTGRES_URL`` names a server (``.ci/postgres start FOLDER`` starts one).
"""

import argparse
import asyncio
import datetime as dt
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from tests.databases import SERVER, empty
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import DiscordServer, Permission

REPORT = "Notes on a well\n\nThe well was dug in March 2024. The well is {} metres deep.\n"
DEPTHS = "nine", "ten"
_DONE = re.compile(r"^(\S+) info event=request task=refresh .*edition=(\w+)", re.MULTILINE)
_FOLLOWED = re.compile(r"^(\S+) info event=followed edition=(\w+)", re.MULTILINE)


async def share(kind: str) -> float:
    """Let two bots share an empty database; the seconds until the second has what the first has refreshed."""
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        (folder / "reports" / "well.txt").write_text(REPORT.format(DEPTHS[0]), encoding="utf-8")
        with empty(kind, folder / "data") as place:
            settings = {"RAPPORTEUR_REPORTS": str(folder / "reports"), "DATABASE_URL": place.url}
            async with AsyncExitStack() as stack:
                servers = [await stack.enter_async_context(DiscordServer.create()) for _ in range(2)]
                bots = [BotProcess(server, settings) for server in servers]
                for bot in bots:
                    stack.push_async_callback(bot.kill)
                await asyncio.gather(*(bot.start() for bot in bots))
                await asyncio.gather(*(bot.until_printed("event=ready") for bot in bots))
                await asyncio.gather(*(bot.until_printed("event=live") for bot in bots))
                (folder / "reports" / "well.txt").write_text(REPORT.format(DEPTHS[1]), encoding="utf-8")
                return await pass_on(servers[0], *bots)


async def pass_on(server: DiscordServer, here: BotProcess, there: BotProcess) -> float:
    """Refresh in one bot, and wait for the other; the seconds between."""
    guild = server.add_guild("Village")
    managers = server.add_role(guild, "Managers", int(Permission.MANAGE_GUILD))
    moderator = server.add_user("moderator")
    server.give_roles(guild, moderator, managers)
    asked = await server.slash(moderator, server.add_channel(guild, "general"), "corpus refresh")
    await asked.finished()
    await here.until_printed("task=refresh")
    await there.until_printed("event=followed")
    done, followed = _DONE.search(here.output), _FOLLOWED.search(there.output)
    assert done, here.output
    assert followed, there.output
    assert done[2] == followed[2], "the other follows what was refreshed"
    for bot in (here, there):
        assert await bot.stop() == 0, bot.output
    return (dt.datetime.fromisoformat(followed[1]) - dt.datetime.fromisoformat(done[1])).total_seconds()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the rounds and print their times; the exit code is 1 where a bot did not come up or did not follow."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.two_bots", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, metavar="N", help="how often two bots are started")
    given = parser.parse_args(arguments)
    for kind in ("sqlite", "postgresql"):
        if kind == "postgresql" and SERVER is None:
            print("postgresql: TEST_POSTGRES_URL names no server")
            continue
        times = [asyncio.run(share(kind)) for _ in range(given.rounds)]
        print(
            f"{kind}: two bots came up {len(times)} of {given.rounds} times; the second followed after "
            f"{1000 * min(times):.0f} to {1000 * max(times):.0f} ms, median {1000 * median(times):.0f} ms"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
