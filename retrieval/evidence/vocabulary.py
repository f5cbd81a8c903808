"""The words that a set of passages holds, and which of them a query's wants may be found by: the word itself, its
equivalents, a word of the same family, or the word that was meant where it was misspelt."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from retrieval.index.words import Frequencies
from retrieval.language import language
from retrieval.question.query import Query, Want
from retrieval.words.background import common_terms
from retrieval.words.lexicon import Keys, Lexicons
from retrieval.words.spelling import UNLISTED, Frequent, nearest, slip

FAMILY = 0.6  # how near a word of the same family comes, times the share of letters the two begin with
_FAMILY_LETTERS = 5
_FAMILY_SHARE = 0.65  # of the longer word's letters
_SPELT_FROM = 4  # letters of a stem from which it may be taken for a misspelt term of the passages
_TYPED_FROM = 5  # and those of the word that was typed
# So many tiers (see ``Frequent``) a term of the passages, or of the lexicon, may be less frequent than another word.
_OF_PASSAGES, _OF_LEXICON = 3, 1
_TWO_EDITS_FROM = 9  # letters from which two mistakes are forgiven

Singles = Mapping[str, Sequence[tuple[int, float]]]
Phrases = Sequence[tuple[Keys, int, float]]


class Vocabulary:
    """Terms with their document frequency, and the lengths that BM25 needs.

    ``frequency`` counts passages (for ``passages`` of them) that hold a term; lengths are in terms. ``known`` are
    words that are spelt rightly though no passage holds them: those of the lexicon. They are asked for
    by their first letter, when a word is looked up that no passage holds, and not before. ``stop_words`` are the stop
    words among them.
    """

    def __init__(
        self,
        frequency: Mapping[str, int],
        passages: int,
        average_passage: float,
        average_sentence: float,
        known: Callable[[str], frozenset[str]] = lambda _: frozenset(),
        stop_words: frozenset[str] = frozenset(),
    ) -> None:
        self._frequency = frequency
        self._known = known
        self._stop_words = stop_words
        self._right: dict[str, Mapping[int, Sequence[str]]] = {}
        self._passages = passages
        self.average_passage = average_passage or 1.0
        self.average_sentence = average_sentence or 1.0

    def prepare(self) -> None:
        """Sort the words now rather than with the first question that needs it."""
        if not isinstance(self._frequency, Frequencies):
            _ = self._families, self._by_letter

    def idf(self, key: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)): never negative, and highest for a term that no passage holds."""
        n = self._frequency.get(key, 0)
        return math.log(1 + (self._passages - n + 0.5) / (n + 0.5))

    def holds(self, key: str) -> bool:
        """Whether a passage holds the term."""
        return key in self._frequency

    def share(self, key: str) -> float:
        """The share of passages that hold the term."""
        return self._frequency.get(key, 0) / self._passages if self._passages else 0.0

    def lookup(self, query: Query) -> tuple[Singles, Phrases]:
        """What each want may be found by.

        First the single terms, each with the wants that it serves (by number) and how near it is; then the phrases.
        Only terms that the passages hold are listed.
        """
        singles: defaultdict[str, dict[int, float]] = defaultdict(dict)
        phrases: list[tuple[Keys, int, float]] = []
        for n, (want, equivalents) in enumerate(zip(query.wants, query.equivalents, strict=True)):
            for key, strength in self._words(want):
                singles[key][n] = max(strength, singles[key].get(n, 0.0))
            for keys, strength in equivalents.items():
                if not all(map(self.holds, keys)):
                    continue
                if len(keys) == 1:
                    singles[keys[0]][n] = max(strength, singles[keys[0]].get(n, 0.0))
                else:
                    phrases.append((keys, n, strength))
        return {key: tuple(found.items()) for key, found in singles.items()}, sorted(phrases)

    def _words(self, want: Want) -> Iterator[tuple[str, float]]:
        """The want's own term and those of its family."""
        if want.key is None:
            return
        if self.holds(want.key):
            yield want.key, 1.0
        if len(want.key) >= _FAMILY_LETTERS and want.key.isalpha():
            for other in self._family(want.key[:_FAMILY_LETTERS]):
                if other != want.key:
                    shared = common_prefix(want.key, other) / max(len(want.key), len(other))
                    if shared >= _FAMILY_SHARE:
                        yield other, FAMILY * shared

    def _family(self, begin: str) -> Sequence[str]:
        """The words that begin so, in their order."""
        if isinstance(self._frequency, Frequencies):
            found = self._frequency.beginning(begin)
            return [key for key in found if key.isalpha()]
        return self._families.get(begin, ())

    def _with_letter(self, letter: str) -> Sequence[str]:
        """The words that begin with a letter."""
        if isinstance(self._frequency, Frequencies):
            return self._frequency.beginning(letter)
        return self._by_letter.get(letter, ())

    @cached_property
    def _families(self) -> Mapping[str, Sequence[str]]:
        families: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._frequency:
            if len(key) >= _FAMILY_LETTERS and key.isalpha():
                families[key[:_FAMILY_LETTERS]].append(key)
        return families

    @cached_property
    def _by_letter(self) -> Mapping[str, Sequence[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._frequency:
            found[key[0]].append(key)
        return found

    def _spelt_rightly(self, letter: str) -> Mapping[int, Sequence[str]]:
        """The words that begin so, by their length, each sorted."""
        found = self._right.get(letter)
        if found is None:
            by_length: defaultdict[int, list[str]] = defaultdict(list)
            for key in sorted(self._known(letter).union(self._with_letter(letter))):
                if key.isalpha() and key[0] == letter:
                    by_length[len(key)].append(key)
            found = self._right[letter] = dict(by_length)
        return found

    def _is_known(self, key: str) -> bool:
        return key in self._spelt_rightly(key[0]).get(len(key), ())

    def meant(
        self, key: str, word: str = "", frequent: Frequent | None = None, apart: Sequence[str] = ()
    ) -> str | None:
        """The term of the passages, or the known word, that a misspelt one was most likely meant for, or ``None``.

        ``word`` is what was typed, folded, where its ``frequent`` words are to be looked at besides. ``apart`` has the
        keys that it may be after a word run together with it ("lusine"). The first letter has to be right. Among
        equally near terms the more frequent in the language counts, then the one by a likelier mistake; a term of the
        passages, and to a lesser part one of the lexicon, may be less frequent by far. Then the more frequent in the
        passages counts, one that is no stop word, and the first in the alphabet.
        """
        if not key.isalpha() or self.holds(key):
            return None
        if self._is_known(key) or (frequent and frequent.knows(word, key)):
            return None
        if after := next((other for other in apart if self.holds(other) or self._is_known(other)), None):
            return after
        found: list[tuple[int, float, int, bool, str]] = []
        near = frequent.near(word, self._is_known) if frequent else ()
        for other, distance, fit in chain(near, self._near(key, word, frequent)):
            lead = _OF_PASSAGES if self.holds(other) else _OF_LEXICON if self._is_known(other) else 0
            found.append((distance, fit - lead, -self._frequency.get(other, 0), other in self._stop_words, other))
        return min(found)[-1] if found else None

    def _near(self, key: str, word: str, frequent: Frequent | None) -> Iterator[tuple[str, int, float]]:
        """The same as ``Frequent.near`` for the terms of the passages and of the lexicon."""
        if len(key) < _SPELT_FROM or 0 < len(word) < _TYPED_FROM:
            return
        by_length = self._spelt_rightly(key[0])
        allowed = 2 if len(key) >= _TWO_EDITS_FROM else 1
        lengths = range(len(key) - allowed, len(key) + allowed + 1)
        for other, distance in nearest(key, chain.from_iterable(by_length.get(n, ()) for n in lengths), allowed):
            tier = frequent.tier(other) if frequent else UNLISTED
            if frequent is None or tier == UNLISTED:
                yield other, distance, tier + slip(key, other) if frequent else 0.0
            elif self.holds(other):  # stems are shorter than words and lie nearer to each other: this tells less
                yield other, distance, tier + slip(key, other) + 1


def common_prefix(a: str, b: str) -> int:
    """With how many letters both begin."""
    for n, (x, y) in enumerate(zip(a, b)):  # noqa: B905 - up to the shorter one
        if x != y:
            return n
    return min(len(a), len(b))


def spelt_rightly(lexicons: Lexicons, languages: Sequence[str], letter: str) -> frozenset[str]:
    """The words of the languages that begin so and are spelt rightly, whether a passage holds them or not."""
    known = (lexicons.of(tag).words(letter) | common_terms(tag, letter) | language(tag).stop_words for tag in languages)
    return frozenset().union(*known)
