"""An answer follows its question: an edit within a minute is answered in its place, a deletion takes it away."""

from collections.abc import Callable

import pytest

from tests.bot.discord.conftest import Stage
from tests.fakes.discord_server import Message
from tests.fakes.discord_server.faults import Delay
from tests.fakes.discord_server.message import Body
from tests.fakes.discord_server.posting import Posting
from tests.fakes.discord_server.waiting import WITHIN

pytestmark = pytest.mark.asyncio(loop_scope="module")

WELL, LORRIES = "Who dug the well?", "How many lorries were stuck?"


async def asked(stage: Stage, question: str = WELL) -> Posting:
    return await stage.server.message(stage.anyone(), stage.channel, question, mentions_bot=True)


def edit(stage: Stage, posted: Posting, text: str, *, mentions_bot: bool = True) -> Message:
    mention = f"{stage.server.bot.mention} " if mentions_bot else ""
    return stage.server.world.edit(posted.message, Body(mention + text))


async def until(stage: Stage, condition: Callable[[], bool]) -> None:
    await stage.server.world.changed.until(condition, WITHIN, lambda: "the answer did not follow")


def answers(stage: Stage, posted: Posting) -> list[str]:
    """The first lines of what the bot has said to a message, as it stands now."""
    said = [message for message in stage.server.world.history(stage.channel) if message.reply_to == posted.message.id]
    return [message.text.splitlines()[0] for message in said]


async def test_an_edit_is_answered_in_the_place_of_the_answer_before(stage: Stage) -> None:
    posted = await asked(stage)
    reply = await posted.reply()
    edit(stage, posted, LORRIES)
    await until(stage, lambda: answers(stage, posted) == [f"### {LORRIES}"])
    now = stage.server.world.messages[reply.id]
    assert "Two lorries" in now.text.replace("*", "")
    assert now.pings == frozenset()


async def test_an_edit_after_a_minute_and_a_preview_change_nothing(stage: Stage) -> None:
    """Discord sends an update without a moment where it adds the preview of a link."""
    posted = await asked(stage)
    reply = await posted.reply()
    stage.server.world.preview(stage.server.world.messages[posted.message.id])
    stage.server.clock.advance(61)
    edit(stage, posted, LORRIES)
    later = await asked(stage)
    await later.reply()
    stage.server.world.delete(later.message)  # heard after the edit, which has been passed over by then
    await until(stage, lambda: answers(stage, later) == [])
    now = stage.server.world.messages[reply.id]
    assert (now.text, now.edited) == (reply.text, None)


@pytest.mark.parametrize("delete_many", [False, True])
async def test_an_answer_goes_with_its_question(stage: Stage, *, delete_many: bool) -> None:
    both = [await asked(stage), await asked(stage, LORRIES)]
    await until(stage, lambda: all(len(answers(stage, posted)) == 1 for posted in both))
    if delete_many:
        stage.server.world.delete_many([posted.message for posted in both])
    else:
        for posted in both:
            stage.server.world.delete(posted.message)
    await until(stage, lambda: not any(answers(stage, posted) for posted in both))


async def test_an_answer_goes_where_an_edit_takes_the_mention_back(stage: Stage) -> None:
    posted = await asked(stage)
    await posted.reply()
    edit(stage, posted, "never mind", mentions_bot=False)
    await until(stage, lambda: answers(stage, posted) == [])


async def test_an_edit_that_asks_nothing_is_told_how_to_ask(stage: Stage) -> None:
    posted = await asked(stage)
    await posted.reply()
    edit(stage, posted, "")
    await until(stage, lambda: answers(stage, posted)[0].startswith("Ask about the reports in plain words"))


async def test_the_last_of_two_edits_wins_also_while_the_first_answer_is_on_its_way(stage: Stage) -> None:
    stage.server.faults.next("POST /channels/*/messages", Delay(0.5))
    posted = await asked(stage)
    edit(stage, posted, "When was the road closed?")
    edit(stage, posted, LORRIES)
    await until(stage, lambda: answers(stage, posted) == [f"### {LORRIES}"])


async def test_an_answer_on_its_way_goes_where_its_question_is_deleted_meanwhile(stage: Stage) -> None:
    stage.server.faults.next("POST /channels/*/messages", Delay(0.5))
    posted = await asked(stage)
    stage.server.world.delete(posted.message)
    reply = await posted.reply()
    await until(stage, lambda: reply.id not in stage.server.world.messages)


async def test_where_the_bot_may_not_write_it_tells_the_asker_in_private_once(stage: Stage) -> None:
    silent = stage.server.add_channel(stage.guild, "silent", bot_permissions=1 << 10)  # may look, may not write
    reader = stage.anyone()
    direct = stage.server.direct_channel(reader)
    for _ in range(2):
        await stage.server.message(reader, silent, WELL, mentions_bot=True)
    await until(stage, lambda: bool(stage.server.world.history(direct)))
    asked_here = await stage.server.message(reader, direct, WELL)  # heard after the second one
    await asked_here.reply()
    told = stage.server.world.history(direct)[0]
    assert told.text.startswith("The bot may not write in “\\#silent”, so your question there has no answer.")
    assert (told.pings, len(stage.server.world.history(direct))) == (frozenset(), 3)


async def test_nothing_comes_of_it_where_direct_messages_are_closed(stage: Stage) -> None:
    assert stage.bot is not None
    silent = stage.server.add_channel(stage.guild, "silent", bot_permissions=1 << 10)
    closed = stage.server.add_user("closed", reachable=False)
    await stage.server.message(closed, silent, WELL, mentions_bot=True)
    await stage.bot.until_printed("event=told outcome=closed")
