"""BM25 over passages: rank-bm25's model and numbers, kept in a form that is quick to ask. The only importer of
rank_bm25.

``PassageIndex`` is a ``BM25Okapi`` whose scores equal the original's to the last bit; what differs is the storage.
Each posting's share of a score (its impact) is computed once, when the index is built. A query adds the impacts of
its terms and looks at the passages that it touched, at no others.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

_PASSAGE_BITS = 32  # a posting is packed as term number and passage number in one 64-bit integer


_NOTHING, _NO_IMPACTS = np.array([], np.int64), np.array([])


class Hit(NamedTuple):
    """A passage that shares terms with a query: its number, its BM25 score (any sign), the number of distinct shared
    terms."""

    passage: int
    score: float
    shared: int


class Lift(NamedTuple):
    """What stands above passages adds to their scores: a term counts by where it is worth most.

    ``of`` has for each passage the number of what stands above it; ``worth`` for each term the worth, at least 0, that
    it has in each of these.
    """

    of: NDArray[np.int64]
    worth: Mapping[str, NDArray[np.float64]]

    @property
    def total(self) -> NDArray[np.float64]:
        """What all terms together are worth in each of what stands above."""
        return np.asarray(sum(self.worth.values()), np.float64)


class _Sought(NamedTuple):
    """A term that is looked for: its number, its weight, and its worth in what stands above passages."""

    term: int
    weight: float
    worth: NDArray[np.float64] | None


class PassageIndex(BM25Okapi):
    """BM25 (Okapi, with rank-bm25's floor under negative idf) over passages given as lists of term keys.

    An index over nothing is allowed and finds nothing. Scores: Trotman, Puurula and Burgess, "Improvements to BM25 and
    Language Models Examined", ADCS 2014, as rank-bm25 0.2.2 computes them. ``document_frequency`` counts passages a
    term.
    """

    document_frequency: dict[str, int]

    def __init__(self, passages: Iterable[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        super().__init__(passages, k1=k1, b=b)
        terms, numbers, frequencies = self._packed
        del self._packed
        idf = np.fromiter(self.idf.values(), np.float64, len(self.idf))
        lengths = np.array(self.doc_len)
        # Operators in rank-bm25's own order, so that the last bit agrees.
        with np.errstate(divide="ignore", invalid="ignore"):  # an average length of 0 has no postings
            norm = self.k1 * (1 - self.b + self.b * lengths / self.avgdl)
        impacts = idf[terms] * (frequencies * (self.k1 + 1) / (frequencies + norm[numbers]))
        starts = np.searchsorted(terms, np.arange(len(idf) + 1))
        self._postings = _Postings(starts, numbers, impacts, self.corpus_size)

    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]:
        """Count the terms of the token stream; called by rank-bm25. Returns each term's document frequency."""
        vocabulary: dict[str, int] = {}
        stream: list[int] = []
        for passage in corpus:
            self.doc_len.append(len(passage))
            stream.extend(vocabulary.setdefault(key, len(vocabulary)) for key in passage)
        self.corpus_size = len(self.doc_len)
        self.avgdl = len(stream) / self.corpus_size if self.corpus_size else 0.0
        packed = np.array(stream, np.int64) << _PASSAGE_BITS
        packed |= np.repeat(np.arange(self.corpus_size), self.doc_len)
        packed, frequencies = np.unique(packed, return_counts=True)
        terms = packed >> _PASSAGE_BITS
        self._packed = terms, packed & ((1 << _PASSAGE_BITS) - 1), frequencies
        self._vocabulary = vocabulary
        counts = np.bincount(terms, minlength=len(vocabulary)).tolist()
        self.document_frequency = dict(zip(vocabulary, counts, strict=True))
        return self.document_frequency

    def _calc_idf(self, nd: dict[str, int]) -> None:
        """rank-bm25's own idf; called by it. Without a single term there is nothing to average."""
        if nd:
            super()._calc_idf(nd)

    def _numbers(self, query: Sequence[str]) -> list[int]:
        return [number for key in query if (number := self._vocabulary.get(key)) is not None]

    def holding(self, key: str) -> NDArray[np.int64]:
        """The numbers of the passages that hold the term, ascending, shape ``(document_frequency,)``."""
        number = self._vocabulary.get(key)
        return _NOTHING if number is None else self._postings.holding(number)

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """The score of every passage, shape ``(corpus_size,)``, as rank-bm25 gives it."""
        return self._postings.scores(self._numbers(query))

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages numbered ``doc_ids``, in their order, as rank-bm25 gives them."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def impacts(self, key: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The numbers of the passages that hold the term, ascending, and its share of the score of each."""
        number = self._vocabulary.get(key)
        return (
            (_NOTHING, _NO_IMPACTS)
            if number is None
            else (self._postings.holding(number), self._postings.impacts(number))
        )

    def search(
        self, query: Sequence[str], count: int, weights: Sequence[float] | None = None, lift: Lift | None = None
    ) -> list[Hit]:
        """The ``count`` best passages that share a term with ``query``, best first, ties in passage order.

        ``weights`` has one factor for each term of the query, 1 where it is left out. With ``lift`` the scores are
        those of the passages with what stands above them.
        """
        if count < 1:
            return []
        worth = lift.worth if lift else {}
        known = [
            _Sought(n, w, worth.get(key))
            for key, w in zip(query, weights or repeat(1.0, len(query)), strict=True)
            if (n := self._vocabulary.get(key)) is not None
        ]
        return self._postings.search(known, lift, count)


class _Postings:
    """Postings as arrays, summed in an accumulator that each thread keeps and wipes after use.

    Lists would save 14 µs of a search at ten passages, where a whole question takes 1,100, and lose from a few hundred
    passages on: at a thousand they take six times as long.
    """

    def __init__(
        self, starts: NDArray[np.int64], numbers: NDArray[np.int64], impacts: NDArray[np.float64], size: int
    ) -> None:
        self._starts = starts.tolist()
        self._numbers = numbers
        self._impacts = impacts
        self._size = size
        self._kept = threading.local()

    def __getstate__(self) -> dict[str, object]:
        """What another process needs of it: all but the accumulators of this one's threads."""
        return {name: value for name, value in vars(self).items() if name != "_kept"}

    def __setstate__(self, state: dict[str, object]) -> None:
        vars(self).update(state)
        self._kept = threading.local()

    def _of(self, term: int) -> slice:
        return slice(self._starts[term], self._starts[term + 1])

    def holding(self, term: int) -> NDArray[np.int64]:
        return self._numbers[self._of(term)]

    def impacts(self, term: int) -> NDArray[np.float64]:
        return self._impacts[self._of(term)]

    def scores(self, terms: Sequence[int]) -> NDArray[np.float64]:
        scores = np.zeros(self._size)
        for term in terms:
            scores[self._numbers[self._of(term)]] += self._impacts[self._of(term)]
        return scores

    def search(self, terms: Sequence[_Sought], lift: Lift | None, count: int) -> list[Hit]:
        if not terms:
            return []
        scores, shared = self._accumulators()
        seen: set[int] = set()
        for term, weight, worth in terms:
            at = self._numbers[self._of(term)]
            mine = weight * self._impacts[self._of(term)]
            if lift and worth is not None:  # what both hold counts once
                mine -= np.clip(mine, 0.0, worth[lift.of[at]])
            scores[at] += mine
            if term not in seen:
                seen.add(term)
                shared[at] += 1
        touched = [self._numbers[self._of(term)] for term in seen]
        try:
            everywhere = np.concatenate(touched)
            if lift:  # a passage that several terms touched is written several times, and each time the same
                scores[everywhere] = scores[everywhere] + lift.total[lift.of[everywhere]]
            return self._best(scores, shared, everywhere, count)
        finally:
            for at in touched:
                scores[at] = 0.0
                shared[at] = 0

    def _accumulators(self) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        if not hasattr(self._kept, "scores"):
            self._kept.scores, self._kept.shared = np.zeros(self._size), np.zeros(self._size, np.int32)
        return self._kept.scores, self._kept.shared

    def _best(
        self, scores: NDArray[np.float64], shared: NDArray[np.int32], touched: NDArray[np.int64], count: int
    ) -> list[Hit]:
        """The best among the touched; a passage that several terms touched stands there several times."""
        found = scores[touched]
        most = count * (int(shared[touched].max()) + 1)  # so many entries hold at least `count` different passages
        if len(found) > most:
            least = np.partition(found, len(found) - most)[len(found) - most]
            keep = found >= least
            touched, found = touched[keep], found[keep]
        touched, first = np.unique(touched, return_index=True)
        order = np.lexsort((touched, -found[first]))[:count]
        numbers = touched[order]
        return [
            Hit(*hit) for hit in zip(numbers.tolist(), scores[numbers].tolist(), shared[numbers].tolist(), strict=True)
        ]
