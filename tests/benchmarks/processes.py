"""How do several processes of the bot get on? ``python -m tests.benchmarks.processes``

Three real bots with two shards each run on one PostgreSQL server, that of ``TEST_POSTGRES_URL`` (``.ci/postgres start
FOLDER`` starts one), and on one fake Discord that lets two shards log in every five seconds. Printed are the seconds
between two IDENTIFYs of one bucket, as that Discord has seen them, and how long after a refresh has finished all have
it: from when one bot logs the request as done until the last of the others logs what it follows. That is done with a
few passages, and with more than are taken over without a process of their own.

Then one bot without shards is started in one server and in many, and the memory that each takes is printed. A server
has a name, 30 channels and 20 roles.
"""

import argparse
import asyncio
import datetime as dt
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bot.discord.conftest import set_up
from tests.bot.discord.fleet import BOTS, SPACING, Fleet, fleet_at
from tests.databases import SERVER, empty
from tests.fakes.discord_server import DiscordServer

LARGE = 1000  # passages
CHANNELS, ROLES = 30, 20
MOST_OF_A_SHARD = 2_500  # servers; source: Gateway, Sharding
LOGIN_SECONDS = 300.0
_DONE = re.compile(r"^(\S+) info event=request task=refresh .*edition=(\w+)", re.MULTILINE)
_FOLLOWED = re.compile(r"^(\S+) info event=followed edition=(\w+)", re.MULTILINE)
_RESIDENT = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)


async def together(rounds: int) -> tuple[list[float], list[float], list[float]]:
    """The seconds between IDENTIFYs of a bucket, and those until all have each of so many refreshes: small, large."""
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as name, empty("postgresql", Path(name)) as place:
        async with fleet_at(Path(name), place) as fleet:
            small = [await passed_on(fleet, number) for number in range(rounds)]
            fleet.padding = "".join(f"\nIn village {number} there is no well.\n" for number in range(LARGE))
            large = [await passed_on(fleet, number) for number in range(rounds)]
            for bot in fleet.bots:
                assert await bot.stop() == 0, bot.output
            return fleet.stage.server.gateway.gaps, small, large


async def passed_on(fleet: Fleet, number: int) -> float:
    """Let one of the bots refresh; the seconds until the last of the others has it."""
    here = fleet.bots[number % BOTS]
    others = [bot for bot in fleet.bots if bot is not here]
    before = [len(_FOLLOWED.findall(bot.output)) for bot in others]
    done = here.output.count("task=refresh")
    await (await fleet.refresh(number % BOTS, f"{number + 10}")).finished()
    await here.until_printed("task=refresh", times=done + 1)
    for bot, known in zip(others, before, strict=True):
        await bot.until_printed("event=followed", times=known + 1)
    moment, label = _DONE.findall(here.output)[-1]
    followed = [_FOLLOWED.findall(bot.output)[-1] for bot in others]
    assert {edition for _, edition in followed} == {label}, "the others follow what was refreshed"
    last = max(dt.datetime.fromisoformat(at) for at, _ in followed)
    return (last - dt.datetime.fromisoformat(moment)).total_seconds()


async def memory(guilds: int) -> float:
    """The megabytes that a bot takes in so many servers."""
    with tempfile.TemporaryDirectory(prefix="rapporteur-") as name:
        async with set_up(Path(name)) as stage:
            for number in range(guilds - 1):
                populate(stage.server, number)
            bot = stage.process()
            try:
                await bot.start()
                await bot.until_printed(f"event=ready guilds={guilds}", LOGIN_SECONDS)
                await bot.until_live()
                found = _RESIDENT.search(await asyncio.to_thread(Path(f"/proc/{bot.pid}/status").read_text))
                assert found
                assert await bot.stop() == 0, bot.output
            finally:
                await bot.kill()
    return int(found[1]) / 1024


def populate(server: DiscordServer, number: int) -> None:
    """One more server that the bot is in."""
    guild = server.add_guild(f"Village {number}", owner=server.world.owner)
    for channel in range(CHANNELS):
        server.add_channel(guild, f"channel-{channel}")
    for role in range(ROLES):
        server.add_role(guild, f"Role {role}", 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run both and print what they give; the exit code is 1 where there is no server for the database."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.processes", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, metavar="N", help="how often one of the bots refreshes each")
    parser.add_argument("--guilds", type=int, default=MOST_OF_A_SHARD, metavar="N", help="how many servers are many")
    given = parser.parse_args(arguments)
    if SERVER is None:
        print("TEST_POSTGRES_URL names no server")
        return 1
    gaps, *both = asyncio.run(together(given.rounds))
    print(
        f"{len(gaps) + 2} logins: {min(gaps):.2f} to {max(gaps):.2f} s between two of a bucket, where Discord asks for "
        f"{SPACING:.0f}"
    )
    for times, what in zip(both, ("a few passages", f"{LARGE} passages"), strict=True):
        print(
            f"{len(times)} refreshes of {what}: all had them {1000 * min(times):.0f} to {1000 * max(times):.0f} ms "
            f"after they had finished, median {1000 * median(times):.0f} ms"
        )
    few, many = asyncio.run(memory(1)), asyncio.run(memory(given.guilds))
    each = 1024 * (many - few) / (given.guilds - 1)
    print(f"memory: {few:.0f} MB in one server, {many:.0f} MB in {given.guilds}: {each:.0f} kB a server")
    return 0


if __name__ == "__main__":
    sys.exit(main())
