"""What a sentence of a report holds, found once and kept: its terms and the kinds of thing that it offers."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from corpus.passage import Passage, Span
from retrieval.language import language
from retrieval.query import Kind, offers
from retrieval.terms import Analyzer, singular

_YEAR = re.compile(r"(?:1\d{3}|20\d{2})s?\Z")
_QUOTATION_MARKS = frozenset('"“”«»„')


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage. ``number`` counts from 0 in the passage, ``span`` is where it stands there.

    ``positions`` has for each term key the numbers of its words in the passage, ``length`` counts the terms.
    ``words`` are all words, folded, ``forms`` the same in the singular. ``names`` and ``numbers`` are the keys of
    capitalised words (not the first) and the numbers written in digits; ``placed`` are the names that say where ("near
    Niono"), ``dates`` the numbers that belong to a date, ``years`` counts years. ``counted`` are the keys of what a
    number stands before ("ten unarmed men"). ``offered`` has for each kind how many words offer it. ``agents`` are the
    numbers, in the passage, of the words that name who did a thing ("by").
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


def read(passage: Passage, own: Analyzer, tag: str) -> tuple[Sentence, ...]:
    """The sentences of ``passage``, whose language is ``tag``, with what they hold."""
    text = passage.text
    terms = own.terms(text)
    words = own.words(text)
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
        folded = tuple(w.text for w in mine)
        span = passage.sentence(number)
        held = frozenset(folded)
        dates = shapes.dates(folded, [at - begin for at in sorted(amounts)])
        capitals = [n for n, w in enumerate(mine) if n and text[w.start].isupper()]
        names = {n: key for n in capitals if (key := own.key(text[mine[n].start : mine[n].end]))}
        counting = amounts.difference(at + begin for at in dates)
        found.append(
            Sentence(
                number,
                span,
                positions,
                term - first,
                folded,
                frozenset(map(singular, folded)),
                tuple(names.values()),
                shapes.placed(folded, names),
                tuple(w.text.replace(",", "") for w in mine if w.text[0].isdigit()),
                frozenset(folded[at].replace(",", "") for at in dates),
                sum(1 for w in folded if _YEAR.match(w)),
                frozenset(k for k, found in positions.items() if any(_is_counted(at, counting) for at in found)),
                {kind: len(held & of) + (spelt_out if kind is Kind.NUMBER else 0) for kind, of in cues.items()},
                tuple(n for n, w in enumerate(folded, start=begin) if w in shapes.agents),
                not _QUOTATION_MARKS.isdisjoint(text[span.start : span.end]),
                shapes.leans(folded),
            )
        )
    return tuple(found)


def _is_counted(at: int, amounts: AbstractSet[int]) -> bool:
    """Whether a number stands one or two words before the word ``at``, and no other between."""
    return at not in amounts and (at - 1 in amounts or at - 2 in amounts)


class _Shapes:
    """How the sentences of one language say where and when, and lean on others."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self.agents = frozenset(tables.get("agents", "").split())
        self.ordinals = frozenset(tables.get("ordinals", "").split())
        self._openings = frozenset(tables.get("leans", "").split())
        self._periods = frozenset(tables.get("periods", "").split())
        self._from_there = frozenset(tables.get("from_there", "").split())
        self._months = frozenset(tables.get("months", "").split())
        self._locating = frozenset(tables.get("locating", "").split())
        self._joining = frozenset(tables.get("joining", "").split())
        self._articles = frozenset(tables.get("articles", "").split())

    def leans(self, words: Sequence[str]) -> bool:
        """Whether a sentence of these words, folded, leans on the one before it: "They …", "Two days later, …"."""
        if not words:
            return False
        if words[0] in self._openings:
            return True
        return len(words) > 2 and words[1] in self._periods and words[2] in self._from_there

    def dates(self, words: Sequence[str], amounts: Sequence[int]) -> frozenset[int]:
        """Which of the numbers ``amounts`` (as numbers of words) belong to a date: "January 2 and 4, 2025"."""
        days: set[int] = set()
        for at in amounts:
            before, after = (words[k] if 0 <= k < len(words) else "" for k in (at - 1, at + 1))
            if after in self._months or (before in self._months and at - 2 not in days):
                days.add(at)
        for at, other in chain(pairwise(amounts), pairwise(amounts[::-1])):  # "2 and 4 January", "January 2 and 4"
            if at in days and abs(at - other) == 2 and words[(at + other) // 2] in self._joining:
                days.add(other)
        return frozenset(days.union(at for at in amounts if _YEAR.match(words[at])))

    def placed(self, words: Sequence[str], names: Mapping[int, str]) -> frozenset[str]:
        """The keys of the names (by number of their word) that say where: "in the Mopti region", "near Niono"."""
        found: set[int] = set()
        for at in names:
            before = at - 2 if words[at - 1] in self._articles else at - 1
            if before in found or (before >= 0 and words[before] in self._locating):
                found.add(at)
        return frozenset(names[at] for at in found)


@cache
def _shapes(tag: str) -> _Shapes:
    return _Shapes(tag)
