"""How common is a word in reports on any matter? A question and a report on different things share common words only.

Two sources say so: the language's table of common words (``words.toml``), and the other reports of the edition.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.words.terms import analyzer_of

# The share of reports that a word of each tier stands in; what the tiers mean stands in words.toml.
SHARES = {"most": 0.75, "half": 0.45, "third": 0.27, "tenth": 0.13}
RARE = 0.02  # the same for a word of no tier
PRIOR = 10  # how many reports of the edition the table counts for

Holding = Callable[[str, range | None], Sequence[int] | NDArray[np.int32]]


class Background:
    """The reports of an edition as a background to each of them.

    ``sizes`` has the reports, each with the number of its passages, which are in their order; ``holding`` gives the
    numbers of the passages that hold a term, of all or of some that follow each other; ``spread`` says in how many
    reports it stands, where that is counted already.
    """

    def __init__(self, sizes: Mapping[str, int], holding: Holding, spread: Callable[[str], int] | None = None) -> None:
        held = {report: size for report, size in sizes.items() if size}
        self._numbers = {report: n for n, report in enumerate(held)}
        self._starts = [0, *accumulate(held.values())]
        self._holding = holding
        self._spread = spread

    def surprisal(self, key: str, tag: str, report: str) -> float:
        """-ln of the share of reports other than ``report`` in which the term is to be expected; at least 0.

        The term is one of the language ``tag``.
        """
        others = len(self._numbers) - (report in self._numbers)
        holders = self._others_with(key, report) if others else 0
        expected = _common(tag).share(key)
        return -math.log((PRIOR * expected + holders) / (PRIOR + others))

    def _others_with(self, key: str, report: str) -> int:
        own = self._numbers.get(report)
        if self._spread is not None:
            among = None if own is None else range(self._starts[own], self._starts[own + 1])
            return self._spread(key) - (among is not None and len(self._holding(key, among)) > 0)
        found = np.unique(np.searchsorted(self._starts, self._holding(key, None), "right") - 1)
        return int(np.count_nonzero(found != own))


class _Common:
    """The share of reports that each word of a language's table stands in.

    The words of one first letter are stemmed when one of them is asked for, since a start should be quick.
    """

    def __init__(self, tag: str) -> None:
        self._key = analyzer_of(tag).key
        self._drawer = language(tag).drawer
        self._unread: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        self._shares: dict[str, Mapping[str, float]] = {}
        self._lock = threading.Lock()
        for tier, words in language(tag).common.items():
            for word in words.split():
                self._unread[self._drawer(word)].append((word, SHARES[tier]))

    def share(self, key: str) -> float:
        """The share for a term; ``RARE`` where the table does not have it."""
        return self.drawer(key).get(key, RARE)

    def drawer(self, key: str) -> Mapping[str, float]:
        """The shares of the terms in the drawer of ``key``."""
        name = self._drawer(key)
        with self._lock:
            if name in self._unread:
                found = ((self._key(word), share) for word, share in self._unread.pop(name))
                self._shares[name] = {key: share for key, share in found if key}
        return self._shares.get(name, {})


@cache
def common_terms(tag: str, letter: str) -> frozenset[str]:
    """The common terms of a language that begin with that letter."""
    return frozenset(key for key in _common(tag).drawer(letter) if key.startswith(letter))


@cache
def _common(tag: str) -> _Common:
    return _Common(tag)
