"""The project's own source files, parsed. Reads them as text; imports none of them."""

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "corpus", "retrieval")


@dataclass(frozen=True)
class Source:
    """One module; ``name`` is its path from the checkout, with slashes."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, self.name)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Every comment with its line number."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def at(self, node: ast.AST) -> str:
        """Where a node of the tree stands, as ``file:line``."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def sources(*folders: str) -> list[Source]:
    """The modules below folders of the checkout, in order of their names."""
    files = sorted(file for folder in folders for file in (CHECKOUT / folder).rglob("*.py"))
    return [Source(file.relative_to(CHECKOUT).as_posix(), file.read_text("utf-8")) for file in files]
