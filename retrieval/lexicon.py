"""Equivalents: words of a question that may find other words in a report, each with a weight below an exact match.

The words are data (``language/*/lexicon.toml``, whose head explains the form). What operators add to them is read by
``retrieval.lexicon_file``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from retrieval.language import language
from retrieval.terms import Analyzer, analyzer

# How near an equivalent of each table comes to the word itself.
WEIGHTS = {"same": 0.85, "close": 0.6, "loose": 0.35}

Keys = tuple[str, ...]


class Entry(NamedTuple):
    """One line, as seen from one of its sources: the keys of the source, and the text of what it finds in a report."""

    source: Keys
    targets: str
    weight: float


class Lexicon:
    """The equivalents of one language, found by the words of a question.

    Only what a question may ask is read at once; what it finds is read when it is asked, since a start should be quick.
    """

    def __init__(self, tables: Mapping[str, str], of: Analyzer) -> None:
        self._by_first: defaultdict[str, list[Entry]] = defaultdict(list)
        self._found: dict[str, frozenset[Keys]] = {}
        self._tables = tables
        self._key = of.key
        for name, weight in WEIGHTS.items():
            for line in tables.get(name, "").splitlines():
                left, arrow, right = line.partition("#")[0].partition(">")
                for item in left.split(","):
                    source = tuple([self._key(word) or word for word in item.split()])
                    if source:
                        self._by_first[source[0]].append(Entry(source, right if arrow else left, weight))

    def _targets(self, text: str) -> frozenset[Keys]:
        """The keys of each item of ``text``, without its little words; one in capitals is a name (WHO)."""
        found = self._found.get(text)
        if found is None:
            items = (
                tuple([key for word in item.split() if (key := self._key(word, is_name=word.isupper()))])
                for item in text.split(",")
            )
            found = self._found[text] = frozenset(items) - {()}
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The terms of all items, on either side: they are words, and no misspellings."""
        entries = [entry for entries in self._by_first.values() for entry in entries]
        targets = {keys for text in {entry.targets for entry in entries} for keys in self._targets(text)}
        return frozenset(word for keys in targets.union(entry.source for entry in entries) for word in keys)

    def spellings(self, key: str) -> list[str]:
        """The words of the items that have that key, as they are written, in order."""
        lines = (line.partition("#")[0] for text in self._tables.values() for line in text.splitlines())
        words = (word for line in lines for word in line.replace(">", ",").replace(",", " ").split())
        return [word for word in words if self._key(word) == key]

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Keys, float]]:
        """Where ``words`` (term keys, or the words themselves where they are stop words) hold a source.

        Yields the first word, the end, the keys of one equivalent and its weight.
        """
        for start, first in enumerate(words):
            for source, text, weight in self._by_first.get(first, ()):
                end = start + len(source)
                if tuple(words[start:end]) == source:
                    for target in self._targets(text):
                        if target != source:
                            yield start, end, target, weight


@cache
def lexicon(tag: str) -> Lexicon:
    """The bundled lexicon of a BCP 47 language tag; empty where the language has none."""
    return Lexicon(language(tag).lexicon, analyzer(tag))


class Lexicons:
    """The lexicon of each language: the bundled one, and with it the tables of ``own`` where they have the language.

    ``own`` has tables as ``Lexicon`` takes them, by the first part of a BCP 47 tag. Where both give an equivalent, the
    nearer one counts: ``Query`` sees to that. Never changed; each lexicon is made when it is first asked for.
    """

    def __init__(self, own: Mapping[str, Mapping[str, str]]) -> None:
        self._own = own
        self._made: dict[str, Lexicon] = {}

    def of(self, tag: str) -> Lexicon:
        """The lexicon of a BCP 47 language tag. Two threads may ask at the same time: both get the same words."""
        if not self._own:
            return lexicon(tag)
        spoken = language(tag)
        made = self._made.get(spoken.tag)
        if made is None:
            own = self._own.get(spoken.tag, {})
            both = {name: f"{spoken.lexicon.get(name, '')}\n{own.get(name, '')}" for name in WEIGHTS}
            made = self._made[spoken.tag] = Lexicon(both, analyzer(spoken.tag))
        return made


BUNDLED = Lexicons({})
