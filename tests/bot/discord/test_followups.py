"""Follow-ups on Discord: in threads and direct messages, as a reply, by *Ask about this*; after a restart."""

from dataclasses import replace

import pytest

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.discord_server import Interaction, Message, User

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORGOTTEN = "Nothing asked before is remembered here"
READ = "Read with words of the question before"
DUG, DEEP = "The well was dug in ", "The well is nine metres deep."


def button(message: Message, label: str = "Ask about this") -> str:
    (custom_id,) = (button["custom_id"] for button in message.buttons if button["label"] == label)
    return str(custom_id)


async def answered(stage: Stage, question: str = "Who dug the well?", who: User | None = None) -> Message:
    asked = await stage.server.slash(who or stage.anyone(), stage.channel, "ask", question=question)
    message = (await asked.finished()).message
    assert message is not None
    return message


async def ask_under(stage: Stage, message: Message, question: str, who: User | None = None) -> Interaction:
    opened = await stage.server.button(who or stage.anyone(), message, button(message))
    await opened.acknowledged()
    return await (await stage.server.submit(opened, {"question": question})).finished()


def plain(text: str) -> str:
    return text.replace("*", "").replace("\\", "")


async def test_a_direct_message_may_lean_on_the_one_before(stage: Stage) -> None:
    person = stage.anyone()
    await (await stage.server.direct_message(person, "Who dug the well?")).reply()
    reply = await (await stage.server.direct_message(person, "when?")).reply()
    assert "-# Read with words of the question before: “dug”, “well”." in plain(reply.text)
    assert DUG in plain(reply.text)


async def test_a_thread_remembers_each_person_by_themselves(stage: Stage) -> None:
    thread = stage.server.add_thread(stage.channel, "The well")
    first, second = stage.anyone(), stage.anyone()
    await (await stage.server.message(first, thread, "Who dug the well?", mentions_bot=True)).reply()
    reply = await (await stage.server.message(first, thread, "when?", mentions_bot=True)).reply()
    assert READ in reply.text
    other = await (await stage.server.message(second, thread, "when?", mentions_bot=True)).reply()
    assert READ not in other.text
    assert FORGOTTEN in other.text


async def test_a_command_in_a_direct_message_counts_as_well(stage: Stage) -> None:
    person = stage.anyone()
    channel = stage.server.direct_channel(person)
    await (await stage.server.slash(person, channel, "ask", question="Who dug the well?")).finished()
    asked = await (await stage.server.slash(person, channel, "ask", question="when?")).finished()
    assert READ in asked.text


async def test_in_a_channel_nothing_is_remembered_and_nothing_is_said_of_it(stage: Stage) -> None:
    person = stage.anyone()
    await answered(stage, who=person)
    asked = await answered(stage, "when?", person)
    assert READ not in asked.text
    assert FORGOTTEN not in asked.text


async def test_a_reply_to_an_answer_leans_on_that(stage: Stage) -> None:
    """Whoever writes it, and whichever was asked last: the answer that is replied to says what it was asked."""
    first = await (
        await stage.server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
    ).reply()
    await answered(stage, "When was the road closed?")
    reply = await (
        await stage.server.message(stage.anyone(), stage.channel, "when?", reply_to=first, mentions_bot=True)
    ).reply()
    assert READ in reply.text
    assert DUG in plain(reply.text)


async def test_ask_about_this_opens_a_form_and_answers_near_the_answer(stage: Stage) -> None:
    message = await answered(stage)
    opened = await (await stage.server.button(stage.anyone(), message, button(message))).acknowledged()
    assert opened.modal is not None
    assert opened.modal["title"] == "Ask about this answer"
    found = await (await stage.server.submit(opened, {"question": "how deep is it?"})).finished()
    assert not found.ephemeral
    assert "Read with words of the question before: “dug”" in plain(found.text)
    assert DEEP in plain(found.text)


async def test_what_stands_alone_is_put_to_the_report_that_answered(stage: Stage) -> None:
    found = await ask_under(stage, await answered(stage), "Who brought a new handle?")
    assert READ not in found.text
    assert "He brought a new handle." in plain(found.text)


async def test_a_follow_up_of_a_follow_up_reads_the_one_before_in_the_message(stage: Stage) -> None:
    person = stage.anyone()
    second = await ask_under(stage, await answered(stage, who=person), "when?", person)
    assert second.message is not None
    third = await ask_under(stage, second.message, "how deep is it?", person)
    assert DEEP in plain(third.text)
    assert "“dug”" in third.text
    why = await stage.server.button(person, second.message, button(second.message, "Why this?"))
    explained = (await why.finished()).text
    assert explained.startswith("### when?\n-# Read with words of the question before")
    assert "“dug”, “well”" in explained


async def test_who_doubts_an_answer_is_shown_its_words_again(stage: Stage) -> None:
    found = await ask_under(stage, await answered(stage), "are you sure?")
    assert "The report says this, in these words; whether it is so, the bot cannot tell:" in plain(found.text)
    assert DUG in plain(found.text)
    assert found.message is not None
    assert "Ask about this" in [one["label"] for one in found.message.buttons]


async def test_more_of_a_follow_up_says_how_it_was_read(stage: Stage) -> None:
    person = stage.anyone()
    second = await ask_under(stage, await answered(stage, who=person), "when?", person)
    assert second.message is not None
    more = await stage.server.button(person, second.message, button(second.message, "More"))
    assert (await more.finished()).text.startswith("### when?\n-# Read with words of the question before")


async def test_an_answer_to_one_alone_stays_so(stage: Stage) -> None:
    person = stage.anyone()
    asked = await stage.server.slash(person, stage.channel, "ask", question="Who dug the well?", private=True)
    message = (await asked.finished()).message
    assert message is not None
    assert (await ask_under(stage, message, "when?", person)).ephemeral


@pytest.mark.parametrize("question", ["?!", "x" * 301, "   "])
async def test_what_cannot_be_asked_is_refused_in_private(stage: Stage, question: str) -> None:
    found = await ask_under(stage, await answered(stage), question)
    assert found.ephemeral
    assert found.text


@pytest.mark.parametrize(
    "custom_id", ["about:", "about:well:1", "about:well:1+5-2", "about:nothing+0-1", "about:x@y+0-1"]
)
async def test_a_forged_button_gets_its_one_private_sentence(stage: Stage, custom_id: str) -> None:
    message = await answered(stage)
    row = message.components[-1]
    forged_row = row | {"components": [row["components"][0] | {"custom_id": custom_id}]}
    forged = stage.server.world.edit(message, replace(message.body, components=(*message.components[:-1], forged_row)))
    pressed = await (await stage.server.button(stage.anyone(), forged, custom_id)).finished()
    assert pressed.ephemeral
    assert pressed.text == "This button is not one of mine, or no longer works. Ask again with /ask."


async def test_after_a_restart_the_button_still_works_and_what_was_remembered_is_said_to_be_forgotten(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    person = stage.anyone()
    async with stage.process() as bot:
        message = await answered(stage, who=person)
        await (await stage.server.direct_message(person, "Who dug the well?")).reply()
        assert await bot.stop() == 0
    async with stage.process() as bot:
        found = await ask_under(stage, message, "when?", person)
        assert READ in found.text
        assert FORGOTTEN not in found.text
        lost = await (await stage.server.direct_message(person, "when?")).reply()
        assert READ not in lost.text
        assert FORGOTTEN in lost.text
        assert await bot.stop() == 0
    assert_clean(bot)
