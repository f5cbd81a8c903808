"""What a sentence of a report holds, found once and kept: its terms and the kinds of thing that it offers."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from corpus.passage import Passage, Span
from retrieval.kind import Kind, offers
from retrieval.language import language
from retrieval.words.background import common_terms
from retrieval.words.terms import Analyzer

_DAY = re.compile(r"(?:[12]?\d|3[01]|1er)\Z")  # French says "le 1er mars"
_YEAR = re.compile(r"(?:1\d{3}|20\d{2})s?\Z")
_QUOTATION_MARKS = frozenset('"“”«»„')


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage. ``number`` counts from 0 in the passage, ``span`` is where it stands there.

    ``positions`` has for each term key the numbers of its words in the passage, ``length`` counts the terms.
    ``words`` are all words, folded, ``forms`` the same in the singular. ``names`` are the keys of capitalised words,
    but not of a common one that opens the sentence; ``placed`` are those that say where ("near Niono"). ``numbers`` are
    those written in digits, ``dates`` the ones that belong to a date; ``years`` counts years. ``counted`` are the keys
    of what a number stands before ("ten unarmed men"). ``offered`` has for each kind how many words offer it.
    ``agents`` are the numbers, in the passage, of the words that name who did a thing ("by"), ``passives`` of the forms
    of "be", ``linking`` of those that make a noun of a verb before them ("of", as in "the killing of").
    """

    number: int
    span: Span
    positions: Mapping[str, tuple[int, ...]]
    length: int
    words: tuple[str, ...]
    forms: frozenset[str]
    names: tuple[str, ...]
    placed: frozenset[str]
    numbers: tuple[str, ...]
    dates: frozenset[str]
    years: int
    counted: frozenset[str]
    offered: Mapping[Kind, int]
    agents: tuple[int, ...]
    has_quotation: bool
    leans: bool
    passives: tuple[int, ...] = ()
    linking: tuple[int, ...] = ()

    def has_chain(self, keys: Sequence[str]) -> bool:
        """Whether it holds the keys in their order, each at most three words after the one before."""
        places: Sequence[int] = self.positions.get(keys[0], ())
        for key in keys[1:]:
            following = self.positions.get(key, ())
            places = [b for b in following if any(0 < b - a <= 3 for a in places)]
        return bool(places)


def read(passage: Passage, analyzer: Analyzer, tag: str) -> tuple[Sentence, ...]:
    """The sentences of ``passage``, whose language is ``tag``, with what they hold."""
    text = passage.searched
    terms, words = analyzer.read(text)
    cues = offers(tag)
    shapes = _shapes(tag)
    found = []
    term, word = 0, 0
    for number, (_, end) in enumerate(passage.sentences):
        positions: dict[str, tuple[int, ...]] = {}
        first = term
        amounts: set[int] = set()  # the words that are numbers
        spelt_out = 0  # "ten", and "two" in "two-year-old"
        while term < len(terms) and terms[term].start < end:
            held_key, start, stop, at = terms[term]
            positions[held_key] = (*positions.get(held_key, ()), at)
            if held_key[0].isdigit() and words[at].text not in shapes.ordinals:
                spelt_out += not text[start].isdigit()
                if (start, stop) == (words[at].start, words[at].end):
                    amounts.add(at)
            term += 1
        begin = word
        while word < len(words) and words[word].start < end:
            word += 1
        mine = words[begin:word]
        folded = tuple([w.text for w in mine])
        span = passage.sentence(number)
        held = frozenset(folded)
        dates, counted = frozenset[int](), frozenset[str]()
        if amounts:
            small = {t.position for t in terms[first:term] if text[t.start].islower()}
            counting = {at - begin for at in amounts if at + 1 in small}
            dates = shapes.dates(folded, [at - begin for at in sorted(amounts)], counting)
            not_dates = amounts.difference(at + begin for at in dates)
            counted = frozenset(k for k, found in positions.items() if any(_is_counted(at, not_dates) for at in found))
        capitals = [n for n, w in enumerate(mine) if text[w.start].isupper()]
        names = {n: key for n in capitals if (key := analyzer.key(text[mine[n].start : mine[n].end]))}
        if names.get(0, "") in common_terms(tag, names.get(0, " ")[0]):  # a capital for the sentence, not for a name
            del names[0]
        found.append(
            Sentence(
                number=number,
                span=span,
                positions=positions,
                length=term - first,
                words=folded,
                forms=frozenset(map(analyzer.singular, folded)),
                names=tuple(names.values()),
                placed=shapes.placed(folded, names),
                numbers=tuple([w.replace(",", "") for w in folded if w[0].isdigit()]),
                dates=frozenset(folded[at].replace(",", "") for at in dates),
                years=sum([1 for w in folded if w[0] in "12" and _YEAR.match(w)]),
                counted=counted,
                offered={kind: len(held & of) + (spelt_out if kind is Kind.NUMBER else 0) for kind, of in cues.items()},
                agents=_where(folded, held, shapes.agents, begin),
                has_quotation=not _QUOTATION_MARKS.isdisjoint(text[span.start : span.end]),
                leans=text[span.start] not in _QUOTATION_MARKS and shapes.leans(folded),
                passives=_where(folded, held, shapes.passives, begin),
                linking=_where(folded, held, shapes.linking, begin),
            )
        )
    return tuple(found)


def _where(words: Sequence[str], held: AbstractSet[str], of: AbstractSet[str], begin: int) -> tuple[int, ...]:
    """The numbers of the words that are among some, the first of which has the number ``begin``; ``held`` are all."""
    return () if held.isdisjoint(of) else tuple([n for n, w in enumerate(words, start=begin) if w in of])


def _is_counted(at: int, amounts: AbstractSet[int]) -> bool:
    """Whether a number stands one or two words before the word ``at``, and no other between."""
    return at not in amounts and (at - 1 in amounts or at - 2 in amounts)


class _Shapes:
    """How the sentences of one language say where and when, and lean on others."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self.agents = frozenset(tables.get("agents", "").split())
        self.passives = frozenset(tables.get("passives", "").split())
        self.ordinals = frozenset(tables.get("ordinals", "").split())
        self._openings = frozenset(tables.get("leans", "").split())
        self._periods = frozenset(tables.get("periods", "").split())
        self._from_there = frozenset(tables.get("from_there", "").split())
        self.of = tables.get("of", "")
        self.linking = frozenset(tables.get("linking", self.of).split())
        self._leaning_on = frozenset(tables.get("leaning_on", "").split())
        self._months = frozenset(tables.get("months", "").split())
        self._locating = frozenset(tables.get("locating", "").split())
        self._joining = frozenset(tables.get("joining", "").split())
        self._before_years = frozenset(tables.get("before_years", "").split())
        self._articles = frozenset(tables.get("articles", "").split())

    def leans(self, words: Sequence[str]) -> bool:
        """Whether a sentence of these words, folded, leans on the one before it: "They …", "Two days later, …", "Two of
        them …"."""
        if not words:
            return False
        if words[0] in self._openings:
            return True
        later = len(words) > 2 and words[1] in self._periods and words[2] in self._from_there
        return later or (len(words) > 2 and words[1] == self.of and words[2] in self._leaning_on)

    def dates(self, words: Sequence[str], amounts: Sequence[int], counting: AbstractSet[int]) -> frozenset[int]:
        """Which of the numbers ``amounts`` (as numbers of words) belong to a date: "January 2 and 4, 2025", "in 2024".

        ``counting`` are those directly before a telling word in small letters, as in "1500 people".
        """
        days: set[int] = set()
        for at in amounts:
            before, after = (words[k] if 0 <= k < len(words) else "" for k in (at - 1, at + 1))
            after_month = before in self._months and at - 2 not in days and at not in counting
            if _DAY.match(words[at]) and (after in self._months or after_month):
                days.add(at)
        for at, other in chain(pairwise(amounts), pairwise(amounts[::-1])):  # "2 and 4 January", "January 2 and 4"
            joined = abs(at - other) == 2 and words[(at + other) // 2] in self._joining
            if at in days and joined and other not in counting and _DAY.match(words[other]):
                days.add(other)
        years = {at for at in amounts if _YEAR.match(words[at])}
        return frozenset(
            days.union(at for at in years if at not in counting or (at and words[at - 1] in self._before_years))
        )

    def placed(self, words: Sequence[str], names: Mapping[int, str]) -> frozenset[str]:
        """The keys of the names (by number of their word) that say where: "in the Mopti region", "near Niono"."""
        found: set[int] = set()
        for at in names:
            before = at - 2 if at and words[at - 1] in self._articles else at - 1
            if before in found or (before >= 0 and words[before] in self._locating):
                found.add(at)
        return frozenset(names[at] for at in found)


@cache
def _shapes(tag: str) -> _Shapes:
    return _Shapes(tag)
