"""The search of ``accumulating`` in compiled loops, for whoever has installed numba: the only importer of it.

Importing this takes as long as many answers, and compiling much longer, though what was compiled is kept on disk; so it
is done by ``compiled`` in the background. What is found is the same to the last bit: 64-bit operations stand in
rank-bm25's order, and nothing here lets the compiler change it.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numba import config, njit
from numpy.typing import NDArray

from retrieval.index.postings import Counts
from retrieval.index.shares import ROUNDING, UNTOUCHED, Exact, Near

# Postings of a term from which it pays to see first whether it has to be added for all its passages.
LONG = 1_000
# A term with so many times more postings than there are passages left is looked up for these.
LOOKED_UP = 16

Numbers = NDArray[np.int32]
Terms = NDArray[np.int64]


class Index(NamedTuple):
    """The arrays of an index; ``model`` has k1, b and the average length."""

    starts: Terms
    numbers: Numbers
    near: Near
    frequencies: Counts
    lengths: Numbers
    idf: Exact
    model: Exact


class Best(NamedTuple):
    """Passages, best first, with their exact scores and how many different terms each holds."""

    numbers: Numbers
    scores: Exact
    shared: Numbers


@njit(nogil=True)
def search(
    starts: Terms,
    numbers: Numbers,
    near: Near,
    frequencies: Counts,
    lengths: Numbers,
    idf: Exact,
    model: Exact,
    peaks: Near,
    terms: Terms,
    weights: Exact,
    scores: Near,
    touched: Numbers,
    best_numbers: Numbers,
    best_scores: Exact,
    best_shared: Numbers,
    asked: int,
    count: int,
) -> int:
    """The passages that score best for the first ``asked`` of ``terms``, best first, written into the last three
    arrays, which have room for ``count``; returns how many.

    ``scores`` is ``UNTOUCHED`` throughout, before and after; ``touched`` has room for a number more than there are
    passages. ``peaks`` has the largest shares as far as they are known; those that are not are found and written there.
    """
    index = Index(starts, numbers, near, frequencies, lengths=lengths, idf=idf, model=model)
    best = Best(best_numbers, best_scores, best_shared)
    rows = np.empty(asked, np.int64)  # for each term asked the place among the different ones
    sums = np.zeros(asked, np.float64)
    different = _different(terms[:asked], weights, rows, sums)
    order = np.argsort(starts[different + 1] - starts[different], kind="mergesort")  # the rarest first
    bound = 0.0
    for n in range(asked):
        if np.isnan(peaks[terms[n]]):
            peaks[terms[n]] = _peak(index, terms[n])
        bound += abs(weights[n]) * peaks[terms[n]]
    # As many roundings as in ``narrowing``, and twice, since it is about two sums.
    slack = 2 * (6 * asked + 2) * ROUNDING * bound
    rest = _rest(idf, peaks, different, sums, order=order)
    highest = np.empty(count, np.float32)
    held, added = 0, 0  # how many passages are touched, and by how many terms
    while added < len(different):
        term = different[order[added]]
        size = starts[term + 1] - starts[term]
        worth_a_look = size >= LONG and size > held >= count and 2 * rest[added] < rest[0]
        if worth_a_look and rest[added] < _least(scores, touched, held, highest) - slack:
            break
        held = _add(index, term, np.float32(sums[order[added]]), scores, touched=touched, held=held)
        added += 1
    left = _keep(scores, touched, held, highest, margin=rest[added] + slack)
    for later in range(added, len(different)):
        term, factor = different[order[later]], np.float32(sums[order[later]])
        _add_to(index, term, factor, scores, some=touched[:left])
        left = _keep(scores, touched, left, highest, margin=rest[later + 1] + slack)
    found = 0
    each = np.empty(len(different), np.float64)
    for number in touched[:left]:
        shared = _exactly(index, different, number, each)
        score = 0.0
        for n in range(asked):
            score += weights[n] * each[rows[n]]
        found = _insert(best, count, found, number, score=score, shared=shared)
    for n in range(held):
        scores[touched[n]] = UNTOUCHED
    return found


@njit(nogil=True)
def _different(terms: Terms, weights: Exact, rows: Terms, sums: Exact) -> Terms:
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
def _peak(index: Index, term: int) -> np.float32:
    """The largest share of a term, without its sign."""
    most = np.float32(0.0)
    for at in range(index.starts[term], index.starts[term + 1]):
        most = max(most, abs(index.near[at]))
    return most


@njit(nogil=True)
def _rest(idf: Exact, peaks: Near, terms: Terms, sums: Exact, order: Terms) -> Exact:
    """What each term in the order and those after it can add at most, without an end where one of them takes away."""
    rest = np.zeros(len(terms) + 1, np.float64)
    for n in range(len(terms) - 1, -1, -1):
        row = order[n]
        adds = sums[row] >= 0.0 and idf[terms[row]] >= 0.0
        rest[n] = rest[n + 1] + (sums[row] * peaks[terms[row]] if adds else np.inf)
    return rest


@njit(nogil=True)
def _add(index: Index, term: int, weight: np.float32, scores: Near, touched: Numbers, held: int) -> int:
    """Add a term to all that hold it; returns how many passages are touched now.

    Without a branch, since it cannot be foreseen which passages are fresh.
    """
    for at in range(index.starts[term], index.starts[term + 1]):
        number = index.numbers[at]
        before = scores[number]
        fresh = before == UNTOUCHED
        touched[held] = number
        held += fresh
        scores[number] = (np.float32(0.0) if fresh else before) + weight * index.near[at]
    return held


@njit(nogil=True)
def _add_to(index: Index, term: int, weight: np.float32, scores: Near, some: Numbers) -> None:
    """Add a term to some of the passages that are touched; those ``UNTOUCHED`` stay so, whatever is added."""
    start, end = index.starts[term], index.starts[term + 1]
    if end - start <= LOOKED_UP * len(some):
        for at in range(start, end):
            scores[index.numbers[at]] += weight * index.near[at]
        return
    at, before = start, 0
    for number in some:  # most ascend: each is looked for from where the one before was
        at = _from(index.numbers, start, end, at if number >= before else start, number=number)
        before = number
        if at < end and index.numbers[at] == number:
            scores[number] += weight * index.near[at]


@njit(nogil=True)
def _from(numbers: Numbers, start: int, end: int, at: int, number: int) -> int:
    """Where the first passage from this number on stands among those from ``start`` to ``end``, looked for from ``at``
    in steps that double."""
    low, high, step = start, end, 1
    if at < end and numbers[at] < number:
        low = at + 1
        while low + step < end and numbers[low + step] < number:
            low += step + 1
            step *= 2
        high = min(low + step, end)
    else:
        high = min(at, end)
        while high - step > start and numbers[high - step] >= number:
            high -= step
            step *= 2
        low = max(high - step, start)
    while low < high:
        middle = (low + high) >> 1
        if numbers[middle] < number:
            low = middle + 1
        else:
            high = middle
    return low


@njit(nogil=True)
def _exactly(index: Index, terms: Terms, number: int, each: Exact) -> int:
    """Write the share of each term in a passage into ``each``; returns how many of them it holds.

    It is first looked for where it would stand if those that hold a term were spread evenly.
    """
    k1, b, average = index.model[0], index.model[1], index.model[2]
    norm = k1 * (1 - b + b * index.lengths[number] / average)
    shared = 0
    for row, term in enumerate(terms):
        start, end = index.starts[term], index.starts[term + 1]
        guess = start + (end - start) * np.int64(number) // len(index.lengths)
        at = _from(index.numbers, start, end, guess, number=number)
        each[row] = 0.0
        if at < end and index.numbers[at] == number:
            often = np.float64(index.frequencies[at])
            each[row] = index.idf[term] * (often * (k1 + 1) / (often + norm))
            shared += 1
    return shared


@njit(nogil=True)
def _insert(best: Best, count: int, found: int, number: int, score: float, shared: int) -> int:
    """Put a passage where it belongs among the best that are found, if anywhere; returns how many there are then."""
    place = found
    while place > 0:
        last = best.scores[place - 1]
        if last > score or (last == score and best.numbers[place - 1] < number):
            break
        place -= 1
        if place + 1 < count:
            best.numbers[place + 1], best.shared[place + 1] = best.numbers[place], best.shared[place]
            best.scores[place + 1] = last
    if place < count:
        best.numbers[place], best.scores[place], best.shared[place] = number, score, shared
    return min(found + 1, count)


@njit(nogil=True)
def _least(scores: Near, touched: Numbers, held: int, highest: Near) -> float:
    """The least of the best sums among the first ``held`` that are touched, as many as ``highest`` has room for."""
    count = len(highest)
    for n in range(count):
        highest[n] = scores[touched[n]]
    highest.sort()
    for n in range(count, held):
        score = scores[touched[n]]
        if score > highest[0]:
            place = 0
            while place + 1 < count and highest[place + 1] < score:
                highest[place] = highest[place + 1]
                place += 1
            highest[place] = score
    return np.float64(highest[0])


@njit(nogil=True)
def _keep(scores: Near, touched: Numbers, held: int, highest: Near, margin: float) -> int:
    """Bring those within the margin of the best to the front of the first ``held``; returns how many they are."""
    if held <= len(highest):
        return held
    least = _least(scores, touched, held, highest) - margin
    left = 0
    for n in range(held):
        number = touched[n]
        if scores[number] >= least:
            touched[n] = touched[left]
            touched[left] = number
            left += 1
    return left


def kept_in(folder: Path | None = None) -> Callable[..., int]:
    """``search``, which is kept on the disk once it is compiled, and read from there where that was done before.

    It is kept in ``folder``, or in the one that NUMBA_CACHE_DIR names; where there is neither, beside this module or in
    the user's folder for such, whichever can be written. Without any of them it is compiled at each start.
    """
    if folder is not None and not vars(config)["CACHE_DIR"]:
        vars(config)["CACHE_DIR"] = str(folder)
    with suppress(RuntimeError, OSError):  # numba's, for there being no such folder
        search.enable_caching()
    compiled: Callable[..., int] = search
    return compiled
