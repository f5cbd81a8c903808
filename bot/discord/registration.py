"""Which commands Discord should offer, and whether it does already: they are sent only where they differ.

Sending them at every start would spend the 200 command creations of a day and run into rate limits.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.logs import event

Registered = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu
Payload = Mapping[str, Any]

# Fields we can set, with what Discord takes them for where they are missing: Application Commands, Structure. It
# returns more (id, version, dm_permission …) and leaves out or fills in some of these.
_COMMAND_DEFAULTS: dict[str, Any] = {
    "type": 1,
    "name": None,
    "description": "",
    "default_member_permissions": None,
    "nsfw": False,
    "contexts": None,
    "integration_types": None,
}
_OPTION_DEFAULTS: dict[str, Any] = {
    "type": None,
    "name": None,
    "description": "",
    "required": False,
    "autocomplete": False,
    "choices": [],
    "channel_types": [],
    "min_value": None,
    "max_value": None,
    "min_length": None,
    "max_length": None,
}
_LOCALISATIONS = ("name_localizations", "description_localizations")


async def synchronise(client: discord.Client, tree: app_commands.CommandTree[Any]) -> None:
    """Send the commands of ``tree`` where Discord has others. Raises what discord.py raises."""
    # Internals of discord.py: fetch_commands() makes objects of what comes, which leave out fields that are compared
    # here; a Route fills its path in, and http.request() gives the JSON back as it is.
    route = discord.http.Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    offered = await client.http.request(route, params={"with_localizations": "true"})
    wanted = [await _payload(command, tree) for command in tree.get_commands()]
    wanted += [await _payload(menu, tree) for menu in tree.get_commands(type=discord.AppCommandType.message)]
    is_same = same(wanted, offered)
    if not is_same:
        await tree.sync()
    event("commands", registered=len(wanted), sent=not is_same)


def same(wanted: Sequence[Payload], offered: Sequence[Payload]) -> bool:
    """Whether two lists of commands mean the same, in any order, whatever is left out or filled in."""
    return _by_name(wanted) == _by_name(offered)


async def _payload(command: Registered, tree: app_commands.CommandTree[Any]) -> Payload:
    # Internals of discord.py: these are the objects that tree.sync() sends.
    translator = tree.translator
    return await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)


def _by_name(commands: Sequence[Payload]) -> dict[tuple[int, str], Payload]:
    plain = [_command(command) for command in commands]
    return {(command["type"], command["name"]): command for command in plain}


def _command(payload: Payload) -> dict[str, Any]:
    command = _filled(payload, _COMMAND_DEFAULTS)
    permissions = command["default_member_permissions"]
    command["default_member_permissions"] = None if permissions is None else str(permissions)  # a number on the way out
    for key in ("contexts", "integration_types"):
        command[key] = None if command[key] is None else sorted(command[key])
    command["options"] = [_option(option) for option in payload.get("options") or ()]
    return command


def _option(payload: Payload) -> dict[str, Any]:
    option = _filled(payload, _OPTION_DEFAULTS)
    option["choices"] = [_filled(choice, {"name": None, "value": None}) for choice in option["choices"]]
    option["options"] = [_option(nested) for nested in payload.get("options") or ()]
    return option


def _filled(payload: Payload, defaults: Mapping[str, Any]) -> dict[str, Any]:
    filled = {key: default if payload.get(key) is None else payload[key] for key, default in defaults.items()}
    return filled | {key: dict(payload.get(key) or {}) for key in _LOCALISATIONS}
