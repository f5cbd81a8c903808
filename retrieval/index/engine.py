"""What the first search is put to: the one seam between what finds passages and what weighs them.

``PassageIndex`` is such an engine, in the memory and the files of the process that asks. What has the passages
somewhere else has to give what that one would give, to the last bit: everything after the search goes by it.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bm25 import Hit, Lift


class Engine(Protocol):
    """Numbered passages that can be searched by weighted terms. Safe to ask from several threads."""

    @property
    def corpus_size(self) -> int:
        """How many passages there are."""
        ...

    @property
    def terms_held(self) -> int:
        """How many terms they have together."""
        ...

    @property
    def avgdl(self) -> float:
        """How many terms one has on average; 0.0 where there is none."""
        ...

    @property
    def document_frequency(self) -> Mapping[str, int]:
        """In how many passages each term stands."""
        ...

    def search(
        self, query: Sequence[str], count: int, weights: Sequence[float] | None = None, lift: Lift | None = None
    ) -> list[Hit]:
        """See ``PassageIndex.search``."""
        ...

    def holding(self, key: str, among: range | None = None) -> NDArray[np.int32]:
        """See ``PassageIndex.holding``."""
        ...
