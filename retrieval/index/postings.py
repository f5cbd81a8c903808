"""Which passages hold a term, and how often: pure counts, as arrays that a file can hold as they are.

Nothing here knows BM25: no k1, no b, no statistics of a corpus. Terms are numbered in the order in which they are first
said, so that one order of passages has one set of arrays, however it was come by.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count
from typing import Any, NamedTuple

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
    return list(numbered), Postings(starts, *joined[1:], lengths=everyone)


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
    sizes, inserted, new_begin = (np.zeros(len(keys), np.int64) for _ in range(3))
    sizes[: len(vocabulary)] = np.diff(postings.starts)
    new_begin[put_terms], inserted[put_terms] = new.starts[:-1], np.diff(new.starts)
    begin = np.concatenate([postings.starts[:-1], np.full(len(keys) - len(vocabulary), len(postings.numbers))])
    before, within = _apart(postings, cut, sizes, np.flatnonzero(inserted))
    apart = len(postings.numbers) + 1  # from where on what is new stands; never next to what was there before
    pieces = np.stack([begin, new_begin + apart, begin + before + within], axis=1)
    counts = np.stack([before, inserted, sizes - before - within], axis=1)
    kept = np.flatnonzero(counts.any(axis=1))
    pieces, counts = pieces[kept], counts[kept]
    leading = np.take_along_axis(pieces, (counts > 0).argmax(axis=1)[:, None], axis=1)[:, 0]
    numbers = postings.numbers
    if moved := len(new.lengths) - (last - first):
        numbers = numbers + np.multiply(numbers >= last, moved, dtype=np.int32)
    new_numbers = new.numbers + np.int32(first)
    order = np.lexsort((_at(postings.positions, new.positions, leading), _at(numbers, new_numbers, leading)))
    counts, runs = counts[order], _runs(pieces[order].ravel(), counts[order].ravel())
    return [keys[n] for n in kept[order].tolist()], Postings(
        starts=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts.sum(axis=1))]),
        numbers=_taken(numbers, new_numbers, runs),
        frequencies=_narrow(_taken(postings.frequencies, new.frequencies, runs)),
        positions=_narrow(_taken(postings.positions, new.positions, runs)),
        lengths=np.concatenate([postings.lengths[:first], new.lengths, postings.lengths[last:]]),
    )


def _apart(
    postings: Postings, cut: tuple[int, int], sizes: NDArray[np.int64], put: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many postings of each term, of which there are so many, stand before what is cut out, and how many within.

    Those of a term that neither loses any nor is among those that are ``put`` there all stand before.
    """
    first, last = cut
    before = sizes.copy()
    for term in put[put < len(postings.starts) - 1].tolist():
        own = postings.numbers[postings.starts[term] : postings.starts[term + 1]]
        before[term] = own.searchsorted(first)
    touched = np.flatnonzero((postings.numbers >= first) & (postings.numbers < last))
    terms = np.searchsorted(postings.starts, touched, "right") - 1
    lose, place = np.unique(terms, return_index=True)
    before[lose] = touched[place] - postings.starts[lose]
    return before, np.bincount(terms, minlength=len(sizes))


def _runs(pieces: NDArray[np.int64], counts: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Where pieces of so many postings begin and end, those that follow each other as one."""
    pieces, counts = pieces[counts > 0], counts[counts > 0]
    ends = pieces + counts
    fresh = np.flatnonzero(pieces[1:] != ends[:-1]) + 1
    heads = np.concatenate([[0], fresh]) if len(pieces) else fresh
    tails = np.concatenate([fresh, [len(pieces)]]) - 1 if len(pieces) else fresh
    return list(zip(pieces[heads].tolist(), ends[tails].tolist(), strict=True))


def _taken(old: NDArray[Any], new: NDArray[Any], runs: Sequence[tuple[int, int]]) -> NDArray[Any]:
    """What stands in runs of the old and, one place after their end, of the new."""
    apart = len(old) + 1
    pieces = [old[begin:end] if begin < apart else new[begin - apart : end - apart] for begin, end in runs]
    return np.concatenate([old[:0], new[:0], *pieces])


def _at(old: NDArray[Any], new: NDArray[Any], places: NDArray[np.int64]) -> NDArray[Any]:
    """What stands at these places of the two."""
    is_old = places < len(old)
    found = np.empty(len(places), np.int64)
    found[is_old], found[~is_old] = old[places[is_old]], new[places[~is_old] - len(old) - 1]
    return found


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


def _narrow(counts: NDArray[np.signedinteger] | Counts) -> Counts:
    """The same numbers in 16 bits where they fit, else in 32."""
    fits = not len(counts) or int(counts.max()) < 1 << 16
    return counts.astype(np.uint16, copy=False) if fits else counts.astype(np.uint32, copy=False)
