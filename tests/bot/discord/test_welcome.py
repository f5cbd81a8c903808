"""The line under the first answer in a server: once, under what all can see, and never under a refusal."""

import pytest

from tests.bot.discord.conftest import Stage, assert_clean

pytestmark = pytest.mark.asyncio(loop_scope="module")

LINE = "-# New here\\: the bot answers with the reports' own words, each cited, and generates none."


async def ask(stage: Stage, question: str = "Who dug the well?", *, private: bool = False) -> str:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question=question, private=private)
    return (await asked.finished()).text


async def test_it_stands_under_the_first_answer_that_a_server_sees(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        assert LINE not in await ask(stage, private=True)
        direct = await stage.server.direct_message(stage.anyone(), "Who dug the well?")
        assert LINE not in (await direct.reply()).text
        assert LINE not in await ask(stage, "?!")
        summary = await stage.server.slash(stage.anyone(), stage.channel, "summary", report="well")
        assert LINE not in (await summary.finished()).text
        first = await ask(stage)
        assert first.splitlines()[-1].startswith(LINE)
        assert LINE not in await ask(stage)
        other = stage.server.add_channel(stage.server.add_guild("Town"), "general")
        posted = await stage.server.message(stage.anyone(), other, "Who dug the well?", mentions_bot=True)
        assert LINE in (await posted.reply()).text
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_after_a_restart_it_is_said_once_more(empty_stage: Stage) -> None:
    """Since nothing is kept: so the documents say."""
    told = []
    for _ in range(2):
        async with empty_stage.process() as bot:
            told += [LINE in await ask(empty_stage) for _ in range(2)]
            assert await bot.stop() == 0
    assert told == [True, False, True, False]
