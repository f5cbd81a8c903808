"""Small decision trees over named numbers, as data: what a sum of weighted facts cannot say, such as that a high score
means less where another sentence is as near.

Hundreds of them are added, so that they are kept as arrays and asked all at once, one question deep at a time. Each is
complete: ``DEPTH`` questions lead to each of its leaves, and a branch that ends before asks what is always so.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

DEPTH = 5  # questions from the root to a leaf
ASKED = 2**DEPTH - 1  # questions of a tree, those of a level beside each other
LEAVES = ASKED + 1

# A number is a leaf; ``(3, 1.25, below, above)`` asks whether the number in place 3 is at most that high.
Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"

_WIDTH = ASKED * (1 + 4) + LEAVES * 4  # bytes of a tree


class Trees:
    """Trees that are added: which of the numbers they ask for and how high it may be, both of shape ``(trees, ASKED)``,
    and what their leaves count, of shape ``(trees, LEAVES)``."""

    def __init__(self, places: NDArray[np.uint8], cuts: NDArray[np.float32], leaves: NDArray[np.float32]) -> None:
        self.places, self.cuts, self.leaves = places, cuts, leaves
        self._starts = np.arange(len(places)) * ASKED

    def __call__(self, found: Sequence[float]) -> float:
        """The sum of the leaves that the numbers ``found`` lead to."""
        if not len(self._starts):
            return 0.0
        above = (np.array(found, np.float32).take(self.places) > self.cuts).ravel()  # all at once is quicker
        at = np.zeros(len(self._starts), np.int64)
        for _ in range(DEPTH):
            at = 2 * at + 1 + above.take(self._starts + at)
        return float(self.leaves[np.arange(len(at)), at - ASKED].sum(dtype=np.float64))

    def scaled(self, by: float) -> "Trees":
        """The same trees, whose leaves count so many times as much."""
        return Trees(self.places, self.cuts, (self.leaves * by).astype(np.float32))


def trees(found: Iterable[Tree]) -> Trees:
    """Trees that are at most ``DEPTH`` questions deep."""
    rows = [_row(tree) for tree in found]
    return Trees(
        np.array([row[0] for row in rows], np.uint8).reshape(-1, ASKED),
        np.array([row[1] for row in rows], np.float32).reshape(-1, ASKED),
        np.array([row[2] for row in rows], np.float32).reshape(-1, LEAVES),
    )


def none() -> Trees:
    """No trees."""
    return trees(())


def parse(text: str, numbers: int) -> Trees:
    """The trees that ``written`` gave, over so many numbers. Raises ``ValueError`` where they ask for another, and
    where the text is no such."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        raise ValueError("the trees are not legible") from None
    if len(data) % _WIDTH:
        raise ValueError("the trees are cut off")
    count = len(data) // _WIDTH
    ends = [count * ASKED, count * ASKED * 5, len(data)]
    found = Trees(
        np.frombuffer(data[: ends[0]], np.uint8).reshape(count, ASKED),
        np.frombuffer(data[ends[0] : ends[1]], "<f4").astype(np.float32).reshape(count, ASKED),
        np.frombuffer(data[ends[1] :], "<f4").astype(np.float32).reshape(count, LEAVES),
    )
    if count and int(found.places.max()) >= numbers:
        raise ValueError(f"a tree asks for the number {int(found.places.max())} of {numbers}")
    return found


def written(found: Trees) -> str:
    """A text that ``parse`` reads, in lines: the arrays one after the other, in base 64."""
    arrays = found.places, found.cuts.astype("<f4"), found.leaves.astype("<f4")
    text = base64.b64encode(b"".join(array.tobytes() for array in arrays)).decode()
    return "\n".join(text[start : start + 120] for start in range(0, len(text), 120))


def _row(tree: Tree) -> tuple[list[int], list[float], list[float]]:
    """The questions of a tree and its leaves, level by level. Where a branch ends before, its leaves are alike."""
    level: list[Tree] = [tree]
    places: list[int] = []
    cuts: list[float] = []
    for _ in range(DEPTH):
        asked = [one if isinstance(one, tuple) else (0, float("inf"), one, one) for one in level]
        places += [place for place, _, _, _ in asked]
        cuts += [cut for _, cut, _, _ in asked]
        level = [below for one in asked for below in one[2:]]
    leaves = [one for one in level if not isinstance(one, tuple)]
    if len(leaves) < len(level):
        raise ValueError(f"a tree is more than {DEPTH} questions deep")
    return places, cuts, leaves
