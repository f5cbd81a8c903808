"""How alike a question and a sentence are as wholes: the cosine of the sums of their words' vectors.

The vectors stand in a table that ships (``language/en/sums.bin``, made by ``python -m tests.tools.word_sums``), each a
row times what its term counts. They were fitted so that such a sum comes near to what a model of sentences gives for
the whole; here no model runs. Stop words count, "who" and "where" above all. A word that the table lacks, such as a
rare name or a number, is a dimension of its own: a sentence that holds it too is more alike, one that lacks it less.
What stands in a sentence for a word of the question (an equivalent, an acronym, a word of its family) counts as that
word, as far as it is near. A language without a table has no likeness.

Sums are the same on every machine: what is added is made of whole numbers below 2 ** 53 and of the strengths of
matches, in one order.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.evidence.features import Match
from retrieval.language import language
from retrieval.question.query import Query
from retrieval.sentence import Sentence
from retrieval.words.vectors import Table

KEPT = 1_000  # passages whose sums are kept
KEPT_WORDS = 10_000  # words of questions, and what stands for them, whose vectors are kept
STRANGE = 20_000  # the length of the vector of a word that the table lacks: that of a rare word which it has

Rows = NDArray[np.float64]


class Sums(NamedTuple):
    """A sum for each of some texts: the parts that the table has, shape ``(texts, numbers)``, with their squared
    lengths, and how often each other word stands in them."""

    rows: Rows
    squares: Sequence[float]
    strange: Sequence[Mapping[str, float]]


class Likeness:
    """Compares questions with the sentences of some passages, which are in the language ``tag``."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._kept: OrderedDict[int, Sums] = OrderedDict()

    def asked(self, query: Query) -> "Asked | None":
        """What a question is compared by; ``None`` where the language has no table."""
        return Asked(query) if table(self._tag) else None

    def of(
        self, asked: "Asked", number: int, sentences: Sequence[Sentence], held: Sequence[Sequence[Match | None]]
    ) -> list[float]:
        """The cosine of the question and each sentence of the passage of that number, from -1 to 1; 0 where nothing is
        known of it. ``held`` says how the sentences hold its wants. Two threads may ask of one passage at once: both
        find the same."""
        sums = self._kept.get(number)
        if sums is None:
            sums = self._kept[number] = summed([self._tokens(sentence) for sentence in sentences], self._tag)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return asked.likeness(sums, held)

    def _tokens(self, sentence: Sentence) -> list[str]:
        stop_words = language(self._tag).stop_words
        terms = (key for key, places in sentence.positions.items() for _ in places)
        return [*terms, *(word for word in sentence.words if word in stop_words)]


class Asked:
    """A question as it is compared with sentences."""

    def __init__(self, query: Query) -> None:
        self._wants = [want.key for want in query.wants]
        self._tag = query.tag
        self._row: Rows = summed([[]], query.tag).rows[0]
        self._strange = Counter[str]()
        for token in query.tokens:
            own = vector(token, query.tag)
            if own is None:
                self._strange[token] += 1
            else:
                self._row = self._row + own
        self._length = _length(float(self._row @ self._row), self._strange)

    def likeness(self, sums: Sums, held: Sequence[Sequence[Match | None]]) -> list[float]:
        """The cosine of the question and each of the texts of ``sums``, which hold its wants so."""
        found = []
        for n, product in enumerate((sums.rows @ self._row).tolist()):
            square, strange = sums.squares[n], sums.strange[n]
            instead = [
                (key, match)
                for key, match in zip(self._wants, held[n], strict=True)
                if key and match and match.strength < 1.0 and match.keys != (key,)
            ]
            if instead:
                row, strange = self._read_as(sums.rows[n], strange, instead)
                product, square = float(row @ self._row), float(row @ row)
            for word, count in self._strange.items():
                product += count * strange.get(word, 0.0) * STRANGE**2
            found.append(product / (self._length * _length(square, strange)))
        return found

    def _read_as(
        self, row: Rows, strange: Mapping[str, float], instead: Iterable[tuple[str, Match]]
    ) -> tuple[Rows, Mapping[str, float]]:
        """The sum of a text in which words of the question stand in place of what matched them."""
        counts = dict(strange)
        for key, match in instead:
            for word, share in ((key, match.strength), *((other, -match.strength) for other in match.keys)):
                own = vector(word, self._tag)
                if own is None:
                    counts[word] = counts.get(word, 0.0) + share
                else:
                    row = row + share * own
        return row, counts


@cache
def table(tag: str) -> Table | None:
    """The table of a BCP 47 language tag, opened; ``None`` where the language has none."""
    file = language(tag).sums
    return Table(file) if file else None


@lru_cache(KEPT_WORDS)
def vector(word: str, tag: str) -> Rows | None:
    """What a term or stop word adds to a sum, shape ``(numbers,)``; ``None`` where the table lacks it."""
    own = table(tag)
    if own is None:
        return None
    _, at = own.places([word])
    return own.rows[at[0]].astype(np.float64) * float(own.weights[at[0]]) if len(at) else None


def _length(square: float, strange: Mapping[str, float]) -> float:
    """The length of a sum; 1 for a sum of nothing."""
    if strange:
        square += sum(count * count for count in strange.values()) * STRANGE**2
    return sqrt(square) or 1.0


def summed(texts: Sequence[Sequence[str]], tag: str) -> Sums:
    """The sum of the vectors of each text, which is given as its terms and stop words."""
    own = table(tag)
    if own is None:
        return Sums(np.zeros((len(texts), 0)), [0.0] * len(texts), [{}] * len(texts))
    found, at = own.places(list(dict.fromkeys(token for text in texts for token in text)))
    place = {token: n for n, token in enumerate(found)}
    rows = own.rows[at].astype(np.float64) * own.weights[at].astype(np.float64)[:, None]
    sums = np.zeros((len(texts), rows.shape[1]))
    for n, text in enumerate(texts):
        if known := [place[token] for token in text if token in place]:
            sums[n] = rows[known].sum(axis=0)
    squares: list[float] = np.einsum("ij,ij->i", sums, sums).tolist()
    return Sums(sums, squares, [Counter(token for token in text if token not in place) for text in texts])
