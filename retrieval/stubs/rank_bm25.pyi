# rank-bm25 0.2.2 has no types; this is the part of it that the project uses.
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_T = TypeVar("_T")

class BM25Okapi:
    k1: float
    b: float
    epsilon: float
    corpus_size: int
    avgdl: float
    idf: dict[str, float]
    doc_len: list[int]
    average_idf: float
    def __init__(
        self,
        corpus: Iterable[Sequence[str]],
        tokenizer: Callable[[str], list[str]] | None = None,
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
    ) -> None: ...
    def _initialize(self, corpus: Iterable[Sequence[str]]) -> dict[str, int]: ...
    def _calc_idf(self, nd: dict[str, int]) -> None: ...
    def get_scores(self, query: Sequence[str]) -> NDArray[np.float64]: ...
    def get_batch_scores(self, query: Sequence[str], doc_ids: Sequence[int]) -> list[float]: ...
    def get_top_n(self, query: Sequence[str], documents: Sequence[_T], n: int = 5) -> list[_T]: ...
