"""The few passages that may be among the best: by sums in 32 bits, which are off by no more than is known beforehand.

Terms are added from the rarest on. Once a passage that holds none of those added cannot come in any more, the others
are added for those only that hold one: MaxScore, Turtle and Flood, "Query Evaluation: Strategies and Optimizations",
Information Processing & Management 31 (1995). Whatever may come before the last of the best is kept; who does is for
``accumulating`` to say, by exact sums.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.shares import ROUNDING, Exact, Near, Shares

# Postings of a term from which it pays to see first whether it has to be added for all its passages.
_LONG = 4_000
# A term with so many times more postings than there are passages left is looked up for these: looking for a passage
# costs as much as so many additions.
_LOOKED_UP = 25
_WHOLE = 1 / 30  # the share of all passages from which it is quicker to wipe the sums of all than of those touched
_HEAD = 512  # passages whose sums say roughly, before all are looked at, how good the best ones are
_SINGLE = 1 / 16  # the share of all passages that may be looked at for what stands above them
_FEW = 40  # passages that need not be made fewer before the next term is added


# A term that is looked for: its number, its weight, and its worth in what stands above passages. No class: there are
# several in each question, and one takes as long to make as to look up.
Sought = tuple[int, float, Exact | None]


class Above(NamedTuple):
    """What stands above passages: it is numbered, and ``total`` is what all terms are worth in each; ``under`` says
    which passages stand under which."""

    under: "Under"
    total: Exact

    @property
    def of(self) -> NDArray[np.int64]:
        """The number of what stands above each passage."""
        return self.under.of


class Best(NamedTuple):
    """Passages, best first: their numbers, exact scores, and how many different terms of the question each holds."""

    numbers: list[int]
    scores: list[float]
    shared: list[int]


class Under:
    """The passages under each of what stands above them, whose number ``of`` has for each passage."""

    def __init__(self, of: NDArray[np.int64]) -> None:
        self.of = of

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.int32] | None, NDArray[np.int64]]:
        """The passages by what stands above them, where they are not in that order, and behind which of them each of
        these ends, 0 before all."""
        in_order = bool((self.of[1:] >= self.of[:-1]).all())
        order = None if in_order else np.argsort(self.of, kind="stable").astype(np.int32)
        return order, np.concatenate([[0], np.cumsum(np.bincount(self.of))])

    def passages(self, above: NDArray[np.int64], most: int) -> NDArray[np.int32] | None:
        """The numbers of the passages under these; ``None`` where they are more than ``most``."""
        order, ends = self._sorted
        above = above[above < len(ends) - 1]  # under others there is nothing
        sizes = ends[above + 1] - ends[above]
        if sizes.sum() > most:
            return None
        places = np.repeat(ends[above] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())
        return places.astype(np.int32) if order is None else order[places]


class _Term(NamedTuple):
    """One of the different terms of a question: its postings, its weight, and the most that it and those after it can
    add (``rest``), without an end where one of them takes away."""

    size: int
    numbers: NDArray[np.int32]
    near: Near
    weight: float
    rest: float


class Sums:
    """What is to be summed: the different ``terms`` from the rarest on, with ``size`` postings together, ``most`` that
    a sum can be, and how far two of them in 32 bits must be apart (``slack``) to be in the right order."""

    def __init__(self, shares: Shares, sought: Sequence[Sought], above: Above | None) -> None:
        self.above = above
        self.total = above.total.astype(np.float32) if above else np.empty(0, np.float32)
        weights: dict[int, float] = {}
        bound = self.most = float(above.total.max(initial=0.0)) if above else 0.0
        for term, weight, worth in sought:
            weights[term] = weights.get(term, 0.0) + weight
            bound += abs(weight) * shares.posted(term).most
            if worth is not None:
                bound += float(worth.max(initial=0.0))
        # So many roundings, each of something no larger than the bound: of a share, its weight, their product, what is
        # worth above, the difference, and the sum. Twice, since it is about two sums.
        self.slack = 2 * (6 * len(sought) + 2) * ROUNDING * bound
        self.terms: list[_Term] = []
        self.size, rest = 0, 0.0
        starts = shares.starts
        for term in sorted(weights, key=lambda term: starts[term + 1] - starts[term], reverse=True):
            weight, (size, numbers, near, most, adds) = weights[term], shares.posted(term)
            rest += weight * most if adds and weight >= 0 else np.inf
            self.terms.append(_Term(size, numbers, near, weight, rest=rest))
            self.size += size
        self.most += rest
        self.terms.reverse()


def narrowed(sums: Sums, scores: Near, count: int) -> NDArray[np.int32]:
    """The numbers of the passages that may be among the best ``count``, ascending.

    Where something stands above passages no term may be sought twice, and some of those found may hold none. ``scores``
    has a place for each passage, all 0, and is left so.
    """
    work = _Work(sums, scores, count)
    try:
        found = work.found()
    finally:
        work.wipe()
    return np.array(sorted(set(found.tolist())), np.int32)


class _Work:
    """The sums of one question under way, without what stands above passages, which adds something from 0 to its
    total."""

    def __init__(self, sums: Sums, scores: Near, count: int) -> None:
        self._sums, self._scores, self._count = sums, scores, count
        self._added: list[NDArray[np.int32]] = []
        self._size = 0  # postings that were added

    def found(self) -> NDArray[np.int32]:
        """What may be among the best. A passage that holds several terms may stand there more than once."""
        sums, least = self._sums, -np.inf
        for place, term in enumerate(sums.terms):
            if place and term.size >= _LONG and term.size > self._size and 2 * term.rest < sums.most:
                numbers, near = self._all(place)
                least = max(least, self._least(near, place))
                if term.rest < least - sums.slack and (others := self._by_others(least - term.rest)) is not None:
                    numbers = numbers[self._within(numbers, near, least - term.rest)]
                    return self._left(np.concatenate([numbers, others]) if len(others) else numbers, place)
            self._add(term)
        return self._best(least)

    def _best(self, least: float) -> NDArray[np.int32]:
        """What is left when all terms are added; the last of the best comes to ``least`` at least."""
        sums, some, size = self._sums, 0, 0
        while size < _HEAD and some < len(self._added):
            size += len(self._added[some])
            some += 1
        numbers, near = self._all(some)
        if size < self._size:
            if size > 2 * _HEAD:
                numbers, near = numbers[-2 * _HEAD :], near[-2 * _HEAD :]
            least = max(least, self._least(near, some))
            # What holds none but the terms from there on cannot come in.
            enough = next((n for n, term in enumerate(sums.terms) if term.rest < least - sums.slack), len(sums.terms))
            others = self._by_others(least - sums.terms[enough].rest) if enough < len(sums.terms) else None
            if others is None:
                enough = len(sums.terms)
            numbers, near = self._all(enough)
            if others is not None and len(others):
                numbers = np.concatenate([numbers, others])
                near = self._scores.take(numbers, mode="clip")
                enough += 1
            keep = self._within(numbers, near, least)
            numbers, near = numbers[keep], near[keep]
            some = enough
        return numbers[self._within(numbers, near, self._least(near, some))]

    def _left(self, numbers: NDArray[np.int32], place: int) -> NDArray[np.int32]:
        """Those of the passages that are left once all terms from ``place`` on are added."""
        looked_up = np.zeros(len(numbers), np.float32)
        terms = self._sums.terms
        for later, term in enumerate(terms[place:], place + 1):
            if term.size <= _LOOKED_UP * len(numbers):
                self._add(term)
            else:
                at = term.numbers.searchsorted(numbers)
                share = term.near.take(at, mode="clip")
                share *= term.numbers.take(at, mode="clip") == numbers
                looked_up += share if term.weight == 1.0 else share * np.float32(term.weight)
            is_last = later == len(terms)
            if is_last or len(numbers) > _FEW:
                near = looked_up + self._scores.take(numbers, mode="clip")
                rest = 0.0 if is_last else terms[later].rest
                keep = self._within(numbers, near, self._least(near, place + 1) - rest)
                numbers, looked_up = numbers[keep], looked_up[keep]
        return numbers

    def _by_others(self, least: float) -> NDArray[np.int32] | None:
        """The passages for which enough stands above them to come in, whatever they hold; ``None`` where they are too
        many to be looked at one by one."""
        above = self._sums.above
        if above is None:
            return np.empty(0, np.int32)
        enough = np.flatnonzero(above.total >= least - self._sums.slack)
        return above.under.passages(enough, round(_SINGLE * len(self._scores)))

    def _within(self, numbers: NDArray[np.int32], near: Near, least: float) -> NDArray[np.int64]:
        """Where the passages stand that may come to ``least``."""
        if above := self._sums.above:
            near = near + self._sums.total.take(above.of.take(numbers))
        return (near >= least - self._sums.slack).nonzero()[0]

    def _least(self, near: Near, times: int) -> float:
        """What the last of the best comes to at least; a passage may stand among these so many times."""
        most = self._count * times
        if len(near) <= most:
            return -np.inf
        if len(near) > 4 * _HEAD > 4 * most:  # most need only be compared with how good some are
            near = near[near >= self._least(near[:_HEAD], times)]
        sums = near.copy()
        sums.partition(len(near) - most)
        return float(sums[len(near) - most])

    def _all(self, terms: int) -> tuple[NDArray[np.int32], Near]:
        """All that hold one of the first terms, as often as they hold one, with their sums."""
        numbers = np.concatenate(self._added[:terms]) if terms > 1 else self._added[0]
        return numbers, self._scores.take(numbers, mode="clip")

    def _add(self, term: _Term) -> None:
        self._added.append(term.numbers)
        self._size += term.size
        np.add.at(self._scores, term.numbers, term.near if term.weight == 1.0 else term.near * np.float32(term.weight))

    def wipe(self) -> None:
        """Leave nothing behind."""
        if self._size > _WHOLE * len(self._scores):
            self._scores.fill(0.0)
        else:
            for own in self._added:
                self._scores[own] = 0.0
