"""BM25 over passages: rank-bm25's model and numbers, kept in a form that is quick to ask. The only importer of
rank_bm25.

``PassageIndex`` is a ``BM25Okapi`` whose scores equal the original's to the last bit; what differs is the storage.
Each posting's share of a score (its impact) is computed once, when the index is built or before. A query adds the
impacts of its terms and looks at the passages that it touched, at no others.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import repeat
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.index.accumulating import Accumulator
from retrieval.index.compiled import MANY
from retrieval.index.narrowing import Above, Sought
from retrieval.index.postings import Postings, Vocabulary, counted
from retrieval.index.shares import Model, Near, Shares

_EPSILON = 0.25  # rank-bm25's: below zero an idf is so much of the average one


class Hit(NamedTuple):
    """A passage that shares terms with a query: its number, its BM25 score (any sign), the number of distinct shared
    terms."""

    passage: int
    score: float
    shared: int


class Lift(NamedTuple):
    """What stands above passages adds to their scores: a term counts by where it is worth most.

    ``of`` has for each passage the number of what stands above it; ``worth`` for each term the worth, at least 0, that
    it has in each of these. ``fields`` says the same for an engine that has what stands above a passage as fields of
    it: what a term is worth there is its factor in the field times its saturation, as ``saturation`` gives it.
    """

    of: NDArray[np.int64]
    worth: Mapping[str, NDArray[np.float64]]
    fields: Mapping[str, Mapping[str, float]] | None = None

    @property
    def total(self) -> NDArray[np.float64]:
        """What all terms together are worth in each of what stands above."""
        return np.asarray(sum(self.worth.values()), np.float64)


class PassageIndex(BM25Okapi):
    """BM25 (Okapi, with rank-bm25's floor under negative idf) over passages given as lists of term keys.

    An index over nothing is allowed and finds nothing. Scores: Trotman, Puurula and Burgess, "Improvements to BM25 and
    Language Models Examined", ADCS 2014, as rank-bm25 0.2.2 computes them. ``document_frequency`` counts passages a
    term.
    """

    def __init__(self, passages: Iterable[Sequence[str]], k1: float = 1.5, b: float = 0.75) -> None:
        self._open(*counted(passages), None, k1=k1, b=b)

    @classmethod
    def over(
        cls,
        vocabulary: Vocabulary | Mapping[str, int],
        postings: Postings,
        impacts: Near | None = None,
        k1: float = 1.5,
        b: float = 0.75,
    ) -> Self:
        """An index over postings as ``postings.counted`` gives them, and over ``impacts`` as another index over the
        same ones has them in ``impacts_of_all``: whichever array is given may be mapped from a file.

        The vocabulary has the terms in the order of their numbers, by themselves or each with its number. With impacts,
        nothing is computed or copied for a posting. Raises ``ValueError`` where impacts and postings differ in number.
        """
        self = cls.__new__(cls)
        self._open(vocabulary, postings, impacts, k1=k1, b=b)
        return self

    def _open(
        self,
        vocabulary: Vocabulary | Mapping[str, int],
        postings: Postings,
        impacts: Near | None,
        *,
        k1: float,
        b: float,
    ) -> None:
        # What rank-bm25 would set; its own counting and averaging, term by term, are not for a million passages.
        self.k1, self.b, self.epsilon = k1, b, _EPSILON
        self.corpus_size = len(postings.lengths)
        self.terms_held = int(postings.lengths.sum(dtype=np.int64))
        self.avgdl = self.terms_held / self.corpus_size if self.corpus_size else 0.0
        self._vocabulary: Mapping[str, int] = (
            vocabulary
            if isinstance(vocabulary, Mapping)
            else dict(zip(vocabulary, range(len(vocabulary)), strict=True))
        )
        idf, self.average_idf = _idf(np.diff(postings.starts), self.corpus_size)
        self.postings = postings
        self._shares = Shares(postings, Model(idf, k1, b, self.avgdl), impacts)
        self._accumulator = Accumulator(self._shares)

    @property
    def impacts_of_all(self) -> Near:
        """The share of every posting of a score, in 32 bits, in the order of the postings: to be stored."""
        return self._shares.near

    @cached_property
    def idf(self) -> dict[str, float]:  # type: ignore[override]  # made when it is asked for: nothing here asks
        """The idf of each term."""
        return dict(zip(self._vocabulary, self._shares.model.idf.tolist(), strict=True))

    @cached_property
    def doc_len(self) -> list[int]:  # type: ignore[override]  # the same
        """The length of each passage, in terms."""
        lengths: list[int] = self.postings.lengths.tolist()
        return lengths

    @cached_property
    def document_frequency(self) -> Mapping[str, int]:
        """In how many passages each term stands."""
        return dict(zip(self._vocabulary, np.diff(self.postings.starts).tolist(), strict=True))

    def _numbers(self, query: Sequence[str]) -> list[int]:
        return [number for key in query if (number := self._vocabulary.get(key)) is not None]

    def holding(self, key: str, among: range | None = None) -> NDArray[np.int32]:
        """The numbers of the passages that hold the term, ascending, shape ``(document_frequency,)``; of those that are
        ``among`` some that follow each other, where these are given."""
        number = self._vocabulary.get(key)
        if number is None:
            return np.empty(0, np.int32)
        numbers = self.postings.numbers[self._shares.of(number)]
        return numbers if among is None else numbers[slice(*np.searchsorted(numbers, [among.start, among.stop]))]

    def idf_of(self, key: str) -> float:
        """The idf of a term; 0.0 where no passage holds it."""
        number = self._vocabulary.get(key)
        return 0.0 if number is None else float(self._shares.model.idf[number])

    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """The score of every passage, shape ``(corpus_size,)``, as rank-bm25 gives it."""
        scores = np.zeros(self.corpus_size)
        for number in self._numbers(query):
            scores[self.postings.numbers[self._shares.of(number)]] += self._shares.exact(number)
        return scores

    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]:
        """The scores of the passages numbered ``doc_ids``, in their order, as rank-bm25 gives them."""
        scores: list[float] = self.get_scores(query)[list(doc_ids)].tolist()
        return scores

    def impacts(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """The numbers of the passages that hold the term, ascending, and its share of the score of each."""
        number = self._vocabulary.get(key)
        if number is None:
            return np.empty(0, np.int32), np.empty(0)
        return self.postings.numbers[self._shares.of(number)], self._shares.exact(number)

    def search(
        self, query: Sequence[str], count: int, weights: Sequence[float] | None = None, lift: Lift | None = None
    ) -> list[Hit]:
        """The ``count`` best passages that share a term with ``query``, best first, ties in passage order.

        ``weights`` has one factor for each term of the query, 1 where it is left out. With ``lift`` the scores are
        those of the passages with what stands above them.
        """
        if count < 1:
            return []
        number, compiled = self._vocabulary.get, self._accumulator.compiled
        if lift is None and weights is None and compiled.is_there() and len(query) <= MANY:
            terms = [n for key in query if (n := number(key)) is not None]
            return list(map(Hit, *compiled.best(terms, None, count)))
        worth = lift.worth if lift else {}
        weighed = zip(query, weights or repeat(1.0, len(query)), strict=True)
        known: list[Sought] = [(n, w, worth.get(key)) for key, w in weighed if (n := number(key)) is not None]
        above = Above(self._accumulator.under(lift.of), lift.total) if lift else None
        best = self._accumulator.best(known, above, count)
        return list(map(Hit, *best))


def _idf(frequencies: NDArray[np.int64], passages: int) -> tuple[NDArray[np.float64], float]:
    """The idf of terms that stand in so many of the passages each, and its average, as rank-bm25 computes them.

    To the last bit: NumPy's logarithms are not always those of ``math``, and its sums go in another order.
    """
    if not len(frequencies):
        return np.empty(0), 0.0
    seen = np.flatnonzero(np.bincount(frequencies))
    own = np.zeros(passages + 1)
    own[seen] = [math.log(passages - number + 0.5) - math.log(number + 0.5) for number in seen.tolist()]
    idf = own[frequencies]
    average = float(np.add.accumulate(idf)[-1]) / len(idf)
    idf[idf < 0] = _EPSILON * average
    return idf, average
