"""Three bots with two shards each, on one PostgreSQL server of their own and one fake Discord."""

import asyncio
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from corpus.store.store import Store
from tests.bot.discord.conftest import Stage, set_up
from tests.databases import Place
from tests.fakes.bot_process import CHECKOUT, BotProcess
from tests.fakes.discord_server import Channel, Interaction, Permission

BOTS, EACH = 3, 2
SHARDS = BOTS * EACH
SPACING = 5.0  # Discord's, in seconds
SECONDS = 90.0  # whatever is waited for comes long before
WELL = "Notes on a well\n\nThe well is {} metres deep.\n"
BETWEEN = 0.1  # seconds between two questions, or a refresh would have to share the processor with nothing else
QUESTION = "How deep is the well?"
_ANSWER = re.compile(r"is (\w+) metres.*Edition (\w{12})\.", re.DOTALL)
_SCRIPT = CHECKOUT / ".ci" / "postgres"

# A bot that looks once an hour whether something has changed, so that what it sees before it was told; its answers are
# under way as long as there is a file.
BOT = """
import sys, time
from pathlib import Path
import bot.discord.upkeep, corpus.database.watch
from bot.__main__ import main
from bot.service.snapshot import Asked

bot.discord.upkeep.LISTEN_FOR = corpus.database.watch.LOOK_ANYWAY = 3600.0
consider, hold = Asked.consider, Path(sys.argv[1])

def held(*given):
    while hold.exists():
        time.sleep(0.01)
    return consider(*given)

Asked.consider = held
sys.exit(main(["run"]))
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server that may be ended and started again."""

    folder: Path
    place: Place

    def crash(self) -> None:
        """End it at once, as a crash does."""
        _run("crash", self.folder)

    def again(self) -> None:
        """Start it again, at the same address."""
        _run("again", self.folder)


@contextmanager
def own_server() -> Iterator[Server]:
    """A server of one's own; skips the test where there can be none."""
    # Not in pytest's own folder, which is closed to the ordinary user that the server runs as.
    folder = Path(tempfile.gettempdir()) / f"rapporteur-{uuid4().hex}"
    try:
        address = _run("start", folder)
    except subprocess.CalledProcessError as error:
        pytest.skip(f".ci/postgres cannot start a server: {error.stderr}")
    try:
        yield Server(folder, Place(address.strip()))
    finally:
        _run("stop", folder)


def _run(action: str, folder: Path) -> str:
    ran = subprocess.run([str(_SCRIPT), action, str(folder)], check=True, capture_output=True, text=True)
    return ran.stdout


@dataclass
class Fleet:
    """The bots, by their numbers from 0; ``channels`` has one in a server of each. ``answers`` are all that were given:
    the label of the edition that an answer names, and the depth of the well that it quotes. ``padding`` is what else
    the report of the well has from the next refresh on."""

    stage: Stage
    place: Place
    bots: list[BotProcess] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    padding: str = ""

    @property
    def hold(self) -> Path:
        """As long as this file is there, answers of every bot are under way."""
        return self.stage.data / "hold"

    def process(self, number: int) -> BotProcess:
        """The bot of that number, not started."""
        shards = f"{EACH * number}-{EACH * number + EACH - 1}"
        settings = {
            "DATABASE_URL": self.place.url,
            "RAPPORTEUR_SHARD_COUNT": str(SHARDS),
            "RAPPORTEUR_SHARD_IDS": shards,
        }
        bot = self.stage.process(**settings)
        bot.argv = (sys.executable, "-c", BOT, str(self.hold))
        return bot

    async def until_up(self, *bots: BotProcess) -> None:
        """Wait until bots have logged in with all their shards and have reports."""
        await asyncio.gather(*(bot.until_printed("event=ready", SECONDS) for bot in bots))
        await asyncio.gather(*(bot.until_live(SECONDS) for bot in bots))

    async def kill(self, number: int) -> None:
        """Kill a bot with SIGKILL."""
        self.bots[number].send(signal.SIGKILL)
        assert await self.bots[number].ended() == -signal.SIGKILL

    async def begin_again(self, number: int) -> None:
        """Start a bot that has ended."""
        await self.bots[number].kill()  # its pipes
        self.bots[number] = self.process(number)
        await self.bots[number].start()

    async def ask(self, number: int) -> Interaction:
        """Ask the bot of that number how deep the well is."""
        return await self.stage.server.slash(self.stage.anyone(), self.channels[number], "ask", question=QUESTION)

    async def answer(self, number: int) -> str:
        """The depth that the bot of that number quotes."""
        text = (await (await self.ask(number)).finished()).text.replace("**", "")
        found = _ANSWER.search(text)
        assert found, text
        self.answers.append((found[2], found[1]))
        return found[1]

    @asynccontextmanager
    async def asking(self, *numbers: int) -> AsyncIterator[None]:
        """Meanwhile each of these bots is asked all the time, and answers."""

        async def ask(number: int) -> None:
            while not ended.is_set():
                await self.answer(number)
                await asyncio.sleep(BETWEEN)

        ended = asyncio.Event()
        tasks = [asyncio.create_task(ask(number)) for number in numbers]
        try:
            yield
        finally:
            ended.set()
            await asyncio.gather(*tasks)

    async def refresh(self, number: int, depth: str) -> Interaction:
        """Have the owner let the bot of that number read the well's new depth; the interaction, which goes on."""
        self.stage.write("well.txt", WELL.format(depth) + self.padding)
        server = self.stage.server
        return await server.slash(server.world.owner, self.channels[number], "corpus refresh")

    async def until_all_say(self, depth: str) -> None:
        """Wait until every bot quotes that depth; raises ``TimeoutError``."""
        async with asyncio.timeout(SECONDS):
            for number in range(BOTS):
                while await self.answer(number) != depth:
                    pass

    def mixed(self) -> list[tuple[str, str]]:
        """The answers whose quote does not stand in the edition that they name."""
        with Store(self.place.url) as store:
            return [
                (label, depth)
                for label, depth in set(self.answers)
                if not any(f"is {depth} metres" in passage.text for passage in store.edition(label).passages())
            ]

    def live(self) -> str:
        """The label of the live edition; everything kept is sound."""
        with Store(self.place.url) as store:
            assert store.verify().flaws == ()
            live = store.live()
        assert live is not None
        return live.edition.label


@asynccontextmanager
async def fleet_at(directory: Path, place: Place) -> AsyncIterator[Fleet]:
    """The bots, all up, each in a server of its own; in the end those that still run are killed."""
    async with set_up(directory) as stage, AsyncExitStack() as stack:
        gateway = stage.server.gateway
        gateway.max_concurrency, gateway.spacing = 2, SPACING
        stage.write("well.txt", WELL.format("nine"))
        fleet = Fleet(stage, place)
        stack.push_async_callback(_end, fleet)
        for number in range(BOTS):
            fleet.channels.append(_channel(stage, number))
            fleet.bots.append(fleet.process(number))
            await fleet.bots[number].start()
        await fleet.until_up(*fleet.bots)
        yield fleet


def _channel(stage: Stage, number: int) -> Channel:
    """A channel in a new server that is the bot's of that number, of whose people the moderator manages it."""
    server = stage.server
    guild = server.add_guild("Village", owner=server.world.owner)
    while (guild.id >> 22) % SHARDS // EACH != number:
        server.remove_guild(guild)
        server.clock.advance(0.001)  # a server's id holds the moment it was made
        guild = server.add_guild("Village", owner=server.world.owner)
    managers = server.add_role(guild, "Managers", int(Permission.MANAGE_GUILD))
    server.give_roles(guild, stage.moderator, managers)
    return server.add_channel(guild, "general")


async def _end(fleet: Fleet) -> None:
    for bot in fleet.bots:
        await bot.kill()
