"""What each posting adds to the score of its passage: exactly, from its counts, and in 32 bits, for finding out which
passages are worth being exact about."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Postings

Exact = NDArray[np.float64]
Near = NDArray[np.float32]
T = TypeVar("T", Exact, Near)

_PORTION = 1 << 18  # postings whose shares are computed at a time: what is between stays in the processor's caches
_LISTED = (
    1 << 16
)  # postings up to which the shares of a term are kept as Python's numbers, too, once they are asked for
_KEPT = 6 << 20  # postings up to which all exact shares are kept once they are asked for: 50 MB
_THREADS = 2  # that compute shares of more than one portion
_ASKED = 20_000  # terms that were asked last, about which is kept where they stand: 10 MB
ROUNDING = 2.0**-24  # of a number in 32 bits, at most, relatively
UNTOUCHED = -np.inf  # the sum of a passage that holds none of the terms, for the compiled search


class Model(NamedTuple):
    """What rank-bm25 reckons with besides the counts of a posting; ``idf`` has shape ``(terms,)``."""

    idf: Exact
    k1: float
    b: float
    avgdl: float


class Posted(NamedTuple):
    """The postings of a term: how many, the passages in ascending order, the ``near`` share of each, and the largest
    one without its sign; ``adds`` says whether no share takes anything away."""

    size: int
    numbers: NDArray[np.int32]
    near: Near
    most: float
    adds: bool


class Shares:
    """The shares of all postings by a model. ``near`` are those that were stored, in the order of the postings.

    ``are_kept`` says whether the exact ones are few enough to be kept, ``are_listed`` whether as Python's numbers.
    ``peaks`` has the largest share of each term, without its sign: of all where the shares are computed here, else NaN
    until a term is asked for, since what was stored is not read whole for it.
    """

    def __init__(self, postings: Postings, model: Model, near: Near | None = None) -> None:
        self.postings = postings
        self.model = model
        self.starts: list[int] = postings.starts.tolist()
        self.near = self._all(np.empty(len(postings.numbers), np.float32)) if near is None else near
        self.peaks = _peaks(self.near, postings.starts) if near is None else np.full(len(model.idf), np.nan, np.float32)
        if len(self.near) != len(postings.numbers):
            raise ValueError(f"{len(self.near)} impacts are given for {len(postings.numbers)} postings")
        self.are_kept = len(self.near) <= _KEPT
        self.are_listed = len(self.near) <= _LISTED
        self._posted: dict[int, Posted] = {}
        self._listed: dict[int, dict[int, float]] = {}

    def of(self, term: int) -> slice:
        """Where the postings of a term stand."""
        return slice(self.starts[term], self.starts[term + 1])

    def exact(self, term: int) -> Exact:
        """The share of each posting of a term, to the last bit as rank-bm25 computes it."""
        at = self.of(term)
        return self._all_exact[at] if self.are_kept else self._exact(at, self.model.idf[term])

    def listed(self, term: int) -> Mapping[int, float]:
        """The passages that hold a term, each with its exact share."""
        found = self._listed.get(term)
        if found is None:
            numbers = self.postings.numbers[self.of(term)].tolist()
            found = self._listed[term] = dict(zip(numbers, self.exact(term).tolist(), strict=True))
        return found

    def posted(self, term: int) -> Posted:
        """The postings of a term: the largest share is found once, then kept for the terms that were asked last."""
        found = self._posted.get(term)
        if found is None:
            numbers, near = self.postings.numbers[self.of(term)], self.near[self.of(term)]
            if np.isnan(self.peaks[term]):
                self.peaks[term] = max(near.max(), -near.min()) if len(near) else 0.0
            most = float(self.peaks[term])
            if len(self._posted) >= _ASKED:
                self._posted.clear()
            found = Posted(len(near), numbers, near, most, adds=bool(self.model.idf[term] >= 0))
            self._posted[term] = found
        return found

    def most(self, term: int) -> float:
        """The largest share, without its sign, of a term in any passage."""
        return self.posted(term).most

    def exact_at(self, terms: Sequence[int], passages: NDArray[np.int32]) -> tuple[Exact, NDArray[np.bool_]]:
        """The share of each term in each of some passages, 0.0 where it does not stand, and where it stands; both of
        shape ``(terms, passages)``."""
        postings, model = self.postings, self.model
        begins = [self.starts[term] for term in terms]
        at = np.concatenate([self.posted(term).numbers.searchsorted(passages) for term in terms])
        at = at.reshape(len(terms), len(passages))
        at += np.array(begins)[:, None]
        np.minimum(at, np.array([self.starts[term + 1] - 1 for term in terms])[:, None], out=at)
        held = postings.numbers.take(at) == passages
        often = postings.frequencies.take(at)
        shares = model.idf.take(terms)[:, None] * (often * (model.k1 + 1) / (often + self._norms[passages]))
        shares[~held] = 0.0
        return shares, held

    @cached_property
    def _all_exact(self) -> Exact:
        return self._all(np.empty(len(self.postings.numbers)))

    def _all(self, shares: T) -> T:
        """The array, filled with the shares of all postings."""
        size = len(shares)

        def fill(start: int) -> None:
            end = min(start + _PORTION, size)
            shares[start:end] = self._exact(slice(start, end), self._idf_each(start, end))

        if size <= _PORTION:
            fill(0)
        else:
            from concurrent.futures import ThreadPoolExecutor  # 24 ms: for a library

            with ThreadPoolExecutor(_THREADS) as threads:
                list(threads.map(fill, range(0, size, _PORTION)))
        return shares

    def _idf_each(self, start: int, end: int) -> Exact:
        ends = np.clip(self.postings.starts, start, end)
        return np.repeat(self.model.idf, ends[1:] - ends[:-1])

    def _exact(self, at: slice, idf: Exact | np.float64) -> Exact:
        # Operators in rank-bm25's own order, so that the last bit agrees.
        often = self.postings.frequencies[at]
        norm = self._norms[self.postings.numbers[at]]
        norm += often
        found: Exact = np.multiply(often, self.model.k1 + 1, dtype=np.float64)
        found /= norm
        found *= idf
        return found

    @cached_property
    def _norms(self) -> Exact:
        """What the length of each passage adds to how often a term stands there."""
        _, k1, b, avgdl = self.model
        lengths = self.postings.lengths.astype(np.float64)
        return k1 * (1 - b + b * lengths / (avgdl or 1.0))  # no passage may hold a word


def _peaks(near: Near, starts: NDArray[np.int64]) -> Near:
    """The largest share of each term, without its sign; each has a posting."""
    begin = starts[:-1]
    if not len(begin):
        return np.empty(0, np.float32)
    return np.maximum(np.maximum.reduceat(near, begin), -np.minimum.reduceat(near, begin))
