"""Discord's limits on application commands."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.errors import JsonObject, Problems

SLASH, USER, MESSAGE = 1, 2, 3  # Application Commands, Command Types
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5  # Application Commands, Option Type
USER_OPTION, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
OPTION_TYPES = frozenset(range(1, 12))
_NAME = re.compile(r"[-_'\w]{1,32}")  # Application Commands, Naming: letters, numbers, - _ '


def check_commands(commands: Sequence[JsonObject], problems: Problems) -> None:
    """Note everything Discord would refuse in the whole set of commands of one scope."""
    kinds = Counter(command.get("type") or SLASH for command in commands)
    for kind, most in (
        (SLASH, limits.SLASH_COMMANDS),
        (USER, limits.CONTEXT_COMMANDS),
        (MESSAGE, limits.CONTEXT_COMMANDS),
    ):
        problems.within(kinds[kind], most)
    seen: set[tuple[int, object]] = set()
    for position, command in enumerate(commands):
        key = (command.get("type") or SLASH, command.get("name"))
        if key in seen:
            problems.at(position, "name").refuse(
                "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        seen.add(key)
        check_command(command, problems.at(position))


def check_command(command: JsonObject, problems: Problems) -> None:
    """Note everything Discord would refuse in one command."""
    kind = command.get("type") or SLASH
    if not problems.at("type").choice(kind, frozenset({SLASH, USER, MESSAGE})):
        return
    if kind == SLASH:
        _check_named(command, problems)
        _check_options(command.get("options") or [], problems.at("options"), depth=0)
    else:
        if problems.require(command, "name"):
            problems.length(command, "name", limits.COMMAND_NAME, 1)
        if command.get("description"):
            problems.at("description").refuse("APPLICATION_COMMAND_DESCRIPTION_NOT_EMPTY", "Must be empty")
        if command.get("options"):
            problems.at("options").refuse("APPLICATION_COMMAND_OPTIONS_NOT_EMPTY", "Must be empty")
    if _size(command) > limits.COMMAND_TOTAL:
        message = f"Command exceeds maximum size ({limits.COMMAND_TOTAL})"
        problems.refuse("APPLICATION_COMMAND_TOO_LARGE", message)


def _check_named(form: JsonObject, problems: Problems) -> None:
    """Check name and description with their localisations."""
    if problems.require(form, "name"):
        _check_name(form["name"], problems.at("name"))
    if problems.require(form, "description"):
        problems.length(form, "description", limits.COMMAND_DESCRIPTION, 1)
    for locale, name in _localised(form, "name", problems):
        _check_name(name, problems.at("name_localizations", locale))
    for locale, text in _localised(form, "description", problems):
        at = problems.at("description_localizations", locale)
        at.within(len(text), limits.COMMAND_DESCRIPTION, 1)


def _check_name(name: object, problems: Problems) -> None:
    problems.within(len(str(name)), limits.COMMAND_NAME, 1)
    if not _NAME.fullmatch(str(name)) or str(name) != str(name).lower():
        problems.refuse("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localised(form: JsonObject, key: str, problems: Problems) -> Iterator[tuple[str, str]]:
    for locale, text in (form.get(f"{key}_localizations") or {}).items():
        if locale in limits.LOCALES:
            yield locale, text
        else:
            problems.at(f"{key}_localizations", locale).refuse("DICT_TYPE_INVALID_KEY", "Unknown locale")


def _check_options(options: Sequence[JsonObject], problems: Problems, *, depth: int) -> None:
    problems.count(options, limits.COMMAND_OPTIONS)
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        problems.refuse("APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", "Option names must be unique")
    nested = [option.get("type") in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        problems.refuse(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command options and other options cannot be mixed"
        )
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        problems.refuse(
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options",
        )
    for position, option in enumerate(options):
        _check_option(option, problems.at(position), depth)


def _check_option(option: JsonObject, problems: Problems, depth: int) -> None:
    _check_named(option, problems)
    # A command holds groups and subcommands, a group subcommands, a subcommand plain options.
    allowed = {0: OPTION_TYPES, 1: OPTION_TYPES - {GROUP}}.get(depth, OPTION_TYPES - {GROUP, SUBCOMMAND})
    kind = option.get("type")
    if not problems.at("type").choice(kind, allowed):
        return
    if kind in (SUBCOMMAND, GROUP):
        _check_options(option.get("options") or [], problems.at("options"), depth=1 if kind == GROUP else 2)
        return
    for key, least in (("min_length", 0), ("max_length", 1)):
        if option.get(key) is not None and not least <= option[key] <= limits.OPTION_TEXT:
            problems.at(key).refuse("NUMBER_TYPE_MAX", f"Value should be between {least} and {limits.OPTION_TEXT}.")
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        problems.at("autocomplete").refuse(
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Cannot have choices and autocomplete"
        )
    check_choices(choices, problems.at("choices"), str(kind))


def check_choices(choices: Sequence[JsonObject], problems: Problems, kind: str) -> None:
    """Note everything Discord would refuse in an option's fixed choices or in those an autocompletion offers."""
    problems.count(choices, limits.AUTOCOMPLETE_CHOICES)
    for position, choice in enumerate(choices):
        at = problems.at(position)
        if at.require(choice, "name"):
            at.length(choice, "name", limits.CHOICE_NAME, 1)
        if kind == str(STRING) and at.require(choice, "value"):
            at.length(choice, "value", limits.CHOICE_VALUE, 1)


def _size(form: JsonObject) -> int:
    """Characters that count for the total: the longest of each text and its localisations, on all levels."""
    size = sum(_longest(form, key) for key in ("name", "description"))
    for choice in form.get("choices") or ():
        size += _longest(choice, "name") + len(str(choice.get("value", "")))
    return size + sum(_size(option) for option in form.get("options") or ())


def _longest(form: JsonObject, key: str) -> int:
    texts: list[Any] = [form.get(key) or "", *(form.get(f"{key}_localizations") or {}).values()]
    return max(len(str(text)) for text in texts)
