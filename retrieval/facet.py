"""A question about the whole → the facet of a report's story that it asks for, and how far a sentence offers it.

"What happened", "who did it", "is it confirmed" hold no word to look for. What asks for a facet, and what in a sentence
offers it, is data: ``facets.toml`` of the language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.language import facets as tables
from retrieval.language import language
from retrieval.terms import analyzer, singular

if TYPE_CHECKING:  # which asks this module what a question is about
    from retrieval.sentence import Sentence


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
    PUBLISHER = "publisher"  # this and those below are of the report itself
    PUBLISHED = "published"
    ADDRESS = "address"
    NAME = "name"


class Asked(NamedTuple):
    """The facet that a question asks for.

    ``is_whole``: it asks for nothing besides. ``is_named``: its words name the facet and are not to be looked for.
    """

    facet: Facet
    is_whole: bool
    is_named: bool


class Standing(NamedTuple):
    """How a sentence stands in its report, each in [0, 1]: ``central`` by TextRank, against the most central one;
    ``lead``, 1 for the first and less for each behind it; ``main_event``, the share of the words of title and first
    sentence that it holds."""

    central: float
    lead: float
    main_event: float


BEING = "be"  # in a phrase: "was", "were", "got" and the like
ENOUGH = 3  # words of a sentence that offer a facet as well as any more do; a telling one counts twice
KINDS = frozenset(  # as in retrieval.query, which asks this module
    ("number", "time", "place", "person", "group", "reason", "manner", "quotation", "verification", "thing")
)
METADATA = frozenset(("publisher", "date", "url", "title"))
_SIGNS: "Mapping[str, Callable[[Sentence], bool]]" = {
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
    """What in a sentence offers a facet: words by their keys or (little ones) folded, each with what it counts for, and
    signs."""

    words: Mapping[str, int]
    signs: "tuple[Callable[[Sentence], bool], ...]"


class Facets:
    """The facets of one language. Raises ``ValueError`` that names the table at fault where the data is not sound."""

    def __init__(self, tag: str, data: Mapping[str, Any]) -> None:
        self._own = analyzer(tag)
        self._irregular = language(tag).irregular
        self._spelt = {w: line.split()[0] for line in data.get("spelt", "").splitlines() for w in line.split()[1:]}
        self._being = frozenset(data.get("being", "").split())
        little = data.get("little", "").split()
        self._little = frozenset(little).union(map(self._lemma, little))
        self._named: dict[tuple[str, ...], Facet] = {}
        within: dict[tuple[str, ...], Facet] = {}
        self._offers: dict[Facet, _Offers] = {}
        self._kinds: dict[Facet, str] = {}
        self._metadata: dict[Facet, str] = {}
        self._defaults: dict[str, Facet] = {}
        self._talk = frozenset(data.get("talk", "").split())
        self._asking = frozenset(data.get("asking", "").split())
        self._front: set[Facet] = set()
        for name, table in data.get("facets", {}).items():
            if name not in frozenset(Facet) or not table.keys() <= _TABLE:
                raise ValueError(f"facets.{name} is no facet, or holds what no facet has")
            facet = Facet(name)
            self._read(self._named, facet, table["asks"])
            self._read(within, facet, table["within"])
            self._offers[facet] = self._offer(name, table)
            if "kind" in table:
                self._kinds[facet] = table["kind"]
            self._defaults |= dict.fromkeys(table.get("default", "").split(), facet)
            if table.get("front", False):
                self._front.add(facet)
            if "metadata" in table:
                self._metadata[facet] = table["metadata"]
        self._check()
        self._within: dict[str, list[tuple[tuple[str, ...], Facet]]] = {}  # by first word
        for phrase, facet in within.items():
            self._within.setdefault(phrase[0], []).append((phrase, facet))

    def _check(self) -> None:
        """Raise ``ValueError`` where a facet is missing, or what the tables name is not there."""
        if self._offers and len(self._offers) < len(Facet):
            raise ValueError(f"facets: {', '.join(sorted(frozenset(Facet) - self._offers.keys()))} missing")
        named = (METADATA, self._metadata.values()), (KINDS, [*self._kinds.values(), *self._defaults])
        for known, given in named:
            if strange := frozenset(given) - known:
                raise ValueError(f"facets: there is no {', '.join(sorted(strange))}")

    def _read(self, into: dict[tuple[str, ...], Facet], facet: Facet, phrases: str) -> None:
        """Take in phrases parted by commas; one that two facets ask by belongs to the first."""
        for phrase in phrases.split(","):
            core = self._core([self._own.key(word.text) or word.text for word in self._own.words(phrase)])
            if core:
                into.setdefault(core, facet)

    def _offer(self, name: str, table: Mapping[str, str]) -> _Offers:
        signs = table.get("signs", "").split()
        if not frozenset(signs) <= _SIGNS.keys():
            raise ValueError(f"facets.{name}.signs: unknown sign in “{' '.join(signs)}”")
        words = {self._own.key(word) or word: 1 for word in table["offers"].split()}
        words |= {self._own.key(word) or word: 2 for word in table.get("tells", "").split()}
        return _Offers(words, tuple(_SIGNS[sign] for sign in signs))

    def _lemma(self, word: str) -> str:
        """The key of a word; a little word without the ending of a verb: "says", "said"."""
        return self._own.key(word) or singular(self._irregular.get(word, word))

    def _core(self, stream: Sequence[str]) -> tuple[str, ...]:
        """The words that tell which facet is asked for. ``stream`` has the keys of words, or little words folded."""
        found: list[str] = []
        for before, typed in zip(("", *stream), stream, strict=False):
            word = self._spelt.get(typed, typed)
            if word in self._talk and before in self._asking:  # "can you", as in "can you tell me who did it"
                continue
            if word in self._being:
                found.append(BEING)
            elif word not in self._little:
                found.append(singular(self._irregular.get(word, word)) if self._own.key(word) is None else word)
        return tuple(found)

    def asked(self, stream: Sequence[str]) -> Asked | None:
        """The facet that a question asks for. ``stream`` has the keys of its words, or little words folded."""
        full = self._core(stream)
        bare = tuple(word for word in full if word != BEING)
        cores = (full, bare) if full != bare else (bare,)
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
            if found:  # the longest: "who was killed" before "who"
                phrase, facet = max(found, key=lambda one: len(one[0]))
                return Asked(facet, is_whole=phrase in cores and self._talk.isdisjoint(stream), is_named=False)
        return None

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

    def metadata(self, facet: Facet) -> str | None:
        """The field of a report's record that answers it."""
        return self._metadata.get(facet)

    def offered(self, facet: Facet, sentence: "Sentence") -> float:
        """How far a sentence offers the facet: from 0, nothing of it, to 1."""
        offers = self._offers.get(facet)
        if offers is None:  # nothing is known of how this language offers it
            return 0.0
        held = offers.words.keys() & sentence.positions.keys() | offers.words.keys() & frozenset(sentence.words)
        by_words = min(sum(offers.words[word] for word in held), ENOUGH) / ENOUGH
        if not offers.signs:
            return by_words
        return (by_words + sum(sign(sentence) for sign in offers.signs) / len(offers.signs)) / 2


_TABLE = frozenset(("asks", "within", "offers", "tells", "signs", "kind", "default", "front", "metadata"))


@cache
def facets(tag: str) -> Facets:
    """The facets of a BCP 47 tag; none where the language has no such data."""
    return Facets(tag, tables(tag))
