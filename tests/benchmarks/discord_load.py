"""Does the whole bot keep up? ``python -m tests.benchmarks.discord_load``

The real bot as a process of its own, on a fake Discord on loopback, is asked at a steady pace, as many people in
several servers would ask it. The targets, at 20 questions a second on two cores: the first response within 300 ms and
the answer within a second, each for 99 of 100 questions, and no answer lost.

With ``--faults`` the gateway drops and the API answers 429 and 500 now and then. A question may then be lost only where
Discord itself has made it unanswerable: it takes no first response after three seconds.
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
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import DiscordServer, Interaction, Status, TooManyRequests
from tests.fakes.load import Load, Outcome, ask_at_pace, percentile

PER_SECOND, SECONDS = 20.0, 30.0
PEOPLE, SERVERS = 50, 5
TARGETS = {"first response": 300.0, "final answer": 1000.0}  # milliseconds, p99
SEED = 20_250_315
WARM_UP = 20  # questions before the clock runs
# Limits would refuse what one loopback's people ask; that they hold is for the tests.
UNLIMITED = {"RAPPORTEUR_PERSON_LIMIT": "off", "RAPPORTEUR_CHANNEL_LIMIT": "off", "RAPPORTEUR_SERVER_LIMIT": "off"}

# With --faults
DROP_EVERY = 7.0  # seconds
SHARE = 0.01  # of the requests, for each of the faults below
FAULTS = (Status(500), TooManyRequests(0.25), Status(503))
REQUESTS = ("POST /interactions/*/callback", "PATCH /webhooks/*")


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the questions; ``unanswerable`` are those lost ones that Discord would take no response to."""

    outcome: Outcome
    unanswerable: int
    resumes: int
    faults: dict[str, int]

    @property
    def lost(self) -> int:
        """Questions that nothing excuses."""
        return len(self.outcome.lost) - self.unanswerable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; the exit code is 1 where an answer was lost that could have been given."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.discord_load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS, metavar="N", help="how long questions are asked")
    parser.add_argument("--per-second", type=float, default=PER_SECOND, metavar="N", help="questions a second")
    parser.add_argument("--faults", action="store_true", help="let the gateway drop and the API fail now and then")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = parser.parse_args(arguments)
    number = max(1, round(given.seconds * given.per_second))
    result = asyncio.run(run(number, given.per_second, faults=given.faults))
    print(json.dumps(record(result)) if given.json else report(result))
    return int(result.lost > 0)


async def run(number: int, per_second: float, *, faults: bool) -> Result:
    """Start a bot, ask it, and stop it."""
    async with DiscordServer.create() as server:
        channels = [server.add_channel(server.add_guild(f"Server {n}"), "reports") for n in range(SERVERS)]
        people = [server.add_user(f"reader{n}") for n in range(PEOPLE)]
        async with BotProcess(server, UNLIMITED) as bot:
            await ask_at_pace(server, Load(ASKED, people, channels, WARM_UP, per_second))
            known = set(server.desk.interactions)
            weather = asyncio.create_task(bad_weather(server)) if faults else None
            outcome = await ask_at_pace(server, Load(ASKED, people, channels, number, per_second))
            resumes = 0
            if weather is not None:
                weather.cancel()
                with suppress(asyncio.CancelledError):
                    await weather
                resumes = server.gateway.resumes
            given = Counter(str(fault) for _, fault in server.faults.given)
            server.faults.clear()
            asked = [one for id_, one in server.desk.interactions.items() if id_ not in known]
            await bot.stop()
    return Result(outcome, sum(map(is_unanswerable, asked)), resumes, dict(given))


async def bad_weather(server: DiscordServer) -> None:
    """Let a share of the requests fail and the gateway's connection be cut, without a word or with one."""
    for seed, (pattern, fault) in enumerate((pattern, fault) for pattern in REQUESTS for fault in FAULTS):
        server.faults.sometimes(pattern, fault, SHARE, SEED + seed)
    for number in range(sys.maxsize):
        await asyncio.sleep(DROP_EVERY)
        await server.gateway.drop(4000 if number % 2 else None)


def is_unanswerable(interaction: Interaction) -> bool:
    """Whether Discord has refused the first response for coming too late, and nothing of ours was in time."""
    return not interaction.done and any(refusal.code == 10062 for refusal in interaction.refusals)


def percentiles(result: Result) -> dict[str, tuple[float, float]]:
    """p50 and p99 in milliseconds of what there is a target for."""
    times = dict(zip(TARGETS, (result.outcome.acknowledged, result.outcome.answered), strict=True))
    return {name: (percentile(took, 50), percentile(took, 99)) for name, took in times.items()}


def record(result: Result) -> dict[str, object]:
    """The figures for programs."""
    figures = {
        name: {"p50": p50, "p99": p99, "target": TARGETS[name]} for name, (p50, p99) in percentiles(result).items()
    }
    asked, pace = result.outcome.asked, result.outcome.per_second
    counts = {"asked": asked, "per_second": pace, "lost": result.lost, "unanswerable": result.unanswerable}
    return {**counts, "milliseconds": figures, "resumes": result.resumes, "faults": result.faults}


def report(result: Result) -> str:
    """The figures for people."""
    lines = [result.outcome.table(), ""]
    for name, (_, p99) in percentiles(result).items():
        verdict = "kept" if p99 < TARGETS[name] else "MISSED"
        lines.append(f"Target for the {name}, p99 below {TARGETS[name]:.0f} ms: {verdict} ({p99:.0f} ms)")
    lines.append(f"Lost: {result.lost}; made unanswerable by Discord: {result.unanswerable}")
    if result.faults:
        lines.append(f"The gateway's connection was resumed {result.resumes} times; faults given:")
        lines += [f"- {number} x {fault}" for fault, number in sorted(result.faults.items())]
    lines += [f"- {lost.question}: {lost.reason}" for lost in result.outcome.lost[:10]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
