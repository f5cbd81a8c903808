"""`/settings`: who sees answers in which channel, set by those who manage the server, known at once, and lasting."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from corpus.community.values import REST, Audience
from corpus.store.store import Store
from tests.bot.discord.conftest import Stage, assert_clean, set_up
from tests.databases import POSTGRES, SQLITE, empty
from tests.fakes.discord_server import Channel, Interaction, Message, Misuse, User
from tests.fakes.discord_server.message import Body
from tests.fakes.discord_server.waiting import WITHIN
from tests.rights import ordinary

pytestmark = pytest.mark.asyncio(loop_scope="module")

HUSHED = "Answers are private here\\: ask with /ask, and only you will see what comes."
DENIED = "Only members who may manage this server (permission Manage Server) can do that."
PUBLIC = "In this server, everybody who reads a channel sees the answers there."
PRIVATE = "In this server, only whoever asks sees an answer."
ADVICE = (
    "Whoever got an answer can still share it. A message that mentions the bot there is not answered, but told to use "
    "/ask."
)
LOCALE = "en-US"
WELL = "Who dug the well?"


def plain(text: str) -> str:
    return text.replace("\\", "")


async def settings(stage: Stage, who: User | None = None, at: Channel | None = None, **given: str | Channel) -> str:
    """What the command says, which nobody else sees."""
    place = at or stage.channel
    asked = await stage.server.slash(
        who or stage.moderator, place, "settings", locale=LOCALE, permissions=None, **given
    )
    said = await asked.finished()
    assert said.ephemeral
    return plain(said.text)


async def ask(stage: Stage, channel: Channel, **given: bool) -> Interaction:
    reader = stage.anyone()
    asked = await stage.server.slash(reader, channel, "ask", locale=LOCALE, permissions=None, question=WELL, **given)
    return await asked.finished()


async def is_private(stage: Stage, channel: Channel) -> bool:
    asked = await ask(stage, channel)
    assert "people of the village" in asked.text
    return asked.ephemeral


def labels(message: Message | None) -> list[str]:
    assert message is not None
    return [button["label"] for button in message.buttons]


@pytest_asyncio.fixture(loop_scope="module")
async def channel(stage: Stage) -> AsyncIterator[Channel]:
    """A channel of a server that has set nothing before or after."""
    made = stage.server.add_channel(stage.guild, f"room-{stage.people}")
    yield made
    await settings(stage, answers="as_server", channel=made)
    await settings(stage, answers="public")


async def test_where_nothing_is_set_answers_are_public(stage: Stage, channel: Channel) -> None:
    assert await settings(stage) == f"### Who sees answers\n{PUBLIC}"
    assert not await is_private(stage, channel)


async def test_in_a_private_channel_and_its_threads_every_answer_is_private(stage: Stage, channel: Channel) -> None:
    said = await settings(stage, answers="private", channel=channel)
    assert said == f"In #{channel.name} and its threads, only whoever asks sees an answer.\n{ADVICE}"
    thread = stage.server.add_thread(channel, "thread")
    for place in (channel, thread):
        asked = await ask(stage, place)
        assert (asked.ephemeral, asked.deferred) == (True, True)
        assert "people of the village" in asked.text
        assert labels(asked.message)[-1] == "Share"
        for sent in (
            await stage.server.slash(stage.anyone(), place, "reports"),
            await stage.server.slash(stage.anyone(), place, "summary", report="well"),
            await stage.server.slash(stage.anyone(), place, "quote", text="The well is nine metres deep."),
        ):
            assert (await sent.finished()).ephemeral
    assert not await is_private(stage, stage.channel)
    assert await settings(stage) == (
        f"### Who sees answers\n{PUBLIC}\n• #{channel.name} and its threads: only whoever asks"
    )
    assert await settings(stage, channel=channel) == (
        f"In #{channel.name} and its threads, only whoever asks sees an answer."
    )


async def test_an_answer_in_a_private_channel_is_shared_by_whoever_got_it(stage: Stage, channel: Channel) -> None:
    await settings(stage, answers="private", channel=channel)
    reader = stage.anyone()
    asked = await (await stage.server.slash(reader, channel, "ask", question=WELL)).finished()
    assert asked.message is not None
    pressed = await stage.server.button(reader, asked.message, "share")
    (posted,) = (await pressed.followed_up()).followups
    assert not posted.ephemeral
    why = next(button["custom_id"] for button in posted.buttons if button["label"] == "Why this?")
    assert (await (await stage.server.button(stage.anyone(), posted, why)).finished()).ephemeral


async def test_a_channel_may_be_public_in_a_private_server(stage: Stage, channel: Channel) -> None:
    assert await settings(stage, answers="private") == f"{PRIVATE}\n{ADVICE}"
    assert await is_private(stage, channel)
    assert await is_private(stage, stage.server.add_thread(channel, "one"))
    said = await settings(stage, answers="public", channel=channel)
    assert said == f"In #{channel.name} and its threads, everybody sees answers."
    assert not await is_private(stage, channel)
    assert not await is_private(stage, stage.server.add_thread(channel, "another"))
    assert await is_private(stage, stage.channel)
    said = await settings(stage, answers="as_server", channel=channel)
    assert said.startswith(f"For #{channel.name} nothing of its own is set: as in the rest of the server, only whoever")
    assert await is_private(stage, channel)


async def test_a_mention_in_a_private_channel_gets_one_line_now_and_then(stage: Stage, channel: Channel) -> None:
    await settings(stage, answers="private", channel=channel)
    writer = stage.anyone()
    thread = stage.server.add_thread(channel, "talk")
    for place in (channel, thread):
        posted = await stage.server.message(stage.anyone(), place, WELL, mentions_bot=True)
        reply = await posted.reply()
        assert reply.text == HUSHED
        assert reply.pings == frozenset()
    first = await stage.server.message(writer, channel, "", mentions_bot=True)
    assert (await first.reply()).text == HUSHED
    second = await stage.server.message(writer, channel, WELL, mentions_bot=True)
    assert stage.bot
    await stage.bot.until_printed("event=request task=hushed via=message outcome=untold")
    said = [message.text for message in stage.server.world.history(channel) if message.reply_to == second.message.id]
    assert said == []


async def test_an_answer_goes_where_its_question_is_edited_after_the_channel_became_private(
    stage: Stage, channel: Channel
) -> None:
    posted = await stage.server.message(stage.anyone(), channel, WELL, mentions_bot=True)
    reply = await posted.reply()
    assert "people of the village" in reply.text
    await settings(stage, answers="private", channel=channel)
    stage.server.world.edit(posted.message, Body(f"{stage.server.bot.mention} How deep is the well?"))
    world = stage.server.world
    await world.changed.until(lambda: world.messages[reply.id].text == HUSHED, WITHIN, lambda: "it stays")


async def test_a_direct_message_is_answered_whatever_a_server_has_set(stage: Stage, channel: Channel) -> None:
    await settings(stage, answers="private")
    posted = await stage.server.direct_message(stage.anyone(), WELL)
    assert "people of the village" in (await posted.reply()).text
    assert channel.guild == stage.guild


async def test_what_is_pressed_under_a_public_message_is_as_it_was(stage: Stage, channel: Channel) -> None:
    asked = await ask(stage, channel)
    await settings(stage, answers="private", channel=channel)
    assert asked.message is not None
    about = next(button["custom_id"] for button in asked.message.buttons if button["label"] == "Ask about this")
    opened = await stage.server.button(stage.anyone(), asked.message, about)
    await opened.until(lambda this: this.modal is not None)
    assert "Share" not in labels(stage.server.world.messages[asked.message.id])


async def test_as_the_server_needs_a_channel(stage: Stage) -> None:
    assert await settings(stage, answers="as_server") == (
        "A channel can be as the server is, and none was named. Choose one, or choose public or private for the server."
    )


async def test_who_does_not_manage_the_server_is_refused(stage: Stage, channel: Channel) -> None:
    """Discord's default permissions are a default; the bot asks again, also those who manage another server."""
    with pytest.raises(Misuse):
        await settings(stage, stage.anyone())
    with pytest.raises(Misuse):
        await stage.server.slash(stage.moderator, stage.server.direct_channel(stage.moderator), "settings")
    stage.server.open_command("settings")
    elsewhere = stage.server.add_guild("Elsewhere")
    there = stage.server.add_channel(elsewhere, "general")
    try:
        assert await settings(stage, stage.anyone(), answers="private") == DENIED
        assert await settings(stage, elsewhere.owner, answers="private") == DENIED
        assert await settings(stage, stage.moderator, there, answers="private") == DENIED
        assert await settings(stage, stage.server.world.owner, answers="private") == DENIED
        assert not await is_private(stage, channel)
        # Of two servers that share one bot, each sets its own.
        assert await settings(stage, elsewhere.owner, there, answers="private") == f"{PRIVATE}\n{ADVICE}"
        assert await is_private(stage, there)
        assert not await is_private(stage, channel)
    finally:
        stage.server.opened.clear()
        stage.server.remove_guild(elsewhere)


async def kept(stage: Stage, expected: dict[int, dict[int, Audience]]) -> None:
    """Wait until the database holds just that."""
    with Store.at(stage.data, readonly=True) as store:
        for _ in range(500):
            if store.preferences.audiences() == expected:
                return
            await asyncio.sleep(0.02)
        assert store.preferences.audiences() == expected


async def test_what_is_set_outlives_a_restart_and_goes_with_the_server(empty_stage: Stage) -> None:
    stage = empty_stage
    elsewhere = stage.server.add_guild("Elsewhere")
    there = stage.server.add_channel(elsewhere, "general")
    gone = stage.server.add_channel(stage.guild, "gone")
    async with stage.process() as bot:
        await settings(stage, answers="private", channel=stage.channel)
        await settings(stage, answers="private", channel=gone)
        await settings(stage, elsewhere.owner, there, answers="private")
        assert await bot.stop() == 0
    del stage.server.world.channels[gone.id]
    async with stage.process() as bot:
        assert await is_private(stage, stage.channel)
        assert await is_private(stage, there)
        assert (await settings(stage)).endswith(
            f"\n• #{stage.channel.name} and its threads: only whoever asks"
            "\n• (deleted channel) and its threads: only whoever asks"
        )
        stage.server.remove_guild(elsewhere)
        await kept(stage, {stage.guild.id: dict.fromkeys((stage.channel.id, gone.id), Audience.PRIVATE)})
        assert await bot.stop() == 0
    assert_clean(bot)


async def test_a_role_that_moderates_the_home_server_may_set_it_there_alone(empty_stage: Stage) -> None:
    stage = empty_stage
    elsewhere = stage.server.add_guild("Elsewhere")
    there = stage.server.add_channel(elsewhere, "general")
    archivist = stage.anyone()
    stage.server.give_roles(stage.guild, archivist, stage.archivist)
    stage.server.give_roles(elsewhere, archivist, stage.server.add_role(elsewhere, "Archivist"))
    stage.server.open_command("settings")
    rules = {"RAPPORTEUR_HOME_GUILD": str(stage.guild.id), "RAPPORTEUR_MODERATOR_ROLE": "archivist"}
    async with stage.process(**rules) as bot:
        assert await settings(stage, archivist, answers="private") == f"{PRIVATE}\n{ADVICE}"
        assert (await settings(stage, stage.moderator, answers="public")).startswith(PUBLIC)
        assert await settings(stage, archivist, there, answers="private") == DENIED
        assert await bot.stop() == 0
    assert_clean(bot)


@pytest.mark.parametrize("kind", [SQLITE, POSTGRES])
async def test_another_process_on_the_same_database_sets_it_too(empty_stage: Stage, kind: str, tmp_path: Path) -> None:
    """A second bot follows what a first one has set, within seconds and without a restart."""
    stage = empty_stage
    with empty(kind, tmp_path / "shared") as place:
        async with stage.process(DATABASE_URL=place.url) as bot:
            assert not await is_private(stage, stage.channel)
            with place.open() as other:
                other.preferences.set_audience(stage.guild.id, REST, Audience.PRIVATE)
            for _ in range(100):
                if await is_private(stage, stage.channel):
                    break
                await asyncio.sleep(0.1)
            else:
                pytest.fail(bot.output)
            assert await bot.stop() == 0
        assert_clean(bot)


async def test_where_it_cannot_be_kept_nothing_changes_and_one_sentence_says_so(empty_stage: Stage) -> None:
    stage = empty_stage
    async with stage.process() as bot:
        assert await bot.stop() == 0
    for file in stage.data.iterdir():
        file.chmod(0o400)
    stage.data.chmod(0o500)
    process = stage.process()
    process.argv = ordinary(*process.argv)
    try:
        async with process as bot:
            assert await settings(stage, answers="private") == (
                "Nothing was changed, because the database cannot be written at this moment. The bot's log says why."
            )
            assert not await is_private(stage, stage.channel)
            await bot.until_printed("event=problem task=settings problem=")
            assert await bot.stop() == 0
    finally:
        stage.data.chmod(0o700)


async def test_where_it_cannot_be_read_answers_are_public_and_the_log_says_so(empty_stage: Stage) -> None:
    stage = empty_stage
    (stage.data / "rapporteur.db").write_bytes(b"this is no database" * 100)
    async with stage.process() as bot:
        assert not await is_private(stage, stage.channel)
        assert "event=preferences problem=" in bot.output
        assert await bot.stop() == 0


async def test_a_french_moderator_reads_french(tmp_path: Path) -> None:
    async with set_up(tmp_path, locale="fr") as stage, stage.process() as bot:
        asked = await stage.server.slash(
            stage.moderator, stage.channel, "settings", answers="private", channel=stage.channel, locale="fr"
        )
        said = plain((await asked.finished()).text)
        assert said.startswith("Dans #general et ses fils, une réponse n'est visible que de la personne")
        posted = await stage.server.message(stage.anyone(), stage.channel, WELL, mentions_bot=True)
        assert (await posted.reply()).text.startswith("Les réponses sont privées ici")
        command = next(one for one in stage.server.registry.all() if one["name"] == "settings")
        assert command["name_localizations"]["fr"] == "réglages"
        choices = command["options"][0]["choices"]
        assert [choice["name_localizations"]["fr"] for choice in choices] == [
            "publiques",
            "privées",
            "comme sur le reste du serveur",
        ]
        assert command["options"][1]["channel_types"] == [0, 5, 15, 16, 2, 13]
        assert await bot.stop() == 0
    assert_clean(bot)
