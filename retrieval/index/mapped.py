"""An index as arrays, and an index over such arrays: nothing is counted, and little is kept in memory."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import PassageIndex
from retrieval.index.postings import Postings, Vocabulary
from retrieval.index.words import Frequencies, Words, written

_WORDS = ("text", "begins", "numbers")


def arrays_of(name: str, index: PassageIndex) -> dict[str, NDArray[Any]]:
    """The arrays of an index under a name; ``mapped`` reads them."""
    return {**counts_of(name, list(index.idf), index.postings), f"{name}.impacts": index.impacts_of_all}


def counts_of(name: str, vocabulary: Vocabulary, postings: Postings) -> dict[str, NDArray[Any]]:
    """The arrays of what is counted, which an index is made of; ``counts`` reads them."""
    words = {f"{name}.words.{part}": array for part, array in written(vocabulary).items()}
    return words | {f"{name}.{part}": array for part, array in postings._asdict().items()}


def counts(name: str, arrays: Mapping[str, NDArray[Any]]) -> tuple[Words, Postings]:
    """The words and the postings that ``arrays`` hold under a name.

    Raises ``KeyError`` and ``ValueError`` where they hold none.
    """
    words = Words(*(arrays[f"{name}.words.{part}"] for part in _WORDS))
    found = Postings(*(arrays[f"{name}.{part}"] for part in Postings._fields))
    starts = found.starts
    if len(starts) != len(words) + 1 or (np.diff(starts) < 0).any():
        raise ValueError("words and postings differ in number")
    ends = {len(found.numbers), len(found.frequencies), len(found.positions), int(starts[-1]) - int(starts[0])}
    if len(ends) > 1 or starts[0]:
        raise ValueError("postings leave their arrays")
    return words, found


class MappedIndex(PassageIndex):
    """An index over arrays, without a table of all its words."""

    @cached_property
    def document_frequency(self) -> Frequencies:
        """In how many passages each term stands."""
        if not isinstance(self._vocabulary, Words):
            raise TypeError("the words of a mapped index are arrays")
        return Frequencies(self._vocabulary, self.postings.starts)


def mapped(name: str, arrays: Mapping[str, NDArray[Any]]) -> MappedIndex:
    """The index that ``arrays`` hold under a name."""
    return MappedIndex.over(*counts(name, arrays), arrays[f"{name}.impacts"])
