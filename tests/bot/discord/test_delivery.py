"""Replies to messages: none is lost that Discord would let out, none comes twice, and none stands in another's way."""

import asyncio
import sys

import pytest

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.discord_server import (
    ORDINARY,
    Bucket,
    CutAfter,
    CutBefore,
    Permission,
    Posting,
    Status,
    TooManyRequests,
)
from tests.fakes.discord_server.faults import Fault
from tests.fakes.load import Load, mention_at_pace

pytestmark = pytest.mark.asyncio(loop_scope="module")

POST, TYPING = "POST /channels/*/messages", "POST /channels/*/typing"
QUESTION, ANSWER = "Who dug the well?", "people of the village"
SLOWED = "event=slowed everywhere=True"
# A bot whose answers take longer than people wait without a sign.
SLOW = """
import sys, time
from bot.__main__ import main
from bot.service.snapshot import Asked
answer = Asked.consider
Asked.consider = lambda *given: time.sleep(1.5) or answer(*given)
sys.exit(main(["run"]))
"""


async def mention(stage: Stage) -> Posting:
    return await stage.server.message(stage.anyone(), stage.channel, QUESTION, mentions_bot=True)


async def test_a_quick_answer_costs_no_typing_indicator(stage: Stage) -> None:
    posted = await mention(stage)
    assert ANSWER in (await posted.reply()).text
    assert posted.typing == 0


@pytest.mark.parametrize(
    "fault",
    [
        TooManyRequests(0.3, "global"),
        TooManyRequests(0.3, via=False),
        TooManyRequests(0.3, "shared"),
        TooManyRequests(1, "cloudflare"),
    ],
    ids=repr,
)
async def test_a_429_of_any_kind_says_later_and_not_no(stage: Stage, fault: TooManyRequests) -> None:
    stage.server.faults.next(POST, fault, times=2)
    posted = [await mention(stage) for _ in range(3)]
    for one in posted:
        await one.until_replies(3, within=10)
    said = [reply.reply_to for reply in posted[0].replies]
    assert sorted(said, key=str) == [one.message.id for one in posted]
    stage.server.faults.clear()


async def test_one_global_429_stops_every_channel_until_it_is_over(stage: Stage) -> None:
    """The others do not each have to find out; what is answered through interactions goes on."""
    assert stage.bot is not None
    channels = [stage.server.add_channel(stage.guild, f"channel-{number}") for number in range(6)]
    stage.server.faults.next(POST, TooManyRequests(2, "global"))
    before, slowed = stage.server.front.statuses[429], stage.bot.output.count(SLOWED)
    posted = []
    for number, channel in enumerate(channels):
        posted.append(await stage.server.message(stage.anyone(), channel, QUESTION, mentions_bot=True))
        if number == 0:  # the others are answered when the bot knows
            await stage.bot.until_printed(SLOWED, times=slowed + 1)
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question=QUESTION)
    assert ANSWER in (await asked.finished()).text
    for one in posted:
        assert ANSWER in (await one.reply()).text
    assert stage.server.front.statuses[429] - before == 1
    stage.server.faults.clear()


async def test_a_channels_own_limit_is_kept_without_being_told(stage: Stage) -> None:
    stage.server.rates.messages = Bucket(2, 0.5)
    before = stage.server.front.statuses[429]
    posted = [await mention(stage) for _ in range(7)]
    await posted[0].until_replies(7)
    assert {reply.reply_to for reply in posted[0].replies} == {one.message.id for one in posted}
    assert stage.server.front.statuses[429] == before
    stage.server.rates.messages = None


async def test_where_the_bot_may_not_read_the_history_it_answers_without_a_reference(stage: Stage) -> None:
    blind = stage.server.add_channel(
        stage.guild, "blind", bot_permissions=int(ORDINARY & ~Permission.READ_MESSAGE_HISTORY)
    )
    posted = await stage.server.message(stage.anyone(), blind, QUESTION, mentions_bot=True)
    reply = await posted.reply()
    assert ANSWER in reply.text
    assert (reply.reply_to, reply.pings) == (None, frozenset())


async def test_a_question_that_was_deleted_meanwhile_is_answered_all_the_same(stage: Stage) -> None:
    stage.server.faults.next(POST, Status(503))
    posted = await mention(stage)
    stage.server.delete_message(posted.message)
    assert ANSWER in (await posted.reply()).text
    stage.server.faults.clear()


async def test_a_channel_that_refuses_for_good_is_asked_once(stage: Stage) -> None:
    closed = stage.server.add_user("closed", reachable=False)
    channel = stage.server.direct_channel(closed)
    await stage.server.direct_message(closed, QUESTION)
    assert stage.bot is not None
    await stage.bot.until_printed('undelivered="403 ')
    await (await mention(stage)).reply()
    served = stage.server.front.served("POST", f"/channels/{channel.id}/")
    assert [request.status for request in served] == [403]


async def test_no_mention_is_lost_or_answered_twice_in_bad_weather_and_all_is_well_afterwards(stage: Stage) -> None:
    """With Discord's own limits: 50 requests a second in all, 5 messages in 5 seconds in a channel."""
    server = stage.server
    server.rates.messages = Bucket(5, 5.0)
    people = [stage.anyone() for _ in range(20)]
    channels = [server.add_channel(stage.guild, f"crowded-{number}") for number in range(20)]
    limited = TooManyRequests(0.3, "global"), TooManyRequests(0.2, via=False)
    trouble: tuple[Fault, ...] = (*limited, Status(500), CutBefore(), CutAfter())
    for number, fault in enumerate(trouble):
        server.faults.every(POST, fault, nth=11 + 2 * number)
    asking = asyncio.create_task(mention_at_pace(server, Load([QUESTION], people, channels, 80, 40.0)))
    await asyncio.sleep(1)  # half of them are asked, at that pace
    await server.gateway.drop(1001)
    stormy = await asking
    assert (stormy.lost, stormy.doubled) == (0, 0)
    assert set(trouble) <= {fault for _, fault in server.faults.given}
    server.faults.clear()
    server.rates.messages = None
    calm = await mention_at_pace(server, Load([QUESTION], people, channels, 20, 40.0))
    assert (calm.lost, calm.doubled) == (0, 0)


async def test_a_slow_answer_shows_that_it_is_on_its_way_and_nothing_waits_for_that(empty_stage: Stage) -> None:
    """A global limit on the typing indicator once ended all replies until a restart."""
    stage = empty_stage
    bot = stage.process()
    bot.argv = (sys.executable, "-c", SLOW)
    async with bot:
        calm = await mention(stage)
        assert ANSWER in (await calm.reply()).text
        assert calm.typing == 1
        fault = TooManyRequests(2, "global")
        stage.server.faults.next(TYPING, fault)
        limited = await mention(stage)
        assert ANSWER in (await limited.reply()).text
        direct = await stage.server.direct_message(stage.anyone(), QUESTION)
        assert ANSWER in (await direct.reply()).text
        assert stage.server.faults.given == [
            (f"POST /channels/{stage.channel.id}/typing", TooManyRequests(2, "global"))
        ]
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_who_asks_too_often_in_direct_messages_is_told_once(empty_stage: Stage) -> None:
    """Also where the same person was told so on a server."""
    stage = empty_stage
    async with stage.process(RAPPORTEUR_PERSON_LIMIT="1/600") as bot:
        reader = stage.anyone()
        said = [
            (await (await stage.server.message(reader, stage.channel, QUESTION, mentions_bot=True)).reply()).text
            for _ in range(2)
        ]
        assert said[1].startswith("You have asked many questions")
        direct = [await stage.server.direct_message(reader, QUESTION) for _ in range(3)]
        assert (await direct[0].reply()).text.startswith("You have asked many questions")
        await (await stage.server.direct_message(stage.anyone(), QUESTION)).reply()
        assert [reply.reply_to for reply in direct[0].replies] == [direct[0].message.id]
        assert await bot.stop() == 0
    assert_clean(bot)
