"""The whole bot, as a process of its own, on a fake Discord: one for each module of tests."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Channel, DiscordServer, Guild, Permission, Role, User

# What a clean run never prints: resources left open, tasks left behind, exceptions nobody handled.
COMPLAINTS = ("Unclosed", "ResourceWarning", "never retrieved", "never awaited", "was destroyed", "Traceback")
WORDS_OF_QUESTIONS = ("dug", "moon")  # no log may hold what people write

WELL = """\
Notes on a well

The well was dug in March 2024 by the people of the village. The well is nine metres deep. The water is clear.

The pump broke in *May* <@1>. A repairer came from the town two days later. He brought a new handle.

Since then the pump has worked every day.
"""
ROAD = """\
Notes on a road

The road was closed in June 2024 after heavy rain. Two lorries were stuck near the bridge.

The bridge was repaired in July.
"""
MANIFEST = """\
[[report]]
file = "well.txt"
id = "well"
title = "Notes on a well"
publisher = "The village"
date = 2024-06-01
url = "https://example.org/well"
language = "en"
note = "Mentions thirst."

[[report]]
file = "road.txt"
id = "road"
title = "Notes on a road"
language = "en"
"""


@dataclass
class Stage:
    """A fake Discord with one guild, and what a test needs to act on it. ``folder`` holds the report files.

    ``bot`` is the module's running bot, where it has one."""

    server: DiscordServer
    folder: Path
    data: Path
    guild: Guild
    channel: Channel
    moderator: User
    archivist: Role
    environment: dict[str, str] = field(default_factory=dict)
    people: int = 0
    bot: BotProcess | None = None

    def anyone(self) -> User:
        """A member of the guild whom no test before has met."""
        self.people += 1
        return self.server.add_user(f"member-{self.people}")

    def process(self, **environment: str) -> BotProcess:
        """A bot that is not started yet."""
        return BotProcess(self.server, self.environment | environment, data=self.data)

    def write(self, name: str, text: str) -> None:
        """Put a report file into the folder."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def restore(self) -> None:
        """The report files as they were."""
        self.write("well.txt", WELL)
        self.write("road.txt", ROAD)
        self.write("reports.toml", MANIFEST)


@asynccontextmanager
async def set_up(directory: Path, locale: str = "en-US") -> AsyncIterator[Stage]:
    """A fake Discord with report files and an empty data directory, without a bot; ``locale`` is the guild's."""
    folder, data = directory / "reports", directory / "data"
    for place in (folder, data):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    async with DiscordServer.create() as server:
        guild = server.add_guild("Village", locale=locale)
        managers = server.add_role(guild, "Managers", int(Permission.MANAGE_GUILD))
        moderator = server.add_user("moderator")
        server.give_roles(guild, moderator, managers)
        archivist = server.add_role(guild, "Archivist")
        environment = {
            "RAPPORTEUR_REPORTS": str(folder),
            "RAPPORTEUR_PERSON_LIMIT": "off",
            "RAPPORTEUR_CHANNEL_LIMIT": "off",
            "RAPPORTEUR_SERVER_LIMIT": "off",
            "PYTHONWARNINGS": "default::ResourceWarning",
        }
        channel = server.add_channel(guild, "general")
        stage = Stage(server, folder, data, guild, channel, moderator, archivist, environment)
        stage.restore()
        yield stage


def assert_clean(bot: BotProcess) -> None:
    """Nothing was left open or unhandled, and nothing that people wrote was logged."""
    found = [text for text in (*COMPLAINTS, *WORDS_OF_QUESTIONS) if text in bot.output]
    assert not found, f"{found} in:\n{bot.output}"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bot")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(directory: Path) -> AsyncIterator[Stage]:
    """One running bot for the module; afterwards it has to end with 0 and to have printed no complaint."""
    async with set_up(directory) as ready, ready.process() as bot:
        ready.bot = bot
        # The first answer in a server has a line that no other has, whichever test comes first.
        met = await ready.server.slash(ready.anyone(), ready.channel, "ask", question="Who met the bot?")
        await met.finished()
        await bot.until_printed("event=request")
        yield ready
        assert await bot.stop() == 0
        assert_clean(bot)


@pytest_asyncio.fixture(loop_scope="module")
async def empty_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage without a bot, for tests that start their own."""
    async with set_up(tmp_path) as ready:
        yield ready
