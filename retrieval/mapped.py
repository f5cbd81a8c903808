"""An index whose parts are there already, as arrays: nothing is counted, and little is kept in memory."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.counted import Counted
from retrieval.index import PassageIndex, _Postings
from retrieval.words import Frequencies

Impacts = NDArray[np.float64]


class MappedIndex(PassageIndex):
    """The index over passages that are ``counted`` already, with the ``impacts`` of their postings.

    Without impacts they are found: that is the work of an index, and all of it.
    """

    def __init__(self, counted: Counted, impacts: Impacts | None = None, k1: float = 1.5, b: float = 0.75) -> None:
        self.k1, self.b, self.epsilon = k1, b, 0.25
        self.corpus_size = len(counted.lengths)
        self.avgdl = int(counted.lengths.sum()) / self.corpus_size if self.corpus_size else 0.0
        self.doc_len = counted.lengths  # type: ignore[assignment]  # a list would take ten times the memory
        self.counted = counted
        self.frequencies = Frequencies(counted.words, counted.starts.tolist())
        self._vocabulary = counted.words  # type: ignore[assignment]  # found in arrays, as what follows
        self.document_frequency = self.frequencies  # type: ignore[assignment]  # the same
        self.impacts_of_all = self._impacts(counted) if impacts is None else impacts
        self._postings = _Postings(
            counted.starts,
            counted.numbers,  # type: ignore[arg-type]  # half as wide, since there are so many
            self.impacts_of_all,
            self.corpus_size,
        )

    def _impacts(self, counted: Counted) -> Impacts:
        sizes = np.diff(counted.starts)
        self.idf = {}
        self._calc_idf(dict(zip(counted.words, sizes.tolist(), strict=True)))
        idf = np.repeat(np.fromiter(self.idf.values(), np.float64, len(self.idf)), sizes)
        # Operators in rank-bm25's own order, so that the last bit agrees.
        with np.errstate(divide="ignore", invalid="ignore"):  # an average length of 0 has no postings
            norm = self.k1 * (1 - self.b + self.b * counted.lengths / self.avgdl)
        found: Impacts = idf * (counted.counts * (self.k1 + 1) / (counted.counts + norm[counted.numbers]))
        return found


def arrays_of(name: str, index: PassageIndex) -> dict[str, NDArray[Any]]:
    """The arrays of an index of this module; ``mapped`` reads them."""
    if not isinstance(index, MappedIndex):
        raise TypeError("only a mapped index is made of arrays")
    whole = {**index.counted.arrays(), "impacts": index.impacts_of_all}
    return {f"{name}.{part}": array for part, array in whole.items()}


def mapped(name: str, arrays: Mapping[str, NDArray[Any]]) -> MappedIndex:
    """The index that ``arrays`` hold under that name."""
    return MappedIndex(Counted.of(arrays, name), arrays[f"{name}.impacts"])
