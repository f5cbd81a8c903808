"""A fake Discord with one guild, for every test here."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.fakes.discord_server import Channel, DiscordServer, Guild, User
from tests.fakes.selftest.client import SmallBot, running


@dataclass(frozen=True)
class Scene:
    """A server with one guild, one channel, one member, and a bot that is ready."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    amina: User
    bot: SmallBot


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with DiscordServer.create() as started:
        yield started


@pytest.fixture
async def scene(server: DiscordServer) -> AsyncIterator[Scene]:
    guild = server.add_guild("Readers", locale="fr")
    channel = server.add_channel(guild, "reports")
    amina = server.add_user("amina")
    async with running(server) as bot:
        yield Scene(server, guild, channel, amina, bot)
