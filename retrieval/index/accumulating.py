"""The passages that score best for some terms, by exact sums: where they are many, of those only that may be among the
best by sums in 32 bits.

What is found, its scores and the order of ties are those of sums in 64 bits, term by term in the order of the question,
as rank-bm25 has them, whichever way it is found.
"""

import threading
from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.index.compiled import MANY, Compiled
from retrieval.index.narrowing import Above, Best, Sought, Sums, Under, narrowed
from retrieval.index.shares import Exact, Shares

_FEW = 60  # postings that are added one by one
_HEAD = 512  # passages whose scores say roughly, before all are looked at, how good the best ones are
_WIPED = 100_000  # passages whose sums are all wiped at once, whichever were touched

T = TypeVar("T", np.float32, np.float64)


class _Kept(threading.local):
    """What each thread keeps for the next question, as it was before the last one: a 0 for each passage."""

    def __init__(self) -> None:
        self._scores: dict[type[np.floating], NDArray[Any]] = {}

    def scores(self, passages: int, kind: type[T]) -> NDArray[T]:
        """So many, of a kind of number."""
        found: NDArray[T] | None = self._scores.get(kind)
        if found is None:
            found = self._scores[kind] = np.zeros(passages, kind)
        return found


class Accumulator:
    """Sums the ``shares`` of postings in an array that each thread keeps and wipes after use.

    Where nothing stands above passages, what is ``compiled`` does so, once it is there.
    """

    def __init__(self, shares: Shares) -> None:
        self._shares = shares
        self._begin()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs of it: all but what this one keeps for its threads."""
        return {"_shares": self._shares}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        self._begin()

    def _begin(self) -> None:
        self._kept = _Kept()
        self._under: Under | None = None
        self.compiled = Compiled(self._shares)

    def under(self, of: NDArray[np.int64]) -> Under:
        """Which passages stand under what: kept for as long as it is the same array."""
        under = self._under
        if under is None or under.of is not of:
            under = self._under = Under(of)
        return under

    def best(self, sought: Sequence[Sought], above: Above | None, count: int) -> Best:
        """The ``count`` best passages that hold a term that is sought, ties in passage order."""
        if not sought:
            return Best([], [], [])
        if above is None and self.compiled.is_there() and len(sought) <= MANY:
            terms, weights, _ = zip(*sought, strict=True)
            return self.compiled.best(terms, weights, count)
        if self._shares.are_listed and above is None and self._size(sought) <= _FEW:
            return self._listed(sought, count)
        if self._shares.are_kept:
            return self._directly(sought, above, count)
        sums = Sums(self._shares, sought, above)
        if above is not None and len(sums.terms) < len(sought):  # what stands above may take away then, too
            return self._directly(sought, above, count)
        candidates = narrowed(sums, self._scores(np.float32), count)
        if len(sums.terms) * len(candidates) > sums.size:
            return self._directly(sought, above, count)
        return exactly(self._shares, sought, above, candidates, count=count)

    def _size(self, sought: Sequence[Sought]) -> int:
        """How many postings there are to add."""
        starts = self._shares.starts
        return sum([starts[term + 1] - starts[term] for term, _, _ in sought])

    def _listed(self, sought: Sequence[Sought], count: int) -> Best:
        """The best by exact sums, one by one: so few that NumPy would take longer to be called."""
        scores: dict[int, float] = {}
        held = {term: self._shares.listed(term) for term, _, _ in sought}
        for term, weight, _ in sought:
            for number, share in held[term].items():
                scores[number] = scores.get(number, 0.0) + weight * share
        least = sorted(scores.values())[-count:][0]
        best = sorted([scored for scored in scores.items() if scored[1] >= least], key=_rank)[:count]
        shared = [sum(number in holders for holders in held.values()) for number, _ in best]
        return Best([number for number, _ in best], [score for _, score in best], shared)

    def _scores(self, kind: type[T]) -> NDArray[T]:
        return self._kept.scores(len(self._shares.postings.lengths), kind)

    def _directly(self, sought: Sequence[Sought], above: Above | None, count: int) -> Best:
        """The best by exact sums over all postings: where these are few, or the terms so many that it is less work."""
        shares, scores = self._shares, self._scores(np.float64)
        held: dict[int, NDArray[np.int32]] = {}
        try:
            for term, weight, worth in sought:
                numbers = held[term] = shares.posted(term).numbers
                mine = shares.exact(term)
                if weight != 1.0:
                    mine = weight * mine
                if worth is not None and above is not None:  # what both hold counts once
                    mine = mine - np.clip(mine, 0.0, worth[above.of[numbers]])
                np.add.at(scores, numbers, mine)
            numbers = np.concatenate(list(held.values())) if len(held) > 1 else numbers
            found = scores.take(numbers, mode="clip")
        finally:
            if len(scores) <= _WIPED:
                scores.fill(0.0)
            else:
                for at in held.values():
                    scores[at] = 0.0
        if above is not None:
            found += above.total[above.of[numbers]]
        # A passage stands here as often as there are terms that it holds.
        most = count * len(held)
        if len(found) > 4 * _HEAD:  # most of them need only be compared with how good some are
            keep = (found >= _last(found[:_HEAD], most)).nonzero()[0]
            numbers, found = numbers[keep], found[keep]
        if len(found) > most:
            keep = (found >= _last(found, most)).nonzero()[0]
            if len(keep) > 2 * most:  # of many that score the same the first ones, each with all its terms
                keep = keep[np.lexsort((numbers[keep], -found[keep]))[:most]]
            numbers, found = numbers[keep], found[keep]
        each = numbers.tolist()
        shared = Counter(each)
        best = sorted(dict(zip(each, found.tolist(), strict=True)).items(), key=_rank)[:count]
        return Best([n for n, _ in best], [score for _, score in best], [shared[n] for n, _ in best])


def _last(scores: Exact, count: int) -> float:
    """The score of the last of the best; lower than all where they are no more."""
    if len(scores) <= count:
        return -np.inf
    scores = scores.copy()
    scores.partition(len(scores) - count)
    return float(scores[len(scores) - count])


def _rank(scored: tuple[int, float]) -> tuple[float, int]:
    """What passages with their scores are sorted by, best first, ties in their order."""
    return -scored[1], scored[0]


def exactly(
    shares: Shares, sought: Sequence[Sought], above: Above | None, candidates: NDArray[np.int32], *, count: int
) -> Best:
    """The best of the candidates, which ascend, by exact sums in the order of the question."""
    terms, weights, worth = zip(*sought, strict=True)
    rows = {term: row for row, term in enumerate(dict.fromkeys(terms))}
    each, held = shares.exact_at(list(rows), candidates)
    if len(rows) < len(terms):
        each = each[[rows[term] for term in terms]]
    if any(weight != 1.0 for weight in weights):
        each *= np.array(weights)[:, None]
    if above is None:
        scores = np.add.accumulate(each)[-1]  # one after the other; a sum may go in another order
    else:
        of = above.of[candidates]
        for mine, own in zip(each, worth, strict=True):
            if own is not None:  # what both hold counts once
                mine -= np.clip(mine, 0.0, own[of])
        scores = np.add.accumulate(each)[-1] + above.total[of]
    shared = held.sum(axis=0)
    order = (-scores).argsort(kind="stable")
    if above is not None:
        order = order[shared[order] > 0]
    order = order[:count]
    return Best(candidates[order].tolist(), scores[order].tolist(), shared[order].tolist())
