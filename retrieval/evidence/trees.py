"""Small decision trees over named numbers, as data: what a sum of weighted facts cannot say, such as that a high score
means less where another sentence is as near.

A file has one tree a line, as JSON: a number is a leaf, and ``["entropy", 1.25, below, above]`` asks whether a fact is
at most that high. Names become places when the file is read, so that a question costs a few comparisons a tree.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"


def parse(text: str, names: Sequence[str]) -> tuple[Tree, ...]:
    """The trees of a file; ``names`` are those of the numbers, in their order. Raises ``ValueError`` for another."""
    places = {name: n for n, name in enumerate(names)}
    lines = filter(None, map(str.strip, text.splitlines()))
    return tuple(_read(tree, places) for tree in json.loads(f"[{','.join(lines)}]"))  # at once: half the time by line


def written(trees: Iterable[Tree], names: Sequence[str], digits: int = 4) -> str:
    """The text of a file that ``parse`` reads: one tree a line, numbers with so many decimals."""
    return "\n".join(json.dumps(_written(tree, names, digits)) for tree in trees)


def total(trees: Iterable[Tree], found: Sequence[float]) -> float:
    """The sum of the leaves that the numbers ``found`` lead to."""
    whole = 0.0
    for tree in trees:
        node = tree
        while isinstance(node, tuple):
            place, cut, below, above = node
            node = below if found[place] <= cut else above
        whole += node
    return whole


def _read(data: Any, places: Mapping[str, int]) -> Tree:  # noqa: ANN401 - whatever stood in the file
    if not isinstance(data, list):
        return float(data)
    name, cut, below, above = data
    if name not in places:
        raise ValueError(f"a tree asks for {name}, and there is no such fact")
    return places[name], float(cut), _read(below, places), _read(above, places)


def _written(tree: Tree, names: Sequence[str], digits: int) -> object:
    if not isinstance(tree, tuple):
        return round(tree, digits)
    place, cut, below, above = tree
    return [names[place], round(cut, digits), _written(below, names, digits), _written(above, names, digits)]
