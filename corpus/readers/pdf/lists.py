"""Is what stands in two columns a list that is read down the one and then down the other? A table looks alike.

Items say it by what they begin with: bullets on both sides, numbers that count on from the foot of the left column to
the head of the right one, or words in the order of the alphabet that do.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.layout import shapes
from corpus.readers.pdf.pieces import Piece

_FEWEST = 3  # items on either side
_FEWEST_WORDS = 5  # where the order of their letters is all that tells
_MOSTLY = 0.5  # of the lines of a column: items may be wrapped
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-z])[.)]\s?")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def is_list(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the lines of two columns, each from top to bottom, are one list."""
    sides = [[" ".join(run.text for run in piece.runs) for piece in side] for side in (left, right)]
    if all(sum(map(shapes.is_bullet, side)) >= max(_FEWEST, _MOSTLY * len(side)) for side in sides):
        return True
    numbers = [[number for text in side if (number := _number(text)) is not None] for side in sides]
    if all(len(side) >= _FEWEST for side in numbers) and _counts([*numbers[0], *numbers[1]]):
        return True
    return all(len(side) >= _FEWEST_WORDS for side in sides) and _is_alphabetic([*sides[0], *sides[1]])


def _number(text: str) -> int | None:
    found = _NUMBER.match(text)
    if found is None:
        return None
    return int(found[1]) if found[1].isdigit() else 1 + _LETTERS.index(found[1])


def _counts(numbers: Sequence[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(numbers))


def _is_alphabetic(texts: Sequence[str]) -> bool:
    words = [text.casefold() for text in texts]
    return all(text[:1].isalpha() for text in texts) and all(before < after for before, after in pairwise(words))
