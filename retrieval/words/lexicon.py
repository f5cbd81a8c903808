"""Equivalents: words of a question that may find other words in a report, each with a weight below an exact match.

The words are data (``language/*/lexicon.toml``, whose head explains the form). What operators add to them is read by
``retrieval.words.lexicon_file``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from retrieval.language import Language, language
from retrieval.language.folding import fold
from retrieval.words.terms import analyzer_of

# How near an equivalent of each table comes to the word itself.
WEIGHTS = {"same": 0.85, "close": 0.6, "loose": 0.35}
KEPT = 10_000  # words of questions whose entries are kept

Keys = tuple[str, ...]
Table = tuple[str, str]

_LETTERS = 3  # that a word and its key have in common at the beginning; of a short key all but two
_BEFORE_ITEMS = ("\n", ", ", ",")
_ITEM_END = re.compile(r"[,>\n]")
_STRANGE = re.compile(r"[^\x00-\x7f]")
_REMARK = re.compile(r"#[^\n]*")


class Entry(NamedTuple):
    """One line, as seen from one of the items that a question may hold: the keys of its words, what they find, and how
    near that is."""

    source: Keys
    targets: str
    weight: float


class Lexicon:
    """The equivalents of one language, found by the words of a question.

    A line is read when a question holds a word that one of its items may begin with, and not before, since a start
    should be quick. ``into`` is the language of what is found, where that is another.
    """

    def __init__(self, tables: Mapping[str, str], of: Language, into: Language | None = None) -> None:
        self._key = analyzer_of(of.tag).key
        self._found_key = analyzer_of(into.tag).key if into else self._key
        self._found_elided = (into or of).elided
        self._is_of_two = into is not None  # a term may look the same in both, and is no other word for itself there
        self._language = of
        self._texts = [(self._text(tables.get(name, "")), weight) for name, weight in WEIGHTS.items()]
        self._entries = lru_cache(KEPT)(self._entries_of)
        self._found: dict[str, Sequence[Keys]] = {}

    def _text(self, table: str) -> Table:
        """A table as it is read, and the same folded, character for character, to look for beginnings in."""
        table = _REMARK.sub("", table)
        if self._language.elided:  # an elided word stands by itself
            table = table.replace("'", " ")
        plain = table.lower()
        for sign in frozenset(_STRANGE.findall(plain)):  # ``translate`` looks at each character: 50 ms
            if len(fold(sign)) == 1:
                plain = plain.replace(sign, fold(sign))
        return f"\n{table}\n", f"\n{plain}\n"

    def _entries_of(self, first: str) -> Sequence[Entry]:
        """The entries whose source begins with that key."""
        return tuple(self._read(first))

    def _read(self, first: str) -> Iterator[Entry]:
        begins = self._begins(fold(first))
        for (table, plain), weight in self._texts:
            for at in _beginnings(plain, begins):
                words = _item(table, at).split()
                if words and (self._key(words[0]) or _folded(words[0])) == first:
                    source = tuple([self._key(word) or _folded(word) for word in words])
                    yield Entry(source, _targets(table, at), weight)

    def _begins(self, first: str) -> frozenset[str]:
        """The letters that a word with this key may begin with: its own, and those of irregular forms. In a language
        whose stemmer takes off beginnings, any."""
        if not self._language.drawer(first):
            return frozenset([""])
        return frozenset([first[: max(1, min(_LETTERS, len(first) - 2))], *self._irregular.get(first, ())])

    @cached_property
    def _irregular(self) -> Mapping[str, Sequence[str]]:
        """How the irregular forms of a key begin."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for form, head in self._language.irregular.items():
            found[self._key(head) or head].append(form[:_LETTERS])
        return found

    def _targets(self, text: str) -> Sequence[Keys]:
        """The keys of each item of ``text``, sorted, without its stop words; one in capitals is a name (WHO)."""
        found = self._found.get(text)
        if found is None:
            spread = text.replace("'", " ") if self._found_elided else text
            items = (
                tuple([key for word in item.split() if (key := self._found_key(word, is_name=word.isupper()))])
                for item in spread.split(",")
            )
            found = self._found[text] = tuple(sorted(frozenset(items) - {()}))
        return found

    def words(self, letter: str) -> frozenset[str]:
        """The terms of all items, on either side, that begin with that letter: they are words, and no misspellings."""
        begin = letter if self._language.drawer(letter) else ""
        pattern = re.compile(rf"(?<![\w'-]){re.escape(begin)}[\w'-]+")
        written = {word for (_, plain), _ in self._texts for word in pattern.findall(plain)}
        strange = (form for form, head in self._language.irregular.items() if head[:1] == begin != form[:1])
        written.update(form for form in strange if any(form in plain for (_, plain), _ in self._texts))
        return frozenset(key for word in written if (key := self._key(word) or word).startswith(letter))

    def spellings(self, key: str) -> list[str]:
        """The words of the items that have that key, as they are written, in order."""
        begins = "|".join(map(re.escape, sorted(self._begins(key))))
        pattern = re.compile(rf"(?<![^\s>,])(?:{begins})[^\s>,]*")
        return [
            word
            for (table, plain), _ in self._texts
            for found in pattern.finditer(plain)
            if self._key(word := table[found.start() : found.end()]) == key
        ]

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Keys, float]]:
        """Where ``words`` (term keys, or the words themselves where they are stop words) hold a source.

        Yields the first word, the end, the keys of one equivalent and its weight.
        """
        for start, first in enumerate(words):
            for source, text, weight in self._entries(first):
                end = start + len(source)
                if tuple(words[start:end]) == source:
                    for target in self._targets(text):
                        if target != source or self._is_of_two:
                            yield start, end, target, weight


def _beginnings(plain: str, begins: Iterable[str]) -> list[int]:
    """Where items on the left of lines may begin with one of these letters, in order."""
    found = {at + len(mark) for letters in begins for mark in _BEFORE_ITEMS for at in _all(plain, mark + letters)}
    return sorted(at for at in found if _is_source(plain, at))


def _is_source(plain: str, at: int) -> bool:
    """Whether what stands there is on the left of its line."""
    return ">" not in plain[plain.rfind("\n", 0, at) + 1 : at]


def _item(table: str, at: int) -> str:
    """The item that begins there."""
    end = _ITEM_END.search(table, at)
    return table[at : end.start() if end else len(table)]


def _targets(table: str, at: int) -> str:
    """What the line there finds."""
    left, arrow, right = table[table.rfind("\n", 0, at) + 1 : table.find("\n", at)].partition(">")
    return right if arrow else left


def _all(text: str, sought: str) -> Iterator[int]:
    """Where ``sought`` stands in ``text``."""
    at = text.find(sought)
    while at >= 0:
        yield at
        at = text.find(sought, at + 1)


def _folded(word: str) -> str:
    """A stop word of an item as those of questions are compared; one in capitals is a name (WHO)."""
    return word if word.isascii() else fold(word)


@cache
def lexicon(tag: str) -> Lexicon:
    """The bundled lexicon of a BCP 47 language tag; empty where the language has none."""
    return Lexicon(language(tag).lexicon, language(tag))


class Lexicons:
    """The lexicon of each language: the bundled one, and with it the tables of ``own`` where they have the language.

    ``own`` has tables as ``Lexicon`` takes them, by the first part of a BCP 47 tag. Where both give an equivalent, the
    nearer one counts: ``Query`` sees to that. Never changed; each lexicon is made when it is first asked for.
    """

    def __init__(self, own: Mapping[str, Mapping[str, str]]) -> None:
        self._own = own
        self._made: dict[str, Lexicon] = {}

    def with_own(self, added: Mapping[str, Mapping[str, str]]) -> "Lexicons":
        """The same with further tables."""
        own = {tag: dict(tables) for tag, tables in self._own.items()}
        for tag, tables in added.items():
            held = own.setdefault(tag, {})
            held.update({name: f"{held.get(name, '')}\n{text}" for name, text in tables.items()})
        return Lexicons(own)

    def of(self, tag: str) -> Lexicon:
        """The lexicon of a BCP 47 language tag. Two threads may ask at the same time: both get the same words."""
        if not self._own:
            return lexicon(tag)
        spoken = language(tag)
        made = self._made.get(spoken.tag)
        if made is None:
            own = self._own.get(spoken.tag, {})
            both = {name: f"{spoken.lexicon.get(name, '')}\n{own.get(name, '')}" for name in WEIGHTS}
            made = self._made[spoken.tag] = Lexicon(both, spoken)
        return made


BUNDLED = Lexicons({})
