"""A bot in a process of its own, and many questions at once."""

import signal
import sys

import pytest

from tests.fakes.bot_process import BotDied, BotProcess
from tests.fakes.discord_server import CutBefore, DiscordServer
from tests.fakes.load import Load, Outcome, ask_at_pace, percentile
from tests.fakes.selftest.conftest import Scene

EXAMPLE = (sys.executable, "-m", "tests.fakes.selftest.example_bot")


async def test_a_bot_process_answers_under_load_and_ends_when_asked(server: DiscordServer) -> None:
    guild = server.add_guild("Readers")
    channel = server.add_channel(guild, "reports")
    people = [server.add_user(f"reader{number}") for number in range(3)]
    async with BotProcess(server, {"GATEWAY": server.gateway.url()}, EXAMPLE, has_reports=False) as process:
        await process.until_printed("started")
        load = Load(["One?", "Two?"], people, [channel], number=20, per_second=100, command="echo", option="text")
        outcome = await ask_at_pace(server, load)
        assert (outcome.asked, outcome.lost) == (20, ())
        assert len(outcome.acknowledged) == len(outcome.answered) == 20
        assert {interaction.text for interaction in server.desk.interactions.values()} == {"One?", "Two?"}
        assert await process.stop() == 0
    assert not server.gateway.connections


async def test_a_bot_that_dies_at_once_shows_what_it_printed(server: DiscordServer) -> None:
    program = (sys.executable, "-c", "import sys; print('no report found'); sys.exit(3)")
    with pytest.raises(BotDied, match=r"ended with 3(?s:.*)no report found"):
        async with BotProcess(server, argv=program):
            pass


async def test_a_process_can_be_killed(server: DiscordServer) -> None:
    process = BotProcess(server, argv=(sys.executable, "-c", "import time; print('up'); time.sleep(60)"))
    await process.start()
    await process.until_printed("up")
    assert process.exit_code is None
    assert await process.stop(signal.SIGKILL) == -9
    await process.kill()


async def test_a_question_without_an_answer_counts_as_lost(scene: Scene) -> None:
    scene.server.faults.next("POST /interactions/*", CutBefore())
    load = Load(["One?"], [scene.amina], [scene.channel], 2, 10, command="echo", option="text", answer_within=0.1)
    outcome = await ask_at_pace(scene.server, load)
    assert (len(outcome.acknowledged), len(outcome.answered), len(outcome.lost)) == (1, 1, 1)
    assert "not acknowledged" in outcome.lost[0].reason


def test_an_outcome_is_told_as_a_table() -> None:
    times = tuple(float(number) for number in range(1, 101))
    outcome = Outcome(100, times, times[:10], (), 2.0)
    assert outcome.table().splitlines() == [
        "100 asked, 50.0 a second, 0 lost",
        "",
        "|  | p50 | p90 | p95 | p99 | max |",
        "| --- | --- | --- | --- | --- | --- |",
        "| first response, ms | 50 | 90 | 95 | 99 | 100 |",
        "| final answer, ms | 5 | 9 | 10 | 10 | 10 |",
    ]
    assert str(percentile((), 50)) == "nan"
