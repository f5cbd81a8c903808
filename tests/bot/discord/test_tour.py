"""`/about` as a tour: questions of the live report as buttons, which answer beside it and outlive the process."""

import pytest

from corpus.ingest.pipeline import BUNDLED
from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def toured(stage: Stage, reader: User) -> Message:
    asked = await (await stage.server.slash(reader, stage.channel, "about")).finished()
    assert asked.message is not None
    assert asked.ephemeral
    return asked.message


async def press(stage: Stage, reader: User, message: Message, label: str) -> Interaction:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return await (await stage.server.button(reader, message, custom_id)).finished()


async def test_each_example_is_asked_by_its_button_and_the_tour_stays(empty_stage: Stage) -> None:
    """Seen by those who see the tour: whoever asked for it. So it is after a restart."""
    stage, reader = empty_stage, empty_stage.anyone()
    environment = {"RAPPORTEUR_REPORTS": str(BUNDLED)}
    async with stage.process(**environment) as bot:
        message = await toured(stage, reader)
        assert await bot.stop() == 0
    async with stage.process(**environment) as bot:
        *labels, last = [button["label"] for button in message.buttons]
        assert last == "Delete my data"
        assert len(labels) == 3
        for label in labels:
            pressed = await press(stage, reader, message, label)
            assert pressed.text.splitlines()[0] == f"### {label}"
            assert "> " in pressed.text
            assert pressed.ephemeral
        assert stage.server.world.messages[message.id] == message
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_of_several_reports_the_examples_ask_the_one_that_is_named(stage: Stage) -> None:
    reader = stage.anyone()
    message = await toured(stage, reader)
    assert "“Notes on a well”" in message.text
    for button in message.buttons[:-1]:
        assert button["custom_id"].startswith("ask:well:")
        assert "> " in (await press(stage, reader, message, button["label"])).text
