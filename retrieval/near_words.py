"""Words near each other in meaning, though no list names them: the cosine of two vectors of a table that ships.

The table (``language/*/near.bin``, made by ``python -m tests.tools.near_words``) has a row of small whole numbers for
each term of the frequent words of a language. Its first line is a JSON object that says where it comes from; after it
stand the terms, sorted, in ``WIDTH`` bytes each, then the rows. It is mapped into memory when a question first holds a
word that a sentence lacks, and never before.

Sums are the same on every machine: each is a whole number below 2 ** 24, which 32-bit floats hold exactly in any order
of adding.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language

WIDTH = 16  # bytes of a term
LEAST = 0.35  # the cosine from which two words are near at all; below it trials gained nothing
KEPT = 2_000  # words of questions whose near words are kept
MOST = 500  # near words of one word

Exact = NDArray[np.float32]


class Table:
    """The terms of one language with their vectors, as a file has them."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            head = opened.readline()
        self.provenance: Mapping[str, str | int] = json.loads(head)
        terms, numbers = int(self.provenance["terms"]), int(self.provenance["numbers"])
        data = np.memmap(file, np.int8, mode="r", offset=len(head))
        self.terms: NDArray[np.bytes_] = data[: terms * WIDTH].view(f"S{WIDTH}")
        self.rows: NDArray[np.int8] = data[terms * WIDTH :].reshape(terms, numbers)

    def places(self, keys: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
        """Those of the keys that the table has, in their order, and the numbers of their rows."""
        plain = [key for key in keys if key.isascii() and len(key) <= WIDTH]
        asked = np.array([key.encode() for key in plain], f"S{WIDTH}")
        at = np.minimum(np.searchsorted(self.terms, asked), len(self.terms) - 1)
        held = self.terms[at] == asked
        return [plain[n] for n in np.flatnonzero(held)], at[held]


def written(terms: Sequence[str], rows: NDArray[np.int8], provenance: Mapping[str, str]) -> bytes:
    """The bytes of a table's file; ``terms`` are sorted, ``rows`` has shape ``(terms, numbers)``."""
    head = json.dumps({**provenance, "terms": len(terms), "numbers": rows.shape[1]}) + "\n"
    return head.encode() + np.array(terms, f"S{WIDTH}").tobytes() + np.ascontiguousarray(rows).tobytes()


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
