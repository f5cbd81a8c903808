"""What makes each made part of the documents, under the name that stands there; and ``.env.example``."""

import argparse
import ast
import asyncio
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.commands.command import DISCORD, AnyCommand, Face, Who
from bot.commands.registry import Registry
from bot.saying.templates import load
from bot.settings import documented
from bot.terminal.arguments import CORPUS_ACTIONS, PROGRAM, add_arguments, names
from bot.terminal.help import Help
from tests.architecture.sources import CHECKOUT, ROOMS
from tests.tools.docs.log_line import log_line

_FOR = {Who.MODERATORS: " For moderators.", Who.MANAGERS: " For whoever manages the server."}
_PLACES = {"check": " [DIR|FILE …]", "equivalent": " [WORD MEANS]"}  # what stands after an action of `corpus`
_EVERYWHERE = {"--help", "--reports", "--language"}  # told once for all commands


def settings() -> str:
    """Every setting with its default and what it is for."""
    rows = ((f"`{s.name}`", f"`{s.default}`" if s.default else "", load()(f"setting.{s.name}")) for s in documented())
    return _table(("setting", "default", "what it is for"), rows)


def env_example() -> str:
    """Every setting as a line of ``.env`` that is commented out, with its default."""
    head = "Settings of Rapporteur: copy this to .env, take the # off where you set something, and chmod 600 .env."
    parts = [f"# {head}\n# Made by python -m tests.tools.docs; docs/settings.md says more.\n"]
    for setting in documented():
        told = textwrap.wrap(load()(f"setting.{setting.name}"), 110, initial_indent="# ", subsequent_indent="# ")
        parts.append("\n".join((*told, f"#{setting.name}={setting.default}\n")))
    return "\n".join(parts)


def terminal_commands() -> str:
    """The commands of the command line, those of ``corpus`` each by itself, with their options."""
    words, registry = load("en", "terminal"), Registry()
    rows: list[tuple[str, ...]] = []
    for name in names(registry):
        told, actions = Help(name, registry, words), _actions(name, registry)
        options = list(_options(told, actions))
        typed = " ".join((PROGRAM, name, *_placed(actions)))
        if name != "corpus":
            rows.append((f"`{typed}`", told.summary, "<br>".join(options)))
            continue
        for action in CORPUS_ACTIONS:
            own = f"with {action}: "
            mine = [o.replace(own, "") for o in options if own in o or ": with " not in o]
            places = _PLACES.get(action, "")
            rows.append((f"`{PROGRAM} {name} {action}{places}`", _sentence(told.action(action)), "<br>".join(mine)))
    return _table(("command", "what it does", "options"), rows)


def discord_commands() -> str:
    """The commands on Discord with their options, a question mark after what may be left out."""
    templates = load()
    rows = []
    for command in Registry().on(Face.DISCORD):
        options = (f"{o.name}" if o.required else f"{o.name}?" for o in command.options_on(Face.DISCORD))
        moderators = _FOR.get(command.who, "")
        rows.append(
            (
                f"`{' '.join((f'/{command.name}', *options))}`",
                templates.command(command.name) + moderators,
                _seen(command),
            )
        )
    rows.insert(
        1,
        (
            f"*{templates('discord.ask_about')}*",
            "In the menu of a message: takes the message as the question.",
            "only you",
        ),
    )
    return _table(("command", "what it does", "who sees the answer"), rows)


def exit_codes() -> str:
    """The exit codes as the help of the command line tells them."""
    return f"```text\n{load()('manual.exit_codes')}\n```"


def request_log() -> str:
    """The log line of one question to a bot on a Discord of our own."""
    return f"```text\n{asyncio.run(log_line())}\n```"


def packages() -> str:
    """Every package with its charter: the first paragraph of its docstring."""
    found = sorted(file for room in ROOMS for file in (CHECKOUT / room).rglob("__init__.py"))
    rows = []
    for file in found:
        charter = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n\n")[0]
        rows.append(
            (f"`{file.parent.relative_to(CHECKOUT).as_posix()}/`", " ".join(charter.split()).replace("``", "`"))
        )
    return _table(("package", "its charter"), rows)


def contracts() -> str:
    """The import rules, by what they are called in pyproject.toml."""
    told = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return "\n".join(f"- {contract['name']}." for contract in told)


def _placed(actions: Iterable[argparse.Action]) -> Iterator[str]:
    for action in actions:
        if not action.option_strings:
            name = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
            optional = action.dest == "report"  # a summary needs none where there is only one
            yield f"[{name}]" if optional else name


def _options(told: Help, actions: Iterable[argparse.Action]) -> Iterator[str]:
    for action in actions:
        if action.option_strings and action.option_strings[-1] not in _EVERYWHERE:
            value = f" {action.metavar}" if action.metavar else ""
            yield f"`{action.option_strings[-1]}{value}`: {told.argument(action)}"


def _actions(name: str, registry: Registry) -> list[argparse.Action]:
    parser = argparse.ArgumentParser()
    add_arguments(parser, name, registry)
    return parser._actions


def _seen(command: AnyCommand) -> str:
    if command.is_private:
        return "only you"
    private = any(option.name == "private" and option.faces == DISCORD for option in command.options)
    return "everyone, or only you if *private*" if private else "everyone"


def _sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}."


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", r"\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


MAKERS: Mapping[str, Callable[[], str]] = {
    "contracts": contracts,
    "discord-commands": discord_commands,
    "exit-codes": exit_codes,
    "log-line": request_log,
    "packages": packages,
    "settings": settings,
    "terminal-commands": terminal_commands,
}
