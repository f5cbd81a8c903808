"""The words of an index as arrays: in the order of the alphabet in one text, to be found without a table of them.

Words have numbers, as they have in the index; the alphabet is that of code points, which UTF-8 keeps.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

KEPT = 50_000  # words that were looked up last
_NONE = -1
_LAST = "\U0010ffff"  # of the alphabet: behind every word that begins as what stands before it


class Words(Mapping[str, int]):
    """The number of each word. ``begins`` says where each one begins in ``text``, in the order of the alphabet,
    ``numbers`` which number each one has there. Raises ``ValueError`` where they do not fit."""

    def __init__(self, text: NDArray[np.uint8], begins: NDArray[np.int64], numbers: NDArray[np.int32]) -> None:
        rises = len(begins) == len(numbers) + 1 and (np.diff(begins) >= 0).all()
        if not rises or (int(begins[0]), int(begins[-1])) != (0, len(text)):
            raise ValueError("words leave their text")
        if not 0 <= numbers.min(initial=0) <= numbers.max(initial=0) <= max(0, len(numbers) - 1):
            raise ValueError("words have numbers of none")
        self._text = text.tobytes()
        self._begins = begins
        self._numbers = numbers
        self._kept: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        """In the order of their numbers."""
        begins = self._begins.tolist()
        return (self._text[begins[at] : begins[at + 1]].decode() for at in np.argsort(self._numbers).tolist())

    def __getitem__(self, word: str) -> int:
        found = self.find(word)
        if found is None:
            raise KeyError(word)
        return found

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.find(word) is not None

    def find(self, word: str) -> int | None:
        """The number of a word, or ``None``. Two threads may look one up: both find the same."""
        found = self._kept.get(word)
        if found is None:
            key = word.encode(errors="surrogatepass")
            at = self._place(key)
            is_there = at < len(self) and self._at(at) == key
            found = int(self._numbers[at]) if is_there else _NONE
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[word] = found
        return None if found == _NONE else found

    def beginning(self, begin: str) -> list[str]:
        """The words that begin so, in the order of their numbers."""
        first, last = self._place(begin.encode()), self._place(begin.encode() + b"\xff")
        found = sorted(zip(self._numbers[first:last].tolist(), range(first, last), strict=True))
        return [self._at(at).decode() for _, at in found]

    def _at(self, at: int) -> bytes:
        return self._text[self._begins[at] : self._begins[at + 1]]

    def _place(self, key: bytes) -> int:
        """How many words stand before ``key`` in the alphabet."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._at(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low


class Frequencies(Mapping[str, int]):
    """How many passages hold each of the ``words``; ``starts`` says where the postings of each number begin. ``above``
    are words that none of them has, with a number of their own."""

    def __init__(self, words: Words, starts: NDArray[np.int64], above: Mapping[str, int] | None = None) -> None:
        self.words = words
        self._starts = starts
        self._above = above or {}

    def beside(self, above: Mapping[str, int]) -> "Frequencies":
        """The same with words that stand above passages."""
        return Frequencies(self.words, self._starts, above)

    def __len__(self) -> int:
        return len(self.words) + len(self._above)

    def __iter__(self) -> Iterator[str]:
        yield from self.words
        yield from self._above

    def __contains__(self, word: object) -> bool:
        return word in self.words or word in self._above

    def __getitem__(self, word: str) -> int:
        number = self.words.find(word)
        return self._above[word] if number is None else int(self._starts[number + 1] - self._starts[number])

    def beginning(self, begin: str) -> list[str]:
        """The words that begin so, in the order of their numbers."""
        words, places = self._sorted
        first, last = bisect_left(words, begin), bisect_left(words, begin + _LAST)
        return self.words.beginning(begin) + [self._in_order[place] for place in sorted(places[first:last])]

    @cached_property
    def _in_order(self) -> list[str]:
        return list(self._above)

    @cached_property
    def _sorted(self) -> tuple[list[str], list[int]]:
        """The words above passages in the order of the alphabet, and the place of each among them as they are given."""
        places = sorted(range(len(self._in_order)), key=self._in_order.__getitem__)
        return [self._in_order[place] for place in places], places


def written(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of words, which are numbered in their order."""
    keys = [word.encode(errors="surrogatepass") for word in words]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    begins = np.array([0, *accumulate(len(keys[n]) for n in order)], np.int64)
    text = np.frombuffer(b"".join(keys[n] for n in order), np.uint8)
    return {"text": text, "begins": begins, "numbers": np.array(order, np.int32)}
