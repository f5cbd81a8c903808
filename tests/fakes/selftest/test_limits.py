"""What Discord refuses with 50035, and what it just lets pass."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from tests.fakes.discord_server import Message
from tests.fakes.discord_server.commands_check import check_commands
from tests.fakes.discord_server.errors import INVALID_FORM, ApiError, Problems
from tests.fakes.discord_server.message import Body, Flag, compose
from tests.fakes.selftest.conftest import Scene

V2 = int(Flag.COMPONENTS_V2)


def button(**changes: object) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": "go"} | changes


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(parts)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def container(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(parts)}


def link(url: str) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "L", "url": url}


def v2(*parts: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"flags": V2, "components": list(parts)} | more


def buttons(count: int) -> list[dict[str, Any]]:
    return [button(custom_id=f"b{number}") for number in range(count)]


def field(name: str = "n", value: str = "v") -> dict[str, Any]:
    return {"name": name, "value": value}


PASSED: list[dict[str, Any]] = [
    {"content": "x" * 2000},
    {"content": "  padded  " + " " * 3000},
    {"embeds": [{"title": "x" * 256, "description": "x" * 4096, "footer": {"text": "x" * 1648}}]},
    {"embeds": [{"fields": [field()] * 25}]},
    {"content": "x", "components": [row(*buttons(5)), row(button(label="y" * 80, custom_id="z" * 100))]},
    {"content": "x", "components": [row(link("https://example.org/"))]},
    v2(text("x" * 4000)),
    v2(container(text("x"), row(*buttons(5)), {"type": 14})),
    v2(*[text("x")] * 40),
    v2({"type": 9, "components": [text("x")], "accessory": button()}),
]

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "content BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"fields": [field()] * 26}]}, "embeds.0.fields BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"fields": [field(name="x" * 257)]}]}, "embeds.0.fields.0.name BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"fields": [field(value="x" * 1025)]}]}, "embeds.0.fields.0.value BASE_TYPE_BAD_LENGTH"),
    ({"embeds": [{"fields": [field(value="")]}]}, "embeds.0.fields.0.value BASE_TYPE_REQUIRED"),
    ({"embeds": [{"title": "t", "footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "t", "author": {"name": "x" * 257}}]}, "embeds.0.author.name BASE_TYPE_MAX_LENGTH"),
    ({"embeds": [{"title": "t", "url": "mailto:x"}]}, "embeds.0.url URL_TYPE_INVALID_SCHEME"),
    ({"embeds": [{}]}, "embeds.0.description BASE_TYPE_REQUIRED"),
    ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds MAX_EMBED_SIZE_EXCEEDED"),
    ({"embeds": [{"title": "t"}] * 11}, "embeds BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "components": [row(*buttons(6))]}, "components.0.components BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "components": [row()]}, "components.0.components BASE_TYPE_BAD_LENGTH"),
    ({"content": "x", "components": [row(b) for b in buttons(6)]}, "components BASE_TYPE_MAX_LENGTH"),
    ({"content": "x", "components": [text("x")]}, "components.0.type BASE_TYPE_CHOICES"),
    (
        {"content": "x", "components": [row(button(label="x" * 81))]},
        "components.0.components.0.label BASE_TYPE_MAX_LENGTH",
    ),
    (
        {"content": "x", "components": [row(button(custom_id="x" * 101))]},
        "components.0.components.0.custom_id BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"content": "x", "components": [row(button(), button())]},
        "components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        {
            "content": "x",
            "components": [row(link("https://e.org/" + "x" * 512))],
        },
        "components.0.components.0.url BASE_TYPE_BAD_LENGTH",
    ),
    (
        {"content": "x", "components": [row(link("javascript:x"))]},
        "components.0.components.0.url URL_TYPE_INVALID_SCHEME",
    ),
    (v2(text("x" * 2000), text("x" * 2001)), "components COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
    (v2(*[text("x")] * 41), "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2(container(*[text("x")] * 40)), "components COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
    (v2(text("x"), content="y"), "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (v2(text("x"), embeds=[{"title": "y"}]), "embeds MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"),
    (
        v2(container(container(text("x")))),
        "components.0.components.0.type BASE_TYPE_CHOICES",
    ),
    (v2({"type": 9, "components": [text("x")]}), "components.0.accessory BASE_TYPE_REQUIRED"),
    ({"content": "x", "nonce": "x" * 26}, "nonce BASE_TYPE_MAX_LENGTH"),
]


def problems(error: ApiError) -> list[str]:
    found: list[str] = []

    def walk(node: dict[str, Any], path: str) -> None:
        for key, below in node.items():
            if key == "_errors":
                found.extend(f"{path} {entry['code']}".strip() for entry in below)
            else:
                walk(below, f"{path}.{key}".strip("."))

    walk(error.errors or {}, "")
    return found


@pytest.mark.parametrize("form", PASSED)
def test_what_is_within_the_limits_passes(form: dict[str, Any]) -> None:
    compose(Body(), form, ())


@pytest.mark.parametrize(("form", "expected"), REFUSED, ids=[expected for _, expected in REFUSED])
def test_what_is_beyond_the_limits_is_refused_by_name(form: dict[str, Any], expected: str) -> None:
    with pytest.raises(ApiError) as caught:
        compose(Body(), form, ())
    assert (caught.value.refusal.status, caught.value.refusal.code) == (400, 50035)
    assert problems(caught.value) == [expected]


def test_an_empty_message_has_an_error_of_its_own() -> None:
    with pytest.raises(ApiError) as caught:
        compose(Body(), {"content": "  \n"}, ())
    assert caught.value.refusal.code == 50006


def test_the_flag_of_components_v2_stays_with_a_message() -> None:
    before = compose(Body(), v2(text("x")), ())
    after = compose(before, {"components": [text("y")], "flags": 0}, ())
    assert after.flags & Flag.COMPONENTS_V2
    with pytest.raises(ApiError):
        compose(before, {"content": "y", "components": [], "flags": 0}, ())


def command(**changes: object) -> dict[str, Any]:
    return {"name": "ask", "description": "Ask"} | changes


def option(**changes: object) -> dict[str, Any]:
    return {"name": "question", "description": "What", "type": 3} | changes


COMMANDS: list[tuple[list[dict[str, Any]], list[str]]] = [
    ([command(options=[option(required=True), option(name="b")])], []),
    ([command(), {"name": "Look up", "type": 3}, command(name="données")], []),
    ([command(name="Ask")], ["0.name APPLICATION_COMMAND_INVALID_NAME"]),
    ([command(description="x" * 101)], ["0.description BASE_TYPE_BAD_LENGTH"]),
    ([command(), command()], ["1.name APPLICATION_COMMANDS_DUPLICATE_NAME"]),
    ([command(name_localizations={"ar": "x"})], ["0.name_localizations.ar DICT_TYPE_INVALID_KEY"]),
    (
        [command(options=[option(), option(name="b", required=True)])],
        ["0.options APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"],
    ),
    ([command(options=[option(name=f"o{n}") for n in range(26)])], ["0.options BASE_TYPE_MAX_LENGTH"]),
    (
        [command(options=[option(choices=[{"name": "x" * 101, "value": "v"}])])],
        ["0.options.0.choices.0.name BASE_TYPE_BAD_LENGTH"],
    ),
    (
        [command(options=[option(name=f"o{n}", choices=[{"name": "x", "value": "v" * 100}] * 20) for n in range(4)])],
        ["0 APPLICATION_COMMAND_TOO_LARGE"],
    ),
    ([{"name": f"M{n}", "type": 3} for n in range(16)], ["BASE_TYPE_MAX_LENGTH"]),
]


@pytest.mark.parametrize(("commands", "expected"), COMMANDS)
def test_commands_keep_to_discords_limits(commands: list[dict[str, Any]], expected: list[str]) -> None:
    gathered = Problems()
    check_commands(commands, gathered)
    assert problems(ApiError(INVALID_FORM, gathered.tree)) == expected


async def test_discord_py_understands_the_refusal(scene: Scene) -> None:
    channel = scene.bot.get_partial_messageable(scene.channel.id)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("x" * 2001)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert caught.value.text == "Invalid Form Body\nIn content: Must be 2000 or fewer in length."


async def test_discord_py_reads_a_layout_back(scene: Scene) -> None:
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("A quote"), discord.ui.Separator()))
    sent = await scene.bot.get_partial_messageable(scene.channel.id).send(view=view)
    kept: Message = scene.server.world.messages[sent.id]
    assert kept.text == "A quote"
    assert [type(component) for component in sent.components] == [discord.Container]


async def test_a_refused_form_leaves_the_interaction_open(scene: Scene) -> None:
    asked = await scene.server.slash(scene.amina, scene.channel, "late")
    send: Callable[..., Any] = discord.Webhook.partial(1, asked.token, client=scene.bot).send
    with pytest.raises(discord.NotFound):
        await send("Nobody's webhook")
    scene.bot.go.set()
    await asked.finished()
    assert asked.text == "Too late?"


async def test_registered_commands_keep_their_ids_and_hide_localisations(scene: Scene) -> None:
    before = scene.server.registry.all()
    await scene.bot.tree.sync()
    assert scene.server.registry.all() == before
    assert [command.id for command in await scene.bot.tree.fetch_commands()] == [int(c["id"]) for c in before]
    scene.bot.tree.remove_command("secret")
    await scene.bot.tree.sync()
    assert "secret" not in {command["name"] for command in scene.server.registry.all()}
