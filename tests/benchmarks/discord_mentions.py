"""Is every mention answered, and once? ``python -m tests.benchmarks.discord_mentions``

The real bot as a process of its own, on a fake Discord on loopback that keeps the real one's limits: 50 requests a
second in all, and 5 messages in 5 seconds in a channel. It is mentioned in 50 channels, where these limits let out 50
replies a second, three times in a row: 400 times at 40 a second; 300 times at 30 a second while the gateway drops and
the API answers with global limits, limits of the edge, 500, 503 and connections that are cut; and at last in calm.
"""

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.benchmarks.corpora import ASKED
from tests.benchmarks.discord_load import UNLIMITED
from tests.benchmarks.figures import table
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Bucket, CutAfter, CutBefore, DiscordServer, Status, TooManyRequests
from tests.fakes.discord_server.faults import Fault
from tests.fakes.load import Load, Mentions, mention_at_pace, percentile

SERVERS, CHANNELS, PEOPLE = 10, 5, 200  # channels are counted in each server
MESSAGES = Bucket(5, 5.0)  # what bots see in a channel
WITHIN = 120.0  # seconds after the last question
DROP_EVERY = 3.0  # seconds
SEED = 20_250_315
POST = "POST /channels/*/messages"
# With the share of the replies that meet it
TROUBLE: tuple[tuple[Fault, float], ...] = (
    (TooManyRequests(1.0, "global"), 0.01),
    (TooManyRequests(0.5, via=False), 0.02),
    (Status(500), 0.03),
    (Status(503), 0.02),
    (CutBefore(), 0.01),
    (CutAfter(), 0.02),
)


@dataclass(frozen=True, slots=True)
class Phase:
    """One run: its name, how many mentions at which pace, and whether things go wrong."""

    name: str
    number: int
    per_second: float
    faults: bool = False


PHASES = (
    Phase("no fault", 400, 40.0),
    Phase("global 429, drops, 500", 300, 30.0, faults=True),
    Phase("calm again", 100, 20.0),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; the exit code is 1 where a mention was lost or answered twice."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.discord_mentions", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    given = parser.parse_args(arguments)
    results, faults = asyncio.run(run(PHASES))
    if given.json:
        rows = [dict(zip(("phase", *HEADS[1:]), row(phase, result), strict=True)) for phase, result in results]
        print(json.dumps({"phases": rows, "faults": faults}))
    else:
        print(table(HEADS, [row(phase, result) for phase, result in results]))
        print("\n".join(["", "Faults given:", *(f"- {number} x {fault}" for fault, number in sorted(faults.items()))]))
    return int(any(result.lost or result.doubled for _, result in results))


async def run(phases: Sequence[Phase]) -> tuple[list[tuple[Phase, Mentions]], dict[str, int]]:
    """Start a bot, mention it in every phase, and stop it; also which faults it met how often."""
    async with DiscordServer.create() as server:
        server.rates.messages = MESSAGES
        guilds = [server.add_guild(f"Server {n}") for n in range(SERVERS)]
        channels = [server.add_channel(guild, f"reports-{n}") for n in range(CHANNELS) for guild in guilds]
        people = [server.add_user(f"reader{n}") for n in range(PEOPLE)]
        results = []
        async with BotProcess(server, UNLIMITED) as bot:
            for phase in phases:
                weather = asyncio.create_task(bad_weather(server)) if phase.faults else None
                load = Load(ASKED, people, channels, phase.number, phase.per_second, answer_within=WITHIN)
                results.append((phase, await mention_at_pace(server, load)))
                server.faults.clear()
                if weather is not None:
                    weather.cancel()
                    with suppress(asyncio.CancelledError):
                        await weather
            await bot.stop()
        return results, dict(Counter(str(fault) for _, fault in server.faults.given))


async def bad_weather(server: DiscordServer) -> None:
    """Let a share of the replies meet a fault, and the gateway's connection be cut, without a word or with one."""
    for seed, (fault, share) in enumerate(TROUBLE):
        server.faults.sometimes(POST, fault, share, SEED + seed)
    for number in range(sys.maxsize):
        await asyncio.sleep(DROP_EVERY)
        await server.gateway.drop(4000 if number % 2 else None)


HEADS = ("mentions", "asked", "per second", "answered", "lost", "doubled", "p50, ms", "p99, ms")


def row(phase: Phase, result: Mentions) -> list[str]:
    """The figures of one phase."""
    pace = result.asked / result.seconds
    counts = [f"{result.asked}", f"{pace:.0f}", f"{len(result.milliseconds)}", f"{result.lost}", f"{result.doubled}"]
    return [phase.name, *counts, *(f"{percentile(result.milliseconds, number):.0f}" for number in (50, 99))]


if __name__ == "__main__":
    sys.exit(main())
