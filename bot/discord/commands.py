"""The commands as Discord offers them, made of the registry; and the messages that are questions.

A command is a signature and one call: what it does stands in ``bot.commands``, how it is served in ``desk``. Nothing is
registered at import.
"""

import inspect
from collections.abc import Callable, Coroutine, Iterable, Iterator
from typing import Any

import discord
from discord import app_commands

from bot.commands.command import AnyCommand, Face, Option, OptionKind, Values, Who
from bot.commands.registry import Registry
from bot.discord.channels import ChannelId
from bot.discord.completion import COMPLETED
from bot.discord.desk import Desk, Interaction
from bot.discord.manners import answer_or_tell, is_addressed
from bot.discord.permissions import actor
from bot.discord.places import place
from bot.discord.registration import Registered
from bot.discord.translation import described, named, said
from bot.saying.templates import Templates

_PLAIN = (discord.MessageType.default, discord.MessageType.reply)
_Callback = Callable[..., Coroutine[Any, Any, None]]


def commands(registry: Registry, templates: Templates, desk: Desk) -> Iterator[Registered]:
    """All commands of a registry, those of a group under it, and the entries in a message's menu."""
    groups: dict[str, app_commands.Group] = {}
    for command in registry.on(Face.DISCORD):
        made = _command(command, templates, desk)
        if command.group is None:
            yield made
        elif command.group in groups:
            groups[command.group].add_command(made)
        else:
            groups[command.group] = group = _group(command, templates)
            group.add_command(made)
    yield from groups.values()
    yield _menu(templates, desk)
    yield _quote_menu(templates, desk)


async def hear(desk: Desk, message: discord.Message, bot: int) -> None:
    """Answer a message that is meant for the bot: a direct one, or one that mentions it in so many words."""
    if message.author.bot or message.webhook_id is not None or message.type not in _PLAIN:
        return
    if is_addressed(message, bot) and desk.is_first(message.id):
        await answer_or_tell(desk, message, bot)


def _command(command: AnyCommand, templates: Templates, desk: Desk) -> app_commands.Command[Any, ..., Any]:
    options = command.options_on(Face.DISCORD)
    made: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name=named(command.verb),
        description=described(templates, command.name),
        callback=_callback(command, options, desk),
    )
    app_commands.describe(**{o.name: described(templates, command.name, o.name) for o in options})(made)
    app_commands.rename(**{o.name: named(o.name, "option") for o in options})(made)
    if command.group is None and command.who is not Who.EVERYONE:
        made.default_permissions, made.allowed_contexts = _managers(), _in_servers()
    for option in options:
        if option.choices:
            made_of = [app_commands.Choice(name=said(templates, f"choice.{one}"), value=one) for one in option.choices]
            app_commands.choices(**{option.name: made_of})(made)
        if option.kind in COMPLETED:
            made.autocomplete(option.name)(_completion(desk, option.kind))
    return made


def _callback(command: AnyCommand, options: Iterable[Option], desk: Desk) -> _Callback:
    """A function with the signature that discord.py reads the options from."""

    async def callback(interaction: Interaction, /, **given: str | int | bool | None) -> None:
        values = Values({name: value for name, value in given.items() if value is not None})
        tasks = desk.asked(interaction).at(place(interaction))
        await desk.serve(interaction, tasks.of(command, values, actor(interaction.user.id)))

    own = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Interaction)
    callback.__signature__ = inspect.Signature([own, *map(_parameter, options)])  # type: ignore[attr-defined]  # what inspect.signature looks at first
    callback.__name__ = command.verb
    return callback


def _parameter(option: Option) -> inspect.Parameter:
    default: object = inspect.Parameter.empty if option.required else None
    annotation: Any
    match option.kind:
        case OptionKind.FLAG:
            annotation, default = bool, False
        case OptionKind.NUMBER:
            annotation = app_commands.Range[int, option.least, option.most]
        case OptionKind.CHANNEL:
            annotation = app_commands.Transform[int, ChannelId]
        case OptionKind.TEXT if option.choices:
            annotation = str
        case OptionKind.TEXT | OptionKind.REPORT | OptionKind.CITATION:
            annotation = app_commands.Range[str, option.least, option.most]
    if default is None:
        annotation = annotation | None
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(option.name, kind, default=default, annotation=annotation)


def _completion(
    desk: Desk, kind: OptionKind
) -> Callable[[Interaction, str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return desk.offered(interaction, kind, typed)

    return complete


def _group(first: AnyCommand, templates: Templates) -> app_commands.Group:
    """The group of ``first`` and of those that are to follow; who may use them is the same for all."""
    name = first.group or ""
    if first.who is Who.EVERYONE:
        return app_commands.Group(name=named(name), description=described(templates, name))
    return app_commands.Group(
        name=named(name),
        description=described(templates, name),
        default_permissions=_managers(),
        allowed_contexts=_in_servers(),
    )


def _managers() -> discord.Permissions:
    """A default that a server's admins can change: the desk asks again."""
    return discord.Permissions(manage_guild=True)


def _in_servers() -> app_commands.AppCommandContext:
    return app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)


def _menu(templates: Templates, desk: Desk) -> app_commands.ContextMenu:
    async def ask_about(interaction: Interaction, message: discord.Message) -> None:
        await desk.serve(interaction, desk.asked(interaction).ask_about(message.content), via="menu")

    return app_commands.ContextMenu(name=said(templates, "discord.ask_about"), callback=ask_about)


def _quote_menu(templates: Templates, desk: Desk) -> app_commands.ContextMenu:
    async def check_quotes(interaction: Interaction, message: discord.Message) -> None:
        await desk.serve(interaction, desk.asked(interaction).check_quotes(message.content), via="menu")

    return app_commands.ContextMenu(name=said(templates, "discord.check_quotes"), callback=check_quotes)
