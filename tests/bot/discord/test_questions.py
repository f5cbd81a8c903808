"""Questions by command, menu, mention and direct message: what people see, and who sees it."""

from typing import Any

import pytest

from tests.bot.discord.conftest import Stage
from tests.fakes.discord_server import Interaction, Upload

pytestmark = pytest.mark.asyncio(loop_scope="module")

ANSWER = [
    "### Who dug the well?",
    (
        "> The **well** was **dug** in March 2024 by the people of the village. \\[…\\]\n"
        "-# Notes on a well, paragraph 1, The village, 1 June 2024 · [source](https://example.org/well)\n"
        "-# \\[well\\:1\\@KEY\\]"
    ),
    "-# Mentions thirst.",
    "-# Edition LABEL. Quotes are verbatim.",
]


def texts(components: tuple[dict[str, Any], ...]) -> list[str]:
    found: list[str] = []
    for component in components:
        found += [component["content"]] if component["type"] == 10 else texts(component.get("components", ()))
    return found


async def ask(stage: Stage, question: str, report: str | None = None, *, private: bool | None = None) -> Interaction:
    reader, channel = stage.anyone(), stage.channel
    if report is not None:
        asked = await stage.server.slash(reader, channel, "ask", question=question, report=report)
    elif private is not None:
        asked = await stage.server.slash(reader, channel, "ask", question=question, private=private)
    else:
        asked = await stage.server.slash(reader, channel, "ask", question=question)
    return await asked.finished()


async def test_an_answer_is_public_and_says_the_question(stage: Stage) -> None:
    asked = await ask(stage, "Who dug the well?")
    assert asked.deferred
    assert not asked.ephemeral
    assert asked.message is not None
    key = asked.text.split("well\\:1\\@")[1][:8]
    label = asked.text.split("Edition ")[1][:12]
    wanted = [text.replace("KEY", key).replace("LABEL", label) for text in ANSWER]
    shown = texts(asked.message.components)
    assert [text for text in shown if text in wanted] == wanted
    assert (shown[0], shown[-1]) == (wanted[0], wanted[-1])
    assert "Context" in [button["label"] for button in asked.message.buttons]
    assert (asked.edits, asked.message.pings) == (1, frozenset())


async def test_an_answer_can_be_private(stage: Stage) -> None:
    asked = await ask(stage, "Who dug the well?", private=True)
    assert asked.ephemeral
    assert "**dug**" in asked.text


async def test_markup_in_a_report_reaches_the_reader_as_written_and_pings_nobody(stage: Stage) -> None:
    asked = await ask(stage, "When did the pump break?")
    assert "\\***May**\\* \\<\\@1>." in asked.text
    assert asked.message is not None
    assert asked.message.pings == frozenset()


async def test_a_question_can_keep_to_one_report(stage: Stage) -> None:
    for name in ("road", "Notes on a ROAD"):
        asked = await ask(stage, "What was repaired in July?", report=name)
        assert "[road" in asked.text
        assert "well" not in asked.text


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (" ", "There is no question."),
        ("\u200b\u200b", "There is no word in that question."),
        ("?!…", "There is no word in that question."),
        ("🙂🙂", "There is no word in that question."),
    ],
)
async def test_what_cannot_be_asked_gets_one_private_sentence(stage: Stage, question: str, sentence: str) -> None:
    asked = await ask(stage, question)
    assert asked.text.startswith(sentence)
    assert (asked.ephemeral, asked.deferred, len(asked.text.splitlines())) == (True, False, 1)


@pytest.mark.parametrize(
    "question", ["the of and", "متى حُفرت البئر؟", "zebra quasar", "@everyone <@1> **well**?", "a\x00b"]
)
async def test_odd_questions_are_answered_like_any_other(stage: Stage, question: str) -> None:
    asked = await ask(stage, question)
    assert asked.message is not None
    assert asked.text.startswith("### ")
    assert asked.message.pings == frozenset()


async def test_a_word_taken_for_misspelt_is_told_in_small_print(stage: Stage) -> None:
    asked = await ask(stage, "When was the brigde repaired?")
    assert "\n-# Read “brigde” as “bridge”.\n" in asked.text


async def test_what_the_reports_do_not_say_is_answered_with_what_they_speak_of(stage: Stage) -> None:
    asked = await ask(stage, "Which orchestra played Bruckner?", report="well")
    assert asked.message is not None
    assert texts(asked.message.components)[1:-2] == [
        "Nothing about this was found in the report.",
        "Not found in what was asked\\: “orchestra”, “Bruckner”.",
        "The report asked is “Notes on a well”.",
        "Among other things it speaks of “new handle”, “pump”, “village”, “water”, “repairer”.",
    ]


async def test_an_unknown_report_is_refused_in_private_with_the_names_there_are(stage: Stage) -> None:
    asked = await ask(stage, "Who dug the well?", report="moon")
    assert asked.text == "There is no report called “moon”. There are\\: well, road."
    assert (asked.ephemeral, asked.deferred) == (True, False)


async def test_names_of_reports_complete_themselves(stage: Stage) -> None:
    async def choices(typed: str, command: str = "ask") -> list[tuple[str, str]]:
        typing = await stage.server.autocomplete(stage.anyone(), stage.channel, command, "report", typed)
        return [(choice["name"], choice["value"]) for choice in (await typing.finished()).choices]

    both = [("Notes on a well", "well"), ("Notes on a road", "road")]
    assert await choices("") == both
    assert await choices("notes ON") == both
    assert await choices("road", "summary") == [("Notes on a road", "road")]
    assert await choices("moon") == []


async def test_a_direct_message_channel_knows_the_commands_too(stage: Stage) -> None:
    reader = stage.anyone()
    channel = stage.server.direct_channel(reader)
    asked = await (await stage.server.slash(reader, channel, "ask", question="Who dug the well?")).finished()
    assert "people of the village" in asked.text


async def test_a_message_that_mentions_the_bot_is_answered_as_a_reply(stage: Stage) -> None:
    posted = await stage.server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
    reply = await posted.reply()
    assert reply.reply_to == posted.message.id
    assert reply.text.startswith("### Who dug the well?\n> The **well** was **dug**")
    assert (reply.pings, posted.typing, reply.nonce) == (frozenset(), 0, str(posted.message.id))


async def test_a_thread_is_a_channel_like_any_other(stage: Stage) -> None:
    thread = stage.server.add_thread(stage.channel, "About the well")
    posted = await stage.server.message(stage.anyone(), thread, "Who dug the well?", mentions_bot=True)
    assert "people of the village" in (await posted.reply()).text


async def test_a_direct_message_is_answered(stage: Stage) -> None:
    posted = await stage.server.direct_message(stage.anyone(), "Who dug the well?")
    assert "people of the village" in (await posted.reply()).text


async def test_a_message_that_asks_nothing_is_told_how_to_ask(stage: Stage) -> None:
    mention = await stage.server.message(stage.anyone(), stage.channel, "", mentions_bot=True)
    picture = await stage.server.direct_message(stage.anyone(), "", files=[Upload("well.png", b"\x89PNG")])
    for posted in (mention, picture):
        told = (await posted.reply()).text
        assert told.startswith("Ask about the reports in plain words")
        assert len(told.splitlines()) == 1


async def test_a_message_that_cannot_be_asked_gets_its_sentence(stage: Stage) -> None:
    long = await stage.server.direct_message(stage.anyone(), "well " * 1000)
    assert (await long.reply()).text == "That question has 4999 characters; it may have 300. Ask something shorter."
    signs = await stage.server.message(stage.anyone(), stage.channel, "?!", mentions_bot=True)
    assert (await signs.reply()).text.startswith("There is no word in that question.")


async def test_what_is_not_meant_for_the_bot_is_left_alone(stage: Stage) -> None:
    """Other bots, itself, @everyone, talk in the channel, and a reply to its answer that does not name it."""
    server = stage.server
    answered = await (
        await server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
    ).reply()
    robot = server.world.add_user("robot", bot=True)
    ignored = [
        await server.message(robot, stage.channel, "Who dug the well?", mentions_bot=True),
        await server.message(stage.anyone(), stage.channel, "@everyone Who dug the well?"),
        await server.message(stage.anyone(), stage.channel, "Who dug the well?"),
        await server.message(stage.anyone(), stage.channel, "thanks", reply_to=answered),
    ]
    last = await server.message(stage.anyone(), stage.channel, "Who dug the well?", mentions_bot=True)
    await last.reply()
    said = {message.reply_to for message in server.world.history(stage.channel) if message.author == server.bot}
    assert said.isdisjoint(posted.message.id for posted in ignored)


async def test_a_channel_where_the_bot_may_not_write_does_no_harm(stage: Stage) -> None:
    silent = stage.server.add_channel(stage.guild, "silent", bot_permissions=1 << 10)  # may look, may not write
    await stage.server.message(stage.anyone(), silent, "Who dug the well?", mentions_bot=True)
    assert "dug" in (await ask(stage, "Who dug the well?")).text


async def test_the_menu_asks_about_a_message_in_private(stage: Stage) -> None:
    posted = await stage.server.message(stage.anyone(), stage.channel, "I wonder who dug the **well**")
    asked = await stage.server.context_menu(stage.anyone(), posted.message, "Ask the report about this")
    assert (await asked.finished()).ephemeral
    assert asked.text.startswith("### I wonder who dug the well\n")
    assert "people of the village" in asked.text


async def test_the_menu_refuses_a_message_without_text(stage: Stage) -> None:
    posted = await stage.server.message(stage.anyone(), stage.channel, "", files=[Upload("well.png", b"\x89PNG")])
    asked = await stage.server.context_menu(stage.anyone(), posted.message, "Ask the report about this")
    assert (
        await asked.finished()
    ).text == "That message has no text that could be looked up. Choose one with words in it."
    assert asked.ephemeral


async def test_the_menu_refuses_a_text_that_is_too_long_for_a_question(stage: Stage) -> None:
    posted = await stage.server.message(stage.anyone(), stage.channel, "word " * 300)
    asked = await stage.server.context_menu(stage.anyone(), posted.message, "Ask the report about this")
    assert (await asked.finished()).text == "That question has 1499 characters; it may have 300. Ask something shorter."


async def test_a_summary_is_cited_and_in_the_reports_order(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "summary", report="road", length=2)
    await asked.finished()
    assert asked.text.startswith("### Summary\\: Notes on a road\n> The road was closed in June 2024 after heavy rain.")
    assert asked.text.count("\\[road\\:") == 2
    assert not asked.ephemeral


async def test_a_summary_can_keep_to_a_topic(stage: Stage) -> None:
    asked = await stage.server.slash(
        stage.anyone(), stage.channel, "summary", report="well", about="the pump", length=1
    )
    assert (await asked.finished()).text.startswith("### Notes on a well, on\\: the pump\n")


async def test_a_summary_of_one_of_several_reports_needs_its_name(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "summary")
    assert (await asked.finished()).text == "There are several reports. Name one of them\\: well, road."
    assert (asked.ephemeral, asked.deferred) == (True, False)


async def test_a_command_that_discord_still_offers_gets_its_sentence(stage: Stage) -> None:
    stage.server.registry.upsert(None, {"name": "forecast", "description": "From an older version.", "type": 1})
    asked = await (await stage.server.slash(stage.anyone(), stage.channel, "forecast")).finished()
    assert asked.text == "The bot no longer knows this command. Restart Discord, or ask with /ask."
    assert asked.ephemeral


async def test_reports_and_about_are_answered_in_private(stage: Stage) -> None:
    reports = await (await stage.server.slash(stage.anyone(), stage.channel, "reports")).finished()
    assert reports.text.splitlines() == [
        "### 2 reports can be asked",
        "• Notes on a well (well, The village, 1 June 2024, 3 paragraphs) · [source](https://example.org/well)",
        "• Notes on a road (road, 2 paragraphs)",
    ]
    about = await (await stage.server.slash(stage.anyone(), stage.channel, "about")).finished()
    assert "not affiliated with the United Nations" in about.text
    assert "Nothing is stored about the people who ask" in about.text
    assert [(asked.ephemeral, asked.deferred) for asked in (reports, about)] == [(True, True)] * 2


async def test_the_dated_sentences_of_a_report_are_listed_in_order(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "timeline", report="road")
    await asked.finished()
    assert asked.text.startswith("### Dated sentences, in the order of events\\: Notes on a road\n")
    assert "> The road was closed in **June 2024** after heavy rain." in asked.text
    assert not asked.ephemeral


async def test_the_facts_of_a_report_are_listed_in_its_words(stage: Stage) -> None:
    asked = await stage.server.slash(stage.anyone(), stage.channel, "facts", report="well")
    await asked.finished()
    assert asked.text.startswith("### Numbers, names and places\\: Notes on a well\n")
    assert "\\[well\\:1\\@" in asked.text
    assert not asked.ephemeral
