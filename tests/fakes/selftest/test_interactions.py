"""Commands, components and the rules of answering them."""

import discord
import pytest

from tests.fakes.discord_server import Callback, Misuse, Upload
from tests.fakes.selftest.conftest import Scene


async def test_a_slash_command_is_answered(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "echo", text="Bonjour")
    await asked.finished()
    assert asked.message is not None
    assert (asked.text, asked.ephemeral, asked.deferred) == ("Bonjour", False, False)
    assert [button["custom_id"] for button in asked.message.buttons] == ["page:2"]
    assert asked.message.pings == frozenset()


async def test_a_public_deferral_makes_even_a_private_answer_public_but_not_the_followup(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "slow")
    await asked.acknowledged()
    assert asked.message is not None
    assert asked.message.loading
    assert not asked.done
    scene.bot.go.set()
    await asked.followed_up()
    assert asked.acknowledgement is not None
    assert asked.acknowledgement.callback is Callback.DEFER
    assert (asked.text, asked.message.loading, asked.ephemeral) == ("Done.", False, False)
    assert [(message.text, message.ephemeral) for message in asked.followups] == [("And another thing.", True)]


async def test_the_deferral_alone_decides_that_an_answer_is_private(scene: Scene) -> None:
    scene.bot.go.set()
    asked = await scene.server.slash(scene.amina, scene.channel, "slow", private=True)
    await asked.followed_up()
    assert asked.ephemeral
    assert asked.message is not None
    assert asked.message.ephemeral
    assert not asked.followups[0].ephemeral
    assert scene.server.world.history(scene.channel) == [asked.followups[0]]


async def test_a_private_answer_is_private(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "secret")
    await asked.finished()
    assert asked.ephemeral


async def test_after_three_seconds_an_interaction_is_unknown(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "late")
    scene.server.clock.advance(3.1)
    scene.bot.go.set()
    await asked.refused()
    error = await scene.bot.errors.get()
    assert isinstance(error, discord.NotFound)
    assert (error.status, error.code) == (404, 10062)
    assert asked.acknowledgement is None


async def test_an_interaction_that_comes_twice_can_be_answered_once(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "secret")
    await asked.finished()
    await scene.server.again(asked)
    await asked.refused()
    error = await scene.bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (400, 40060)


async def test_after_fifteen_minutes_the_token_is_dead(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "slow")
    await asked.acknowledged()
    scene.server.clock.advance(15 * 60 + 1)
    scene.bot.go.set()
    error = await scene.bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (401, 50027)


async def test_nothing_can_follow_before_there_is_an_answer(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "late")
    webhook = discord.Webhook.partial(scene.server.world.application, asked.token, client=scene.bot)
    with pytest.raises(discord.NotFound) as caught:
        await webhook.send("Early.")
    assert caught.value.code == 10015
    scene.bot.go.set()
    await asked.finished()


async def test_autocompletion_offers_choices(scene: Scene) -> None:
    typing = await scene.server.autocomplete(scene.amina, scene.channel, "pick", "report", "mali")
    await typing.finished()
    assert typing.choices == ({"name": "Report mali", "value": "mali"},)


async def test_a_context_menu_gets_the_text_of_its_message(scene: Scene) -> None:
    posting = await scene.server.message(scene.amina, scene.channel, "one two three")
    asked = await scene.server.context_menu(scene.amina, posting.message, "Count words")
    await asked.finished()
    assert asked.text == "3 words"


async def test_a_button_changes_its_message(scene: Scene) -> None:
    asked = await (await scene.server.slash(scene.amina, scene.channel, "echo", text="Page one.")).finished()
    assert asked.message is not None
    pressed = await (await scene.server.button(scene.amina, asked.message, "page:2")).finished()
    assert (asked.text, asked.message.buttons) == ("Page two.", ())
    assert pressed.message == asked.message


async def test_a_menu_is_acknowledged_before_its_message_changes(scene: Scene) -> None:
    asked = await (await scene.server.slash(scene.amina, scene.channel, "menu")).finished()
    menu = asked.message
    assert menu is not None
    with pytest.raises(Misuse, match="not among the values offered"):
        await scene.server.select(scene.amina, menu, "colour", ["Green"])
    chosen = await (await scene.server.select(scene.amina, menu, "colour", ["Blue"])).finished()
    assert (chosen.deferred, chosen.text, asked.text) == (True, "You chose Blue.", "You chose Blue.")
    scene.bot.go.set()
    await asked.until(lambda this: this.deleted)
    with pytest.raises(Misuse, match="deleted"):
        await scene.server.select(scene.amina, menu, "colour", ["Red"])


async def test_a_form_comes_back_filled_in(scene: Scene) -> None:
    asked = await (await scene.server.slash(scene.amina, scene.channel, "form")).finished()
    with pytest.raises(Misuse, match="has the fields"):
        await scene.server.submit(asked, {"age": "7"})
    sent = await (await scene.server.submit(asked, {"name": "Amina"})).finished()
    assert (sent.text, sent.ephemeral) == ("Hello Amina", True)


async def test_a_followup_to_a_deferral_is_the_answer_and_as_public_as_the_deferral(scene: Scene) -> None:
    file = Upload("note.txt", b"a note")
    asked = await scene.server.slash(scene.amina, scene.channel, "read", file=file, by=scene.amina)
    await asked.finished()
    assert (asked.text, asked.ephemeral, asked.followups) == ("amina: a note", False, ())


async def test_a_private_answer_is_for_one_person(scene: Scene) -> None:
    asked = await (await scene.server.slash(scene.amina, scene.channel, "secret")).finished()
    other = scene.server.add_user("other")
    assert asked.message is not None
    with pytest.raises(Misuse, match="no component 'page:2'"):
        await scene.server.button(other, asked.message, "page:2")
    assert asked.message.id not in {message.id for message in scene.server.world.history(scene.channel)}


async def test_commands_work_in_direct_messages_and_carry_locale_and_permissions(scene: Scene) -> None:
    channel = scene.server.direct_channel(scene.amina)
    direct = await (await scene.server.slash(scene.amina, channel, "echo", text="Salut")).finished()
    assert direct.text == "Salut"
    rights = discord.Permissions(manage_guild=True).value
    call = await scene.server.slash(scene.amina, scene.channel, "corpus refresh", permissions=rights, locale="fr")
    await call.finished()
    assert call.text == "True, fr"


async def test_a_command_opened_by_an_admin_reaches_everyone(scene: Scene) -> None:
    scene.server.open_command("corpus")
    call = await scene.server.slash(scene.amina, scene.channel, "corpus refresh")
    await call.finished()
    assert call.text == "False, en-US"


@pytest.mark.parametrize(
    ("command", "options", "reason"),
    [
        ("missing", {}, "has not registered 'missing'"),
        ("echo", {}, "the option 'text' is required"),
        ("echo", {"text": "x" * 21}, "21 characters, but 1 to 20 are allowed"),
        ("echo", {"text": "x", "more": "y"}, "has no option 'more'"),
        ("echo", {"text": 3}, "is not of the option's type"),
        ("corpus", {}, "may not use 'corpus'"),
        ("corpus remove", {}, "may not use 'corpus'"),
    ],
)
async def test_what_the_client_would_not_send_is_the_tests_mistake(
    scene: Scene, command: str, options: dict[str, str], reason: str
) -> None:
    with pytest.raises(Misuse, match=reason):
        await scene.server.slash(scene.amina, scene.channel, command, **options)  # type: ignore[arg-type]  # as meant
