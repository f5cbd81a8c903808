"""Equivalents: words of a question that may find other words in a report, each with a weight below an exact match.

The words are data (``language/*/lexicon.toml``, whose head explains the form; operators may add a file of their own).
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
        self._key = of.key
        for name, weight in WEIGHTS.items():
            for line in tables.get(name, "").splitlines():
                left, arrow, right = line.partition("#")[0].partition(">")
                for item in left.split(","):
                    source = tuple([self._key(word) or word for word in item.split()])
                    if source:
                        self._by_first[source[0]].append(Entry(source, right if arrow else left, weight))

    def _targets(self, text: str) -> frozenset[Keys]:
        """The keys of each item of ``text``, without its little words."""
        found = self._found.get(text)
        if found is None:
            items = (tuple([key for word in item.split() if (key := self._key(word))]) for item in text.split(","))
            found = self._found[text] = frozenset(items) - {()}
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """The terms of all items, on either side: they are words, and no misspellings."""
        entries = [entry for entries in self._by_first.values() for entry in entries]
        targets = {keys for text in {entry.targets for entry in entries} for keys in self._targets(text)}
        return frozenset(word for keys in targets.union(entry.source for entry in entries) for word in keys)

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
    """The lexicon of a BCP 47 language tag; empty where the language has none."""
    return Lexicon(language(tag).lexicon, analyzer(tag))
