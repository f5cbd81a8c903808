"""A question about the whole → the facet of a report's story that it asks for, and how far a sentence offers it.

"What happened", "who did it", "is it confirmed" hold no word to look for. What asks for a facet, and what in a sentence
offers it, is data: ``facets.toml`` of the language.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from retrieval.kind import Kind
from retrieval.language import facets as tables
from retrieval.language import language
from retrieval.sentence import Sentence
from retrieval.words.terms import analyzer_of, singular


class Facet(StrEnum):
    """What of a report a question about the whole asks for; each has a table in ``facets.toml``."""

    GIST = "gist"
    DOER = "doer"
    SUFFERER = "sufferer"
    IDENTITY = "identity"
    COUNT = "count"
    TIME = "time"
    PLACE = "place"
    MANNER = "manner"
    CAUSE = "cause"
    LAW = "law"
    PROOF = "proof"
    DEMAND = "demand"
    OFFER = "offer"
    REACTION = "reaction"
    CONSEQUENCE = "consequence"
    NEXT = "next"
    SOURCE = "source"
    CONDITION = "condition"
    WARNING = "warning"
    MONEY = "money"
    JUSTICE = "justice"
    METHOD = "method"
    PUBLISHER = "publisher"  # this and those below are of the report itself
    PUBLISHED = "published"
    ADDRESS = "address"
    NAME = "name"


class Asked(NamedTuple):
    """The facet that a question asks for.

    ``is_whole``: it asks for nothing besides. ``is_named``: its words name the facet and are not to be looked for.
    ``also`` are the facets that it asks for in further clauses: "who did it and why".
    """

    facet: Facet
    is_whole: bool
    is_named: bool
    also: tuple[Facet, ...] = ()


KEPT = 10_000  # words of questions and sentences that are kept as they are compared
BEING = "be"  # in a phrase: "was", "were", "got" and the like
AHEAD = "will"  # the same of what is still to come: "shall"
ENOUGH = 3  # words of a sentence that offer a facet as well as any more do; a telling one counts twice
_MARKS = frozenset((BEING, AHEAD))
_WITHOUT: tuple[frozenset[str], ...] = (frozenset(()), frozenset((BEING,)), frozenset((AHEAD,)), _MARKS)
METADATA = frozenset(("publisher", "date", "url", "title"))
_SIGNS: Mapping[str, Callable[[Sentence], bool]] = {
    "names": lambda sentence: bool(sentence.names),
    "numbers": lambda sentence: bool(sentence.counted) or not sentence.dates.issuperset(sentence.numbers),
    "dates": lambda sentence: bool(sentence.dates),
    "places": lambda sentence: bool(sentence.placed),
    "agent": lambda sentence: bool(sentence.agents),
    "counted": lambda sentence: bool(sentence.counted),
    "quotation": lambda sentence: sentence.has_quotation,
}


@dataclass(frozen=True, slots=True)
class _Offers:
    """What in a sentence offers a facet: words by their keys or (stop words) folded, each with what it counts for, and
    signs."""

    words: Mapping[str, int]
    keys: frozenset[str]
    signs: tuple[Callable[[Sentence], bool], ...]


class Facets:
    """The facets of one language. Raises ``ValueError`` that names the table at fault where the data is not sound."""

    def __init__(self, tag: str, data: Mapping[str, Any]) -> None:
        self._analyzer = analyzer_of(tag)
        self._irregular = language(tag).irregular
        self._spelt = {w: line.split()[0] for line in data.get("spelt", "").splitlines() for w in line.split()[1:]}
        self._marks = dict.fromkeys(data.get("being", "").split(), BEING)
        self._marks |= dict.fromkeys(data.get("ahead", "").split(), AHEAD)
        self._states = frozenset(self._analyzer.key(word) or word for word in data.get("states", "").split())
        self._first = frozenset(data.get("first", "").split())
        self._joining = frozenset(data.get("joining", "").split())
        self._naming = frozenset(self._analyzer.key(word) or word for word in data.get("naming", "").split())
        stop_words = data.get("stop_words", "").split()
        self._stop_words = frozenset(stop_words).union(map(self._lemma, stop_words))
        self._token = lru_cache(KEPT)(self._token_of)
        self._plain = lru_cache(KEPT)(self._plain_of)
        self._named: dict[tuple[str, ...], Facet] = {}
        within: dict[tuple[str, ...], Facet] = {}
        self._tables: dict[Facet, Mapping[str, str]] = {}
        self._offers: dict[Facet, _Offers] = {}  # of the facets that were asked for
        self._kinds: dict[Facet, str] = {}
        self._metadata: dict[Facet, str] = {}
        self._defaults: dict[str, Facet] = {}
        self._talk = frozenset(data.get("talk", "").split())
        self._asking = frozenset(data.get("asking", "").split())
        self._front: set[Facet] = set()
        self._end: set[Facet] = set()
        for name, table in data.get("facets", {}).items():
            if name not in frozenset(Facet) or not table.keys() <= _TABLE:
                raise ValueError(f"facets.{name} is no facet, or holds what no facet has")
            facet = Facet(name)
            self._read(self._named, facet, table["asks"])
            self._read(within, facet, table["within"])
            self._tables[facet] = table
            if not frozenset(table.get("signs", "").split()) <= _SIGNS.keys():
                raise ValueError(f"facets.{name}.signs: unknown sign in “{table['signs']}”")
            if "kind" in table:
                self._kinds[facet] = table["kind"]
            self._defaults |= dict.fromkeys(table.get("default", "").split(), facet)
            if table.get("front", False):
                self._front.add(facet)
            if table.get("end", False):
                self._end.add(facet)
            if "metadata" in table:
                self._metadata[facet] = table["metadata"]
        self._check()
        self._within: dict[str, list[tuple[tuple[str, ...], Facet]]] = {}  # by first word
        for phrase, facet in within.items():
            self._within.setdefault(phrase[0], []).append((phrase, facet))

    def _check(self) -> None:
        """Raise ``ValueError`` where a facet is missing, or what the tables name is not there."""
        if self._tables and len(self._tables) < len(Facet):
            raise ValueError(f"facets: {', '.join(sorted(frozenset(Facet) - self._tables.keys()))} missing")
        named = (METADATA, self._metadata.values()), (frozenset(Kind), [*self._kinds.values(), *self._defaults])
        for known, given in named:
            if strange := frozenset(given) - known:
                raise ValueError(f"facets: there is no {', '.join(sorted(strange))}")

    def _read(self, into: dict[tuple[str, ...], Facet], facet: Facet, phrases: str) -> None:
        """Take in phrases parted by commas; one that two facets ask by belongs to the first."""
        for phrase in phrases.split(","):
            core = self._core([self._token(word) for word in self._words(phrase)])
            if not _MARKS.issuperset(core) or core == (AHEAD,):
                into.setdefault(core, facet)

    def _words(self, phrase: str) -> list[str]:
        if phrase.isascii() and "'" not in phrase:  # as nearly all are, and they are many
            return phrase.split()
        return [word.text for word in self._analyzer.words(phrase)]

    def _token_of(self, word: str) -> str:
        """The key of a word, or a stop word itself."""
        return self._analyzer.key(word) or word

    def _plain_of(self, token: str) -> str:
        """A token as it is compared: a stop word without its ending."""
        return token if self._analyzer.key(token) else singular(self._irregular.get(token, token))

    def _offer(self, facet: Facet) -> _Offers | None:
        """What offers a facet, read when it is first asked for; ``None`` where nothing is known of it."""
        if facet not in self._offers and facet in self._tables:
            table = self._tables[facet]
            words = {self._token(word): 1 for word in table["offers"].split()}
            words |= {self._token(word): 2 for word in table.get("tells", "").split()}
            signs = tuple(_SIGNS[sign] for sign in table.get("signs", "").split())
            self._offers[facet] = _Offers(words, frozenset(words), signs)
        return self._offers.get(facet)

    def _lemma(self, word: str) -> str:
        """The key of a word; a stop word without the ending of a verb: "says", "said"."""
        return self._analyzer.key(word) or singular(self._irregular.get(word, word))

    def _core(self, stream: Sequence[str]) -> tuple[str, ...]:
        """The words that tell which facet is asked for. ``stream`` has the keys of words, or stop words folded."""
        found: list[str] = []
        for before, typed in zip(("", *stream), stream, strict=False):
            word = self._spelt.get(typed, typed)
            if word in self._talk and before in self._asking:  # "can you", as in "can you tell me who did it"
                continue
            if word in self._states and found:  # "is she ok", but not "ok who did it"
                found.append(word)
            elif mark := self._marks.get(word):
                found.append(mark)
            elif word not in self._stop_words:
                found.append(self._plain(word))
        return tuple(found)

    def asked(self, stream: Sequence[str]) -> Asked | None:
        """The facet that a question asks for. ``stream`` has the keys of its words, or stop words folded."""
        found = self._asked(stream)
        clauses = [] if found and found.is_named else list(self._clauses(stream))
        each = [one for clause in clauses if (one := self._asked(clause))]
        if len(clauses) < 2 or not each:
            return found
        also = tuple(dict.fromkeys(one.facet for one in each[1:] if one.facet is not each[0].facet))
        is_whole = len(each) == len(clauses) and all(one.is_whole for one in each)
        return Asked(each[0].facet, is_whole, is_whole and all(one.is_named for one in each), also)

    def _clauses(self, stream: Sequence[str]) -> Iterator[Sequence[str]]:
        """The parts of a question between the words that join them, but for those that have stop words only."""
        joints = [at for at, word in enumerate(stream) if word in self._joining]
        for start, end in pairwise((-1, *joints, len(stream))):
            clause = stream[start + 1 : end]
            if not _MARKS.issuperset(self._core(clause)):
                yield clause

    def _asked(self, clause: Sequence[str]) -> Asked | None:
        full = self._core(clause)
        cores = list(dict.fromkeys(tuple(w for w in full if w not in without) for without in _WITHOUT))
        for core in cores:
            if facet := self._named.get(core):
                return Asked(facet, is_whole=True, is_named=True)
        for core in cores:
            found = [
                (phrase, facet)
                for at, word in enumerate(core)
                for phrase, facet in self._within.get(word, ())
                if core[at : at + len(phrase)] == phrase
            ]
            if found:  # by a word that asks before others, and the longest: "who was killed" before "who"
                phrase, facet = max(found, key=lambda one: (one[0][0] in self._first, len(one[0])))
                return Asked(facet, is_whole=phrase in cores and self._talk.isdisjoint(clause), is_named=False)
        return None

    def names(self, key: str | None) -> bool:
        """Whether a word of a question does no more than name a facet: "reaction", "cause", "step"."""
        return key in self._naming

    def default(self, stream: Sequence[str], kind: str) -> Asked | None:
        """The facet that a question asks for which has no telling word and is of that kind; none where it speaks of the
        bot or of whoever asks: "who are you"."""
        facet = self._defaults.get(kind)
        return Asked(facet, is_whole=True, is_named=False) if facet and self._talk.isdisjoint(stream) else None

    def kind(self, facet: Facet) -> str | None:
        """The name of the kind of thing that a facet is."""
        return self._kinds.get(facet)

    def is_in_front(self, facet: Facet) -> bool:
        """Whether reports tell it in their first sentences."""
        return facet in self._front

    def is_at_end(self, facet: Facet) -> bool:
        """Whether reports tell it in their last sentences."""
        return facet in self._end

    def metadata(self, facet: Facet) -> str | None:
        """The field of a report's record that answers it."""
        return self._metadata.get(facet)

    def offered(self, asked: Asked, sentence: Sentence) -> float:
        """How far a sentence offers what is asked for, of several facets the one that it offers most: from 0 to 1."""
        return max(self._offered(facet, sentence) for facet in (asked.facet, *asked.also))

    def _offered(self, facet: Facet, sentence: Sentence) -> float:
        offers = self._offer(facet)
        if offers is None:  # nothing is known of how this language offers it
            return 0.0
        held = offers.keys.intersection(sentence.positions) | offers.keys.intersection(sentence.words)
        by_words = min(sum(offers.words[word] for word in held), ENOUGH) / ENOUGH
        if not offers.signs:
            return by_words
        return (by_words + sum(sign(sentence) for sign in offers.signs) / len(offers.signs)) / 2


_TABLE = frozenset(("asks", "within", "offers", "tells", "signs", "kind", "default", "front", "end", "metadata"))


@cache
def facets(tag: str) -> Facets:
    """The facets of a BCP 47 tag; none where the language has no such data."""
    return Facets(tag, tables(tag))
