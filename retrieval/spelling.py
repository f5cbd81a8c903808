"""Which word of a language a misspelt one was most likely meant for, and which words are spelt rightly.

The words are data (``language/*/frequent.toml``, whose head names their source). They are read when a question holds a
word that neither reports nor lexicon know, and then those of its first letter only.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from retrieval.language import frequent_words, language
from retrieval.terms import analyzer

UNLISTED = 5.0  # the tier of a word that is not among the frequent ones; theirs go from 0 (the most frequent) to 5
_LIKE = 3  # letters that a word and its inflections begin with
# Letters of a word from which one mistake is forgiven, and from which two are. A short word lies near many others.
_ONE_EDIT_FROM, _TWO_EDITS_FROM = 4, 8
_SHORT = 4  # letters of a word that is taken for one of the 3,000 most frequent only
_SHORT_TIER = 3.0
_MEANT_TIER = 4.0  # of the 10,000 most frequent; the others are known, but hardly meant: many are names


class Frequent:
    """The frequent words of one language, each with its tier."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._key = analyzer(tag).key
        self._drawer = language(tag).drawer
        self._read: dict[str, Mapping[str, float]] = {}

    def tiers(self, word: str) -> Mapping[str, float]:
        """The tier of each word in the drawer of ``word``, and within it how far down it stands.

        Two threads may read one: both find the same.
        """
        name = self._drawer(word)
        found = self._read.get(name)
        if found is None:
            parts = frequent_words(self._tag).get(name, "").split("|")
            tiers = [(tier, part.split()) for tier, part in enumerate(parts)]
            found = self._read[name] = {w: tier + n / len(part) for tier, part in tiers for n, w in enumerate(part)}
        return found

    def tier(self, key: str) -> float:
        """The tier of the most frequent word with that term key."""
        begin = key[: max(_LIKE, len(key) - 1)]
        words = (word for word in self.tiers(key) if word.startswith(begin))
        return min((self.tiers(key)[w] for w in words if w == key or self._key(w) == key), default=UNLISTED)

    def knows(self, word: str, key: str) -> bool:
        """Whether a folded word, whose term key is ``key``, or an inflection of it is a frequent word."""
        listed = self.tiers(word)
        begin = word[:_LIKE]
        return word in listed or any(self._key(other) == key for other in listed if other.startswith(begin))

    def spellings(self, key: str) -> list[str]:
        """The frequent words that have that key, as they are written, the most frequent first."""
        return [word for word in self.tiers(key) if word.startswith(key[:_LIKE]) and self._key(word) == key]

    def near(self, word: str, is_known: Callable[[str], bool]) -> Iterator[tuple[str, int, float]]:
        """The frequent words that a misspelt one may have been meant for: term key (the word itself where it is a stop
        word), edits, and how well it fits; less is nearer in both.

        Of the rarer ones those alone whose key ``is_known``, in a report or in the lexicon. The first letter has to be
        right, unless it only changed places with the second.
        """
        swapped = word[1:2] + word[:1] + word[2:]
        for other in {swapped, *(_swaps(word) if len(word) < _ONE_EDIT_FROM else ())}:
            tier = self.tiers(other).get(other)
            if tier is not None and (tier < 1 or len(word) >= _ONE_EDIT_FROM):
                yield self._key(other) or other, 1, tier
        if len(word) < _ONE_EDIT_FROM:
            return
        most = _MEANT_TIER if len(word) > _SHORT else _SHORT_TIER
        allowed = 2 if len(word) >= _TWO_EDITS_FROM else 1
        tiers = self.tiers(word)
        for other, distance in nearest(word, tiers, allowed):
            key = self._key(other) or other
            if tiers[other] < most or (len(word) > _SHORT and is_known(key)):
                yield key, distance, tiers[other] + slip(word, other)


def nearest(word: str, others: Iterable[str], allowed: int) -> Iterator[tuple[str, int]]:
    """Those of ``others`` that at most so many edits part from ``word``, each with their number."""
    letters = frozenset(word)
    for other in others:
        if abs(len(other) - len(word)) <= allowed and len(letters.symmetric_difference(other)) <= 2 * allowed:
            distance = edits(word, other, allowed)
            if distance <= allowed:
                yield other, distance


def slip(typed: str, meant: str) -> int:
    """How unlikely a mistake is: 0 for swapped letters and one of a double letter, 1 for a letter too many or too few,
    2 for a wrong one."""
    if len(typed) != len(meant):
        return int(_single(typed) != _single(meant))
    return 0 if sorted(typed) == sorted(meant) else 2


def _single(word: str) -> str:
    """``word`` with each run of a letter once."""
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def _swaps(word: str) -> Iterator[str]:
    for n in range(1, len(word) - 1):
        yield word[:n] + word[n + 1] + word[n] + word[n + 2 :]


def edits(a: str, b: str, limit: int) -> int:
    """The optimal string alignment distance of two words, or ``limit + 1`` as soon as it must exceed ``limit``."""
    older: list[int] = []
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        older, previous = previous, row
    return previous[-1]


@cache
def frequent(tag: str) -> Frequent:
    """The frequent words of a BCP 47 language tag; none where the language has no list."""
    return Frequent(tag)
