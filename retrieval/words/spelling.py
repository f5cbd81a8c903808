"""Which word of a language a misspelt one was most likely meant for, and which words are spelt rightly.

The words are data (``corpus/text/frequent/*.toml``, whose head names their source). They are read when a question holds
a word that neither reports nor lexicon know, and then those of its first letter only.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from corpus.text.frequent import frequent_words
from retrieval.language import language
from retrieval.words.terms import analyzer_of

UNLISTED = 5.0  # the tier of a word that is not among the frequent ones; theirs go from 0 (the most frequent) to 5
_LIKE = 3  # letters that a word and its inflections begin with
# Letters of a word from which one mistake is forgiven, and from which two are. A short word lies near many others.
_ONE_EDIT_FROM, _TWO_EDITS_FROM = 4, 8
_SHORT = 4  # letters of a word that is taken for one of the 3,000 most frequent only
_SHORT_TIER = 3.0
_MEANT_TIER = 4.0  # of the 10,000 most frequent; the others are known, but hardly meant: many are names


class _Drawer:
    """Frequent words that begin alike, each with its tier and within it how far down it stands."""

    def __init__(self, text: str) -> None:
        tiers = [(tier, part.split()) for tier, part in enumerate(text.split("|"))]
        self.tiers: Mapping[str, float] = {
            word: tier + place / len(part) for tier, part in tiers for place, word in enumerate(part)
        }
        self._sorted = sorted(self.tiers)
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.tiers:
            self._by_length[len(word)].append(word)

    def like(self, begin: str) -> Sequence[str]:
        """The words that begin so."""
        first = bisect_left(self._sorted, begin)
        return self._sorted[first : bisect_left(self._sorted, begin + "\U0010ffff", first)]

    def of_length(self, least: int, most: int) -> Iterator[str]:
        """The words of so many letters."""
        return chain.from_iterable(self._by_length.get(length, ()) for length in range(least, most + 1))


class Frequent:
    """The frequent words of one language, each with its tier."""

    def __init__(self, tag: str) -> None:
        self._tag = tag
        self._key = analyzer_of(tag).key
        self._name = language(tag).drawer
        self._read: dict[str, _Drawer] = {}

    def _drawer(self, word: str) -> _Drawer:
        """The drawer that a word would be kept in. Two threads may read one: both find the same."""
        name = self._name(word)
        found = self._read.get(name)
        if found is None:
            found = self._read[name] = _Drawer(frequent_words(self._tag).get(name, ""))
        return found

    def tiers(self, word: str) -> Mapping[str, float]:
        """The tier of each word in the drawer of ``word``, and within it how far down it stands."""
        return self._drawer(word).tiers

    def tier(self, key: str) -> float:
        """The tier of the most frequent word with that term key."""
        drawer = self._drawer(key)
        words = drawer.like(key[: max(_LIKE, len(key) - 1)])
        return min((drawer.tiers[word] for word in words if word == key or self._key(word) == key), default=UNLISTED)

    def knows(self, word: str, key: str) -> bool:
        """Whether a folded word, whose term key is ``key``, or an inflection of it is a frequent word."""
        drawer = self._drawer(word)
        return word in drawer.tiers or any(self._key(other) == key for other in drawer.like(word[:_LIKE]))

    def spellings(self, key: str) -> list[str]:
        """The frequent words that have that key, as they are written, in the order of the alphabet."""
        return [word for word in self._drawer(key).like(key[:_LIKE]) if self._key(word) == key]

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
        drawer = self._drawer(word)
        tiers = drawer.tiers
        others = drawer.of_length(len(word) - allowed, len(word) + allowed)
        for other, distance in nearest(word, others, allowed):
            key = self._key(other) or other
            if tiers[other] < most or (len(word) > _SHORT and is_known(key)):
                yield key, distance, tiers[other] + slip(word, other)


def nearest(word: str, others: Iterable[str], allowed: int) -> Iterator[tuple[str, int]]:
    """Those of ``others`` that at most so many edits part from ``word``, each with their number (optimal string
    alignment: a letter too many, too few or wrong, or two that changed places)."""
    from rapidfuzz.distance import OSA  # 8 ms: for misspelt words only
    from rapidfuzz.process import extract_iter

    for other, distance, _ in extract_iter(word, others, scorer=OSA.distance, score_cutoff=allowed):
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


def edits(a: str, b: str) -> int:
    """How many edits part two words, as ``nearest`` counts them."""
    from rapidfuzz.distance import OSA  # 8 ms: for misspelt words only

    return OSA.distance(a, b)


@cache
def frequent(tag: str) -> Frequent:
    """The frequent words of a BCP 47 language tag; none where the language has no list."""
    return Frequent(tag)
