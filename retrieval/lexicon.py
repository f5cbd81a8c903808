"""Equivalents: words of a question that may find other words in a report, each with a weight below an exact match.

The words are data (``language/*/lexicon.toml``, whose head explains the form; operators may add a file of their own).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.language import language
from retrieval.terms import Analyzer, analyzer

# How near an equivalent of each table comes to the word itself.
WEIGHTS = {"same": 0.85, "close": 0.6, "loose": 0.35}

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: any of ``sources`` in a question finds any of ``targets`` in a report."""

    weight: float
    sources: frozenset[Keys]
    targets: frozenset[Keys]


class Lexicon:
    """The equivalents of one language, found by the words of a question."""

    def __init__(self, tables: Mapping[str, str], of: Analyzer) -> None:
        self._by_first: defaultdict[str, list[tuple[Keys, Entry]]] = defaultdict(list)
        self._words: set[str] = set()
        self._analyzer = of
        for name, weight in WEIGHTS.items():
            for line in tables.get(name, "").splitlines():
                self._add(line.partition("#")[0], weight)

    def _add(self, line: str, weight: float) -> None:
        left, arrow, right = line.partition(">")
        sources = frozenset(self._source(item) for item in left.split(",")) - {()}
        targets = frozenset(self._target(item) for item in (right if arrow else left).split(",")) - {()}
        entry = Entry(weight, sources, targets)
        for source in sources:
            self._by_first[source[0]].append((source, entry))
        self._words.update(word for item in sources | targets for word in item)

    def _source(self, item: str) -> Keys:
        return tuple(self._analyzer.key(word) or word for word in item.split())

    def _target(self, item: str) -> Keys:
        return tuple(key for word in item.split() if (key := self._analyzer.key(word)))

    @property
    def words(self) -> frozenset[str]:
        """The terms of all items, on either side: they are words, and no misspellings."""
        return frozenset(self._words)

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Keys, float]]:
        """Where ``words`` (term keys, or the words themselves where they are stop words) hold a source.

        Yields the first word, the end, the keys of one equivalent and its weight.
        """
        for start, first in enumerate(words):
            for source, entry in self._by_first.get(first, ()):
                end = start + len(source)
                if tuple(words[start:end]) == source:
                    for target in entry.targets:
                        if target != source:
                            yield start, end, target, entry.weight


@cache
def lexicon(tag: str) -> Lexicon:
    """The lexicon of a BCP 47 language tag; empty where the language has none."""
    return Lexicon(language(tag).lexicon, analyzer(tag))
