"""Nobody counts commas: no call of our own functions and classes has more than four arguments without a name."""

import ast
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from tests.architecture.sources import ROOMS, Source, sources

MOST = 4
PASSED_ON = {"cls", "partial"}  # what is called by another name: the class itself, and what a partial will call


def test_no_call_has_more_than_four_arguments_without_a_name() -> None:
    own = names(sources(*ROOMS))
    assert len(own) > 1_000, "this test can see them"
    assert [place for source in sources(*ROOMS) for place in crowded(source, own)] == []


def test_a_call_with_too_many_is_seen() -> None:
    text = (
        "class Row:\n"
        "    def of(cls):\n"
        "        return cls(1, 2, 3, 4, 5)\n"
        "def told(a, b, c, d, e): ...\n"
        "told(1, 2, 3, 4, e=5)\n"
        "told(1, 2, 3, 4, 5)\n"
        "Row.of(1, 2, 3, *found)\n"
        "Row(1, 2, 3, 4, *found)\n"
        "partial(told, 1, 2, 3, 4)\n"
        "from library import Table\n"
        "Table(1, 2, 3, 4, 5)\n"
        "from library import Table\n"
        "Table(1, 2, 3, 4, 5)\n"
        "library(1, 2, 3, 4, 5)\n"
    )
    source = Source("sample.py", text)
    assert list(crowded(source, names([source]) | {"Table"})) == [f"sample.py:{line}" for line in (6, 8, 9, 3)]


def names(found: list[Source]) -> AbstractSet[str]:
    """The names of all functions and classes that the modules define."""
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return PASSED_ON.union(n.name for source in found for n in ast.walk(source.tree) if isinstance(n, defined))


def crowded(source: Source, own: AbstractSet[str]) -> Iterator[str]:
    """Where a call of something of that name has more than four arguments without a name; a starred one counts once."""
    own = own - _borrowed(source)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and len(node.args) > MOST and _called(node) in own:
            yield source.at(node)


def _borrowed(source: Source) -> AbstractSet[str]:
    """The names that a module has from a library."""
    found = (node for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name
        for node in found
        if (node.module or "").partition(".")[0] not in ROOMS and node.module != "functools"
        for alias in node.names
    }


def _called(node: ast.Call) -> str:
    called = node.func
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
