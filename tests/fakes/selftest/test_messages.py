"""Messages that mention the bot, direct messages, threads, and what the bot may not do."""

from io import BytesIO

import discord
import pytest

from tests.fakes.discord_server import DiscordServer, Permission, Upload
from tests.fakes.discord_server.mentions import pings
from tests.fakes.selftest.client import running
from tests.fakes.selftest.conftest import Scene


def text_channel(scene: Scene) -> discord.TextChannel:
    channel = scene.bot.get_channel(scene.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_mention_carries_its_text_and_is_answered_with_a_reply(scene: Scene) -> None:
    posting = await scene.server.message(scene.amina, scene.channel, "hello", mentions_bot=True)
    reply = await posting.reply()
    assert reply.text == f"You said: {scene.server.bot.mention} hello"
    assert (reply.reply_to, reply.pings) == (posting.message.id, frozenset())
    assert posting.typing == 1


async def test_without_the_content_intent_other_messages_come_empty(scene: Scene) -> None:
    await scene.server.message(scene.amina, scene.channel, "nothing to do with the bot")
    assert (await scene.bot.heard.get()).content == ""


async def test_a_reply_to_the_bot_carries_its_text_but_not_one_to_a_slash_answer(scene: Scene) -> None:
    posting = await scene.server.message(scene.amina, scene.channel, "hello", mentions_bot=True)
    said = await posting.reply()
    await scene.server.message(scene.amina, scene.channel, "why?", reply_to=said)
    asked = await (await scene.server.slash(scene.amina, scene.channel, "echo", text="x")).finished()
    await scene.server.message(scene.amina, scene.channel, "and this?", reply_to=asked.message)
    heard = [(await scene.bot.heard.get()).content for _ in range(3)]
    assert heard == [f"{scene.server.bot.mention} hello", "why?", ""]


async def test_a_direct_message_carries_its_text(scene: Scene) -> None:
    posting = await scene.server.direct_message(scene.amina, "just us")
    assert (await posting.reply()).text == "You said: just us"


async def test_a_user_who_takes_no_direct_messages_gets_none(scene: Scene) -> None:
    closed = scene.server.add_user("closed", reachable=False)
    user = await scene.bot.fetch_user(closed.id)
    with pytest.raises(discord.Forbidden) as caught:
        await user.send("Hello")
    assert caught.value.code == 50007


async def test_rights_are_kept_and_threads_have_their_own(server: DiscordServer) -> None:
    guild = server.add_guild("Readers")
    reading = Permission.VIEW_CHANNEL | Permission.READ_MESSAGE_HISTORY
    quiet = server.add_channel(guild, "quiet", bot_permissions=int(reading))
    hidden = server.add_channel(guild, "hidden", bot_permissions=0)
    mute = server.add_thread(quiet, "aside", bot_permissions=int(reading | Permission.SEND_MESSAGES))
    spoken = server.add_thread(quiet, "talk", bot_permissions=int(reading | Permission.SEND_MESSAGES_IN_THREADS))
    async with running(server) as bot:
        codes = []
        for place in (quiet, hidden, mute):
            with pytest.raises(discord.Forbidden) as caught:
                await bot.get_partial_messageable(place.id).send("Hello")
            codes.append(caught.value.code)
        assert codes == [50013, 50001, 50013]
        known = bot.get_channel(quiet.id)
        assert isinstance(known, discord.TextChannel)
        assert not known.permissions_for(known.guild.me).send_messages
        await bot.get_partial_messageable(spoken.id).send("Hello")
    assert [message.text for message in server.world.history(spoken)] == ["Hello"]


async def test_a_nonce_keeps_a_repeated_request_from_saying_things_twice(scene: Scene) -> None:
    channel = text_channel(scene)
    first = await channel.send("Once", nonce="abc")
    second = await channel.send("Once", nonce="abc")
    assert first.id == second.id
    assert len(scene.server.world.history(scene.channel)) == 1


async def test_messages_can_be_edited_read_and_deleted(scene: Scene) -> None:
    message = await text_channel(scene).send("One")
    await message.edit(content="Two")
    assert (await text_channel(scene).fetch_message(message.id)).content == "Two"
    thread = await message.create_thread(name="Talk")
    await thread.send("Inside")
    await message.delete()
    with pytest.raises(discord.NotFound) as caught:
        await text_channel(scene).fetch_message(message.id)
    assert caught.value.code == 10008


async def test_files_go_up_and_come_down_again(scene: Scene) -> None:
    sent = await text_channel(scene).send(file=discord.File(BytesIO(b"a report"), "report.txt"))
    assert await sent.attachments[0].read() == b"a report"
    with pytest.raises(discord.HTTPException) as caught:
        await text_channel(scene).send(file=discord.File(BytesIO(bytes(10 * 1024 * 1024 + 1)), "large.bin"))
    assert (caught.value.status, caught.value.code) == (413, 40005)
    await scene.server.direct_message(scene.amina, "see here", files=[Upload("note.txt", b"note")])
    heard = await scene.bot.heard.get()
    assert await heard.attachments[0].read() == b"note"


async def test_a_bot_learns_of_guilds_it_is_invited_to_and_thrown_out_of(scene: Scene) -> None:
    joined = scene.bot.wait_for("guild_join", timeout=5)
    left = scene.bot.wait_for("guild_remove", timeout=5)
    guild = scene.server.add_guild("New")
    assert (await joined).id == guild.id
    scene.server.remove_guild(guild)
    assert (await left).id == guild.id


def test_pings_follow_allowed_mentions_and_discords_defaults() -> None:
    text = "@everyone @here <@123456789012345678> <@&223456789012345678>"
    user, role = "user:123456789012345678", "role:223456789012345678"

    def found(allowed: dict[str, object] | None, *, by_interaction: bool = False) -> set[str]:
        return set(pings(text, allowed, by_interaction=by_interaction, replied_to=7))

    assert found(None) == {"everyone", "here", user, role, "user:7"}
    assert found(None, by_interaction=True) == {user}
    assert found({"parse": []}) == set()
    assert found({"parse": ["roles"], "users": ["123456789012345678"]}) == {user, role}
