"""*Why this?* under an answer: reasons for whoever presses it, after a restart, after a refresh, and forged."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

REASONS = """\
### Who dug the well?
> The **well** was **dug** in March 2024 by the people of the village. \\[…\\]
-# Notes on a well, paragraph 1, The village, 1 June 2024 · [source](https://example.org/well)
-# \\[well\\:1\\@KEY\\]
Why this sentence\\:
• “dug” stands in it as it is.
• “well” stands in it as it is.
• Side by side, in the question as in the sentence\\: “the well”.
• Asked for\\: a person. It offers further numbers (“2024”), a year, “by”, \
for who did it.
"""
REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."


async def answered(stage: Stage, question: str = "Who dug the well?", report: str | None = None) -> Message:
    reader, channel = stage.anyone(), stage.channel
    if report is None:
        asked = await stage.server.slash(reader, channel, "ask", question=question)
    else:
        asked = await stage.server.slash(reader, channel, "ask", question=question, report=report)
    message = (await asked.finished()).message
    assert message is not None
    return message


def why(message: Message) -> str:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == "Why this?")
    return str(custom_id)


async def press(stage: Stage, message: Message, who: User | None = None) -> Interaction:
    return await (await stage.server.button(who or stage.anyone(), message, why(message))).finished()


def forge(stage: Stage, message: Message, custom_id: str) -> Message:
    """The message with another id on its last button, as a modified client would send it."""
    *others, row = message.components
    button = row["components"][-1] | {"custom_id": custom_id}
    body = replace(message.body, components=(*others, row | {"components": [button]}))
    return stage.server.world.edit(message, body)


async def test_the_button_gives_its_presser_the_reasons(stage: Stage) -> None:
    message = await answered(stage)
    pressed = await press(stage, message)
    key = pressed.text.split("well\\:1\\@")[1][:8]
    assert pressed.text.startswith(REASONS.replace("KEY", key))
    assert pressed.ephemeral
    assert "Confidence 0." in pressed.text
    assert "The reports have changed" not in pressed.text
    assert stage.server.world.messages[message.id] == message


async def test_the_button_holds_no_word_of_the_question_and_keeps_to_the_report_that_was_asked(stage: Stage) -> None:
    message = await answered(stage, "What was repaired in July?", report="Notes on a ROAD")
    label = message.text.split("Edition ")[1][:12]
    assert why(message) == f"why:{label}:road"
    assert why(await answered(stage)) == f"why:{label}"
    pressed = await press(stage, message)
    assert "“repaired” stands in it as it is." in pressed.text
    assert "well" not in pressed.text


async def test_a_question_full_of_markup_is_found_again(stage: Stage) -> None:
    question = "1. Who *dug* # the well [in] `2024` <:a: ~the~ \\ village?"
    message = await answered(stage, question)
    heading, *_ = message.text.splitlines()
    pressed = await press(stage, message)
    assert pressed.text.splitlines()[0] == heading
    assert "• “dug” stands in it as it is." in pressed.text


async def test_an_answer_to_a_message_has_the_button_too(stage: Stage) -> None:
    posted = await stage.server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
    pressed = await press(stage, await posted.reply())
    assert "• “dug” stands in it as it is." in pressed.text
    assert pressed.ephemeral


async def test_where_the_reports_do_not_say_there_is_nothing_to_explain(stage: Stage) -> None:
    message = await answered(stage, "zebra quasar")
    assert "Why this?" not in [button["label"] for button in message.buttons]


@pytest.mark.parametrize(
    "custom_id", ["why:", "why:0123456789ab:", "why:xyz", "why:0123456789AB", "why:0123456789ab+1"]
)
async def test_a_forged_button_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    forged = forge(stage, await answered(stage), custom_id)
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_a_button_of_a_report_that_there_is_not_gets_its_sentence(stage: Stage) -> None:
    forged = forge(stage, await answered(stage), "why:0123456789ab:moon")
    pressed = await (await stage.server.button(stage.anyone(), forged, "why:0123456789ab:moon")).finished()
    assert pressed.text == "There is no report called “moon”. There are\\: well, road."
    assert pressed.ephemeral


async def test_a_message_without_a_question_gets_the_same_sentence(stage: Stage) -> None:
    message = await answered(stage)
    custom_id = why(message)
    rows = [part for part in message.components if part["type"] == 1]
    bare = replace(message.body, components=({"type": 10, "content": "No heading here."}, *rows))
    forged = stage.server.world.edit(message, bare)
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_an_operators_equivalent_is_named_as_one(empty_stage: Stage, tmp_path: Path) -> None:
    stage, file = empty_stage, tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = 'layette > village'\n", encoding="utf-8")
    async with stage.process(RAPPORTEUR_LEXICON=str(file)) as bot:
        pressed = await press(stage, await answered(stage, "Which people of the layette dug the well?"))
        assert "• “layette” does not stand in it, but “village” does, which may stand for it." in pressed.text
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_it_works_after_a_restart_and_tells_of_another_edition(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        message = await answered(stage)
        assert await bot.stop() == 0
    async with stage.process() as bot:
        assert "• “dug” stands in it as it is." in (await press(stage, message)).text
        stage.write("well.txt", WELL.replace("was dug", "was made").replace("2024", "2023"))
        refreshed = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
        await refreshed.finished()
        pressed = await press(stage, message)
        label = why(message).removeprefix("why:")
        assert (
            f"The reports have changed since that answer was given\\: it came from edition {label}, this"
            in pressed.text
        )
        assert "stands in it as it is" in pressed.text or "Nothing about this was found in the reports." in pressed.text
        assert pressed.ephemeral
        assert await bot.stop() == 0
    assert_clean(bot)
