"""Which passages hold a term, and how often: pure counts, as arrays that a file can hold as they are.

Nothing here knows BM25: no k1, no b, no statistics of a corpus. Terms are numbered in the order in which they are first
said, so that one order of passages has one set of arrays, however it was come by.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_TERM_BITS = 32  # a term's number above the place in the stream of terms, in one 64-bit integer
_PART = 1 << 20  # terms that are sorted at a time: what is sorted stays in the processor's caches

Counts = NDArray[np.uint16] | NDArray[np.uint32]
Vocabulary = Sequence[str]


class Postings(NamedTuple):
    """The postings of all terms one after the other, in the order of the terms' numbers.

    ``starts``, shape ``(terms + 1,)``: where those of a term begin, and behind them where the last ones end.
    ``numbers``: for each posting its passage, ascending within a term. ``frequencies``: how often the term stands
    there; ``positions``: after how many terms of the passage it stands first. Both have 16 bits where that is enough,
    else 32. ``lengths``, shape ``(passages,)``: how many terms each passage has.
    """

    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    frequencies: Counts
    positions: Counts
    lengths: NDArray[np.int32]


class _Part(NamedTuple):
    """Postings of passages that follow each other, sorted by term and passage; ``terms`` has the term of each."""

    terms: NDArray[np.int32]
    numbers: NDArray[np.int32]
    frequencies: Counts
    positions: Counts


def counted(passages: Iterable[Sequence[str]]) -> tuple[list[str], Postings]:
    """The vocabulary and the postings of passages given as lists of term keys.

    The vocabulary has the keys in the order of their numbers, which is that of their first mention.
    """
    factory: Callable[[], int] = count().__next__
    numbered: defaultdict[str, int] = defaultdict(factory)
    lengths: list[NDArray[np.int32]] = []
    parts: list[_Part] = []
    first = 0
    for some in _portions(passages):
        own = np.fromiter(map(len, some), np.int32, len(some))
        stream = np.fromiter(map(numbered.__getitem__, chain.from_iterable(some)), np.int64, int(own.sum()))
        parts.append(_part(stream, own, first))
        lengths.append(own)
        first += len(own)
    starts, joined = _joined(parts, len(numbered))
    everyone = np.concatenate(lengths) if lengths else np.empty(0, np.int32)
    return list(numbered), Postings(starts, joined.numbers, joined.frequencies, joined.positions, everyone)


def spliced(
    vocabulary: Vocabulary, postings: Postings, cut: tuple[int, int], put: tuple[Vocabulary, Postings]
) -> tuple[list[str], Postings]:
    """Postings with other passages in place of those from number ``cut[0]`` up to, not including, ``cut[1]``.

    ``put`` has the vocabulary and the postings of what comes there, numbered from 0. Gives to the last number what
    ``counted`` gives of the passages in their new order. Raises ``ValueError`` where ``cut`` is no part of them.
    """
    first, last = cut
    if not 0 <= first <= last <= len(postings.lengths):
        raise ValueError(f"cannot cut {first} to {last} out of {len(postings.lengths)} passages")
    put_vocabulary, new = put
    keys = list(vocabulary)
    if put_vocabulary:
        numbered = dict(zip(keys, range(len(keys)), strict=True))
        put_terms = [numbered.setdefault(key, len(numbered)) for key in put_vocabulary]
        keys = list(numbered)
    else:
        put_terms = []
    begin, end, new_begin, new_end = (np.zeros(len(keys), np.int64) for _ in range(4))
    begin[: len(vocabulary)], end[: len(vocabulary)] = postings.starts[:-1], postings.starts[1:]
    end[len(vocabulary) :] = begin[len(vocabulary) :] = len(postings.numbers)
    new_begin[put_terms], new_end[put_terms] = new.starts[:-1], new.starts[1:]
    before, until = (_below(postings, number, len(keys)) for number in cut)
    held = len(postings.numbers)  # what is new stands behind all that was
    pieces = np.stack([begin, new_begin + held, begin + until], axis=1)
    counts = np.stack([before, new_end - new_begin, end - begin - until], axis=1)
    kept = np.flatnonzero(counts.any(axis=1))
    pieces, counts = pieces[kept], counts[kept]
    numbers = np.concatenate([postings.numbers, new.numbers])
    old = numbers[:held]
    if moved := len(new.lengths) - (last - first):
        np.add(old, moved, out=old, where=old >= last)
    numbers[held:] += first
    positions = _together(postings.positions, new.positions)
    leading = np.take_along_axis(pieces, (counts > 0).argmax(axis=1)[:, None], axis=1)[:, 0]
    order = np.lexsort((positions[leading], numbers[leading]))
    counts, pieces = counts[order].ravel(), pieces[order].ravel()
    ends = np.cumsum(counts)
    at = np.repeat(pieces - (ends - counts), counts)
    at += np.arange(len(at))
    totals = counts.reshape(-1, 3).sum(axis=1)
    return [keys[n] for n in kept[order].tolist()], Postings(
        np.concatenate([np.zeros(1, np.int64), np.cumsum(totals)]),
        numbers[at],
        _narrow(_together(postings.frequencies, new.frequencies)[at]),
        _narrow(positions[at]),
        np.concatenate([postings.lengths[:first], new.lengths, postings.lengths[last:]]),
    )


def _portions(passages: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """The passages in portions of about ``_PART`` terms."""
    some: list[Sequence[str]] = []
    held = 0
    for passage in passages:
        some.append(passage)
        held += len(passage)
        if held >= _PART:
            yield some
            some, held = [], 0
    if some:
        yield some


def _part(stream: NDArray[np.int64], lengths: NDArray[np.int32], first: int) -> _Part:
    """The postings of passages from the number ``first`` on, out of the stream of their terms."""
    whose = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    stream <<= _TERM_BITS
    stream |= np.arange(len(stream))
    stream.sort()
    places = (stream & ((1 << _TERM_BITS) - 1)).astype(np.int32)
    terms = (stream >> _TERM_BITS).astype(np.int32)
    numbers = whose[places]
    fresh = np.ones(len(stream), np.bool_)
    np.logical_or(terms[1:] != terms[:-1], numbers[1:] != numbers[:-1], out=fresh[1:])
    heads = np.flatnonzero(fresh)
    numbers = numbers[heads]
    ends = np.cumsum(lengths, dtype=np.int64)
    positions = places[heads] - (ends - lengths)[numbers]
    frequencies = np.diff(heads, append=len(stream))
    return _Part(terms[heads], numbers + np.int32(first), _narrow(frequencies), _narrow(positions))


def _joined(parts: Sequence[_Part], terms: int) -> tuple[NDArray[np.int64], _Part]:
    """Where the postings of each term start when those of all parts are put together, and these."""
    each = [np.bincount(part.terms, minlength=terms) for part in parts]
    starts = np.zeros(terms + 1, np.int64)
    np.cumsum(sum(each, np.zeros(terms, np.int64)), out=starts[1:])
    if len(parts) == 1:
        return starts, parts[0]
    size = int(starts[-1])
    wide = {name: np.result_type(np.uint16, *(getattr(part, name) for part in parts)) for name in _Part._fields[2:]}
    joined = _Part(
        np.empty(0, np.int32),
        np.empty(size, np.int32),
        np.empty(size, wide["frequencies"]),
        np.empty(size, wide["positions"]),
    )
    free = starts[:-1].copy()
    for part, own in zip(parts, each, strict=True):
        at = (free - (np.cumsum(own) - own))[part.terms]
        at += np.arange(len(at))
        joined.numbers[at], joined.frequencies[at], joined.positions[at] = part[1:]
        free += own
    return starts, joined


def _below(postings: Postings, number: int, terms: int) -> NDArray[np.int64]:
    """How many postings of each of so many terms are of passages before ``number``."""
    found = np.zeros(terms, np.int64)
    upto = np.zeros(len(postings.numbers) + 1, np.int32)
    np.cumsum(postings.numbers < number, out=upto[1:])
    counts = upto[postings.starts]
    found[: len(counts) - 1] = counts[1:] - counts[:-1]
    return found


def _together(one: Counts, other: Counts) -> Counts:
    both: Counts = np.concatenate([one, other])
    return both


def _narrow(counts: NDArray[np.signedinteger] | Counts) -> Counts:
    """The same numbers in 16 bits where they fit, else in 32."""
    fits = not len(counts) or int(counts.max()) < 1 << 16
    return counts.astype(np.uint16, copy=False) if fits else counts.astype(np.uint32, copy=False)
