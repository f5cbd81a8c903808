"""Imports stand at the top; those that are kept inside functions name the milliseconds that they save."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.architecture.sources import ROOMS, Source, sources

# CPU time after the module that it stands in, such as ``# 24 ms: SQLAlchemy, for commands that open the database``.
_COST = re.compile(r"# [\d,]+ ms: \S")


def test_a_late_import_names_its_milliseconds_and_why() -> None:
    """On its first line, for all the imports that follow one another."""
    assert [place for source in sources(*ROOMS) for place in unexplained(source)] == []


def test_a_late_import_that_says_nothing_is_seen() -> None:
    text = (
        "import a\n"
        "if TYPE_CHECKING:\n"
        "    import b\n"
        "def f():\n"
        "    import c  # 24 ms: the database\n"
        "    from d import e\n"
        "    work()\n"
        "    try:\n"
        "        import g\n"
        "    except ImportError:\n"
        "        import h  # heavy\n"
        "class C:\n"
        "    async def m(self):\n"
        "        from i import j  # 3 ms\n"
    )
    assert list(unexplained(Source("sample.py", text))) == [f"sample.py:{line}" for line in (9, 11, 14)]


def test_late_imports_are_found_in_the_product() -> None:
    found = [block for source in sources(*ROOMS) for block in late(source.tree)]
    assert len(found) > 20, "this test can see them"


def unexplained(source: Source) -> Iterator[str]:
    """Where imports inside functions lack their comment."""
    comments = dict(source.comments())
    for block in late(source.tree):
        if not _COST.search(comments.get(block[0].lineno, "")):
            yield source.at(block[0])


def late(node: ast.AST, *, inside: bool = False) -> Iterator[Sequence[ast.stmt]]:
    """The runs of imports that stand inside functions."""
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for _, value in ast.iter_fields(node):
        run: list[ast.stmt] = []
        for child in value if isinstance(value, list) else [value]:
            if inside and isinstance(child, ast.Import | ast.ImportFrom):
                run.append(child)
                continue
            if run:
                yield run
                run = []
            if isinstance(child, ast.AST):
                yield from late(child, inside=inside)
        if run:
            yield run
