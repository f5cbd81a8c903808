"""One process with several shards and a database of its own: it logs in, is refused, is cut off, ends."""

import re

import pytest

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.discord_server import Status
from tests.fakes.discord_server.gateway import Identify
from tests.fakes.discord_server.limits import SESSION_STARTS_A_DAY

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWO = {"RAPPORTEUR_SHARD_COUNT": "2"}
SOCKET = "GET /gateway-socket"


async def test_all_shards_in_one_process_log_in_one_after_the_other(empty_stage: Stage) -> None:
    """Also when Discord has forgotten their sessions, and without a server for a database. Direct messages come by
    shard 0, and the bot's only server is known as that."""
    stage, gateway = empty_stage, empty_stage.server.gateway
    gateway.spacing = 5.0
    bot = stage.process(**TWO)
    async with bot:
        await bot.until_printed("event=ready")
        assert [one.shard for one in gateway.identifies] == [(0, 2), (1, 2)]
        assert gateway.too_soon == []
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        assert "people of the village" in (await asked.finished()).text
        refreshed = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
        assert "Nothing has changed." in (await refreshed.finished()).text
        private = stage.server.world.direct_channel(stage.anyone())
        known = len(stage.server.world.history(private))
        assert private.recipient is not None
        await stage.server.message(private.recipient, private, "Who dug the well?")
        await stage.server.world.changed.until(
            lambda: len(stage.server.world.history(private)) > known + 1, 20.0, lambda: bot.output
        )
        gateway.forget_sessions()
        await gateway.drop()
        await gateway.until_identified(4, 60.0)
        assert gateway.too_soon == []
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_shard_that_cannot_connect_tries_again_and_the_log_says_so(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.server.gateway.max_concurrency = 2
    stage.server.faults.next(SOCKET, Status(503))
    async with stage.process(**TWO) as bot:
        await bot.until_printed("event=ready")
        assert await bot.stop() == 0
    (told,) = re.findall(r"event=disconnected (.*)", bot.output)
    again = "trying again within 5 seconds"
    assert told == f'problem="Discord answers with an error (503 Service Unavailable); {again}." again_in_seconds=5.0'
    assert_clean(bot)


async def test_it_can_be_stopped_while_no_shard_gets_through(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.server.faults.always(SOCKET, Status(503))
    bot = stage.process(**TWO)
    await bot.start()
    await bot.until_printed("event=disconnected")
    await bot.until_live()
    assert await bot.stop() == 0
    assert_clean(bot)
    await bot.kill()


async def test_connections_that_are_cut_are_taken_up_again_without_logging_in(empty_stage: Stage) -> None:
    stage, gateway = empty_stage, empty_stage.server.gateway
    gateway.max_concurrency = 2
    async with stage.process(**TWO) as bot:
        await bot.until_printed("event=ready")
        await gateway.drop()
        await gateway.until_resumed(2)
        assert len(gateway.identifies) == 2
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        assert "people of the village" in (await asked.finished()).text
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_bot_that_may_not_log_in_any_more_today_waits(empty_stage: Stage) -> None:
    """One more would cost it its token."""
    stage, gateway = empty_stage, empty_stage.server.gateway
    gateway.identifies += [Identify(0, (0, 1), None)] * (SESSION_STARTS_A_DAY - 1)
    bot = stage.process(**TWO)
    await bot.start()
    await bot.until_printed("event=disconnected")
    await bot.until_live()
    assert re.findall(r"again_in_seconds=(.*)", bot.output) == ["86400.0"]
    assert await bot.stop() == 0
    assert len(gateway.identifies) == SESSION_STARTS_A_DAY - 1
    assert_clean(bot)
    await bot.kill()


async def test_a_bot_that_discord_throws_out_for_good_ends_with_2(empty_stage: Stage) -> None:
    gateway = empty_stage.server.gateway
    gateway.max_concurrency = 2
    async with empty_stage.process(**TWO) as bot:
        await bot.until_printed("event=ready")
        await gateway.drop(4004)
        assert await bot.ended() == 2
    assert bot.output.splitlines()[-1].startswith("Discord does not accept the token in DISCORD_TOKEN.")
    assert_clean(bot)


async def test_shards_that_cannot_be_told_end_with_2_and_one_sentence(empty_stage: Stage) -> None:
    bot = empty_stage.process(RAPPORTEUR_SHARD_COUNT="2", RAPPORTEUR_SHARD_IDS="1-2")
    await bot.start()
    assert await bot.ended() == 2
    assert bot.output == (
        "The shards of this process cannot be told: shard 2 is none of them, since RAPPORTEUR_SHARD_COUNT makes 1 the "
        "last one."
    )
    await bot.kill()
