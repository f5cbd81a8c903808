"""What a silent answer offers to ask instead: in public and in private, after a restart and a refresh, and forged."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import MANIFEST, WELL, Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOTHING = "Which zebras sang opera?"
REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."


async def unanswered(stage: Stage, report: str | None = None, who: User | None = None) -> Message:
    """A silent answer; a private one where ``who`` is given."""
    reader, private = who or stage.anyone(), who is not None
    if report is None:
        asked = await stage.server.slash(reader, stage.channel, "ask", question=NOTHING, private=private)
    else:
        asked = await stage.server.slash(reader, stage.channel, "ask", question=NOTHING, report=report, private=private)
    message = (await asked.finished()).message
    assert message is not None
    assert "Nothing about this was found" in message.text
    return message


async def press(stage: Stage, message: Message, label: str, who: User | None = None) -> Interaction:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return await (await stage.server.button(who or stage.anyone(), message, custom_id)).finished()


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


async def test_a_silent_answer_offers_the_summary_and_topics_that_it_names(stage: Stage) -> None:
    message = await unanswered(stage, "well")
    first, *topics = labels(message)
    assert first == "Summary"
    assert topics
    assert all(f"“{topic}”" in message.text for topic in topics)
    summary = await press(stage, message, "Summary")
    assert "Notes on a well" in summary.text.splitlines()[0]
    assert "> " in summary.text
    for topic in topics:
        answer = await press(stage, message, topic)
        assert answer.text.splitlines()[0] == f"### {topic}"
        assert "> " in answer.text
        assert not answer.ephemeral


async def test_several_reports_have_a_summary_each(stage: Stage) -> None:
    message = await unanswered(stage)
    assert labels(message)[:2] == ["Summary: Notes on a well", "Summary: Notes on a road"]
    assert "road was closed" in (await press(stage, message, "Summary: Notes on a road")).text


async def test_in_private_it_answers_in_private_and_beside_the_message(stage: Stage) -> None:
    reader = stage.anyone()
    message = await unanswered(stage, "well", reader)
    pressed = await press(stage, message, "Summary", reader)
    assert pressed.ephemeral
    assert pressed.message is not None
    assert pressed.message.id != message.id
    assert stage.server.world.messages[message.id] == message


async def test_an_answer_with_excerpts_offers_none_of_it(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "ask", question="Who dug the well?")
    message = (await asked.finished()).message
    assert message is not None
    assert not [label for label in labels(message) if label.startswith("Summary")]


@pytest.mark.parametrize("custom_id", ["ask:", "ask::", "ask:well", "summary:", "summary:a:b", "summaryx"])
async def test_a_forged_button_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    message = await unanswered(stage)
    row = message.components[-1]
    forged_row = row | {"components": [row["components"][0] | {"custom_id": custom_id}]}
    body = replace(message.body, components=(*message.components[:-1], forged_row))
    forged = stage.server.world.edit(message, body)
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert (pressed.text, pressed.ephemeral) == (REFUSED, True)


async def test_it_works_after_a_restart_and_says_when_a_report_is_gone(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        message = await unanswered(stage, "well")
        assert await bot.stop() == 0
    async with stage.process() as bot:
        assert "> " in (await press(stage, message, "Summary")).text
        stage.write("well.txt", WELL.replace("nine metres", "ten metres"))
        await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
        assert "> " in (await press(stage, message, labels(message)[1])).text
        stage.write("reports.toml", "[[report]]" + MANIFEST.split("[[report]]")[2])
        (stage.folder / "well.txt").unlink()
        await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
        gone = await press(stage, message, "Summary")
        assert gone.text.startswith("There is no report called “well”.")
        assert gone.ephemeral
        assert await bot.stop() == 0
    assert_clean(bot)
