"""Words near each other in meaning, though no list names them: the cosine of two vectors of a table that ships.

The table (``language/*/near.bin``, made by ``python -m tests.tools.near_words``) is mapped into memory when a question
first holds a word that a sentence lacks, and never before.

Sums are the same on every machine: each is a whole number below 2 ** 24, which 32-bit floats hold exactly in any order
of adding.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.words.vectors import Table

LEAST = 0.35  # the cosine from which two words are near at all; below it trials gained nothing
KEPT = 2_000  # words of questions whose near words are kept
MOST = 500  # near words of one word

Exact = NDArray[np.float32]


@cache
def table(tag: str) -> Table | None:
    """The table of a BCP 47 language tag, opened; ``None`` where the language has none."""
    file = language(tag).near
    return Table(file) if file else None


class Near:
    """Which of the ``keys`` (those of some passages, in the language ``tag``) stand near a word of a question.

    ``of`` gives the terms near a key, without itself, nearest first, ties by alphabet, each with its cosine in (0, 1).
    """

    def __init__(self, keys: Iterable[str], tag: str) -> None:
        self.of: Callable[[str], Mapping[str, float]] = lru_cache(KEPT)(_Rows(keys, tag).near)


class _Rows:
    """The rows of the keys. The cache of what is near holds them and not ``Near``, so that nothing runs in a circle."""

    def __init__(self, keys: Iterable[str], tag: str) -> None:
        self._keys = keys
        self._tag = tag

    @cached_property
    def _held(self) -> tuple[list[str], Exact, NDArray[np.float64]]:
        """The keys that the table has, sorted, their rows, and the lengths of these."""
        own = table(self._tag)
        if own is None:
            return [], np.zeros((0, 0), np.float32), np.zeros(0)
        keys, at = own.places(list(self._keys))
        order = np.argsort(at)  # the table's order is that of the alphabet
        rows = own.rows[at[order]].astype(np.float32)
        return [keys[n] for n in order], rows, np.sqrt(np.einsum("ij,ij->i", rows, rows).astype(np.float64))

    def near(self, key: str) -> Mapping[str, float]:
        """What stands near ``key``."""
        own = table(self._tag)
        at = own.places([key])[1].tolist() if own else []
        if own is None or not at:
            return {}
        keys, rows, lengths = self._held
        row = own.rows[at[0]].astype(np.float32)
        cosines = (rows @ row).astype(np.float64) / (lengths * np.sqrt(float(row @ row)))
        best = np.flatnonzero(cosines >= LEAST)
        best = best[np.argsort(-cosines[best], kind="stable")][: MOST + 1]
        return {keys[n]: min(float(cosines[n]), 0.99) for n in best if keys[n] != key}
