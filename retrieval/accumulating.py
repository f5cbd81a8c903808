"""The passages that score best for some terms: summed in 32 bits, then those that may be among the best exactly.

A sum in 32 bits is off by no more than a bound that is known beforehand. Whatever comes within twice that bound of the
last of the best is summed again in 64 bits, term by term in the order of the question, as rank-bm25 does it: what is
found, its scores and the order of ties are those of exact sums throughout.
"""

import threading
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.shares import ROUNDING, Exact, Near, Shares

# Postings of a term from which it pays to see first whether its passages can be among the best by this term and those
# that follow, and if not, to look it up for the few that can: MaxScore, Turtle and Flood, "Query Evaluation: Strategies
# and Optimizations", Information Processing & Management 31 (1995).
_LONG = 2_000


T = TypeVar("T", np.float32, np.float64)


class Sought(NamedTuple):
    """A term that is looked for: its number, its weight, and its worth in what stands above passages."""

    term: int
    weight: float
    worth: Exact | None


class Above(NamedTuple):
    """What stands above passages: ``of`` has its number for each of them, ``total`` what all terms are worth in it."""

    of: NDArray[np.int64]
    total: Exact


class Best(NamedTuple):
    """Passages, best first: their numbers, exact scores, and how many different terms of the question each holds."""

    numbers: list[int]
    scores: list[float]
    shared: list[int]


class Accumulator:
    """Sums the ``shares`` of postings in an array that each thread keeps and wipes after use."""

    def __init__(self, shares: Shares) -> None:
        self._shares = shares
        self._kept = threading.local()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs of it: all but the arrays of this one's threads."""
        return {"_shares": self._shares}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        self._kept = threading.local()

    def best(self, sought: Sequence[Sought], above: Above | None, count: int) -> Best:
        """The ``count`` best passages that hold a term that is sought, ties in passage order."""
        if not sought:
            return Best([], [], [])
        if self._shares.are_kept:
            return self._directly(sought, above, count)
        sums = _Sum(self._shares, sought, above)
        scores = self._scores("near", np.float32)
        touched: list[NDArray[np.int32]] = []
        try:
            find = self._plain if above is None else self._lifted
            candidates = find(scores, sums, touched, count)
        finally:
            for at in touched:
                scores[at] = 0.0
        if len(sums.terms) * len(candidates) > sums.size:
            return self._directly(sought, above, count)
        return exactly(self._shares, sought, above, candidates, count=count)

    def _scores(self, name: str, kind: type[T]) -> NDArray[T]:
        scores: NDArray[T] | None = getattr(self._kept, name, None)
        if scores is None:
            scores = np.zeros(len(self._shares.postings.lengths), kind)
            setattr(self._kept, name, scores)
        return scores

    def _directly(self, sought: Sequence[Sought], above: Above | None, count: int) -> Best:
        """The best by exact sums over all postings: where these are few, or the terms so many that it is less work."""
        shares, scores = self._shares, self._scores("exact", np.float64)
        held: dict[int, NDArray[np.int32]] = {}
        try:
            for term, weight, worth in sought:
                numbers = held[term] = shares.postings.numbers[shares.of(term)]
                mine = shares.exact(term)
                if weight != 1.0:
                    mine = weight * mine
                if worth is not None and above is not None:  # what both hold counts once
                    mine = mine - np.clip(mine, 0.0, worth[above.of[numbers]])
                np.add.at(scores, numbers, mine)
            numbers = np.concatenate(list(held.values()))
            found = scores.take(numbers, mode="clip")
        finally:
            for at in held.values():
                scores[at] = 0.0
        if above is not None:
            found += above.total[above.of[numbers]]
        best = _Found(numbers, found).best(count * len(held), 0.0)
        # A passage stands here as often as there are terms that it holds.
        numbers, first, shared = np.unique(best.numbers, return_index=True, return_counts=True)
        return _ordered(numbers, best.scores[first], shared, count)

    def _plain(self, scores: Near, sums: "_Sum", touched: list[NDArray[np.int32]], count: int) -> NDArray[np.int32]:
        """The passages that may be among the best, ascending, where nothing stands above them."""
        shares = self._shares
        for place, term in enumerate(sums.terms):
            at = shares.of(term)
            if touched and at.stop - at.start >= _LONG and sums.rest[place] < np.inf:
                found = _Found.among(scores, touched).best(count * place, sums.slack + sums.rest[place])
                if sums.rest[place] < found.least - sums.slack:
                    return self._looked_up(found.once(), sums, place, count)
            numbers, near, weight = shares.postings.numbers[at], shares.near[at], sums.weights[term]
            touched.append(numbers)
            np.add.at(scores, numbers, near if weight == 1.0 else near * np.float32(weight))
        return _Found.among(scores, touched).best(count * len(touched), sums.slack).once().numbers

    def _looked_up(self, found: "_Found", sums: "_Sum", place: int, count: int) -> NDArray[np.int32]:
        """Those of the passages found that may be among the best, once all terms from ``place`` on are added."""
        shares = self._shares
        for later, term in enumerate(sums.terms[place:], place):
            at = shares.of(term)
            own = shares.postings.numbers[at]
            where = own.searchsorted(found.numbers)
            np.minimum(where, len(own) - 1, out=where)
            hold = own[where] == found.numbers
            found.scores[hold] += shares.near[at][where[hold]] * np.float32(sums.weights[term])
            found = found.best(count, sums.slack + sums.rest[later + 1])
        return found.numbers

    def _lifted(self, scores: Near, sums: "_Sum", touched: list[NDArray[np.int32]], count: int) -> NDArray[np.int32]:
        """The passages that may be among the best, ascending, with what stands above them."""
        shares, above = self._shares, sums.above
        held: dict[int, NDArray[np.int32]] = {}
        for term, weight, worth in sums.sought:
            at = shares.of(term)
            numbers = shares.postings.numbers[at]
            mine = shares.near[at] * np.float32(weight)
            if worth is not None and above is not None:  # what both hold counts once
                mine -= np.clip(mine, 0.0, worth.astype(np.float32)[above.of[numbers]])
            np.add.at(scores, numbers, mine)
            held[term] = numbers
        touched += held.values()
        found = _Found.among(scores, touched)
        if above is not None:
            found.scores[:] += above.total.astype(np.float32)[above.of[found.numbers]]
        return found.best(count * len(touched), sums.slack).once().numbers


class _Found(NamedTuple):
    """Passages with their sums; ``least`` is a bound that none of the best falls below."""

    numbers: NDArray[np.int32]
    scores: Near | Exact
    least: float = -np.inf

    @classmethod
    def among(cls, scores: Near, touched: Sequence[NDArray[np.int32]]) -> "_Found":
        """All that were touched, each as often as it was."""
        numbers = np.concatenate(touched) if len(touched) > 1 else touched[0]
        return cls(numbers, scores.take(numbers, mode="clip"))

    def best(self, most: int, margin: float) -> "_Found":
        """Those within the margin of the best ``most``; a margin that is to hold on both sides is taken twice."""
        if len(self.numbers) <= most:
            return self
        least = float(np.partition(self.scores, len(self.scores) - most)[len(self.scores) - most])
        keep = self.scores >= least - 2 * margin
        return _Found(self.numbers[keep], self.scores[keep], least)

    def once(self) -> "_Found":
        """Each passage once, ascending."""
        numbers, first = np.unique(self.numbers, return_index=True)
        return _Found(numbers, self.scores[first], self.least)


class _Sum:
    """What is to be summed, and how far a sum in 32 bits may be off.

    ``terms`` are the different ones, the rarest first, with ``size`` postings together; ``rest`` says for each what it
    and those after it can add at most, without an end where one of them takes away.
    """

    def __init__(self, shares: Shares, sought: Sequence[Sought], above: Above | None) -> None:
        self.sought, self.above = sought, above
        self.weights: dict[int, float] = {}
        bound = float(above.total.max(initial=0.0)) if above else 0.0
        for term, weight, worth in sought:
            self.weights[term] = self.weights.get(term, 0.0) + weight
            bound += abs(weight) * shares.most(term)
            if worth is not None:
                bound += float(worth.max(initial=0.0))
        # So many roundings, each of something no larger than the bound: of a share, its weight, their product, what is
        # worth above, the difference, and the sum.
        self.slack = (6 * len(sought) + 2) * ROUNDING * bound
        sizes = {term: shares.starts[term + 1] - shares.starts[term] for term in self.weights}
        self.size = sum(sizes.values())
        self.terms = sorted(sizes, key=sizes.__getitem__)
        rest = [0.0]
        for term in reversed(self.terms):
            adds = self.weights[term] >= 0 and shares.model.idf[term] >= 0
            rest.append(rest[-1] + self.weights[term] * shares.most(term) if adds else np.inf)
        self.rest = rest[::-1]


def exactly(
    shares: Shares, sought: Sequence[Sought], above: Above | None, candidates: NDArray[np.int32], *, count: int
) -> Best:
    """The best of the candidates, which ascend, by exact sums in the order of the question."""
    rows = {term: row for row, term in enumerate(dict.fromkeys(one.term for one in sought))}
    each, held = shares.exact_at(list(rows), candidates)
    scores = np.zeros(len(candidates))
    stand = above.of[candidates] if above else None
    for term, weight, worth in sought:
        mine = weight * each[rows[term]]
        if worth is not None and stand is not None:  # what both hold counts once
            mine -= np.clip(mine, 0.0, worth[stand])
        scores += mine
    if above:
        scores += above.total[stand]
    return _ordered(candidates, scores, held.sum(axis=0), count)


def _ordered(numbers: NDArray[np.int32], scores: Near | Exact, shared: NDArray[np.int64], count: int) -> Best:
    """The best of passages whose numbers ascend."""
    order = np.argsort(-scores, kind="stable")[:count]
    return Best(numbers[order].tolist(), scores[order].tolist(), shared[order].tolist())
