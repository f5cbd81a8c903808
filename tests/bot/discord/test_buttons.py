"""*Context*, *Cite* and *More* under an answer: for whoever presses them, and after a restart and two refreshes."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."


async def answered(stage: Stage, question: str = "Who dug the well?") -> Message:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question=question)
    message = (await asked.finished()).message
    assert message is not None
    return message


async def press(stage: Stage, message: Message | None, label: str, who: User | None = None) -> Interaction:
    assert message is not None
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    pressed = await (await stage.server.button(who or stage.anyone(), message, custom_id)).finished()
    assert pressed.ephemeral
    return pressed


async def refresh(stage: Stage, text: str) -> None:
    stage.write("well.txt", text)
    refreshed = await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")
    assert "is live" in (await refreshed.finished()).text


async def test_context_shows_the_passage_between_its_neighbours(stage: Stage) -> None:
    reader = stage.anyone()
    pressed = await press(stage, await answered(stage, "Who brought a new handle?"), "Context", reader)
    quotes = [line for line in pressed.text.splitlines() if line.startswith("> ")]
    assert quotes[0].startswith("> -# The well was dug in March 2024")
    assert quotes[1].startswith("> The pump broke in ")
    assert quotes[1].endswith("**")
    assert quotes[2:] == ["> -# Since then the pump has worked every day."]
    after = await press(stage, pressed.message, "Paragraph after", reader)
    assert "> Since then the pump has worked every day." in after.text


async def test_cite_gives_the_reference_in_four_forms(stage: Stage) -> None:
    pressed = await press(stage, await answered(stage), "Cite")
    assert [line for line in pressed.text.splitlines() if line.startswith("-# ")] == [
        "-# Plain text",
        "-# Markdown",
        "-# BibTeX",
        "-# RIS",
    ]
    assert "@misc{well:1,\n  title = {{Notes on a well}}," in pressed.text
    assert "TY  - RPRT\nTI  - Notes on a well\nPB  - The village\n" in pressed.text


async def test_more_shows_what_comes_next_and_leads_back(stage: Stage) -> None:
    message = await answered(stage, "Tell me about the pump, the well, the bridge and the road")
    pressed = await press(stage, message, "More")
    assert pressed.text.splitlines()[0] == message.text.splitlines()[0]
    assert "Excerpts by how near they come to the question, " in pressed.text
    shown = {line for line in message.text.splitlines() if line.startswith("> ")}
    assert not shown & {line for line in pressed.text.splitlines() if line.startswith("> ")}


@pytest.mark.parametrize("custom_id", ["context:well:1+0-9999", "cite:", "more:0123456789ab", "more:0123456789ab:x"])
async def test_a_forged_button_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    message = await answered(stage)
    row = message.components[-1]
    forged_row = row | {"components": [row["components"][0] | {"custom_id": custom_id}]}
    forged = stage.server.world.edit(message, replace(message.body, components=(*message.components[:-1], forged_row)))
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_all_work_after_a_restart_and_two_refreshes(empty_stage: Stage) -> None:
    """What was quoted then, how the paragraph reads now, and every edition's citation."""
    stage = empty_stage
    async with stage.process() as bot:
        message = await answered(stage)
        assert await bot.stop() == 0
    async with stage.process() as bot:
        await refresh(stage, WELL.replace("nine metres", "ten metres"))
        second = await answered(stage)
        await refresh(stage, "Notes on a well\n\nIt rained.\n\n" + WELL[17:].replace("nine metres", "eleven metres"))
        for old, depth in ((message, "nine"), (second, "ten")):
            context = await press(stage, old, "Context")
            assert "This wording is no longer live." in context.text
            assert f"The well is {depth} metres deep." in context.text
            assert "The paragraph as it reads now, in edition " in context.text
            assert "The well is eleven metres deep." in context.text
            cite = await press(stage, old, "Cite")
            assert "TI  - Notes on a well" in cite.text
            key = next(b["custom_id"] for b in old.buttons if b["label"] == "Cite").removeprefix("cite:")
            looked_up = await stage.server.slash(stage.anyone(), stage.channel, "passage", citation=key)
            assert f"The well is {depth} metres deep." in (await looked_up.finished()).text
            assert looked_up.message is not None
            assert "As it reads now" in [b["label"] for b in looked_up.message.buttons]
            if any(button["label"] == "More" for button in old.buttons):
                more = await press(stage, old, "More")
                assert "The reports have changed since that answer was given" in more.text
            why = await press(stage, old, "Why this?")
            assert "The reports have changed since that answer was given" in why.text
        assert await bot.stop() == 0
    assert_clean(bot)
