"""Sentences → how typical each is of them all: TextRank over BM25 similarity.

Barrios, López, Argerich and Wachenchauzer, "Variations of the Similarity Function of TextRank for Automated
Summarization" (2016, arXiv:1602.03606): sentences are nodes, their BM25 similarity is the weight between them,
PageRank gives their worth.

The similarities of all sentences make a square, so a report of more than ``MAX_RANKED`` sentences is thinned first:
TextRank sees those that are most similar to the report as a whole, by the same BM25.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from retrieval.index.bm25 import PassageIndex

DAMPING = 0.85  # Brin and Page 1998, as TextRank takes it
MAX_RANKED = 1_500  # sentences; similarities are a square of this side
_ROUNDS = 60  # 0.85 ** 60 < 1e-4


def central(keys: Sequence[Sequence[str]], index: PassageIndex) -> dict[int, float]:
    """The worth of sentences, given by their term keys, and with their ``index``: of all, or of the ``MAX_RANKED`` most
    typical ones."""
    ranked = _typical(index, keys)
    return dict(zip(ranked, _textrank([keys[n] for n in ranked]), strict=True))


def _typical(index: PassageIndex, keys: Sequence[Sequence[str]]) -> list[int]:
    """The sentences that TextRank is to see, in order: all, or the ``MAX_RANKED`` most similar to them all together."""
    if len(keys) <= MAX_RANKED:
        return list(range(len(keys)))
    whole = Counter(key for own in keys for key in own)
    return sorted(hit.passage for hit in index.search(list(whole), MAX_RANKED, list(whole.values())))


def _textrank(keys: Sequence[Sequence[str]]) -> list[float]:
    """PageRank of each sentence."""
    count = len(keys)
    if not count:
        return []
    index = PassageIndex(keys)
    similarity = np.zeros((count, count))
    for n, own in enumerate(keys):
        similarity[n] = index.get_scores(own)
        similarity[n, n] = 0.0
    np.maximum(similarity, 0.0, out=similarity)
    out = similarity.sum(axis=1, keepdims=True)
    links = np.divide(similarity, out, out=np.full_like(similarity, 1 / count), where=out > 0)
    worth = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        worth = (1 - DAMPING) / count + DAMPING * (worth @ links)
    ranks: list[float] = np.round(worth, 12).tolist()
    return ranks
