"""How alike a question and a sentence are as wholes: the cosine of the sums of their words' vectors.

The vectors are the rows of the table of near words, each times what the table says that its term counts. They were
fitted so that such a sum comes near to what a model of sentences gives for the whole (``tests.tools.word_sums``); here
no model runs. Stop words count, "who" and "where" above all. A word that the table lacks, such as a rare name, adds
nothing, and a language without a table has no likeness. The rows of French were not fitted: each counts by how rare its
words are.

Sums are the same on every machine: all are whole numbers, those of products below 2 ** 53, and so are exact in any
order of adding.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.language import language
from retrieval.near_words import table
from retrieval.sentence import Sentence

KEPT = 1_000  # passages whose sums are kept


class Sums(NamedTuple):
    """A sum for each of some texts, shape ``(texts, numbers)``, and their lengths; 1 for a sum of nothing."""

    rows: NDArray[np.float64]
    lengths: NDArray[np.float64]


class Likeness:
    """Compares questions with the sentences of some passages, which are in the language ``tag``."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._kept: OrderedDict[int, Sums] = OrderedDict()

    def of(self, question: Sums, number: int, sentences: Sequence[Sentence]) -> list[float]:
        """The cosine of a ``question`` (the sum of one text) and each sentence of the passage of that number, from -1
        to 1; 0 where the table knows no word of it. Two threads may ask of one passage at once: both find the same."""
        sums = self._kept.get(number)
        if sums is None:
            sums = self._kept[number] = summed([self._tokens(sentence) for sentence in sentences], self._tag)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        cosines: list[float] = (sums.rows @ question.rows[0] / (sums.lengths * question.lengths[0])).tolist()
        return cosines

    def _tokens(self, sentence: Sentence) -> list[str]:
        stop_words = language(self._tag).stop_words
        terms = (key for key, places in sentence.positions.items() for _ in places)
        return [*terms, *(word for word in sentence.words if word in stop_words)]


def summed(texts: Sequence[Sequence[str]], tag: str) -> Sums:
    """The sum of the vectors of each text, which is given as its terms and stop words."""
    own = table(tag)
    if own is None:
        return Sums(np.zeros((len(texts), 0)), np.ones(len(texts)))
    found, at = own.places(list(dict.fromkeys(token for text in texts for token in text)))
    place = {token: n for n, token in enumerate(found)}
    rows = own.rows[at].astype(np.float64) * own.weights[at].astype(np.float64)[:, None]
    sums = np.zeros((len(texts), rows.shape[1]))
    for n, text in enumerate(texts):
        held = [place[token] for token in text if token in place]
        if held:
            sums[n] = rows[held].sum(axis=0)
    lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
    return Sums(sums, np.where(lengths > 0, lengths, 1.0))
