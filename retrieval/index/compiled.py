"""Whether the compiled search of ``kernel`` is there yet. It is brought in the background, if at all: no question waits
for it, and nothing is missing without it but speed."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.narrowing import Best
from retrieval.index.postings import counted
from retrieval.index.shares import UNTOUCHED, Model, Shares

Search = Callable[..., int]

MANY = 250  # terms of a question up to which the compiled search is told them

_search: Search | None = None


def bring(folder: Path | None = None) -> threading.Thread | None:
    """Begin to import and compile the search in a thread of its own, which is returned; ``None`` where numba, which the
    extra ``fast`` installs, is missing. What is compiled is kept in ``folder``, if one is given (``kernel.kept_in``).
    """
    if find_spec("numba") is None:
        return None
    thread = threading.Thread(target=_bring, args=(folder,), name="compiling", daemon=True)
    thread.start()
    return thread


def search() -> Search | None:
    """The compiled search, once it is there; see ``kernel.search``."""
    return _search


def _bring(folder: Path | None) -> None:
    global _search
    if _search is None:  # two who bring it at once bring the same
        with suppress(ImportError):  # a numba that does not go with this NumPy or Python is as good as none
            _search = ready(folder)


def ready(folder: Path | None = None) -> Search:
    """The search, compiled for the arrays of an index, or read from the ``folder`` where that was done before. Raises
    ``ImportError``."""
    # Half a second even where everything was compiled before: what answers one question must not pay for it.
    kernel = import_module("retrieval.index.kernel")
    made: Search = kernel.kept_in(folder)
    Compiled(Shares(counted([["a", "b"], ["a"]])[1], Model(np.ones(2), 1.5, 0.75, 1.5))).ask(made, [0], None, 1)
    return made


class Compiled:
    """The compiled search over the postings of ``shares``, in arrays that each thread keeps.

    ``is_fit`` says whether the postings are of the kind that it is compiled for.
    """

    def __init__(self, shares: Shares) -> None:
        self._passages = len(shares.postings.lengths)
        self._given = _given(shares)
        self.is_fit = self._given is not None
        self._kept = _Kept()

    def is_there(self) -> bool:
        """Whether it can be asked yet."""
        return _search is not None and self.is_fit

    def best(self, terms: Sequence[int], weights: Sequence[float] | None, count: int) -> Best:
        """The ``count`` best passages that hold one of at most ``MANY`` terms, ties in passage order; without
        ``weights`` each counts as it is. Only for who knows that it is there."""
        return Best([], [], []) if _search is None else self.ask(_search, terms, weights, count)

    def ask(self, search: Search, terms: Sequence[int], weights: Sequence[float] | None, count: int) -> Best:
        """The same by a search that is given."""
        if not terms or self._given is None:
            return Best([], [], [])
        kept = self._kept
        if count > kept.count:
            kept.make(self._passages, self._given, count)
        for n, term in enumerate(terms):
            kept.terms[n] = term
        if weights is not None:
            for n, weight in enumerate(weights):
                kept.weights[n] = weight
        found = search(*(kept.plain if weights is None else kept.weighed), len(terms), count)
        numbers, scores, shared = kept.found
        return Best(numbers[:found].tolist(), scores[:found].tolist(), shared[:found].tolist())


class _Kept(threading.local):
    """What a thread gives the search, in its order, with and without weights; room for ``count`` passages to be found.
    All is as it was before the last question. ``terms``, ``weights`` and ``found`` are views of some of the arrays,
    which Python writes and reads sooner than the arrays themselves.
    """

    def __init__(self) -> None:
        self.count = -1
        self._asked = np.empty(MANY, np.int64), np.empty(MANY)
        self.terms: memoryview = self._asked[0].data
        self.weights: Any = self._asked[1].data  # NumPy's types say of every view that it is one of whole numbers
        self.plain: tuple[NDArray[Any], ...] = ()
        self.weighed: tuple[NDArray[Any], ...] = ()
        self.found: tuple[memoryview, Any, memoryview]
        self._sums: tuple[NDArray[Any], ...] = ()

    def make(self, passages: int, given: tuple[NDArray[Any], ...], count: int) -> None:
        """Make room."""
        if not self._sums:
            self._sums = np.full(passages, UNTOUCHED, np.float32), np.empty(passages + 1, np.int32)
        numbers, scores, shared = np.empty(count, np.int32), np.empty(count), np.empty(count, np.int32)
        terms, weights = self._asked
        self.found = numbers.data, scores.data, shared.data
        self.plain = (*given, terms, np.ones(MANY), *self._sums, numbers, scores, shared)
        self.weighed = (*given, terms, weights, *self._sums, numbers, scores, shared)
        self.count = count


def _given(shares: Shares) -> tuple[NDArray[Any], ...] | None:
    """What the search is given of an index; ``None`` where its arrays are of another kind than the one that it is
    compiled for: it would be so again for each kind, while a question waits."""
    postings, model = shares.postings, shares.model
    arrays = []
    for array in (postings.starts, postings.numbers, shares.near, postings.frequencies, postings.lengths, model.idf):
        own = np.asarray(array).view()  # what is mapped is an array like others
        own.flags.writeable = False
        arrays.append(own)
    if postings.frequencies.dtype != np.uint16 or not all(a.flags.c_contiguous and a.flags.aligned for a in arrays):
        return None
    return *arrays, np.array([model.k1, model.b, model.avgdl]), shares.peaks
