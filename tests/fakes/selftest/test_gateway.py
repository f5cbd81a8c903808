"""Sessions: beginning, losing and resuming them, and who is turned away."""

import asyncio
import json

import aiohttp
import discord
import pytest

from tests.fakes.discord_server import TOKEN, DiscordServer, Intent
from tests.fakes.discord_server.compression import encoder
from tests.fakes.selftest.client import SmallBot, pointed_at
from tests.fakes.selftest.conftest import Scene


async def test_a_client_logs_in_and_knows_its_guilds(scene: Scene) -> None:
    assert scene.bot.user is not None
    assert scene.bot.user.id == scene.server.bot.id
    guild = scene.bot.get_guild(scene.guild.id)
    assert guild is not None
    assert (guild.name, guild.preferred_locale) == ("Readers", discord.Locale.french)
    assert [channel.name for channel in guild.text_channels] == ["reports"]
    assert len(scene.server.gateway.identifies) == 1
    assert {command["name"] for command in scene.server.registry.all()} >= {"echo", "corpus", "Count words"}


@pytest.mark.parametrize("code", [4000, 1001, None])
async def test_what_a_dropped_client_missed_is_replayed(scene: Scene, code: int | None) -> None:
    gateway = scene.server.gateway
    await gateway.drop(code)
    asked = await scene.server.slash(scene.amina, scene.channel, "echo", text="Missed?")
    await asked.finished()
    assert asked.text == "Missed?"
    assert (len(gateway.identifies), gateway.resumes) == (1, 1)


async def test_a_client_that_is_asked_to_reconnect_resumes(scene: Scene) -> None:
    scene.server.gateway.ask_to_reconnect()
    await scene.server.gateway.until_resumed()
    asked = await scene.server.slash(scene.amina, scene.channel, "echo", text="Here")
    await asked.finished()
    assert len(scene.server.gateway.identifies) == 1


async def test_a_forgotten_session_begins_anew(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(*_: object, **__: object) -> None:
        """discord.py would wait five seconds before it identifies again."""

    monkeypatch.setattr(scene.bot, "before_identify_hook", at_once)
    scene.server.gateway.forget_sessions()
    await scene.server.gateway.drop()
    await scene.server.gateway.until_identified(2)
    asked = await scene.server.slash(scene.amina, scene.channel, "echo", text="Again")
    await asked.finished()


async def test_a_wrong_token_is_refused_at_login(server: DiscordServer) -> None:
    with pointed_at(server):
        async with SmallBot() as bot:
            with pytest.raises(discord.LoginFailure):
                await bot.start("another token")
    assert (server.front.statuses[401], server.front.invalid) == (1, 1)


async def test_a_wrong_token_is_refused_on_the_gateway(server: DiscordServer) -> None:
    with pointed_at(server):
        async with SmallBot() as bot:
            await bot.login(server.token)
            bot.http.token = "another token"
            with pytest.raises(discord.ConnectionClosed) as caught:
                await bot.connect()
    assert caught.value.code == 4004


async def test_privileged_intents_have_to_be_granted() -> None:
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    async with DiscordServer.create() as server:
        with pointed_at(server):
            async with SmallBot(intents) as bot:
                with pytest.raises(discord.PrivilegedIntentsRequired):
                    await bot.start(server.token)
    async with DiscordServer.create(granted=Intent.MESSAGE_CONTENT) as server:
        with pointed_at(server):
            async with SmallBot(intents) as bot:
                running = asyncio.create_task(bot.start(server.token))
                await server.gateway.until_identified()
                await bot.close()
                await running


async def test_a_client_with_shards_asks_where_the_gateway_is(server: DiscordServer) -> None:
    guild = server.add_guild("Readers")
    with pointed_at(server):
        client = discord.AutoShardedClient(intents=discord.Intents(guilds=True))
        async with client:
            running = asyncio.create_task(client.start(server.token))
            await server.gateway.until_identified()
            assert server.gateway.identifies[0].shard == (0, 1)
            assert server.front.served("GET", "/gateway/bot")
            await client.close()
            await running
    assert guild.id in server.world.guilds


async def test_a_client_that_leaves_is_gone(scene: Scene) -> None:
    await scene.bot.close()
    await scene.server.gateway.until_disconnected()
    assert not scene.server.gateway.connected


def identify(**changes: object) -> dict[str, object]:
    return {"op": 2, "d": {"token": TOKEN, "intents": 1, "properties": {}} | changes}


BEGIN = identify()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([{"op": 99}], 4001),
        (["no JSON"], 4002),
        (["x" * 5000], 4002),
        ([{"op": 3, "d": {}}], 4003),
        ([identify(token="another token")], 4004),
        ([BEGIN, BEGIN], 4005),
        ([identify(shard=[1, 1])], 4010),
        ([identify(intents=1 << 30)], 4013),
        ([identify(intents=1 << 15)], 4014),
    ],
)
async def test_who_breaks_the_protocol_is_told_how(server: DiscordServer, said: list[object], code: int) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(server.gateway.url() + "?v=10&encoding=json")
        for payload in said:
            await socket.send_str(payload if isinstance(payload, str) else json.dumps(payload))
        heard = [message.type async for message in socket]
    assert socket.close_code == code
    assert set(heard) == {aiohttp.WSMsgType.TEXT}


@pytest.mark.parametrize(("code", "kept"), [(1000, 0), (4000, 1)])
async def test_a_polite_end_ends_the_session_too(server: DiscordServer, code: int, kept: int) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect(server.gateway.url() + "?v=10&encoding=json")
        await socket.send_json(BEGIN)
        await server.gateway.until_identified()
        await socket.close(code=code)
        await server.gateway.until_disconnected()
    assert len(server.gateway.sessions) == kept


def test_every_compression_that_discord_knows_is_spoken() -> None:
    assert encoder("rot13-stream") is None
    plain, packed = encoder(None), encoder("zlib-stream")
    assert plain is not None
    assert plain("{}") == "{}"
    assert packed is not None
    assert str(packed("{}")).endswith("\\x00\\x00\\xff\\xff'")
