"""The scores of passages whose counts are known, however they were come by, to the last bit as the index gives them."""

from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import Hit, Lift, PassageIndex


class Counted(NamedTuple):
    """A passage by its number, how many terms it has, and how often it holds some of them."""

    number: int
    length: int
    often: Mapping[str, int]


def rescored(
    index: PassageIndex,
    passages: Sequence[Counted],
    query: Sequence[str],
    weights: Sequence[float] | None = None,
    lift: Lift | None = None,
) -> list[Hit]:
    """What ``index.search`` finds of ``passages``, each of which holds a term of ``query``.

    Of the index nothing is asked but what it reckons with. The counts have to be those that it was made of.
    """
    numbers = np.array([passage.number for passage in passages], np.int64)
    lengths = np.array([passage.length for passage in passages], np.int64)
    norm: NDArray[np.float64] = index.k1 * (1 - index.b + index.b * lengths.astype(np.float64) / (index.avgdl or 1.0))
    scores = np.zeros(len(passages))
    shared = np.zeros(len(passages), np.int64)
    stand = lift.of[numbers] if lift else None
    seen: set[str] = set()
    for key, weight in zip(query, weights or repeat(1.0, len(query)), strict=True):
        often = np.array([passage.often.get(key, 0) for passage in passages], np.int64)
        if not often.any():
            continue
        mine = weight * _shares(index.idf_of(key), often, norm, index.k1)
        if lift is not None and stand is not None and key in lift.worth:  # what both hold counts once
            mine -= np.clip(mine, 0.0, lift.worth[key][stand])
        scores += mine
        shared += (often > 0) & (key not in seen)
        seen.add(key)
    if lift is not None and stand is not None:
        scores += lift.total[stand]
    order = np.lexsort((numbers, -scores))
    return [Hit(int(numbers[n]), float(scores[n]), int(shared[n])) for n in order.tolist()]


def _shares(idf: float, often: NDArray[np.int64], norm: NDArray[np.float64], k1: float) -> NDArray[np.float64]:
    return np.where(often > 0, idf * (often * (k1 + 1) / (often + norm)), 0.0)
