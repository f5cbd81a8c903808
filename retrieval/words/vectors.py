"""Tables of vectors of words, as files that ship have them: ``language/*/near.bin`` and ``language/*/sums.bin``.

The first line is a JSON object that says where the table comes from and what it has; after it stand the terms, sorted,
in ``WIDTH`` bytes each, then a row of small whole numbers for each term, then, where the rows are to be added, what
each term counts in a sum.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH = 16  # bytes of a term


class Table:
    """The terms of one language with their vectors, as a file has them: ``rows`` has shape ``(terms, numbers)``,
    ``weights`` shape ``(terms,)``, or ``(0,)`` in a table whose rows are not to be added."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            head = opened.readline()
        self.provenance: Mapping[str, str | int] = json.loads(head)
        terms, numbers = int(self.provenance["terms"]), int(self.provenance["numbers"])
        data: NDArray[np.int8] = np.memmap(file, np.int8, mode="r", offset=len(head)).view(np.ndarray)
        self.terms: NDArray[np.bytes_] = data[: terms * WIDTH].view(f"S{WIDTH}")
        end = terms * (WIDTH + numbers)
        self.rows: NDArray[np.int8] = data[terms * WIDTH : end].reshape(terms, numbers)
        self.weights: NDArray[np.uint8] = data[end:].view(np.uint8)

    def places(self, keys: Sequence[str]) -> tuple[list[str], NDArray[np.intp]]:
        """Those of the keys that the table has, in their order, and the numbers of their rows."""
        plain = [key for key in keys if key.isascii() and len(key) <= WIDTH]
        asked = np.array([key.encode() for key in plain], f"S{WIDTH}")
        at = np.minimum(np.searchsorted(self.terms, asked), len(self.terms) - 1)
        held = self.terms[at] == asked
        return [plain[n] for n in np.flatnonzero(held)], at[held]


def written(
    terms: Sequence[str],
    rows: NDArray[np.int8],
    provenance: Mapping[str, str],
    weights: NDArray[np.uint8] | None = None,
) -> bytes:
    """The bytes of a table's file; ``terms`` are sorted, ``rows`` has shape ``(terms, numbers)``."""
    head = json.dumps({**provenance, "terms": len(terms), "numbers": rows.shape[1]}) + "\n"
    parts = [np.array(terms, f"S{WIDTH}"), np.ascontiguousarray(rows), *(() if weights is None else (weights,))]
    return head.encode() + b"".join(part.tobytes() for part in parts)
