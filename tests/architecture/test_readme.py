"""README tells the truth: settings and commands stand in tables, files and links exist, and its commands are run."""

import argparse
import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from discord import app_commands

from bot.commands.registry import Registry
from bot.discord.commands import commands
from bot.discord.desk import Desk
from bot.saying.records import answer_record
from bot.saying.templates import load
from bot.service.service import Service
from bot.settings import documented
from bot.terminal.arguments import names, usage
from retrieval.lexicon_file import read
from retrieval.query import Query
from tests.architecture.markdown import Markdown
from tests.architecture.sources import CHECKOUT

REGISTRY = Registry()
README = Markdown((CHECKOUT / "README.md").read_text("utf-8"))
_OUR_PATH = re.compile(r"(?:bot|corpus|retrieval|tests|\.ci)/[\w./-]*")
_OUR_FILE = re.compile(r"[A-Z][\w-]*(?:\.md)?|\.dockerignore|pyproject\.toml|requirements[\w-]*\.lock")
_MODULE = re.compile(r"python3? -m ((?:bot|corpus|retrieval|tests)(?:\.\w+)*)")


def rows(word: str) -> list[list[str]]:
    """The rows of every table that has a word in one of its first cells."""
    return [row for table in README.tables() if any(word in row[0] for row in table) for row in table]


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    """A row is ``| `NAME` | `default` | …``; without a default the second cell is empty."""
    described = {row[0].strip("`"): row[1].strip("`") for row in rows("`DISCORD_TOKEN`")}
    expected = [f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.description} |" for s in documented()]
    assert described == {setting.name: setting.default for setting in documented()}, "\n".join(["", *expected])


def test_every_command_of_the_command_line_stands_in_the_table() -> None:
    """A row's first cell begins with the command: `rapporteur corpus refresh`, `rapporteur ask QUESTION`."""
    described = [
        found[1] for row in rows("`rapporteur ask") if (found := re.match(r"`rapporteur ([a-z ]*[a-z])", row[0]))
    ]
    expected = [f"{command} {action}".strip() for command in names(REGISTRY) for action in actions(command)]
    assert sorted(described) == sorted(expected)


def test_every_command_on_discord_stands_in_the_table() -> None:
    """A row's first cell is the command with its options, a question mark after what may be left out."""
    expected = [f"`{signature}`" if signature.startswith("/") else f"*{signature}*" for signature in signatures()]
    assert sorted(row[0] for row in rows("`/ask ")) == sorted(expected)


def test_every_link_leads_somewhere() -> None:
    links = {link.partition("#")[::2] for link in README.links() if ":" not in link}
    assert [file for file, _ in sorted(links) if not (CHECKOUT / file).exists()] == []
    assert [anchor for file, anchor in sorted(links) if not file and anchor not in README.anchors()] == []


def test_every_file_that_is_named_exists() -> None:
    spans = {span for span in README.spans() if _OUR_PATH.fullmatch(span)}
    spans |= {span for span in README.spans() if _OUR_FILE.fullmatch(span) and ("." in span or span.istitle())}
    assert [span for span in sorted(spans) if not (CHECKOUT / span).exists()] == []


def test_every_program_that_is_named_exists() -> None:
    modules = sorted(set(_MODULE.findall(README.text)))
    missing = [name for name in modules if not program(name)]
    assert missing == []


@pytest.mark.parametrize(("name", "calls"), [("ask", ".venv/bin/rapporteur ask"), ("test", ".venv/bin/pytest")])
def test_the_command_for_it_is_the_one_that_ci_runs(name: str, calls: str) -> None:
    block = README.marked()[name]
    shown = subprocess.run([CHECKOUT / ".ci/run", "--show", name], capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stdout) == (0, block), shown.stderr
    assert "python3 -m venv .venv" in block
    assert calls in block


def test_the_lexicon_that_is_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = (code for language, code in README.fenced() if language == "toml" and code.startswith("[en]"))
    (tmp_path / "lexicon.toml").write_text(shown, encoding="utf-8")
    query = Query.of("boreholes of the tontine", "en", lexicons=read(tmp_path / "lexicon.toml"))
    assert [set(found) for found in query.equivalents] == [{("tube", "well")}, {("save", "group"), ("mutual", "fund")}]


def test_the_answer_for_programs_that_is_shown_has_the_fields_of_one() -> None:
    shown = next(json.loads(code) for language, code in README.fenced() if language == "json")
    snapshot = Service.of_folder(CHECKOUT / "corpus/reports").snapshot()
    answer = snapshot.ask(shown["question"]).consider().answer
    record = json.loads(json.dumps(answer_record(load(), answer, 0.0)))
    assert list(shown) == list(record)
    assert [list(excerpt) for excerpt in shown["excerpts"]] == [list(record["excerpts"][0])]


def test_every_command_in_a_block_is_one_that_there_is() -> None:
    """What README lets people type after ``rapporteur`` is a command, with options that it knows."""
    lines = [line for language, code in README.fenced() if language == "sh" for line in code.splitlines()]
    typed = [found for line in lines for found in re.findall(r"(?:^|/|\s)rapporteur ([a-z]+)\b([^|#]*)", line)]
    assert [name for name, _ in typed if name not in names(REGISTRY)] == []
    options = [(name, option) for name, rest in typed for option in re.findall(r"(?<=\s)--[a-z-]+", rest)]
    assert [(name, option) for name, option in options if option not in options_of(name)] == []


def actions(command: str) -> list[str]:
    """What a command can do, where it can do several things: ``refresh`` and so on; else one empty string."""
    given = [action for action in parser(command)._actions if action.dest == "action"]
    return [*(given[0].choices or ())] if given else [""]


def options_of(command: str) -> set[str]:
    """The options of a command, such as ``--json``."""
    return {option for action in parser(command)._actions for option in action.option_strings}


def parser(command: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    made = argparse.ArgumentParser()
    usage(command, REGISTRY, load()).arguments(made)
    return made


def signatures() -> Iterator[str]:
    """The commands as Discord gets them, such as ``/ask question report? private?``; entries of menus by their name."""
    for command in commands(REGISTRY, load(), cast("Desk", None)):  # a desk is asked nothing until they are called
        if isinstance(command, app_commands.ContextMenu):
            yield command.name
            continue
        within = command.walk_commands() if isinstance(command, app_commands.Group) else (command,)
        for one in within:
            if isinstance(one, app_commands.Command):
                options = [p.name if p.required else f"{p.name}?" for p in one.parameters]
                yield " ".join([f"/{one.qualified_name}", *options])


def program(name: str) -> bool:
    """Whether ``python -m name`` would run something."""
    path = CHECKOUT / name.replace(".", "/")
    file = path / "__main__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        return False
    tests = [node.test for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.If)]
    return any(ast.unparse(test) == "__name__ == '__main__'" for test in tests)
