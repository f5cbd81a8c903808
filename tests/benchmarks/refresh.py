"""Do answers wait while a large library is read? ``python -m tests.benchmarks.refresh``

Writes a library of reports, refreshes it in the terminal, starts the real bot on it with a fake Discord on loopback,
and asks at a steady pace: in the calm, and while a refresh runs after one file has changed. The targets, with 2,000
reports of 100 paragraphs on two cores: the first answer one second after the start, a refresh of one changed file in
1.5 s and 2 % of the first one, answers meanwhile at most 1.5 times as late as in the calm (p99), first responses within
300 ms, and 300 MB of memory. Beside each time stands the processor's, which a busy machine does not make longer.

``--against CHECKOUT`` does all of it with the code of another checkout beside, in the same run.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tests.benchmarks.library import questions, write_library
from tests.fakes.bot_process import CHECKOUT, BotProcess
from tests.fakes.discord_server import Channel, DiscordServer, Interaction, Permission, User
from tests.fakes.load import Load, Outcome, ask_at_pace, percentile

REPORTS, PARAGRAPHS = 2_000, 100
PER_SECOND, CALM_SECONDS = 10.0, 30.0
WARM_UP = 30  # questions before the clock runs
LONGEST_REFRESH = 600.0  # seconds
CHANGED = "report-{0:04}.txt"
STEPS = ("first refresh", "nothing changed", "one file changed")


class Took(NamedTuple):
    """Seconds that something took, and those of the processor."""

    elapsed: float
    processor: float

    def __str__(self) -> str:
        return f"{self.elapsed:.2f} s (processor {self.processor:.2f} s)"


@dataclass(frozen=True, slots=True)
class Stage:
    """Who asks where, in a library of reports that a data directory has an edition of."""

    server: DiscordServer
    channels: Sequence[Channel]
    people: Sequence[User]
    moderator: User
    library: Path
    asked: Sequence[str]

    async def ask(self, number: int) -> Outcome:
        """Ask so many questions at the pace."""
        return await ask_at_pace(self.server, Load(self.asked, self.people, self.channels, number, PER_SECOND))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.refresh", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS, metavar="N", help="how many reports")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="refresh with another checkout's code as well")
    given = parser.parse_args(arguments)
    checkouts = [CHECKOUT, *([given.against.resolve()] if given.against else [])]
    with tempfile.TemporaryDirectory(prefix="library-") as directory:
        place = Path(directory)
        write_library(place / "reports", given.reports, PARAGRAPHS)
        print(f"{given.reports} reports of {PARAGRAPHS} paragraphs")
        _in_the_terminal(place, checkouts)
        for which, checkout in enumerate(checkouts):
            print("\nThe other checkout" if which else "\nThis checkout")
            asyncio.run(_in_discord(place, checkout, f"data-{which}"))
    return 0


def _in_the_terminal(place: Path, checkouts: Sequence[Path]) -> None:
    against = len(checkouts) > 1
    print("\nrapporteur corpus refresh" + (" (in brackets: share of the other checkout's)" if against else ""))
    first = Took(0.0, 0.0)
    for number, step in enumerate(STEPS):
        if number == 2:
            _change(place / "reports", 1)
        folders = [place / f"data-{which}" for which in range(len(checkouts))]
        before = [_size(folder) for folder in folders]
        took = [refreshed(checkout, place, folder.name) for checkout, folder in zip(checkouts, folders, strict=True)]
        grown = [(_size(folder) - size) / 1000 for folder, size in zip(folders, before, strict=True)]
        share = f" ({took[0].elapsed / took[1].elapsed:.2f})" if against else ""
        beside = f" (the other checkout's: {grown[1]:.1f})" if against else ""
        first = took[0] if number == 0 else first
        part = f", {took[0].processor / first.processor:.1%} of the first" if number else ""
        print(f"- {step}: {took[0]}{share}{part}; the database grows by {grown[0]:.1f} kB{beside}")


def _size(folder: Path) -> int:
    """The bytes of the database in a data directory, with its log."""
    return sum(file.stat().st_size for file in folder.glob("rapporteur.db*"))


def refreshed(checkout: Path, place: Path, data: str) -> Took:
    """What it took to refresh the reports in ``place`` with a checkout's code, into the data directory of that name."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(checkout),
        "RAPPORTEUR_DATA": str(place / data),
        "RAPPORTEUR_REPORTS": str(place / "reports"),
    }
    began, spent = perf_counter(), _children()
    command = [sys.executable, "-m", "bot", "corpus", "refresh"]
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
    return Took(perf_counter() - began, _children() - spent)


def _children() -> float:
    """The processor's seconds that all processes took that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor(pid: int) -> float:
    """The processor's seconds that a process has taken, and those that it has started."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _change(library: Path, number: int) -> None:
    with (library / CHANGED.format(number)).open("a", encoding="utf-8") as file:
        file.write("\nOne more paragraph was written.\n")


async def _in_discord(place: Path, checkout: Path, data: str) -> None:
    async with DiscordServer.create() as server:
        guild = server.add_guild("Village")
        managers = server.add_role(guild, "Managers", int(Permission.MANAGE_GUILD))
        moderator = server.add_user("moderator")
        server.give_roles(guild, moderator, managers)
        stage = Stage(
            server,
            [server.add_channel(guild, f"channel-{n}") for n in range(10)],
            [server.add_user(f"reader-{n}") for n in range(50)],
            moderator,
            place / "reports",
            questions(place / "reports", 400),
        )
        environment = {
            "RAPPORTEUR_REPORTS": str(stage.library),
            "RAPPORTEUR_PERSON_LIMIT": "off",
            "RAPPORTEUR_SERVER_LIMIT": "off",
        }
        bot = BotProcess(server, environment, data=place / data, checkout=checkout)
        try:
            await _start(stage, bot)
            await _refresh_while_asked(stage, bot)
            print(f"\nMemory of the bot at its highest, while it held both editions: {memory(bot.pid, 'VmHWM')} MiB")
            await bot.stop()
        finally:
            await bot.kill()


async def _start(stage: Stage, bot: BotProcess) -> None:
    began = perf_counter()
    await bot.start()
    await bot.until_ready(1)
    connected = perf_counter() - began
    await asyncio.sleep(0)
    early = await stage.server.slash(stage.people[0], stage.channels[0], "ask", question=stage.asked[0])
    await early.finished(30)
    told = perf_counter() - began
    await bot.until_live(LONGEST_REFRESH)
    live = perf_counter() - began
    first = await stage.server.slash(stage.people[0], stage.channels[0], "ask", question=stage.asked[0])
    await first.finished(30)
    answered = Took(perf_counter() - began, _processor(bot.pid))
    print(
        f"\nStart: connected after {connected:.2f} s, first reply after {told:.2f} s ({early.text[:30]}…), "
        f"live after {live:.2f} s, first answer after {answered}"
    )


async def _refresh_while_asked(stage: Stage, bot: BotProcess) -> None:
    await stage.ask(WARM_UP)
    calm = await stage.ask(round(CALM_SECONDS * PER_SECOND))
    print(f"Memory of the bot after {WARM_UP + calm.asked} questions: {memory(bot.pid, 'VmRSS')} MiB, of which")
    print(f"{memory(bot.pid, 'RssAnon')} MiB its own, the rest files that are mapped")
    _change(stage.library, 2)
    began, spent = perf_counter(), _processor(bot.pid)
    refresh = await stage.server.slash(stage.moderator, stage.channels[0], "corpus refresh")
    ending = asyncio.create_task(_took(refresh, bot, began, spent))
    outcomes = []
    while not ending.done():
        outcomes.append(await stage.ask(round(PER_SECOND)))
    took = await ending
    await stage.ask(WARM_UP)
    left = memory(bot.pid, "VmRSS")
    print(f"\nRefresh after one file has changed, with the answers meanwhile: {took}; {refresh.text[:30]}")
    print(f"Memory of the bot after it and {WARM_UP} more questions: {left} MiB")
    asked = sum(outcome.asked for outcome in outcomes)
    lost = sum(len(outcome.lost) for outcome in outcomes)
    print(f"Questions: {calm.asked} in the calm, {len(calm.lost)} lost; {asked} during the refresh, {lost} lost\n")
    acknowledged = [one for outcome in outcomes for one in outcome.acknowledged]
    answered = [one for outcome in outcomes for one in outcome.answered]
    print(
        "| milliseconds | calm p50 | p99 | max | refresh p50 | p99 | max | p99 to calm p99 |\n"
        "|---|--:|--:|--:|--:|--:|--:|--:|"
    )
    for name, before, during in (
        ("first response", calm.acknowledged, acknowledged),
        ("final answer", calm.answered, answered),
    ):
        cells = [percentile(times, rank) for times in (before, during) for rank in (50, 99, 100)]
        print(f"| {name} | " + " | ".join(f"{cell:.0f}" for cell in cells) + f" | {cells[4] / cells[1]:.2f} |")


async def _took(refresh: Interaction, bot: BotProcess, began: float, spent: float) -> Took:
    """What a refresh took since it began, when the processor had taken so much."""
    await refresh.finished(LONGEST_REFRESH)
    return Took(perf_counter() - began, _processor(bot.pid) - spent)


def memory(pid: int | str, what: str) -> int:
    """What a process has of a kind of memory, in MiB, as Linux tells it; 0 elsewhere."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():  # no Linux
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    sys.exit(main())
