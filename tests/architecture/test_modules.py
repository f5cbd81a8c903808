"""House rules for every module: it says what it is for, stays short, and gives a reason for each exception it makes."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import CHECKOUT, ROOMS, Source, sources

LONGEST = 300  # lines; most modules have 50 to 250
EVERYWHERE = sources(*ROOMS, "tests")
_DIRECTIVES = re.compile(r"type:\s*ignore(\[[^\]]*\])?|noqa(:\s*[A-Z]+[0-9]+([,\s]+[A-Z]+[0-9]+)*)?|pragma:[^#]*")
_SENDERS = {"response", "followup"}
_SENDING = {"send", "reply", "typing", "edit_original_response", "delete_original_response"}
_WORD = re.compile(r"[A-Za-z][A-Za-z'’.]*")


@pytest.mark.parametrize("source", EVERYWHERE, ids=lambda source: source.name)
def test_a_module_says_what_it_is_for(source: Source) -> None:
    assert ast.get_docstring(source.tree), f"{source.name} has no docstring"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_charter(room: str) -> None:
    assert (CHECKOUT / room / "__init__.py").is_file()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_that_its_types_can_be_relied_on(room: str) -> None:
    """Without this file a type checker looks at none of them; the wheel takes whatever lies in a room."""
    assert (CHECKOUT / room / "py.typed").is_file()


def test_no_module_is_too_long_to_read() -> None:
    """Lists of test cases may be long; what they test and what they are made of may not."""
    read = [source for source in EVERYWHERE if not source.name.rpartition("/")[2].startswith("test_")]
    assert [source.name for source in read if len(source.text.splitlines()) > LONGEST] == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Early versions of Python 3.11 match them wrongly, seen with 3.11.2; an atomic group means the same."""
    found = [source.name for source in sources("bot", "corpus", "retrieval") if re.search(r"\)[*+?]\+", source.text)]
    assert found == []


def test_no_module_is_called_utils() -> None:
    names = {"utils.py", "util.py", "helpers.py", "misc.py", "common.py"}
    assert [source.name for source in EVERYWHERE if source.name.rpartition("/")[2] in names] == []


def test_only_the_bot_is_asynchronous() -> None:
    found = [place for source in sources("corpus", "retrieval") for place in asynchronous(source)]
    assert found == []


def test_what_is_said_on_discord_goes_through_the_courier() -> None:
    """discord.py would wait in its limits without an end, and for good once somebody has cancelled it there."""
    found = [place for source in sources("bot") if "import discord" in source.text for place in sending(source)]
    assert found == []


def test_every_exception_from_the_rules_gives_its_reason() -> None:
    found = [place for source in EVERYWHERE for place in unexplained(source)]
    assert found == []


def test_every_rule_that_is_switched_off_gives_its_reason() -> None:
    rules = re.findall(r'^ +"[A-Z]+[0-9]+",(.*)$', (CHECKOUT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert rules
    assert [rule for rule in rules if len(_WORD.findall(rule.partition("#")[2])) < 2] == []


def test_a_bare_exception_from_a_rule_is_seen() -> None:
    text = (
        "import os  # noqa: F401\nimport re  # noqa: F401, E402  # for its side effect\nx = 1  # type: ignore[misc]\n"
    )
    assert list(unexplained(Source("sample.py", text))) == ["sample.py:1", "sample.py:3"]


def test_discord_pys_own_way_of_sending_is_seen() -> None:
    text = "import discord\nawait message.reply('x')\nawait channel.typing()\nawait interaction.response.defer()\n"
    assert list(sending(Source("sample.py", text))) == [f"sample.py:{line}" for line in (2, 3, 4)]


def test_asynchronous_code_is_seen() -> None:
    text = "import asyncio\nfrom asyncio import sleep\nasync def f():\n    await sleep(1)\n"
    assert list(asynchronous(Source("sample.py", text))) == [f"sample.py:{line}" for line in (1, 2, 3, 4)]


def asynchronous(source: Source) -> Iterator[str]:
    """Where a module is asynchronous, or imports what makes it so."""
    syntax = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)
    for node in ast.walk(source.tree):
        imported = {name.name for name in node.names} if isinstance(node, ast.Import) else set()
        if isinstance(node, ast.ImportFrom):
            imported = {node.module or ""}
        if isinstance(node, syntax) or any(name.split(".")[0] == "asyncio" for name in imported):
            yield source.at(node)


def sending(source: Source) -> Iterator[str]:
    """Where a module lets discord.py say something; what is closed is an answer of HTTP."""
    closed = {
        id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Attribute) and node.attr == "close"
    }
    for node in ast.walk(source.tree):
        called = node.func if isinstance(node, ast.Call) else None
        calls = isinstance(called, ast.Attribute) and called.attr in _SENDING
        if calls or (isinstance(node, ast.Attribute) and node.attr in _SENDERS and id(node) not in closed):
            yield source.at(node)


def unexplained(source: Source) -> Iterator[str]:
    """Where a comment switches a checker off without saying in two words or more why."""
    for line, comment in source.comments():
        directives = [
            found.group() for found in _DIRECTIVES.finditer(comment) if comment[: found.start()].strip("# ") == ""
        ]
        if directives and len(_WORD.findall(_DIRECTIVES.sub("", comment))) < 2:
            yield f"{source.name}:{line}"
