"""Beginning and ending: what the bot does while Discord is away, when it is not let in, and when it is told to stop."""

import asyncio
import re
import signal
import sys
from pathlib import Path

import pytest

from corpus.ingest.pipeline import ingest
from corpus.store.store import Store
from tests.benchmarks.library import write_library
from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.bot_process import BOT
from tests.fakes.discord_server import CutBefore, Delay, Status

pytestmark = pytest.mark.asyncio(loop_scope="module")

EDIT = "PATCH /webhooks/*"
UNAVAILABLE = "Discord answers with an error (503 Service Unavailable)"
TROUBLE = re.compile(r"^\S+ ((?:warning|error) .*)$", re.MULTILINE)
BROKEN = """
import sys
from bot.__main__ import main
from bot.service.snapshot import Asked
Asked.consider = lambda *_: 1 / 0
sys.exit(main(["run"]))
"""

# A bot whose work is under way for longer than anybody waits, above all than a process may take to end.
ENDLESS = """
import sys, time
from bot.__main__ import main
from bot.publishing.keeper import Keeper
from bot.service.snapshot import Asked
Asked.consider = Keeper.refresh = lambda *_: time.sleep(60)
sys.exit(main(["run"]))
"""
# A bot that is told of something when it has left Discord, as discord.py's own tasks may do.
LATE = """
import sys, discord
from bot.__main__ import main
close = discord.Client.close
async def close_and_hear(self):
    await close(self)
    self.dispatch("ready")
discord.Client.close = close_and_hear
sys.exit(main(["run"]))
"""
STOPPING = "The bot is being stopped or restarted. Ask again in a minute."


async def test_a_refused_token_ends_with_2_and_one_sentence(empty_stage: Stage) -> None:
    bot = empty_stage.process(DISCORD_TOKEN="wrong")
    await bot.start()
    assert await bot.ended() == 2
    assert bot.output == (
        "Discord does not accept the token in DISCORD_TOKEN. Set it to the token from the page Bot of your application "
        "in the Discord Developer Portal."
    )
    await bot.kill()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (4004, "Discord does not accept the token in DISCORD_TOKEN."),
        (4014, "Discord refuses what the bot wants to hear (close code 4014)."),
    ],
)
async def test_a_bot_that_discord_throws_out_for_good_ends_with_2(empty_stage: Stage, code: int, sentence: str) -> None:
    """A token that was reset, or intents that were taken away: no new try would change that."""
    async with empty_stage.process() as bot:
        await empty_stage.server.gateway.drop(code)
        assert await bot.ended() == 2
    assert bot.output.splitlines()[-1].startswith(sentence)
    assert_clean(bot)


async def test_a_fault_of_the_bots_own_is_logged_under_the_id_that_its_person_is_shown(empty_stage: Stage) -> None:
    stage = empty_stage
    bot = stage.process()
    bot.argv = (sys.executable, "-c", BROKEN)
    async with bot:
        asked = await stage.server.slash(
            stage.anyone(), stage.channel, "ask", question="Who dug the well?", private=True
        )
        found = re.fullmatch(r"Something went wrong .* this number\\: ([0-9a-f]{8})\.", (await asked.finished()).text)
        assert found
        assert f"event=unforeseen id={found[1]}" in bot.output
        assert "ZeroDivisionError" in bot.output
        assert "dug" not in bot.output
        assert await bot.stop() == 0


@pytest.mark.parametrize("request_", ["GET /users/@me", "GET /gateway-socket"])
async def test_a_start_whose_connection_is_cut_is_tried_again(empty_stage: Stage, request_: str) -> None:
    empty_stage.server.faults.next(request_, CutBefore())
    async with empty_stage.process() as bot:
        assert empty_stage.server.faults.given == [(request_, CutBefore())]
        await assert_answers(empty_stage)
        assert await bot.stop() == 0
    assert_clean(bot)


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ("GET /users/@me", "disconnected"),
        ("GET /gateway/bot", "disconnected"),
        ("GET /gateway-socket", "disconnected"),
        ("PUT /applications/*", "commands"),
    ],
)
async def test_a_start_is_tried_again_while_discord_is_away(empty_stage: Stage, request_: str, name: str) -> None:
    """The log says so in one sentence, also at the first gateway connection, where discord.py has a traceback."""
    empty_stage.server.faults.next(request_, Status(503))
    async with empty_stage.process() as bot:
        await assert_answers(empty_stage)
        assert await bot.stop() == 0
    (told,) = TROUBLE.findall(bot.output)
    assert told == f'warning event={name} problem="{UNAVAILABLE}; trying again within one second." again_in_seconds=0.5'
    assert "logger=discord" not in bot.output
    assert_clean(bot)


async def assert_answers(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
    assert "people of the village" in (await asked.finished()).text


async def test_a_connection_that_cannot_be_taken_up_again_at_once_is_one_sentence_a_try(empty_stage: Stage) -> None:
    async with empty_stage.process() as bot:
        empty_stage.server.faults.next("GET /gateway-socket", Status(503))
        await empty_stage.server.gateway.drop(None)
        await bot.until_printed("event=resumed")
        assert await bot.stop() == 0
    (told,) = TROUBLE.findall(bot.output)
    again = r'; trying again within (one second|2 seconds)\." again_in_seconds=[\d.]+'
    assert re.fullmatch(rf'warning event=disconnected problem="{re.escape(UNAVAILABLE)}{again}', told)
    assert_clean(bot)


async def test_commands_are_registered_once_and_again_only_where_they_differ(empty_stage: Stage) -> None:
    stage = empty_stage

    def sent() -> int:
        return len(stage.server.front.served("PUT", "/applications"))

    async with stage.process() as bot:
        assert await bot.stop() == 0
    assert sent() == 1
    async with stage.process() as bot:
        await bot.until_printed("event=commands")
        assert await bot.stop() == 0
    assert sent() == 1


async def test_it_is_there_before_its_reports_are_and_says_so(empty_stage: Stage) -> None:
    stage = empty_stage
    write_library(stage.folder / "library", reports=200, paragraphs=40)
    bot = stage.process(RAPPORTEUR_REPORTS=str(stage.folder / "library"))
    try:
        await bot.start()
        await bot.until_ready(1)
        early = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        assert (await early.finished()).text == "The reports are still being read. Try again in a moment."
        assert early.ephemeral
        await bot.until_live()
        later = await stage.server.slash(stage.anyone(), stage.channel, "summary", report="report-0001")
        assert "Report 1 of the library" in (await later.finished()).text
        assert await bot.stop() == 0
        assert_clean(bot)
    finally:
        await bot.kill()


async def test_a_stop_while_the_reports_are_read_leaves_nothing_after(empty_stage: Stage) -> None:
    stage = empty_stage
    write_library(stage.folder / "library", reports=200, paragraphs=40)
    bot = stage.process(RAPPORTEUR_REPORTS=str(stage.folder / "library"))
    try:
        await bot.start()
        await bot.until_ready(1)
        assert await bot.stop() == 0
        assert_clean(bot)
    finally:
        await bot.kill()
    with Store.at(stage.data) as store:
        assert store.live_digest() in (None, ingest(stage.folder / "library").edition.digest)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_what_is_under_way_is_finished_before_the_end(empty_stage: Stage, number: signal.Signals) -> None:
    """And who comes in the meantime is told, in private, to ask again."""
    stage = empty_stage
    async with stage.process() as bot:
        stage.server.faults.next(EDIT, Delay(0.7))
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        await asked.acknowledged()
        bot.send(number)
        await bot.until_printed("event=stopping")
        late = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        assert (await late.finished()).text == "The bot is being stopped or restarted. Ask again in a minute."
        assert late.ephemeral
        assert "people of the village" in (await asked.finished()).text
        assert await bot.ended() == 0
    assert not stage.server.gateway.connections
    assert_clean(bot)


async def test_an_answer_that_is_held_up_gets_a_last_try_at_the_end(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process(RAPPORTEUR_SHUTDOWN_SECONDS="0") as bot:
        stage.server.faults.next(EDIT, Delay(10))
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        await asked.acknowledged()
        await bot.until_printed("event=ready")
        while not stage.server.faults.given:  # noqa: ASYNC110  # nothing tells that the edit has come in
            await asyncio.sleep(0.02)
        assert await bot.stop() == 0
        assert "event=unfinished" in bot.output
        assert "people of the village" in asked.text


async def test_whoever_is_cut_off_at_the_end_is_told(empty_stage: Stage) -> None:
    """No deferral says for ever that the bot is thinking, and no mention is met with silence."""
    stage = empty_stage
    bot = stage.process(RAPPORTEUR_SHUTDOWN_SECONDS="0")
    bot.argv = (sys.executable, "-c", ENDLESS)
    async with bot:
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        refresh = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
        for one in (asked, refresh):
            await one.acknowledged()
        mention = await stage.server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
        direct = await stage.server.direct_message(stage.anyone(), "Who dug the well?")
        await direct.world.changed.until(lambda: bool(direct.world.typing), 5, lambda: "nobody is at work on it")
        assert await bot.stop() == 0
        assert [(one.text, one.edits) for one in (asked, refresh)] == [(STOPPING, 1)] * 2
        for posted in (mention, direct):
            said = [reply.text for reply in posted.replies if reply.reply_to == posted.message.id]
            assert said == [STOPPING]
        assert bot.output.count(" outcome=stopping ") == 4
    assert_clean(bot)


async def test_whoever_is_cut_off_while_there_is_no_connection_is_told_too(empty_stage: Stage) -> None:
    stage = empty_stage
    bot = stage.process(RAPPORTEUR_SHUTDOWN_SECONDS="0")
    bot.argv = (sys.executable, "-c", ENDLESS)
    async with bot:
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        await asked.acknowledged()
        stage.server.faults.always("GET /users/@me", Status(503))
        await stage.server.gateway.drop(4010)  # not one after which discord.py would try again on its own
        await bot.until_printed("event=disconnected")
        assert await bot.stop() == 0
        assert asked.text == STOPPING


async def test_a_discord_that_takes_nothing_more_does_not_hold_the_end_up(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process(RAPPORTEUR_SHUTDOWN_SECONDS="0") as bot:
        stage.server.faults.always(EDIT, Delay(30))
        asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
        await asked.acknowledged()
        assert await bot.stop() == 0
        assert "event=unfinished" in bot.output
        stage.server.faults.clear()


async def test_what_comes_after_the_end_is_not_heard(empty_stage: Stage) -> None:
    bot = empty_stage.process()
    bot.argv = (sys.executable, "-c", LATE)
    async with bot:
        await bot.until_printed("event=ready")
        assert await bot.stop() == 0
    assert_clean(bot)
    assert bot.output.count("event=ready") == 1


async def test_a_stop_before_discord_was_reached(empty_stage: Stage) -> None:
    empty_stage.server.faults.always("GET /users/@me", Status(503))
    bot = empty_stage.process()
    await bot.start()
    await bot.until_printed("event=disconnected")
    assert await bot.stop() == 0
    await bot.kill()
    assert_clean(bot)


async def test_a_discord_that_cannot_be_reached_is_told_of_in_words(empty_stage: Stage) -> None:
    bot = empty_stage.process(RAPPORTEUR_DISCORD_API="http://127.0.0.1:1/api/v10")
    await bot.start()
    await bot.until_printed("event=disconnected")
    assert await bot.stop() == 0
    assert (
        ' warning event=disconnected problem="Discord cannot be reached (Connection refused); trying again within one '
        'second." again_in_seconds=0.5\n'
    ) in bot.output + "\n"
    await bot.kill()
    assert_clean(bot)


async def test_the_health_file_says_that_the_bot_is_there(empty_stage: Stage, tmp_path: Path) -> None:
    health = tmp_path / "health"
    async with empty_stage.process(RAPPORTEUR_HEALTH_FILE=str(health)) as bot:
        await bot.until_printed("event=ready")
        while not health.exists():  # noqa: ASYNC110  # another process makes it, which tells nobody
            await asyncio.sleep(0.02)
        assert await bot.stop() == 0


async def test_a_bad_lexicon_ends_with_2_before_anything_is_made(empty_stage: Stage, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = 'well >'\n", encoding="utf-8")
    bot = empty_stage.process(RAPPORTEUR_LEXICON=str(file))
    await bot.start()
    assert await bot.ended() == 2
    assert bot.output.splitlines()[-1] == (
        f"Line 2 of {file}, which RAPPORTEUR_LEXICON names, cannot be used: “well >” has nothing on the right of “>”; "
        "write words of reports there."
    )
    assert list(empty_stage.data.iterdir()) == []
    await bot.kill()


async def test_a_folder_without_reports_ends_with_1_and_one_sentence(empty_stage: Stage, tmp_path: Path) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    bot = empty_stage.process(RAPPORTEUR_REPORTS=str(nothing))
    await bot.start()
    assert await bot.ended() == 1
    assert bot.output.splitlines()[-1].startswith(f"There is no report in {nothing}.")
    assert "Traceback" not in bot.output
    await bot.kill()


async def test_an_interrupt_ends_the_bot_also_where_it_was_started_in_a_scripts_background(empty_stage: Stage) -> None:
    """Such a process is born with interrupts ignored."""
    bot = empty_stage.process()
    bot.argv = "sh", "-c", 'trap "" INT; exec "$@"', "sh", *BOT
    async with bot:
        assert await bot.stop(signal.SIGINT) == 0
