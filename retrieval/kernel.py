"""The sums of ``accumulating`` in compiled loops, for who has installed numba: the only importer of it.

Importing this takes as long as many answers, and compiling much longer, though what was compiled is kept on disk; so it
is done by ``compiled`` in the background. What is found is the same to the last bit: 64-bit operations stand in
rank-bm25's order, and nothing here lets the compiler change it.
"""

from contextlib import suppress

import numpy as np
from numba import njit
from numpy.typing import NDArray

from retrieval.accumulating import UNTOUCHED, Accumulator, Sought
from retrieval.compiled import Search
from retrieval.postings import Counts, counted
from retrieval.shares import ROUNDING, Exact, Model, Near, Shares

LONG = 1_000  # postings of a term from which it pays to see first whether it has to be summed; see ``accumulating``


@njit(nogil=True)
def search(
    starts: NDArray[np.int64],
    numbers: NDArray[np.int32],
    near: Near,
    frequencies: Counts,
    lengths: NDArray[np.int32],
    idf: Exact,
    peaks: Near,
    k1: float,
    b: float,
    avgdl: float,
    terms: NDArray[np.int64],
    weights: Exact,
    count: int,
    scores: Near,
    touched: NDArray[np.int32],
    best: NDArray[np.int32],
    best_scores: Exact,
    best_shared: NDArray[np.int32],
) -> int:
    """The passages that score best for ``terms``, best first, written into the last three arrays; returns how many.

    ``scores`` is ``UNTOUCHED`` throughout, before and after; ``touched`` has room for a number more than there are
    passages. ``peaks`` has the largest shares as far as they are known; those that are not are found and written there.
    """
    rows = np.empty(len(terms), np.int64)  # for each term asked the place among the different ones
    sums = np.zeros(len(terms), np.float64)
    different = _different(terms, weights, rows, sums)
    order = _by_size(starts, different)
    bound = 0.0
    for n, term in enumerate(terms):
        if np.isnan(peaks[term]):
            peaks[term] = _peak(near, starts[term], starts[term + 1])
        bound += abs(weights[n]) * peaks[term]
    slack = (6 * len(terms) + 2) * ROUNDING * bound
    rest = _rest(idf, peaks, different, sums, order)
    heap = np.empty(count, np.float32)
    held, summed = 0, 0  # how many passages are touched, and by how many terms
    while summed < len(different):
        term = different[order[summed]]
        start, end = starts[term], starts[term + 1]
        worth_a_look = end - start >= LONG and held >= count and rest[summed] < np.inf
        if worth_a_look and rest[summed] < _least(scores, touched, held, heap) - slack:
            break
        held = _add(numbers, near, start, end, np.float32(sums[order[summed]]), scores, touched, held)
        summed += 1
    left = _keep(scores, touched, held, heap, rest[summed] + 2.0 * slack)
    for later in range(summed, len(different)):
        term, factor = different[order[later]], np.float32(sums[order[later]])
        _look_up(numbers, near, starts[term], starts[term + 1], factor, scores, touched[:left])
        left = _keep(scores, touched, left, heap, rest[later + 1] + 2.0 * slack)
    found = 0
    each = np.empty(len(different), np.float64)
    for number in touched[:left]:
        norm = k1 * (1 - b + b * lengths[number] / avgdl)
        shared = 0
        for row, term in enumerate(different):
            at = _place(numbers, starts[term], starts[term + 1], number)
            often = np.float64(frequencies[at]) if at >= 0 else 0.0
            each[row] = idf[term] * (often * (k1 + 1) / (often + norm)) if at >= 0 else 0.0
            shared += at >= 0
        score = 0.0
        for n, weight in enumerate(weights):
            score += weight * each[rows[n]]
        found = _insert(best, best_scores, best_shared, found, number, score, shared)
    scores[touched[:held]] = UNTOUCHED
    return found


@njit(nogil=True)
def _different(terms: NDArray[np.int64], weights: Exact, rows: NDArray[np.int64], sums: Exact) -> NDArray[np.int64]:
    """The different ones among the terms, as they come; their weights go into ``sums``, which of them each is into
    ``rows``."""
    different = np.empty(len(terms), np.int64)
    kinds = 0
    for n, term in enumerate(terms):
        row = 0
        while row < kinds and different[row] != term:
            row += 1
        if row == kinds:
            different[kinds] = term
            kinds += 1
        rows[n] = row
        sums[row] += weights[n]
    return different[:kinds]


@njit(nogil=True)
def _by_size(starts: NDArray[np.int64], terms: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of terms from the rarest on, sorted by insertion."""
    order = np.empty(len(terms), np.int64)
    for n, term in enumerate(terms):
        size = starts[term + 1] - starts[term]
        place = n
        while place > 0:
            other = terms[order[place - 1]]
            if starts[other + 1] - starts[other] <= size:
                break
            order[place] = order[place - 1]
            place -= 1
        order[place] = n
    return order


@njit(nogil=True)
def _peak(near: Near, start: int, end: int) -> np.float32:
    """The largest share among those from ``start`` to ``end``, without its sign."""
    most = np.float32(0.0)
    for at in range(start, end):
        most = max(most, abs(near[at]))
    return most


@njit(nogil=True)
def _rest(idf: Exact, peaks: Near, terms: NDArray[np.int64], sums: Exact, order: NDArray[np.int64]) -> Exact:
    """What each term in the order and those after it can add at most, without an end where one of them takes away."""
    rest = np.zeros(len(terms) + 1, np.float64)
    for n in range(len(terms) - 1, -1, -1):
        row = order[n]
        adds = sums[row] >= 0.0 and idf[terms[row]] >= 0.0
        rest[n] = rest[n + 1] + (sums[row] * peaks[terms[row]] if adds else np.inf)
    return rest


@njit(nogil=True)
def _add(
    numbers: NDArray[np.int32],
    near: Near,
    start: int,
    end: int,
    weight: np.float32,
    scores: Near,
    touched: NDArray[np.int32],
    held: int,
) -> int:
    """Add the postings from ``start`` to ``end``; returns how many passages are touched now.

    Without a branch, since it cannot be foreseen which passages are fresh.
    """
    for at in range(start, end):
        number = numbers[at]
        before = scores[number]
        fresh = before == UNTOUCHED
        touched[held] = number
        held += fresh
        scores[number] = (np.float32(0.0) if fresh else before) + weight * near[at]
    return held


@njit(nogil=True)
def _look_up(
    numbers: NDArray[np.int32],
    near: Near,
    start: int,
    end: int,
    weight: np.float32,
    scores: Near,
    some: NDArray[np.int32],
) -> None:
    """Add to the sums of some passages what the postings from ``start`` to ``end`` have of them."""
    for number in some:
        at = _place(numbers, start, end, number)
        if at >= 0:
            scores[number] += weight * near[at]


@njit(nogil=True)
def _insert(
    best: NDArray[np.int32],
    best_scores: Exact,
    best_shared: NDArray[np.int32],
    found: int,
    number: int,
    score: float,
    shared: int,
) -> int:
    """Put a passage where it belongs among the best that are found, if anywhere; returns how many there are then."""
    place = found
    while place > 0:
        last = best_scores[place - 1]
        if last > score or (last == score and best[place - 1] < number):
            break
        if place < len(best):
            best[place], best_scores[place], best_shared[place] = best[place - 1], last, best_shared[place - 1]
        place -= 1
    if place < len(best):
        best[place], best_scores[place], best_shared[place] = number, score, shared
    return min(found + 1, len(best))


@njit(nogil=True)
def _least(scores: Near, touched: NDArray[np.int32], held: int, heap: Near) -> float:
    """The least of the best sums among the first ``held`` that are touched, as many as the heap has room for."""
    count = len(heap)
    for n in range(count):
        heap[n] = scores[touched[n]]
    heap.sort()  # ascending is a heap already
    for n in range(count, held):
        score = scores[touched[n]]
        if score > heap[0]:
            place = 0
            while True:
                child = 2 * place + 1
                if child >= count:
                    break
                if child + 1 < count and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= score:
                    break
                heap[place] = heap[child]
                place = child
            heap[place] = score
    return np.float64(heap[0])


@njit(nogil=True)
def _keep(scores: Near, touched: NDArray[np.int32], held: int, heap: Near, margin: float) -> int:
    """Bring those within the margin of the best to the front of the first ``held``; returns how many they are."""
    if held <= len(heap):
        return held
    least = _least(scores, touched, held, heap) - margin
    left = 0
    for n in range(held):
        number = touched[n]
        if scores[number] >= least:
            touched[n] = touched[left]
            touched[left] = number
            left += 1
    return left


@njit(nogil=True)
def _place(numbers: NDArray[np.int32], start: int, end: int, number: int) -> int:
    """Where a passage stands in postings from ``start`` to ``end``; -1 where it does not."""
    low, high = start, end
    while low < high:
        middle = (low + high) >> 1
        if numbers[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low if low < end and numbers[low] == number else -1


def ready() -> Search:
    """``search``, compiled for the arrays of an index: read from the disk where that was done before.

    It is kept beside this module, or where that folder cannot be written, in the user's folder for such, or in the one
    that NUMBA_CACHE_DIR names. Without any of them it is compiled at each start.
    """
    for function in (search, _different, _by_size, _peak, _rest, _add, _look_up, _least, _keep, _place, _insert):
        with suppress(RuntimeError):  # numba's, for there being no such folder
            function.enable_caching()
    passages = [["a", "b"], ["a"]]
    accumulator = Accumulator(Shares(counted(passages)[1], Model(np.ones(2), 1.5, 0.75, 1.5)))
    accumulator.by(search, [Sought(0, 1.0, None)], 1)
    return search
