"""No member can silence the bot: whatever one of them sends, the others are answered, and nothing becomes a flood."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest
import pytest_asyncio

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Interaction, Message, User
from tests.fakes.discord_server.posting import Posting

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "Who dug the well?"
OFTEN = re.compile(r"You have asked many questions in a short time\. Try again in \d+ seconds\.")
CROWDED = "You are waiting for 5 answers already. Ask again when one of them is there."
LIMITS = {
    "RAPPORTEUR_PERSON_LIMIT": "3/600",
    "RAPPORTEUR_CHANNEL_LIMIT": "7/600",
    "RAPPORTEUR_SERVER_LIMIT": "9/600",
}


async def ask(stage: Stage, who: User | None = None) -> Interaction:
    asked = await stage.server.slash(who or stage.anyone(), stage.channel, "ask", question=QUESTION)
    return await asked.finished()


def replies(posted: Posting) -> list[str]:
    """What was said in reply to this one message."""
    return [reply.text for reply in posted.replies if reply.reply_to == posted.message.id]


def assert_answered(asked: Interaction) -> None:
    assert "people of the village" in asked.text


@pytest_asyncio.fixture(loop_scope="module")
async def limited(empty_stage: Stage) -> AsyncIterator[BotProcess]:
    """A bot with small limits, which has to end well."""
    async with empty_stage.process(**LIMITS) as bot:
        yield bot
        assert await bot.stop() == 0
    assert_clean(bot)


def is_form(custom_id: str) -> bool:
    """Whether a button opens a form."""
    return custom_id.startswith("about:")


def kinds(stage: Stage, who: User, pressed: Interaction) -> list[Callable[[], Awaitable[Interaction]]]:
    """Each kind of thing that a member can send; a button that opens a form is followed by what is sent with it."""
    server, channel, message = stage.server, stage.channel, pressed.message
    assert message

    async def menu() -> Interaction:
        posted = await server.message(who, channel, QUESTION)
        return await server.context_menu(who, posted.message, "Ask the report about this")

    async def form(who: User, message: Message, custom_id: str) -> Interaction:
        opened = await (await server.button(who, message, custom_id)).acknowledged()
        return await server.submit(opened, {"question": QUESTION})

    ids = [button["custom_id"] for button in message.buttons]
    return [
        partial(server.slash, who, channel, "ask", question=QUESTION),
        partial(server.slash, who, channel, "summary", report="well"),
        partial(server.slash, who, channel, "passage", citation="well:1"),
        partial(server.slash, who, channel, "reports"),
        partial(server.slash, who, channel, "about"),
        partial(server.slash, who, channel, "corpus status"),
        partial(server.slash, who, channel, "corpus refresh"),
        menu,
        *(partial(form if is_form(one) else server.button, who, message, one) for one in ids),
    ]


@pytest.mark.usefixtures("limited")
async def test_every_command_and_button_is_limited_and_refused_in_private(empty_stage: Stage) -> None:
    """Also what costs little, and what the member may not do."""
    stage = empty_stage
    stage.server.open_command("corpus")
    reader = stage.anyone()
    first = await ask(stage, reader)
    for command in ("about", "reports"):
        await (await stage.server.slash(reader, stage.channel, command)).finished()
    for kind in kinds(stage, reader, first):
        refused = await (await kind()).finished()
        assert OFTEN.fullmatch(refused.text)
        assert (refused.ephemeral, refused.deferred) == (True, False)
    assert_answered(await ask(stage))  # the refused ones were taken from nobody


@pytest.mark.usefixtures("limited")
async def test_a_channel_and_a_server_are_limited_as_a_whole(empty_stage: Stage) -> None:
    stage = empty_stage
    for _ in range(7):
        assert_answered(await ask(stage))
    assert (await ask(stage)).text.startswith("This channel has asked many questions in a short time. Try again in ")
    stage.channel = stage.server.add_channel(stage.guild, "elsewhere")
    for _ in range(2):
        assert_answered(await ask(stage))
    assert (await ask(stage)).text.startswith("This server has asked many questions in a short time. Try again in ")
    posted = await stage.server.direct_message(stage.anyone(), QUESTION)
    assert "people of the village" in (await posted.reply()).text


async def test_who_asks_too_often_in_public_is_told_once(empty_stage: Stage, limited: BotProcess) -> None:
    stage, reader = empty_stage, empty_stage.anyone()
    posted = [await stage.server.message(reader, stage.channel, QUESTION, mentions_bot=True) for _ in range(10)]
    await limited.until_printed("event=request", times=10)
    said = [text for message in posted for text in replies(message)]
    assert len([text for text in said if OFTEN.fullmatch(text)]) == 1
    assert len([text for text in said if "people of the village" in text]) == 3
    assert len(said) == 4


async def test_forty_messages_that_ask_nothing_are_told_once_how_to_ask(stage: Stage) -> None:
    """Also by several members: three times a minute in one channel is often enough."""
    assert stage.bot
    place, before = stage.server.add_channel(stage.guild, "empty"), stage.bot.output.count("event=request")
    told = []
    for _ in range(4):
        reader = stage.anyone()
        posted = [await stage.server.message(reader, place, "", mentions_bot=True) for _ in range(40)]
        before += len(posted)
        await stage.bot.until_printed("event=request", times=before)
        told.append(sum(len(replies(message)) for message in posted))
    assert told == [1, 1, 1, 0]


async def test_one_member_sends_a_hundred_of_each_and_the_others_are_answered(stage: Stage) -> None:
    """With no limit on how often: that one person has so much under way at a time is enough.

    One kind after the other, since all thirteen hundred at once would measure whether this machine acknowledges so many
    within Discord's three seconds, and not whether one member can take the answers from the others.
    """
    flooder = stage.anyone()
    stage.server.open_command("corpus")
    first = await ask(stage, flooder)
    said: list[str] = []
    for kind in kinds(stage, flooder, first):
        sent = [await kind() for _ in range(100)]
        for answer in await asyncio.gather(*(ask(stage) for _ in range(5))):
            assert_answered(answer)
        said += [(await one.finished()).text for one in sent]
    typing = [await stage.server.autocomplete(flooder, stage.channel, "ask", "report", "well") for _ in range(100)]
    assert_answered(await ask(stage))
    stage.server.opened.clear()
    assert all(said)
    assert CROWDED in said
    assert {len((await one.finished()).choices) for one in typing} == {0, 1}
