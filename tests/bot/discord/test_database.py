"""The bot whose database is shared, replaced, read-only, full or damaged: what it serves, says and logs."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from corpus.store.store import Store
from tests.benchmarks.two_bots import share
from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.databases import NEEDS_SERVER, POSTGRES, SQLITE, empty
from tests.fakes.bot_process import BOT, BotProcess
from tests.rights import fill, ordinary, small_disk

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROUNDS = 2  # tests.benchmarks.two_bots does ten
NAME = "rapporteur.db"
DAMAGED = "the file is damaged; restore it from a copy, or move it away and refresh"
DISCREET = "The database cannot be used at this moment. The bot's log says why."
READ_ONLY = "it may not be written to; choose a directory that this user may write to"


@pytest_asyncio.fixture(loop_scope="module")
async def kept(empty_stage: Stage) -> AsyncIterator[Stage]:
    """A stage whose bot was there before: its database has an edition live."""
    async with empty_stage.process() as bot:
        assert await bot.stop() == 0
    yield empty_stage


async def said(stage: Stage, command: str) -> str:
    return (await (await stage.server.slash(stage.moderator, stage.channel, command)).finished()).text.replace("\\", "")


async def answers(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
    assert "people of the village" in (await asked.finished()).text


def logged(bot: BotProcess, event: str) -> list[str]:
    """The problems of the warnings with that name, in words."""
    return re.findall(rf'^\S+ warning event={event} problem="(.*)"$', bot.output, re.MULTILINE)


def live(stage: Stage) -> str | None:
    with Store.at(stage.data, readonly=True) as store:
        return store.live_digest()


@pytest.mark.parametrize("kind", [SQLITE, POSTGRES])
async def test_two_bots_start_at_once_on_an_empty_database_and_share_what_is_refreshed(kind: str) -> None:
    for _ in range(ROUNDS):
        await share(kind)


@NEEDS_SERVER
async def test_what_goes_live_without_a_word_is_found_by_looking(empty_stage: Stage, tmp_path: Path) -> None:
    """As behind a pooler that passes no notifications on."""
    stage = empty_stage
    with empty("postgresql", tmp_path / "server") as place:
        async with stage.process(DATABASE_URL=place.url) as bot:
            first = place.execute("SELECT edition FROM live")[0][0]
            stage.write("well.txt", WELL.replace("nine", "ten"))
            assert "is live" in await said(stage, "corpus refresh")
            place.execute(f"UPDATE live SET edition = '{first}'")
            await bot.until_printed(f"event=followed edition={first[:12]}")
            assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_database_that_is_replaced_is_followed_and_written_to(kept: Stage) -> None:
    stage, file = kept, kept.data / NAME
    async with stage.process() as bot:
        shutil.copy(file, stage.data / "copy")
        stage.write("well.txt", WELL.replace("nine", "ten"))
        assert "is live" in await said(stage, "corpus refresh")
        (stage.data / "copy").replace(file)
        await bot.until_printed("event=followed")
        assert logged(bot, "database") == [
            f"The database file {file} was replaced or removed. What is there now is used from here on."
        ]
        label = re.search(r"Edition (\w+) is live", await said(stage, "corpus refresh"))
        assert label
        assert str(live(stage)).startswith(label[1])
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_database_that_is_removed_is_made_anew_by_the_next_refresh(kept: Stage) -> None:
    """Although nothing has changed in the files: what is called live is kept."""
    stage, file = kept, kept.data / NAME
    async with stage.process() as bot:
        file.unlink()
        await bot.until_printed("event=database")
        await answers(stage)
        label = re.search(r"Edition (\w+) is live", await said(stage, "corpus refresh"))
        assert label
        assert str(live(stage)).startswith(label[1])
        assert "Nothing has changed." in await said(stage, "corpus refresh")
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_directory_that_cannot_be_written_to_is_read(kept: Stage) -> None:
    stage, file = kept, kept.data / NAME
    bot = stage.process()
    bot.argv = ordinary(*BOT)
    stage.data.chmod(0o500)
    async with bot:
        await answers(stage)
        assert "made from the report files when the bot first started" in await said(stage, "corpus status")
        assert await said(stage, "corpus refresh") == (f"{DISCREET}\nThe edition that was live stays live.")
        assert await bot.stop() == 0
    (problem,) = logged(bot, "database")
    assert problem == (
        f"The database {file} can only be read: {READ_ONLY}. Its live edition is answered from; refreshing it will "
        "fail until that is mended."
    )
    assert_clean(bot)


async def test_without_a_database_and_a_place_for_one_the_files_are_answered_from(empty_stage: Stage) -> None:
    """Once there is a place, the next refresh keeps what is live."""
    stage = empty_stage
    bot = stage.process()
    bot.argv = ordinary(*BOT)
    stage.data.chmod(0o500)
    problem = (
        f"The database cannot be used ({stage.data / NAME}): it cannot be opened; choose a directory that this user "
        "may write to."
    )
    async with bot:
        await answers(stage)
        assert f"Nothing is kept, and earlier wordings and the history are missing. {DISCREET}" in await said(
            stage, "corpus status"
        )
        assert await said(stage, "corpus refresh") == f"{DISCREET}\nThe edition that was live stays live."
        stage.data.chmod(0o700)
        assert "is live" in await said(stage, "corpus refresh")
        assert "Nothing is kept" not in await said(stage, "corpus status")
        assert await bot.stop() == 0
    assert live(stage)
    (unkept,) = logged(bot, "unkept")
    assert unkept == (
        f"{problem} The report files are answered from as they stand; earlier wordings and the history are missing, "
        "and nothing is kept."
    )
    assert_clean(bot)


async def test_a_damaged_database_is_told_of_and_the_files_are_answered_from(kept: Stage) -> None:
    stage, file = kept, kept.data / NAME
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xab" * (size - 4096))
    problem = f"The database cannot be used ({file}): {DAMAGED}."
    async with stage.process() as bot:
        await answers(stage)
        assert await said(stage, "corpus refresh") == f"{DISCREET}\nThe edition that was live stays live."
        file.rename(stage.data / "damaged")
        assert "is live" in await said(stage, "corpus refresh")
        assert await bot.stop() == 0
    assert live(stage)
    assert logged(bot, "unkept")[0].startswith(problem)
    assert_clean(bot)


async def test_an_altered_live_edition_is_not_quoted(kept: Stage) -> None:
    """Where it has to be loaded the files are, and the log says why."""
    stage = kept
    await asyncio.to_thread(alter, stage.data / NAME)
    shutil.rmtree(stage.data / "editions")
    async with stage.process() as bot:
        await answers(stage)
        assert await bot.stop() == 0
    assert "it does not hold what was once saved" in logged(bot, "unkept")[0]
    assert_clean(bot)


async def test_what_is_altered_in_the_database_is_not_in_the_edition_that_lies_beside_it(kept: Stage) -> None:
    """The words that were saved are answered with, and looking through the database finds the others."""
    stage = kept
    await asyncio.to_thread(alter, stage.data / NAME)
    async with stage.process() as bot:
        await answers(stage)
        assert await bot.stop() == 0
    assert logged(bot, "unkept") == []
    assert_clean(bot)
    with Store.at(stage.data) as store:
        assert store.verify().flaws


def alter(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE wordings SET text = 'Nobody dug the well.'")
    connection.close()


async def test_on_a_full_disk_the_live_edition_is_answered_from(kept: Stage) -> None:
    stage = kept
    with small_disk(stage.data / "disk") as disk:
        shutil.copy(stage.data / NAME, disk / NAME)
        ballast = fill(disk)
        bot = stage.process()
        bot.data = disk
        async with bot:
            await answers(stage)
            stage.write("well.txt", WELL.replace("nine", "ten"))
            assert await said(stage, "corpus refresh") == f"{DISCREET}\nThe edition that was live stays live."
            assert "task=refresh problem=" in bot.output
            ballast.unlink()
            assert "is live" in await said(stage, "corpus refresh")
            assert await bot.stop() == 0
        assert_clean(bot)


async def test_a_server_that_is_away_is_waited_for(empty_stage: Stage) -> None:
    """Nothing listens at that address; what cannot be right at all ends the start instead."""
    stage = empty_stage
    async with stage.process(DATABASE_URL="postgresql://somebody:secret@127.0.0.1:1/reports") as bot:
        await answers(stage)
        assert await bot.stop() == 0
    (problem,) = logged(bot, "unkept")
    assert problem.startswith(
        "The database cannot be used (reports on 127.0.0.1): no server answers there; start it, or correct the address."
    )
    assert "secret" not in bot.output
    assert_clean(bot)
    wrong = stage.process(DATABASE_URL="nosuch://somebody:secret@127.0.0.1:1/reports")
    await wrong.start()
    assert await wrong.ended() == 1
    assert wrong.output.startswith("The database cannot be used (its address): it should begin with sqlite:/// or")
    assert "secret" not in wrong.output
    await wrong.kill()


async def test_a_data_directory_that_cannot_be_made_is_weather_and_one_that_is_a_file_is_a_wrong_setting(
    empty_stage: Stage,
) -> None:
    stage, file = empty_stage, empty_stage.data / "file"
    file.touch()
    async with stage.process(RAPPORTEUR_DATA=str(file / "data")) as bot:
        await answers(stage)
        assert await bot.stop() == 0
    assert logged(bot, "unkept")
    assert_clean(bot)
    wrong = stage.process(RAPPORTEUR_DATA=str(file))
    await wrong.start()
    assert await wrong.ended() == 2
    assert wrong.output == f"{file} is a file, not a folder. Set RAPPORTEUR_DATA to the folder for the database."
    await wrong.kill()
