"""The terms of passages, counted: what an index is made of, and is made anew from where few passages have changed.

Terms are numbered as they are first met, passage by passage: the sums of an index have that order, and so has whatever
is decided by their last bit. What is ``spliced`` is the same to the last bit as what is counted anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.words import Words, written

_BITS = 32  # a posting is packed as term number and passage number in one 64-bit integer
_MASK = (1 << _BITS) - 1
_GONE = -1


@dataclass(frozen=True, slots=True)
class Counted:
    """``words`` has the number of each term. ``starts`` says where its postings begin: ``numbers`` are the passages that
    hold it, ascending, ``counts`` how often they do. ``lengths`` has how many terms each passage has."""

    words: Mapping[str, int]
    starts: NDArray[np.int64]
    numbers: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """It as arrays, which ``of`` reads."""
        words = {f"words.{name}": array for name, array in written(list(self.words)).items()}
        return words | {name: getattr(self, name) for name in ("starts", "numbers", "counts", "lengths")}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> "Counted":
        """What ``arrays`` hold under that name."""
        words = Words(*(arrays[f"{name}.words.{part}"] for part in ("text", "begins", "numbers")))
        return cls(words, *(arrays[f"{name}.{part}"] for part in ("starts", "numbers", "counts", "lengths")))


def count(passages: Iterable[Sequence[str]]) -> Counted:
    """The terms of each passage, counted."""
    words: dict[str, int] = {}
    stream, lengths = _streamed(passages, words)
    packed, counts = _packed(stream, np.arange(len(lengths)), lengths)
    return _whole(words, packed, counts, lengths)


def spliced(
    before: Counted,
    places: NDArray[np.int64],
    new: Mapping[int, Sequence[str]],
    size: int,
    terms: Callable[[int], Sequence[str]],
) -> Counted:
    """The terms of ``size`` passages, counted: of those that were there ``before``, and of ``new`` ones by number.

    ``places`` has the number of each passage that was there before, ascending but for those that are gone, which have
    -1. ``terms`` gives the terms of a passage by its number: asked of the few in which a term is first met now.
    """
    words: dict[str, int] = dict(before.words)  # in the order of their numbers
    order = sorted(new)
    stream, added = _streamed((new[number] for number in order), words)
    fresh, fresh_counts = _packed(stream, np.array(order, np.int64), added)
    now = places[before.numbers]
    keep = now != _GONE
    old = (np.repeat(np.arange(len(before.words)), np.diff(before.starts)) << _BITS | now)[keep]
    at = np.searchsorted(old, fresh)
    packed = np.insert(old, at, fresh)
    counts = np.insert(before.counts[keep], at, fresh_counts)
    lengths = np.zeros(size, np.int32)
    lengths[places[places != _GONE]] = before.lengths[places != _GONE]
    lengths[order] = added
    return _renumbered(words, packed, counts, lengths, _Met(before, places, frozenset(new), terms))


@dataclass(frozen=True, slots=True)
class _Met:
    """In which order the terms of a passage are first met there, which postings do not tell."""

    before: Counted
    places: NDArray[np.int64]
    new: frozenset[int]
    terms: Callable[[int], Sequence[str]]

    def order(self, words: Mapping[str, int], alive: NDArray[np.int64], first: NDArray[np.int64]) -> NDArray[np.int64]:
        """How terms are to be sorted that are first met in the same passage: ``first`` has that of each one ``alive``.

        Those that were first met in that passage before keep their order among each other.
        """
        was = np.full(len(words), _GONE, np.int64)
        held = np.flatnonzero(np.diff(self.before.starts))
        was[held] = self.places[self.before.numbers[self.before.starts[held]]]
        rank = alive.copy()
        for passage in np.unique(first[was[alive] != first]).tolist():
            met = {words[key]: n for n, key in enumerate(dict.fromkeys(self.terms(passage)))}
            for n in np.flatnonzero(first == passage).tolist():
                rank[n] = met[int(alive[n])]
        return rank


def _renumbered(
    words: dict[str, int], packed: NDArray[np.int64], counts: NDArray[np.int32], lengths: NDArray[np.int32], met: _Met
) -> Counted:
    """With the numbers that terms have when they are counted anew; those that nothing holds any more are gone."""
    terms = packed >> _BITS
    sizes = np.bincount(terms, minlength=len(words))
    alive = np.flatnonzero(sizes)
    begins = np.concatenate(([0], np.cumsum(sizes)))
    first = packed[begins[alive]] & _MASK
    order = np.lexsort((met.order(words, alive, first), first))
    chosen = alive[order]
    keys = list(words)
    kept = {keys[number]: n for n, number in enumerate(chosen.tolist())}
    if np.array_equal(chosen, np.arange(len(words))):
        return _whole(kept, packed, counts, lengths)
    starts = np.concatenate(([0], np.cumsum(sizes[chosen])))
    at = np.repeat(begins[chosen] - starts[:-1], sizes[chosen]) + np.arange(len(packed))
    numbers = (packed & _MASK)[at]
    return Counted(kept, starts, numbers.astype(np.int32), counts[at], lengths)


def _streamed(passages: Iterable[Sequence[str]], words: dict[str, int]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The numbers of all terms one after the other, and how many each passage has."""
    stream: list[int] = []
    lengths: list[int] = []
    for passage in passages:
        lengths.append(len(passage))
        stream.extend(words.setdefault(key, len(words)) for key in passage)
    return np.array(stream, np.int64), np.array(lengths, np.int32)


def _packed(
    stream: NDArray[np.int64], passages: NDArray[np.int64], lengths: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    packed, counts = np.unique(stream << _BITS | np.repeat(passages, lengths), return_counts=True)
    return packed, counts.astype(np.int32)


def _whole(
    words: Mapping[str, int], packed: NDArray[np.int64], counts: NDArray[np.int32], lengths: NDArray[np.int32]
) -> Counted:
    starts = np.searchsorted(packed >> _BITS, np.arange(len(words) + 1))
    return Counted(words, starts, (packed & _MASK).astype(np.int32), counts, lengths)
