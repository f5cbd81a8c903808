"""In how many reports a term stands: counted once, since a word that most of them hold is asked for again and again."""

import numpy as np
from numpy.typing import NDArray

from retrieval.index.postings import Postings

_PORTION = 1 << 17  # postings that are looked at together: what is between stays in the processor's caches


def spread(postings: Postings, whose: NDArray[np.int64]) -> NDArray[np.int32]:
    """In how many reports each term stands, shape ``(terms,)``; ``whose`` has the number of the report of each passage,
    ascending."""
    size, of = len(postings.numbers), whose.astype(np.int32)
    is_first = np.ones(size, np.bool_)  # of a term in a report
    for start in range(1, size, _PORTION):
        reports = of[postings.numbers[start - 1 : start + _PORTION]]
        is_first[start : start + _PORTION] = reports[1:] != reports[:-1]
    begin = postings.starts[:-1]
    is_first[begin] = True
    return np.add.reduceat(is_first, begin, dtype=np.int32) if size else np.zeros(len(begin), np.int32)
