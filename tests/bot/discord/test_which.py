"""The menu under the question which report is meant: its reports, after a restart, after a refresh, and forged."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User
from tests.fakes.discord_server.errors import JsonObject

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."


async def asked(
    stage: Stage, question: str = "what happened?", who: User | None = None, *, private: bool = False
) -> Message:
    reader = who or stage.anyone()
    slash = await stage.server.slash(reader, stage.channel, "ask", question=question, private=private)
    message = (await slash.finished()).message
    assert message is not None
    return message


async def choose(stage: Stage, message: Message, report: str, who: User | None = None) -> Interaction:
    return await (await stage.server.select(who or stage.anyone(), message, "which", [report])).finished()


def menu(message: Message) -> JsonObject:
    found = message.component("which")
    assert found is not None
    return found


def forge(stage: Stage, message: Message, **changed: object) -> Message:
    """The message with another menu, as a modified client would send it."""
    *others, row = message.components
    body = replace(message.body, components=(*others, row | {"components": [menu(message) | changed]}))
    return stage.server.world.edit(message, body)


async def test_the_reports_that_may_be_meant_can_be_chosen(stage: Stage) -> None:
    message = await asked(stage)
    assert "Which report do you mean?" in message.text
    assert menu(message)["placeholder"] == "Choose a report"
    assert [(option["label"], option["value"]) for option in menu(message)["options"]] == [
        ("Notes on a well", "well"),
        ("Notes on a road", "road"),
    ]
    assert "happened" not in str(menu(message))


async def test_the_chosen_report_answers_the_same_question_where_it_was_asked(stage: Stage) -> None:
    message = await asked(stage)
    chosen = await choose(stage, message, "road")
    assert chosen.text.startswith("### what happened?\n")
    assert "Notes on a road, paragraph" in chosen.text
    assert "Notes on a well" not in chosen.text
    assert not chosen.ephemeral
    assert stage.server.world.messages[message.id] == message
    again = await choose(stage, message, "well")  # another may be chosen as well
    assert "Notes on a well, paragraph" in again.text


async def test_its_answer_has_the_buttons_of_any_other(stage: Stage) -> None:
    answer = (await choose(stage, await asked(stage), "road")).message
    assert answer is not None
    (why,) = (button["custom_id"] for button in answer.buttons if button["label"] == "Why this?")
    assert why.endswith(":road")
    pressed = await (await stage.server.button(stage.anyone(), answer, why)).finished()
    assert "Read as: what happened." in pressed.text.replace("\\", "")


async def test_a_private_question_stays_private(stage: Stage) -> None:
    who = stage.anyone()
    message = await asked(stage, who=who, private=True)
    chosen = await choose(stage, message, "road", who)
    assert chosen.message is not None
    assert chosen.message.ephemeral
    assert "Notes on a road, paragraph" in chosen.message.text


async def test_both_halves_of_a_question_are_asked_of_the_chosen_report(stage: Stage) -> None:
    chosen = await choose(stage, await asked(stage, "what happened and when was it?"), "road")
    lines = chosen.text.splitlines()
    assert lines[0] == "### what happened and when was it?"
    assert "**what happened**" in lines
    assert "**when was it?**" in lines
    assert chosen.message is not None
    (why,) = (button["custom_id"] for button in chosen.message.buttons if button["label"] == "Why this?")
    pressed = await (await stage.server.button(stage.anyone(), chosen.message, why)).finished()
    assert "**when was it?**" in pressed.text.splitlines()
    assert pressed.text.count("Confidence 0.") == 2


@pytest.mark.parametrize("custom_id", ["which:", "which:road", "whichever", "why:road"])
async def test_a_forged_menu_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    forged = forge(stage, await asked(stage), custom_id=custom_id)
    pressed = await (await stage.server.select(stage.anyone(), forged, custom_id, ["road"])).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


@pytest.mark.parametrize("values", [[], ["x" * 101], ["well", "road"]])
async def test_a_forged_choice_gets_the_same_sentence(stage: Stage, values: list[str]) -> None:
    options = [{"label": "Any", "value": value} for value in values]
    forged = forge(stage, await asked(stage), options=options, max_values=2)
    pressed = await (await stage.server.select(stage.anyone(), forged, "which", values)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_a_button_with_the_id_of_the_menu_chooses_nothing(stage: Stage) -> None:
    message = await asked(stage)
    *others, row = message.components
    button = {"type": 2, "style": 2, "label": "Choose", "custom_id": "which", "id": 99}
    body = replace(message.body, components=(*others, row | {"components": [button]}))
    forged = stage.server.world.edit(message, body)
    pressed = await (await stage.server.button(stage.anyone(), forged, "which")).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_a_report_that_there_is_not_gets_its_sentence(stage: Stage) -> None:
    forged = forge(stage, await asked(stage), options=[{"label": "Moon", "value": "moon"}])
    pressed = await choose(stage, forged, "moon")
    assert pressed.text == "There is no report called “moon”. There are\\: well, road."
    assert pressed.ephemeral


async def test_a_message_without_a_question_gets_the_refusal(stage: Stage) -> None:
    message = await asked(stage)
    row = message.components[-1]
    bare = replace(message.body, components=({"type": 10, "content": "No heading here."}, row))
    pressed = await choose(stage, stage.server.world.edit(message, bare), "road")
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_it_works_after_a_restart(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        message = await asked(stage)
        assert await bot.stop() == 0
    async with stage.process() as bot:
        assert "Notes on a road, paragraph" in (await choose(stage, message, "road")).text
        assert await bot.stop() == 0
    assert_clean(bot)
