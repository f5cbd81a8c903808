"""*Delete my data* under `/about`: asked once more, done in private, for whoever presses and nobody else."""

import sqlite3
from contextlib import closing

import pytest

from corpus.store.store import FILE_NAME
from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.bot_process import BOT
from tests.fakes.discord_server import Interaction, Message, User
from tests.rights import ordinary

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def press(stage: Stage, message: Message | None, label: str, who: User, locale: str = "en-US") -> Interaction:
    assert message is not None
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return await (await stage.server.button(who, message, custom_id, locale=locale)).finished()


async def command(stage: Stage, who: User, name: str, /, **options: str | int) -> Interaction:
    sent = await stage.server.slash(who, stage.channel, name, locale="en-US", permissions=None, **options)
    return await sent.finished()


def select(stage: Stage, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(stage.data / FILE_NAME)) as connection:
        return connection.execute(statement).fetchall()


async def vote(stage: Stage, who: User) -> None:
    asked = await command(stage, who, "ask", question="Who dug the well?")
    await press(stage, asked.message, "Not helpful", who)


async def test_what_is_kept_of_a_person_goes_and_what_is_kept_of_others_stays(empty_stage: Stage) -> None:
    stage, other = empty_stage, empty_stage.anyone()
    me = stage.moderator
    async with stage.process() as bot:
        stage.write("well.txt", WELL.replace("nine metres", "ten metres"))
        await command(stage, me, "corpus refresh")
        assert str(me.id) in (await command(stage, me, "corpus status")).text
        for who in (me, me, other):
            await vote(stage, who)
        direct = await stage.server.direct_message(me, "Who dug the well?")
        await direct.reply()
        about = await command(stage, me, "about")
        asked = await press(stage, about.message, "Delete my data", me)
        assert asked.ephemeral
        assert asked.text.startswith("### Delete my data\nThis deletes your votes on answers")
        assert len(select(stage, "SELECT * FROM votes")) == 3  # nothing yet
        done = await press(stage, asked.message, "Delete", me)
        assert done.message is not None
        assert not done.message.buttons
        assert done.text.replace("\\", "").splitlines()[:5] == [
            "Deleted:",
            "• 2 votes on answers",
            "• your account id, in 2 places of the history of the corpus",
            "• your last question",
            "• the language of your Discord",
        ]
        assert "Not deleted: messages on Discord" in done.text.replace("\\", "")
        assert len(select(stage, "SELECT * FROM votes")) == 1
        actors = {row[0] for row in select(stage, "SELECT actor FROM audit UNION SELECT actor FROM live")}
        assert actors == {"first start", "removed"}
        status = await command(stage, me, "corpus status")
        assert str(me.id) not in status.text
        assert "made by removed" in status.text
        leaning = await stage.server.direct_message(me, "and when?")
        assert "Nothing asked before is remembered here" in (await leaning.reply()).text
        again = await press(stage, (await press(stage, about.message, "Delete my data", me)).message, "Delete", me)
        assert again.text.replace("\\", "").splitlines()[:3] == [
            "Deleted:",
            "• your last question",
            "• the language of your Discord",
        ]
        assert await bot.stop() == 0
    assert str(me.id) not in bot.output
    assert_clean(bot)


async def test_the_language_of_a_direct_message_is_forgotten(stage: Stage) -> None:
    reader = stage.anyone()
    asked = await (await stage.server.slash(reader, stage.channel, "about", locale="fr")).finished()
    known = await stage.server.direct_message(reader, "Which zebras sang opera?")
    assert "Rien à ce sujet" in (await known.reply()).text
    confirm = await press(stage, asked.message, "Supprimer mes données", reader, "fr")
    assert "C'est définitif." in confirm.text
    done = await press(stage, confirm.message, "Supprimer", reader, "fr")
    assert "• la langue de votre Discord" in done.text
    unknown = await stage.server.direct_message(reader, "Which zebras sang opera?")
    assert "Nothing about this was found" in (await unknown.reply()).text


async def test_where_the_database_cannot_be_written_nothing_is_deleted_and_that_is_said(empty_stage: Stage) -> None:
    stage, me = empty_stage, empty_stage.anyone()
    async with stage.process() as bot:
        await vote(stage, me)
        assert await bot.stop() == 0
    bot = stage.process()
    bot.argv = ordinary(*BOT)
    stage.data.chmod(0o500)
    async with bot:
        about = await command(stage, me, "about")
        asked = await press(stage, about.message, "Delete my data", me)
        done = await press(stage, asked.message, "Delete", me)
        assert done.text == "The database cannot be used at this moment. The bot's log says why."
        assert await bot.stop() == 0
    stage.data.chmod(0o700)
    assert len(select(stage, "SELECT * FROM votes")) == 1
    assert_clean(bot)
