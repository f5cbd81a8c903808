"""*Share* under a private answer: the same words for all, in the name of who asked, once, and only where they may."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import WELL, Stage, assert_clean
from tests.fakes.discord_server import Callback, Interaction, Message, User
from tests.fakes.discord_server.faults import Status
from tests.fakes.discord_server.permissions import ORDINARY, Permission

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = "This button is not one of mine, or no longer works. Ask again with /ask."


async def answered(stage: Stage, reader: User, question: str = "Who dug the well?", *, private: bool = True) -> Message:
    asked = await stage.server.slash(reader, stage.channel, "ask", question=question, private=private)
    message = (await asked.finished()).message
    assert message is not None
    return message


async def share(stage: Stage, reader: User, message: Message, permissions: int | None = None) -> Interaction:
    return await stage.server.button(reader, message, "share", permissions=permissions)


def labels(message: Message) -> list[str]:
    return [button["label"] for button in message.buttons]


async def test_the_same_answer_is_posted_for_all_and_the_button_goes(stage: Stage) -> None:
    reader = stage.server.add_user("@everyone *Ann* <@1>")
    message = await answered(stage, reader)
    assert labels(message)[-1] == "Share"
    pressed = await (await share(stage, reader, message)).followed_up()
    (posted,) = pressed.followups
    await pressed.until(lambda this: this.edits > 0)
    assert not posted.ephemeral
    *same, last = posted.text.splitlines()
    assert same == message.text.splitlines()
    assert last == r"-# Asked and shared by \@Everyone \*Ann\* \<\@1>."
    assert labels(posted) == labels(message)[:-1]
    assert pressed.acknowledgement is not None
    assert pressed.acknowledgement.callback is Callback.DEFER_UPDATE
    kept = stage.server.world.messages[message.id]
    assert (kept.text, labels(kept)) == (message.text, labels(posted))
    why = next(button["custom_id"] for button in posted.buttons if button["label"] == "Why this?")
    explained = await (await stage.server.button(stage.anyone(), posted, why)).finished()
    assert "stands in it as it is" in explained.text


async def test_it_is_shared_once_however_often_it_is_pressed(stage: Stage) -> None:
    reader = stage.anyone()
    message = await answered(stage, reader)
    first, second = await share(stage, reader, message), await share(stage, reader, message)
    assert len((await first.followed_up()).followups) == 1
    assert (await second.finished()).text == "That answer has been shared already."
    assert second.ephemeral
    assert not second.followups


async def test_who_may_not_write_there_cannot_share_and_is_told_alone(stage: Stage) -> None:
    reader = stage.anyone()
    message = await answered(stage, reader)
    refused = await (await share(stage, reader, message, ORDINARY & ~Permission.SEND_MESSAGES)).finished()
    assert refused.text == "You may not write in this channel, so the answer stays with you."
    assert refused.ephemeral
    assert not refused.followups
    allowed = await share(stage, reader, message)
    assert len((await allowed.followed_up()).followups) == 1


async def test_where_discord_does_not_take_it_who_shared_it_is_told(stage: Stage) -> None:
    reader = stage.anyone()
    message = await answered(stage, reader)
    stage.server.faults.next("POST /webhooks/*", Status(403))
    pressed = await (await share(stage, reader, message)).followed_up()
    (told,) = pressed.followups
    assert told.ephemeral
    assert told.text.startswith("Discord did not confirm that the answer was posted.")


async def test_what_was_seen_is_shared_after_a_restart_and_a_refresh(empty_stage: Stage) -> None:
    stage, reader = empty_stage, empty_stage.anyone()
    async with stage.process() as bot:
        message = await answered(stage, reader, "How deep is the well?")
        assert await bot.stop() == 0
    async with stage.process() as bot:
        stage.write("well.txt", WELL.replace("nine metres", "ten metres"))
        await (await stage.server.slash(stage.moderator, stage.channel, "corpus refresh")).finished()
        (posted,) = (await (await share(stage, reader, message)).followed_up()).followups
        assert "nine metres" in posted.text.replace("**", "")
        assert posted.text.splitlines()[:-1] == message.text.splitlines()
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_nothing_else_can_be_shared(stage: Stage) -> None:
    """Public answers, answers that quote nothing, direct messages, whole passages, reasons."""
    reader = stage.anyone()
    assert "Share" not in labels(await answered(stage, reader, private=False))
    assert "Share" not in labels(await answered(stage, reader, "Which zebras sang opera?"))
    direct = stage.server.world.direct_channel(reader)
    asked = await stage.server.slash(reader, direct, "ask", question="Who dug the well?", private=True)
    message = (await asked.finished()).message
    assert message is not None
    assert "Share" not in labels(message)
    looked_up = await stage.server.slash(reader, stage.channel, "passage", citation="well:1")
    passage = (await looked_up.finished()).message
    assert passage is not None
    assert "Share" not in labels(passage)


async def test_a_button_under_a_public_message_is_refused(stage: Stage) -> None:
    message = await answered(stage, stage.anyone(), private=False)
    row = message.components[-1]
    forged_row = row | {"components": [row["components"][0] | {"custom_id": "share"}]}
    body = replace(message.body, components=(*message.components[:-1], forged_row))
    pressed = await (await share(stage, stage.anyone(), stage.server.world.edit(message, body))).finished()
    assert (pressed.text, pressed.ephemeral, pressed.followups) == (REFUSED, True, ())
