"""What two rows of things have in common, in order: what a refresh leaves as it was.

``difflib`` takes the cube of the length where the same thing stands there again and again, as rules between sections
do: 2,000 paragraphs kept a refresh for minutes. This takes O(n log n).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

# Between what is found it is looked again, so often at most; two or three times is enough for texts.
_MOST_ROUNDS = 8


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Pairs of places of like things, rising in both; as many as there can be where nothing stands there twice.

    Things that are alike are told apart by how many like them stand before. What that puts astray is looked for again
    between the pairs that were found.
    """
    found: list[tuple[int, int]] = []
    gaps = [(range(len(old)), range(len(new)))]
    for _ in range(_MOST_ROUNDS):
        more = [pair for gap in gaps for pair in _common(old, new, *gap)]
        found = sorted(found + more)
        ends = [(-1, -1), *found, (len(old), len(new))]
        gaps = [(range(i + 1, j), range(k + 1, n)) for (i, k), (j, n) in pairwise(ends) if j - i > 1 and n - k > 1]
        if not more:
            break
    return found


def _common(old: Sequence[Hashable], new: Sequence[Hashable], ours: range, theirs: range) -> Iterator[tuple[int, int]]:
    """The pairs at both ends of a gap, and the longest rising row of the pairs between."""
    while ours and theirs and old[ours[0]] == new[theirs[0]]:
        yield ours[0], theirs[0]
        ours, theirs = ours[1:], theirs[1:]
    while ours and theirs and old[ours[-1]] == new[theirs[-1]]:
        yield ours[-1], theirs[-1]
        ours, theirs = ours[:-1], theirs[:-1]
    places = dict(zip(_numbered(new, theirs), theirs, strict=True))
    pairs = [(place, places[one]) for place, one in zip(ours, _numbered(old, ours), strict=True) if one in places]
    yield from _rising(pairs)


def _numbered(row: Sequence[Hashable], places: range) -> Iterator[tuple[Hashable, int]]:
    """Each thing at ``places``, and how many like it stand there before it."""
    seen: Counter[Hashable] = Counter()
    for place in places:
        yield row[place], seen[row[place]]
        seen[row[place]] += 1


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs`` whose second places rise, by patience sorting."""
    lowest: list[int] = []  # the lowest second place that a rising row of so many pairs can end with
    ends: list[int] = []  # the number of that pair
    before: list[int] = []  # for each pair the one that it follows, or -1
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lowest, place)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    row = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
