"""How near a sentence comes to the wants of one question by words that stand near them, though no list names them.

A near word never stands for the word itself: it is evidence of its own, beside what a sentence holds. A word that is
itself asked for stands near nothing: where somebody asks whether the child was a boy or a girl, "child" tells neither.
Names and numbers have no near words, since one country is no answer where another was asked about.
"""

from collections.abc import Iterator, Mapping, Sequence
from operator import mul

from retrieval.evidence.vocabulary import Vocabulary
from retrieval.question.query import Query, Want
from retrieval.sentence import Sentence
from retrieval.words.near_words import LEAST, Near

SOUGHT_FROM = 0.5  # the cosine from which passages are looked for by a near word
SOUGHT = 8  # near words of one want at most that passages are looked for by
STRENGTH = 0.6  # how much such a word counts, times its cosine: less than any equivalent of the table "close"


class Nearness:
    """The near words of the wants of ``query`` among those of ``vocabulary``; none where ``near`` is ``None``."""

    def __init__(self, query: Query, vocabulary: Vocabulary, near: Near | None) -> None:
        self._wants = query.wants
        self._asked = frozenset(want.key for want in query.wants)
        self._vocabulary = vocabulary
        self._near = near
        self._of: dict[int, Mapping[str, float]] = {}

    def _words(self, number: int) -> Mapping[str, float]:
        """The near words of a want; looked up where a sentence first lacks the want."""
        found = self._of.get(number)
        if found is None:
            want = self._wants[number]
            near = self._near.of(want.key) if self._near and want.key and _is_word(want) else {}
            found = self._of[number] = {key: cosine for key, cosine in near.items() if key not in self._asked}
        return found

    def terms(self) -> Iterator[tuple[str, int, float]]:
        """Where no passage holds a want: the terms near it, each with the number of the want and its weight."""
        for n, want in enumerate(self._wants):
            if want.key and not self._vocabulary.holds(want.key):
                near: Sequence[tuple[str, float]] = list(self._words(n).items())[:SOUGHT]
                yield from ((key, n, STRENGTH * cosine) for key, cosine in near if cosine >= SOUGHT_FROM)

    def held(
        self,
        sentences: Sequence[Sentence],
        strengths: Sequence[Sequence[float]],
        idf: Sequence[float],
        above: Sequence[float],
    ) -> tuple[Sequence[float], float]:
        """The share of the question that each sentence of a passage holds, and that all hold together, where a want
        counts by how it is held (``strengths``, a row a sentence) or, if that is nearer, by the nearest word. ``idf``
        says what the wants weigh, ``above`` how nearly each is held by what stands above the passage."""
        total = sum(idf) or 1.0
        rows = [
            [max(own, self.of_sentence(sentence, n)) if own < 1.0 else own for n, own in enumerate(row)]
            for sentence, row in zip(sentences, strengths, strict=True)
        ]
        whole = map(max, zip(above, *rows, strict=True))
        return [sum(map(mul, idf, row)) / total for row in rows], sum(map(mul, idf, whole)) / total

    def of_sentence(self, sentence: Sentence, number: int) -> float:
        """How near the nearest word comes to a want: 0 at the least cosine that counts, 1 for the word itself."""
        near = self.best(sentence, number)
        return (near[1] - LEAST) / (1.0 - LEAST) if near else 0.0

    def anywhere(self, number: int) -> float:
        """The same of the nearest word that any passage holds."""
        cosine = next(iter(self._words(number).values()), LEAST)
        return (cosine - LEAST) / (1.0 - LEAST)

    def best(self, sentence: Sentence, number: int) -> tuple[str, float] | None:
        """The term of ``sentence`` nearest to a want that it lacks, with its cosine; ``None`` where none is near."""
        if self._wants[number].key in sentence.positions:
            return None
        words = self._words(number)
        near = words.keys() & sentence.positions.keys() if words else ()
        best = min(((-words[key], key) for key in near), default=None)
        return (best[1], -best[0]) if best else None


def _is_word(want: Want) -> bool:
    return not want.is_name and not want.is_number
