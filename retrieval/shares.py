"""What each posting adds to the score of its passage: exactly, from its counts, and in 32 bits, for finding out which
passages are worth being exact about."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.postings import Postings

Exact = NDArray[np.float64]
Near = NDArray[np.float32]

_PORTION = 1 << 20  # postings whose shares are computed at a time, so that what is between does not fill the memory
_KEPT = 1 << 18  # postings up to which all exact shares are kept once they are asked for: 2 MB
_THREADS = 2  # that compute shares of more than one portion
ROUNDING = 2.0**-24  # of a number in 32 bits, at most, relatively


class Model(NamedTuple):
    """What rank-bm25 reckons with besides the counts of a posting; ``idf`` has shape ``(terms,)``."""

    idf: Exact
    k1: float
    b: float
    avgdl: float


class Shares:
    """The shares of all postings by a model. ``near`` are those that were stored, in the order of the postings.

    ``are_kept`` says whether the exact ones are few enough to be kept.
    """

    def __init__(self, postings: Postings, model: Model, near: Near | None = None) -> None:
        self.postings = postings
        self.model = model
        self.starts: list[int] = postings.starts.tolist()
        self.near = self._all_near() if near is None else near
        if len(self.near) != len(postings.numbers):
            raise ValueError(f"{len(self.near)} impacts are given for {len(postings.numbers)} postings")
        self.are_kept = len(self.near) <= _KEPT
        self._most: dict[int, float] = {}

    def of(self, term: int) -> slice:
        """Where the postings of a term stand."""
        return slice(self.starts[term], self.starts[term + 1])

    def exact(self, term: int) -> Exact:
        """The share of each posting of a term, to the last bit as rank-bm25 computes it."""
        at = self.of(term)
        return self._all_exact[at] if self.are_kept else self._exact(at, self.model.idf[term])

    def most(self, term: int) -> float:
        """The largest share, without its sign, of a term in any passage: read once, then kept."""
        found = self._most.get(term)
        if found is None:
            near = self.near[self.of(term)]
            found = self._most[term] = max(float(near.max()), -float(near.min())) if len(near) else 0.0
        return found

    def exact_at(self, terms: Sequence[int], passages: NDArray[np.int32]) -> tuple[Exact, NDArray[np.bool_]]:
        """The share of each term in each of some passages, 0.0 where it does not stand, and where it stands; both of
        shape ``(terms, passages)``."""
        postings, model = self.postings, self.model
        at = np.empty((len(terms), len(passages)), np.int64)
        for row, term in enumerate(terms):
            start, end = self.starts[term], self.starts[term + 1]
            found = postings.numbers[start:end].searchsorted(passages)
            found += start
            np.minimum(found, end - 1, out=at[row])
        held = postings.numbers[at] == passages
        often = postings.frequencies[at]
        norm = model.k1 * (1 - model.b + model.b * postings.lengths[passages] / model.avgdl)
        shares = model.idf[list(terms), None] * (often * (model.k1 + 1) / (often + norm))
        shares[~held] = 0.0
        return shares, held

    @cached_property
    def _all_exact(self) -> Exact:
        return self._exact(slice(0, len(self.near)), self._idf_each(0, len(self.near)))

    def _all_near(self) -> Near:
        size = len(self.postings.numbers)
        near = np.empty(size, np.float32)

        def fill(start: int) -> None:
            end = min(start + _PORTION, size)
            near[start:end] = self._exact(slice(start, end), self._idf_each(start, end))

        if size <= _PORTION:
            fill(0)
        else:
            from concurrent.futures import ThreadPoolExecutor  # 24 ms: for a library

            with ThreadPoolExecutor(_THREADS) as threads:
                list(threads.map(fill, range(0, size, _PORTION)))
        return near

    def _idf_each(self, start: int, end: int) -> Exact:
        ends = np.clip(self.postings.starts, start, end)
        return np.repeat(self.model.idf, ends[1:] - ends[:-1])

    def _exact(self, at: slice, idf: Exact | np.float64) -> Exact:
        # Operators in rank-bm25's own order, so that the last bit agrees.
        postings, (_, k1, b, avgdl) = self.postings, self.model
        often = postings.frequencies[at]
        norm = k1 * (1 - b + b * postings.lengths[postings.numbers[at]] / avgdl)
        found: Exact = idf * (often * (k1 + 1) / (often + norm))
        return found
