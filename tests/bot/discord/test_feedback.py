"""*Helpful* and *Not helpful* under answers, `/corpus gaps`, and the questions that an operator has kept."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace

import pytest
import pytest_asyncio

from corpus.store.store import FILE_NAME
from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.bot_process import BOT
from tests.fakes.discord_server import Channel, Interaction, Message, User
from tests.rights import ordinary

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."
HELPFUL = "Noted as helpful: moderators see how many people say so, never who."
UNHELPFUL = "Noted as not helpful: moderators see how many people say so, never who."
OFF = "Their texts are not kept. Whoever runs the bot can switch that on with the setting RAPPORTEUR_KEEP_QUESTIONS."


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def nothing_said_before(stage: Stage) -> AsyncIterator[None]:
    yield
    execute(stage, "DELETE FROM votes")


def execute(stage: Stage, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(stage.data / FILE_NAME)) as connection:
        rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


def votes(stage: Stage) -> list[tuple[object, ...]]:
    """What is kept of each vote, but for whose it is and when."""
    return execute(stage, "SELECT answer, passage, asked, is_helpful FROM votes ORDER BY rowid")


async def answered(
    stage: Stage,
    question: str = "Who dug the well?",
    *,
    who: User | None = None,
    where: Channel | None = None,
    private: bool = False,
) -> Message:
    reader = who or stage.anyone()
    asked = await stage.server.slash(reader, where or stage.channel, "ask", question=question, private=private)
    message = (await asked.finished()).message
    assert message is not None
    return message


async def press(stage: Stage, message: Message, label: str, who: User | None = None) -> Interaction:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return await (await stage.server.button(who or stage.anyone(), message, custom_id)).finished()


def said(pressed: Interaction) -> str:
    return pressed.text.replace("\\", "")


def rows(message: Message) -> list[list[str]]:
    """The labels of the buttons, row by row."""
    found = [[one.get("label", "") for one in row.get("components", ())] for row in message.components]
    return [row for row in found if all(row) and row]


async def gaps(stage: Stage) -> str:
    asked = await (await stage.server.slash(stage.moderator, stage.channel, "corpus gaps")).finished()
    assert asked.ephemeral
    return asked.text.replace("\\", "")


async def test_a_press_is_counted_told_in_private_and_leaves_the_answer_as_it_is(stage: Stage) -> None:
    message = await answered(stage, "Where were the lorries stuck?")
    assert rows(message)[-1] == ["Helpful", "Not helpful"]
    pressed = await press(stage, message, "Not helpful")
    assert (said(pressed), pressed.ephemeral) == (UNHELPFUL, True)
    assert stage.server.world.messages[message.id] == message
    ((answer, passage, asked, is_helpful),) = votes(stage)
    assert (answer, asked, is_helpful) == (str(message.id), "kind:place", 0)
    assert re.fullmatch(r"road:1@[0-9a-f]{8}", str(passage))


async def test_pressed_again_a_vote_changes_and_never_counts_twice(stage: Stage) -> None:
    message, reader = await answered(stage), stage.anyone()
    for label, told in (("Helpful", HELPFUL), ("Helpful", HELPFUL), ("Not helpful", UNHELPFUL)):
        assert said(await press(stage, message, label, reader)) == told
    assert [vote[-1] for vote in votes(stage)] == [0]
    await press(stage, message, "Helpful")  # somebody else
    await press(stage, await answered(stage), "Not helpful", reader)  # another answer
    assert [vote[-1] for vote in votes(stage)] == [0, 1, 0]


async def test_neither_the_account_nor_the_server_nor_the_question_is_kept(stage: Stage) -> None:
    message, reader = await answered(stage), stage.anyone()
    await press(stage, message, "Helpful", reader)
    (row,) = execute(stage, "SELECT * FROM votes")
    kept = " ".join(map(str, row))
    for known in (reader.id, stage.guild.id, stage.channel.id, "dug"):
        assert str(known) not in kept
    assert stage.bot is not None
    logged = [line for line in stage.bot.output.splitlines() if "task=vote" in line]
    assert all("outcome=voted" in line and "well:" not in line for line in logged)


async def test_a_private_answer_is_voted_on_and_shared_all_the_same(stage: Stage) -> None:
    reader = stage.anyone()
    message = await answered(stage, who=reader, private=True)
    assert rows(message)[-1] == ["Helpful", "Not helpful", "Share"]
    pressed = await press(stage, message, "Helpful", reader)
    assert (said(pressed), pressed.ephemeral) == (HELPFUL, True)
    assert stage.server.world.messages[message.id] == message
    shared = await (await stage.server.button(reader, message, "share")).followed_up()
    assert rows(shared.followups[0])[-1] == ["Helpful", "Not helpful"]
    assert said(await press(stage, shared.followups[0], "Not helpful")) == UNHELPFUL
    assert len(votes(stage)) == 2


async def test_in_a_direct_message_too(stage: Stage) -> None:
    reader = stage.anyone()
    message = await answered(stage, who=reader, where=stage.server.direct_channel(reader))
    assert said(await press(stage, message, "Helpful", reader)) == HELPFUL


async def test_every_answer_with_as_many_excerpts_as_there_can_be_has_both_buttons_and_share(stage: Stage) -> None:
    question = "Who dug the well and when was the road closed and how deep is the well?"
    message = await answered(stage, question, private=True)
    assert rows(message)[-1] == ["Helpful", "Not helpful", "Share"]


async def test_what_quotes_nothing_and_what_is_no_answer_has_none(stage: Stage) -> None:
    silent = await answered(stage, "Which zebras sang opera?")
    summary = await (await stage.server.slash(stage.anyone(), stage.channel, "summary", report="well")).finished()
    assert summary.message is not None
    for message in (silent, summary.message):
        assert "Helpful" not in [button["label"] for button in message.buttons]


@pytest.mark.parametrize(
    "custom_id", ["helpful:", "unhelpful:nothing", "helpful:<@1>:1", "helpful:well:1@xyz", "unhelpful:" + "a" * 90]
)
async def test_a_forged_button_is_refused_and_counts_for_nothing(stage: Stage, custom_id: str) -> None:
    message = await answered(stage)
    row = message.components[-1]
    forged_row = row | {"components": [row["components"][0] | {"custom_id": custom_id}]}
    forged = stage.server.world.edit(message, replace(message.body, components=(*message.components[:-1], forged_row)))
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)
    assert votes(stage) == []


async def test_gaps_are_private_counted_and_most_often_not_helpful_first(stage: Stage) -> None:
    assert await gaps(stage) == "\n".join(
        [
            "### Where answers did not help",
            "No answer has been called not helpful yet.",
            "**Questions that found nothing**",
            OFF,
        ]
    )
    well, road = await answered(stage, "How deep is the well?"), await answered(stage, "When was the road closed?")
    await press(stage, well, "Not helpful")
    await press(stage, road, "Helpful")
    await press(stage, road, "Not helpful")
    await press(stage, road, "Not helpful")
    lines = (await gaps(stage)).splitlines()
    assert lines[1] == "**What was quoted first in answers that did not help**"
    assert re.fullmatch(r"• Notes on a road \[road:1@[0-9a-f]{8}\]: not helpful 2, helpful 1", lines[2])
    assert re.fullmatch(r"• Notes on a well \[well:1@[0-9a-f]{8}\]: not helpful 1, helpful 0", lines[3])
    assert lines[4:7] == [
        "**What was asked for then**",
        "• a time: not helpful 2, helpful 1",
        "• a number: not helpful 1, helpful 0",
    ]


async def test_gaps_are_for_moderators(stage: Stage) -> None:
    stage.server.open_command("corpus")
    refused = await (await stage.server.slash(stage.anyone(), stage.channel, "corpus gaps")).finished()
    stage.server.opened.clear()
    assert refused.text.startswith("Only members who may manage this server")


async def test_votes_are_counted_after_a_restart_a_refresh_and_where_the_question_is_no_more(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        message = await answered(stage)
        assert await bot.stop() == 0
    async with stage.process() as bot:
        stage.write("well.txt", WELL.replace("nine metres", "ten metres"))
        await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
        assert said(await press(stage, message, "Helpful")) == HELPFUL
        components = message.components
        container = components[0] | {"components": components[0]["components"][1:]}
        headless = stage.server.world.edit(message, replace(message.body, components=(container, *components[1:])))
        assert said(await press(stage, headless, "Not helpful")) == UNHELPFUL
        assert await bot.stop() == 0
    assert [vote[2:] for vote in votes(stage)] == [("kind:person", 1), ("", 0)]
    assert_clean(bot)


async def test_two_bots_on_one_database_see_each_others_votes(empty_stage: Stage) -> None:
    """As the terminal does, which is told of no database and of one."""
    stage = empty_stage
    async with stage.process() as bot:
        message = await answered(stage)
        await press(stage, message, "Not helpful")
        terminal = stage.process()
        terminal.argv = (*terminal.argv[:-1], "corpus", "gaps", "--json")
        await terminal.start()
        assert await terminal.ended() == 0
        assert '"title": "Notes on a well"' in terminal.output
        assert '"kept_days": null' in terminal.output
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_database_that_cannot_be_written_is_one_sentence(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        assert await bot.stop() == 0
    bot = stage.process()
    bot.argv = ordinary(*BOT)
    stage.data.chmod(0o500)
    async with bot:
        pressed = await press(stage, await answered(stage), "Helpful")
        assert pressed.text == "The database cannot be used at this moment. The bot's log says why."
        assert pressed.ephemeral
        assert await gaps(stage)
        assert await bot.stop() == 0
    assert "task=vote problem=" in bot.output
    assert_clean(bot)


async def test_questions_that_found_nothing_are_kept_where_that_is_switched_on(empty_stage: Stage) -> None:
    """With their day, and nothing of who asked; once switched off they are gone at the next start."""
    stage = empty_stage
    async with stage.process() as bot:
        await answered(stage, "Who won the football cup?")
        assert OFF in await gaps(stage)
        about = await (await stage.server.slash(stage.anyone(), stage.channel, "about")).finished()
        assert "No question is written down or logged." in about.text
        assert await bot.stop() == 0
    assert execute(stage, "SELECT * FROM unfound") == []
    async with stage.process(RAPPORTEUR_KEEP_QUESTIONS="30") as bot:
        assert "None so far. A question that finds nothing is kept for 30 days." in await gaps(stage)
        for question in ("Who won the football cup?", "Who won the football cup?", "Who dug the well?", "hello"):
            await answered(stage, question)
        about = await (await stage.server.slash(stage.anyone(), stage.channel, "about")).finished()
        assert "A question on Discord that finds nothing is kept for 30 days, with its date and never" in about.text
        assert await bot.stop() == 0
    (row,) = execute(stage, "SELECT question, edition FROM unfound")
    assert row[0] == "Who won the football cup?"
    assert "football" not in bot.output
    assert_clean(bot)
    execute(stage, "INSERT INTO unfound VALUES ('2020-01-01', 'Too old?', '0123456789ab')")
    async with stage.process(RAPPORTEUR_KEEP_QUESTIONS="30") as bot:
        await answered(stage, "Who won the regatta?")
        assert await bot.stop() == 0
    assert {row[0] for row in execute(stage, "SELECT question FROM unfound")} == {
        "Who won the football cup?",
        "Who won the regatta?",
    }
    async with stage.process(RAPPORTEUR_KEEP_QUESTIONS="30") as bot:
        assert re.search(r"• “Who won the regatta\?”: on \d+ \w+ \d{4}", await gaps(stage))
        assert await bot.stop() == 0
    async with stage.process() as bot:
        await answered(stage, "Who won the football cup?")
        await bot.until_printed("event=request")
        assert await bot.stop() == 0
    assert execute(stage, "SELECT * FROM unfound") == []
    assert_clean(bot)
