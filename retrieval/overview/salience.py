"""A report → the sentences that carry it: its lead, then one facet of its story after another.

Chosen one by one. The lead is the one of the first that holds most of the title, or tells a toll; what tells of the
document itself is chosen last. A sentence is worth more the more typical it is of the report, at the head of a
paragraph, with names, and where the report itself sums up; and by what it adds of the facets that those before it offer
least: who, to whom, how many, when, where, what is demanded, what is denied, what comes next. Worth more than these are
the main events: the first toll of killed or hurt, or else of people wronged, and the first finding. What somebody
answers or asks comes behind them, and a witness's own words behind three others. No quotation is cut in half and
nothing is torn.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.evidence.textrank import central
from retrieval.index.bm25 import PassageIndex
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.overview.imprint import imprint
from retrieval.overview.voices import voices
from retrieval.question.facet import Asked, Facet, facets
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.sentence import Sentence, read
from retrieval.words.terms import analyzer_of

STORY = (
    Facet.GIST,
    Facet.DOER,
    Facet.SUFFERER,
    Facet.COUNT,
    Facet.TIME,
    Facet.PLACE,
    Facet.LAW,
    Facet.DEMAND,
    Facet.REACTION,
    Facet.NEXT,
)
LONG = 80  # sentences from which on a report is summed up by section

# Against the worth of the most central sentence, which is 1. Set by hand on the ten lists of tests/golden/summaries,
# with tests/benchmarks/summaries.py; what they are worth on reports held out is measured there too.
_HEADS = 0.5  # a sentence that opens its paragraph
_SUMS_UP = 2.0  # one that stands under a heading such as "Summary" or "Highlights"
_CONCLUDES = 0.7  # one that stands under a heading such as "Recommendations", in a long report
_LEANS = -1.0  # one that needs the sentence before it, where that is not chosen
_PART = -9.0  # one that is no whole sentence, such as a line without a stop: worth less than any that is one
_IMPRINT = -6.0  # one that tells of the document: issued, prepared, corrected
_SHORT = -0.5  # one of fewer than ``_FEW_TERMS``, often no whole sentence
_NAMES = 0.3  # one with ``_MOST_NAMES`` names or more, and in proportion
_ADDS = 0.5  # one that offers all of a facet of which nothing is there yet
_EVENT = 3.0  # the first that tells how many were killed or hurt, or what was found
_TOO_SOON = -5.0  # what somebody answers or asks before the events are told; a witness's own words among the first
_AGAIN = -0.4  # for each sentence that is chosen already from its paragraph, and of a long report from its section
_NEAR = -0.2  # for each that is chosen already from its stretch of a long report, which has as many as are asked for

_MOST_NAMES = 4
_FEW_TERMS = 5
_LEAD_WITHIN = 6  # sentences among which the lead is
_EARLY = 2 / 3  # of a report, in which its toll stands
_BEFORE_WITNESS = 3  # sentences that stand before a witness's own words
_BEFORE_REPLY = 2  # that are chosen before what somebody answers or asks, where the report tells no event
# What makes one of them the lead, against all words of the title, which are 1.
_TOLD = 0.25  # one that tells how many were killed or hurt
_LATER = 0.1  # taken off for each before it
# A stop, before the number of a footnote too, as in "fled.12"; that of "18.00" is none.
_ENDS = re.compile(r"(?:[.!?…。！？؟।]|(?<![\d.])[.!?…]\d{1,3})[”\"»’)\]]*\Z")
_SAYS = re.compile(r"\b[a-zß-öø-ÿ]{2,}")
_NUMBERED = re.compile(r"[\divx]+[.)]\s+")


class Carrying(NamedTuple):
    """A sentence that carries a report; ``span`` is what is to be shown of it."""

    passage: Passage
    span: Span
    sentence: Span


class _Candidate(NamedTuple):
    """A sentence that may be chosen; ``shown`` are the sentences of its passage that would be."""

    passage: Passage
    sentence: Sentence
    shown: range


def carrying(report: Report, length: int) -> list[Carrying]:
    """At most ``length`` sentences that carry ``report``, in its order. Deterministic."""
    candidates = list(_candidates(report))
    lead = _lead(report, candidates, length)
    if lead is None:
        return []
    choice = _Choice(report, candidates, length)
    choice.take(lead)
    while (found := choice.best(length)) is not None:
        choice.take(found)
    return [
        Carrying(one.passage, stretch(one.passage, one.shown), one.sentence.span)
        for one in map(candidates.__getitem__, sorted(choice.chosen))
    ]


def is_long(report: Report) -> bool:
    """Whether it is summed up by section: it has many sentences and more than one heading."""
    body = [passage for passage in report.passages if passage.kind is Kind.BODY]
    return sum(len(p.sentences) for p in body) > LONG and len({p.locator.section for p in body}) > 1


def _candidates(report: Report) -> Iterator[_Candidate]:
    """The sentences of the body text that can be shown whole, in order."""
    own = analyzer_of(report.language)
    for passage in report.body:
        if passage.kind is not Kind.BODY:
            continue
        for sentence in read(passage, own, report.language):
            shown = whole_quotations(passage, sentence.number)
            if shown is not None and not any(passage.is_torn(stretch(passage, shown))):
                yield _Candidate(passage, sentence, shown)


def _lead(report: Report, candidates: Sequence[_Candidate], length: int) -> int | None:
    """The number of the sentence that tells the news: of the first that are whole, lean on nothing and are about the
    matter the one that holds most of the title's words and a toll, sooner rather than later; else the first of all."""
    own, title, told = imprint(report.language), _Title(report), voices(report.language)
    fitting = [n for n, one in enumerate(candidates) if len(one.shown) <= length]
    whole = [
        n for n in fitting if _is_said(candidates[n]) and not own.holds(candidates[n].passage, candidates[n].sentence)
    ]
    leads = [n for n in whole if n == 0 or not candidates[n].sentence.leans] or whole or fitting
    if leads and told.is_witness(candidates[leads[0]].passage, candidates[leads[0]].sentence):  # it tells a story first
        story = candidates[leads[0]].passage.id
        leads = [n for n in leads if candidates[n].passage.id != story] or leads

    def news(place: int) -> float:
        sentence = candidates[leads[place]].sentence
        tells = told.tells_toll(sentence) or told.tells_extent(sentence)
        return title.held(sentence) + _TOLD * tells - _LATER * place

    return leads[max(range(len(leads[:_LEAD_WITHIN])), key=news)] if leads else None


def _is_said(one: _Candidate) -> bool:
    """Whether a sentence is one, and no line of a document's head; the number of a document is none, nor is what heads
    an item, "2. Bus shelter."."""
    text = one.passage.cut(one.sentence.span)
    is_head = _NUMBERED.match(text) is not None and one.sentence.length < _FEW_TERMS
    return not is_head and _ENDS.search(text) is not None and _SAYS.search(text) is not None


class _Title:
    """What a report is about, by the terms of its title."""

    def __init__(self, report: Report) -> None:
        self._keys = frozenset(term.key for term in analyzer_of(report.language).terms(report.title))

    def held(self, sentence: Sentence) -> float:
        """How much of the title a sentence holds, from 0 to 1."""
        return len(self._keys.intersection(sentence.positions)) / len(self._keys) if self._keys else 0.0


class _Choice:
    """What is chosen so far of the candidates, by their numbers, of a report that is to be told in ``length``
    sentences."""

    def __init__(self, report: Report, candidates: Sequence[_Candidate], length: int) -> None:
        self.chosen: set[int] = set()
        self._candidates = candidates
        self._taken: Counter[str] = Counter()
        self._shown: set[tuple[str, int]] = set()
        self._by_section = is_long(report)
        self._stretch = max(1, len(candidates) // length) if len(candidates) > LONG else 0
        tables = language(report.language).questions
        self._overviews = frozenset(heading.strip() for heading in tables.get("overviews", "").split(","))
        self._concluding = frozenset(tables.get("concluding", "").split())
        keys = [[key for key, places in one.sentence.positions.items() for _ in places] for one in candidates]
        worth = central(keys, PassageIndex(keys))
        most = max(worth.values(), default=1.0) or 1.0
        self._worth = {n: amount / most + self._by_itself(n) for n, amount in worth.items()}
        own = imprint(report.language)
        for n in self._worth:
            self._worth[n] += _IMPRINT * own.holds(candidates[n].passage, candidates[n].sentence)
        self._offered = {n: self._offers(report, n) for n in self._worth}
        self._best = dict.fromkeys(STORY, 0.0)
        self._told = voices(report.language)
        self._replies = {n for n in self._worth if self._told.replies(candidates[n].sentence)}
        self._witnesses = {
            n for n in self._worth if self._told.is_witness(candidates[n].passage, candidates[n].sentence)
        }
        self._events = frozenset(self._main_events())

    def _main_events(self) -> Iterator[int]:
        """The first sentence that tells a toll, which is no aside near the end, and the first finding."""
        told, said = self._told, {n: one.sentence for n, one in enumerate(self._candidates)}
        own = [n for n in sorted(self._worth) if n not in self._replies and n not in self._witnesses]
        early = [n for n in own if n < len(said) * _EARLY]
        tolls = [n for n in early if told.tells_toll(said[n])] or [n for n in early if told.tells_wrong(said[n])]
        yield from tolls[:1]
        yield from [n for n in own if told.finds(said[n]) and not said[n].leans][:1]

    def _offers(self, report: Report, n: int) -> dict[Facet, float]:
        known = facets(report.language)
        sentence = self._candidates[n].sentence
        return {facet: known.offered(Asked(facet, True, True), sentence) for facet in STORY}

    def best(self, length: int) -> int | None:
        """The number of the candidate to be chosen next; ``None`` where none is left that fits."""
        left = length - len(self._shown)
        fitting = [
            n for n in self._worth if len(self._candidates[n].shown) <= left and self._shown.isdisjoint(self._places(n))
        ]
        return min(fitting, key=lambda n: (-round(self._gain(n), 9), n), default=None)

    def _is_too_soon(self, n: int) -> bool:
        """Whether what is to stand before it is not chosen: what is answered to, or three sentences for a witness."""
        if n in self._witnesses and sum(one < n for one in self.chosen) < _BEFORE_WITNESS:
            return True
        is_told = self._events <= self.chosen if self._events else len(self.chosen) >= _BEFORE_REPLY
        return n in self._replies and not is_told

    def take(self, n: int) -> None:
        """Choose that candidate."""
        self.chosen.add(n)
        for facet, amount in self._offered.get(n, {}).items():
            self._best[facet] = max(self._best[facet], amount)
        self._shown.update(self._places(n))
        self._taken.update([*self._stands_in(n), *self._stands_near(n)])

    def _by_itself(self, n: int) -> float:
        """What a sentence is worth whatever else is chosen, besides that it is typical."""
        passage, sentence, _ = self._candidates[n]
        is_summing = self._is_summing(n)
        concludes = self._by_section and not self._concluding.isdisjoint(_heading(passage).split())
        return (
            _HEADS * (sentence.number == 0)
            + _SUMS_UP * is_summing
            + _CONCLUDES * concludes
            + _PART * (not is_summing and _is_part(self._candidates[n]))
            + _SHORT * (sentence.length < _FEW_TERMS)
            + _NAMES * min(len(sentence.names), _MOST_NAMES) / _MOST_NAMES
        )

    def _gain(self, n: int) -> float:
        leans = self._candidates[n].sentence.leans and not self._is_shown_before(n)
        adds = sum(max(0.0, amount - self._best[facet]) for facet, amount in self._offered[n].items())
        return (
            self._worth[n]
            + _LEANS * leans
            + _ADDS * adds
            + _EVENT * (n in self._events)
            + _TOO_SOON * self._is_too_soon(n)
            + _AGAIN * sum(self._taken[place] for place in self._stands_in(n))
            + _NEAR * sum(self._taken[place] for place in self._stands_near(n))
        )

    def _is_shown_before(self, n: int) -> bool:
        """Whether what stands right before its sentence would be shown, be it in the paragraph before."""
        passage, sentence, shown = self._candidates[n]
        if sentence.number:
            return shown[0] < sentence.number or (passage.id, sentence.number - 1) in self._shown
        before = self._candidates[max(0, n - 1)]
        return (before.passage.id, len(before.passage.sentences) - 1) in self._shown

    def _is_summing(self, n: int) -> bool:
        """Whether it stands where the report sums itself up."""
        return _heading(self._candidates[n].passage) in self._overviews

    def _places(self, n: int) -> set[tuple[str, int]]:
        one = self._candidates[n]
        return {(one.passage.id, number) for number in one.shown}

    def _stands_in(self, n: int) -> Iterator[str]:
        passage = self._candidates[n].passage
        yield passage.id
        if self._by_section:
            yield f"section {passage.locator.section}"

    def _stands_near(self, n: int) -> Iterator[str]:
        if self._stretch and not self._is_summing(n):
            yield f"stretch {n // self._stretch}"


def _is_part(one: _Candidate) -> bool:
    """Whether what would be shown is no whole sentence, nor an item that is quoted with what opens its list."""
    text = one.passage.cut(stretch(one.passage, one.shown))
    return one.passage.lead is None and (text[:1].islower() or not _ENDS.search(text))


def _heading(passage: Passage) -> str:
    """The heading that it stands under, folded and without a number."""
    return _NUMBERED.sub("", fold(passage.locator.section or ""), count=1).strip(" :.")
