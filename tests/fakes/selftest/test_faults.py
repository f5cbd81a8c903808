"""Things that go wrong on purpose, and rate limits."""

import asyncio
import errno
import time

import aiohttp
import discord
import pytest
from discord.backoff import ExponentialBackoff

from tests.fakes.discord_server import (
    ORDINARY,
    Bucket,
    CutAfter,
    CutBefore,
    Delay,
    Faults,
    Permission,
    Status,
    TooManyRequests,
)
from tests.fakes.selftest.conftest import Scene

CALLBACK = "POST /interactions/*/callback"
SEND = "POST /channels/*/messages"


async def test_a_rate_limited_callback_is_sent_again(scene: Scene) -> None:
    scene.server.faults.next(CALLBACK, TooManyRequests(0.05), times=2)
    asked = await scene.server.slash(scene.amina, scene.channel, "secret")
    await asked.finished()
    assert asked.acknowledged_milliseconds is not None
    assert asked.acknowledged_milliseconds >= 100
    assert scene.server.front.statuses[429] == 2


async def test_a_failed_callback_is_sent_again(scene: Scene) -> None:
    scene.server.faults.next(CALLBACK, Status(500))
    asked = await scene.server.slash(scene.amina, scene.channel, "secret")
    await asked.finished()
    assert scene.server.front.statuses[500] == 1


async def test_a_ban_is_not_waited_out(scene: Scene) -> None:
    scene.server.faults.next(CALLBACK, TooManyRequests(30, "cloudflare"))
    await scene.server.slash(scene.amina, scene.channel, "secret")
    error = await scene.bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert error.status == 429


@pytest.mark.parametrize(("fault", "said"), [(CutBefore(), 0), (CutAfter(), 1)])
async def test_a_cut_connection_is_a_reset(scene: Scene, fault: CutBefore | CutAfter, said: int) -> None:
    scene.server.faults.next(SEND, fault)
    with pytest.raises(aiohttp.ClientOSError) as caught:
        await scene.bot.get_partial_messageable(scene.channel.id).send("Hello")
    assert caught.value.errno == errno.ECONNRESET
    assert len(scene.server.world.history(scene.channel)) == said
    assert scene.server.front.served("POST", "/channels/")[0].status == 0


async def test_a_delay_counts_towards_the_three_seconds(scene: Scene) -> None:
    scene.server.desk.deadlines.first_response = 0.05
    scene.server.faults.next(CALLBACK, Delay(0.1))
    asked = await scene.server.slash(scene.amina, scene.channel, "secret")
    await asked.refused()
    assert asked.refusals[0].code == 10062


async def test_a_gateway_that_refuses_is_tried_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.01)
    scene.server.faults.next("GET /gateway-socket", Status(503), times=2)
    await scene.server.gateway.drop()
    await scene.server.gateway.until_resumed()
    assert scene.server.front.statuses[503] == 2


async def test_the_global_limit_spares_callbacks_and_webhooks(scene: Scene) -> None:
    scene.server.rates.everything = Bucket(2, 0.2)
    began = time.monotonic()
    await asyncio.gather(*(scene.bot.fetch_user(scene.amina.id) for _ in range(3)))
    assert time.monotonic() - began >= 0.15
    assert scene.server.front.statuses[429] >= 1
    limited = scene.server.front.statuses[429]
    for _ in range(4):
        asked = await scene.server.slash(scene.amina, scene.channel, "secret")
        await asked.finished()
    assert scene.server.front.statuses[429] == limited


async def test_a_bucket_tells_its_state_and_discord_py_waits_in_time(scene: Scene) -> None:
    scene.server.rates.messages = Bucket(2, 0.2)
    channel = scene.bot.get_partial_messageable(scene.channel.id)
    for number in range(4):
        await channel.send(str(number))
    assert scene.server.front.statuses[429] == 0
    assert [message.text for message in scene.server.world.history(scene.channel)] == ["0", "1", "2", "3"]


def test_faults_strike_as_they_were_told() -> None:
    faults = Faults()
    faults.next("GET /a*", Status(500), times=2)
    faults.every("GET /b", Status(502), nth=2)
    assert [faults.draw("GET /a/1") for _ in range(3)] == [Status(500), Status(500), None]
    assert [faults.draw("GET /b") for _ in range(4)] == [None, Status(502), None, Status(502)]
    assert len(faults.given) == 4

    def struck(seed: int) -> list[bool]:
        seeded = Faults()
        seeded.sometimes("*", Status(503), share=0.5, seed=seed)
        return [seeded.draw("GET /") is not None for _ in range(40)]

    assert struck(1) == struck(1) != struck(2)
    faults.always("*", CutBefore())
    assert faults.draw("GET /b") == CutBefore()
    faults.clear()
    assert faults.draw("GET /b") is None


async def test_a_global_429_holds_for_every_route_of_the_token_and_for_no_other(scene: Scene) -> None:
    scene.server.faults.next("POST /channels/*/typing", TooManyRequests(60, "global"))
    headers = {"Authorization": f"Bot {scene.server.token}"}
    async with aiohttp.ClientSession(scene.server.api + "/", headers=headers) as session:
        typing = await session.post(f"channels/{scene.channel.id}/typing")
        assert (typing.status, (await typing.json())["global"]) == (429, True)
        statuses = [(await session.get("users/@me")).status, (await session.post("interactions/1/x/callback")).status]
        assert statuses == [429, 404]
        scene.server.clock.advance(60)
        assert (await session.get("users/@me")).status == 200


async def test_a_429_of_the_edge_has_no_via(scene: Scene) -> None:
    """And discord.py takes it for a ban, also where it says in JSON how long to wait."""
    scene.server.faults.next(SEND, TooManyRequests(0.1, via=False))
    with pytest.raises(discord.HTTPException) as caught:
        await scene.bot.get_partial_messageable(scene.channel.id).send("Hello")
    assert (caught.value.status, caught.value.response.headers.get("Via")) == (429, None)


async def test_a_reply_needs_the_history_and_a_message_does_not(scene: Scene) -> None:
    blind = scene.server.add_channel(
        scene.guild, "blind", bot_permissions=int(ORDINARY & ~Permission.READ_MESSAGE_HISTORY)
    )
    posted = await scene.server.message(scene.amina, blind, "hello")
    channel = scene.bot.get_partial_messageable(blind.id)
    reference = discord.MessageReference(message_id=posted.message.id, channel_id=blind.id)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("Hello", reference=reference)
    assert (caught.value.status, caught.value.code) == (400, 160002)
    await channel.send("Hello")
    assert [message.text for message in posted.replies] == ["Hello"]
