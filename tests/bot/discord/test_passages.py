"""Whole paragraphs by citation and by button: leafing through, forged ids, and buttons older than the bot's process."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.discord_server import Callback, Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def answered(stage: Stage, question: str = "Who dug the well?") -> Message:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question=question)
    message = (await asked.finished()).message
    assert message is not None
    return message


async def press(stage: Stage, message: Message, label: str, who: User | None = None) -> Interaction:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return await (await stage.server.button(who or stage.anyone(), message, custom_id)).finished()


def labels(interaction: Interaction) -> list[str]:
    assert interaction.message is not None
    return [button["label"] for button in interaction.message.buttons]


def forge(stage: Stage, message: Message, custom_id: str) -> Message:
    """The message with another id on its first button, as a modified client would send it."""
    *others, row = message.components
    button = row["components"][0] | {"custom_id": custom_id}
    body = replace(message.body, components=(*others, row | {"components": [button]}))
    return stage.server.world.edit(message, body)


async def test_the_button_shows_the_whole_paragraph_to_whoever_pressed_it(stage: Stage) -> None:
    message = await answered(stage)
    pressed = await press(stage, message, "Context")
    heading, quote, *_ = pressed.text.splitlines()
    assert heading == "### Notes on a well"
    assert quote.removeprefix("> ").replace("**", "") == WELL.splitlines()[2]
    assert pressed.ephemeral
    assert labels(pressed) == ["Paragraph after", "Cite"]
    assert stage.server.world.messages[message.id] == message


async def test_its_reader_leafs_through_in_place(stage: Stage) -> None:
    reader = stage.anyone()
    first = await press(stage, await answered(stage), "Context", reader)
    assert first.message is not None
    second = await press(stage, first.message, "Paragraph after", reader)
    assert second.acknowledgement is not None
    assert second.acknowledgement.callback is Callback.DEFER_UPDATE
    assert second.message is not None
    assert second.message.id == first.message.id
    assert "A repairer came from the town" in second.text
    assert labels(second) == ["Paragraph before", "Paragraph after", "Cite"]
    third = await press(stage, second.message, "Paragraph after", reader)
    assert labels(third) == ["Paragraph before", "Cite"]
    assert "worked every day" in third.text


async def test_a_citation_or_a_pasted_citation_line_is_looked_up_in_private(stage: Stage) -> None:
    key = (await answered(stage)).buttons[0]["custom_id"].removeprefix("context:").partition("+")[0]
    for citation in (key, "well:1", f"Notes on a well, paragraph 1, The village, 1 June 2024 [{key}]"):
        asked = await stage.server.slash(stage.anyone(), stage.channel, "passage", citation=citation)
        await asked.finished()
        assert "> The well was dug in March 2024" in asked.text
        assert asked.ephemeral


@pytest.mark.parametrize(
    ("citation", "named"),
    [("nothing at all", "nothing at all"), ("moon:1", "moon\\:1"), ("well:1@00000000", "well\\:1\\@00000000")],
)
async def test_an_unknown_citation_gets_its_sentence_and_an_example(stage: Stage, citation: str, named: str) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "passage", citation=citation)
    await asked.finished()
    assert asked.text.startswith(f"There is no passage “{named}”. A citation looks like this\\: ")
    assert (asked.ephemeral, len(asked.text.splitlines())) == (True, 1)


@pytest.mark.parametrize("citation", ["2", "paragraph 2", "le paragraphe 2"])
async def test_a_number_that_several_reports_have_asks_which_is_meant(stage: Stage, citation: str) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "passage", citation=citation)
    await asked.finished()
    assert asked.text == "Several reports have that paragraph. Name one of them\\: well\\:2, road\\:2."
    assert (asked.ephemeral, asked.deferred) == (True, False)


@pytest.mark.parametrize("custom_id", ["delete:everything", "passage:", "passage:well:1+7", "x", "passage:<@1>:1"])
async def test_a_forged_button_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    forged = forge(stage, await answered(stage), custom_id)
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert pressed.text == "This button is not one of mine, or no longer works. Ask again with /ask."
    assert pressed.ephemeral


async def test_a_forged_citation_is_looked_up_and_not_found(stage: Stage) -> None:
    forged = forge(stage, await answered(stage), "passage:well:99")
    pressed = await (await stage.server.button(stage.anyone(), forged, "passage:well:99")).finished()
    assert pressed.text.startswith("There is no passage “well\\:99”.")
    assert pressed.ephemeral


async def test_an_old_button_works_after_a_restart_and_finds_the_old_wording(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        message = await answered(stage)
        assert await bot.stop() == 0
    async with stage.process() as bot:
        unchanged = await press(stage, message, "Context")
        assert "> **The well was dug in March 2024" in unchanged.text
        stage.write("well.txt", WELL.replace("nine metres", "ten metres"))
        refreshed = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
        assert "changed" in (await refreshed.finished()).text
        pressed = await press(stage, message, "Context")
        assert "This wording is no longer live." in pressed.text
        assert "The well is nine metres deep." in pressed.text
        assert labels(pressed) == ["Cite"]
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_the_citation_completes_while_it_is_typed_and_can_be_sent_as_offered(stage: Stage) -> None:
    reader = stage.anyone()
    typing = await stage.server.autocomplete(reader, stage.channel, "passage", "citation", "well pump")
    (await typing.finished())
    assert [choice["name"].partition(":")[0] for choice in typing.choices] == ["well, paragraph 2", "well, paragraph 3"]
    asked = await stage.server.slash(reader, stage.channel, "passage", citation=typing.choices[0]["value"])
    assert "> The pump broke in" in (await asked.finished()).text
    assert labels(asked) == ["Paragraph before", "Paragraph after", "Cite"]
    typing = await stage.server.autocomplete(reader, stage.channel, "passage", "citation", "2")
    assert [choice["value"].partition("@")[0] for choice in (await typing.finished()).choices] == ["well:2", "road:2"]
