"""What goes wrong on the way to Discord: no answer is lost that Discord would still take, and none comes twice."""

import pytest

from tests.bot.discord.conftest import Stage
from tests.fakes.discord_server import (
    CutAfter,
    CutBefore,
    Delay,
    Interaction,
    Status,
    TooManyRequests,
)
from tests.fakes.discord_server.faults import Fault, Instead

pytestmark = pytest.mark.asyncio(loop_scope="module")

CALLBACK, EDIT, POST = "POST /interactions/*/callback", "PATCH /webhooks/*", "POST /channels/*/messages"
QUESTION = "Who dug the well?"
PROXY = Instead(b"<html><title>Please log in</title></html>")


async def ask(stage: Stage) -> Interaction:
    return await stage.server.slash(stage.anyone(), stage.channel, "ask", question=QUESTION)


def assert_answered_once(asked: Interaction) -> None:
    assert "people of the village" in asked.text
    assert asked.followups == ()


@pytest.mark.parametrize(
    "fault",
    [Status(500), Status(502), Status(503), TooManyRequests(0.2), CutBefore(), CutAfter(), Delay(1.5), PROXY],
    ids=lambda fault: type(fault).__name__ + str(getattr(fault, "status", "")),
)
@pytest.mark.parametrize("request_", [CALLBACK, EDIT], ids=["callback", "edit"])
async def test_an_answer_survives_a_fault(stage: Stage, fault: Fault, request_: str) -> None:
    stage.server.faults.next(request_, fault)
    asked = await (await ask(stage)).finished()
    assert_answered_once(asked)
    stage.server.faults.clear()


async def test_an_answer_survives_several_faults_in_a_row(stage: Stage) -> None:
    for fault in (Status(500), CutBefore(), Status(503)):
        stage.server.faults.next(CALLBACK, fault)
        stage.server.faults.next(EDIT, fault)
    assert_answered_once(await (await ask(stage)).finished())
    stage.server.faults.clear()


@pytest.mark.parametrize(
    "fault", [Status(500), Status(503), TooManyRequests(0.2), CutBefore(), CutAfter(), PROXY], ids=repr
)
async def test_a_reply_to_a_message_survives_a_fault_and_is_posted_once(stage: Stage, fault: Fault) -> None:
    stage.server.faults.next(POST, fault)
    posted = await stage.server.message(stage.anyone(), stage.channel, QUESTION, mentions_bot=True)
    assert "people of the village" in (await posted.reply()).text
    await (await ask(stage)).finished()
    assert len([reply for reply in posted.replies if reply.reply_to == posted.message.id]) == 1
    stage.server.faults.clear()


async def test_a_typing_indicator_that_fails_keeps_no_answer_back(stage: Stage) -> None:
    stage.server.faults.next("POST /channels/*/typing", Status(503))
    posted = await stage.server.message(stage.anyone(), stage.channel, QUESTION, mentions_bot=True)
    assert "people of the village" in (await posted.reply()).text
    stage.server.faults.clear()


async def test_an_interaction_delivered_twice_is_answered_once(stage: Stage) -> None:
    asked = await ask(stage)
    await stage.server.again(asked)
    await asked.finished()
    await stage.server.again(asked)
    await (await ask(stage)).finished()
    assert_answered_once(asked)
    assert (asked.edits, asked.refusals) == (1, [])


async def test_an_interaction_that_has_expired_is_given_up(stage: Stage) -> None:
    stage.server.faults.next(CALLBACK, Delay(0.3))
    asked = await ask(stage)
    stage.server.clock.advance(3)
    await asked.refused()
    assert asked.refusals[0].code == 10062
    assert_answered_once(await (await ask(stage)).finished())
    stage.server.faults.clear()


async def test_names_that_were_completed_too_late_leave_no_trace_of_who_typed(stage: Stage) -> None:
    """discord.py would log a traceback with the ids of the person and the server."""
    stage.server.faults.next(CALLBACK, Delay(0.3))
    reader = stage.anyone()
    typed = await stage.server.autocomplete(reader, stage.channel, "ask", "report", "we", question=QUESTION)
    stage.server.clock.advance(3)
    await typed.refused()
    assert_answered_once(await (await ask(stage)).finished())
    assert stage.bot
    assert "autocomplete" not in stage.bot.output
    assert str(reader.id) not in stage.bot.output
    stage.server.faults.clear()


async def test_a_dropped_gateway_is_taken_up_again_with_what_was_missed(stage: Stage) -> None:
    """Discord keeps the events for a session that resumes."""
    gateway = stage.server.gateway
    resumed, identified = gateway.resumes, len(gateway.identifies)
    await gateway.drop(1001)
    asked = await ask(stage)
    assert_answered_once(await asked.finished())
    assert (gateway.resumes, len(gateway.identifies)) == (resumed + 1, identified)


async def test_a_question_asked_while_all_goes_wrong_now_and_then_is_answered(stage: Stage) -> None:
    """One after the other, with every fourth request meeting something, and the gateway dropping half way."""
    faults = stage.server.faults
    trouble: tuple[Fault, ...] = (Status(500), TooManyRequests(0.1), CutBefore(), CutAfter())
    for number, fault in enumerate(trouble):
        faults.sometimes("POST /interactions/*", fault, share=0.06, seed=number)
        faults.sometimes(EDIT, fault, share=0.06, seed=10 + number)
    asked = []
    for number in range(40):
        if number == 20:
            await stage.server.gateway.drop(1001)
        asked.append(await (await ask(stage)).acknowledged())
    for interaction in asked:
        assert_answered_once(await interaction.finished())
    assert faults.given
    faults.clear()
