"""Sentences that give way to another, whatever their words: a figure that was withdrawn to the one that stands, and the
day in a dateline, on which something was said, to the day on which it happened.

They hold as much of a question as what they give way to, or more, and are the wrong answer to it all the same.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property

from corpus.passage import Passage
from retrieval.evidence.features import Evidence
from retrieval.evidence.leaning import Leaning
from retrieval.kind import Kind
from retrieval.language import language, quoting
from retrieval.question.query import Query
from retrieval.sentence import Sentence
from retrieval.words.phrases import phrases
from retrieval.words.terms import analyzer_of

_ABOVE = 0.001  # how far before all others what it gives way to stands
_BELOW = 1.0  # how far behind what it gives way to a sentence stands, in the unit of the scores, which are logits
_HELD = 0.5  # the share of what a withdrawn figure holds of a question that the one which stands has to hold
_WITHIN = 3  # passages after the dateline in which a report says when it happened
_OPENS = 2  # words within which a sentence says that it withdraws something, the number of a paragraph among them
DATELINE = re.compile(r"[^\n–—]{1,80}?[\s.)][–—-]{1,2}\s")  # "GENEVA (6 March 2024) – The experts …"


def settled(
    evidence: Sequence[Evidence],
    queries: Mapping[str, Query],
    leaning: Leaning | None,
    passage: Callable[[int], Passage],
    tag: Callable[[Passage], str],
) -> Sequence[Evidence]:
    """The evidence, best first, after what answered before and what gives way have had their say. ``queries`` are what
    was asked of each language; ``passage`` gives the passage of a number and ``tag`` its language."""
    if leaning is not None:
        evidence = leaning.weighed(evidence, queries[tag(passage(leaning.passage))])
    if not evidence or (leaning is not None and leaning.is_onward):
        return evidence
    query = queries[tag(passage(evidence[0].passage))]
    return given_way(evidence, query, passage, is_leaning=leaning is not None)


def given_way(
    evidence: Sequence[Evidence], query: Query, passage: Callable[[int], Passage], *, is_leaning: bool
) -> Sequence[Evidence]:
    """The evidence, best first, with the best behind what it gives way to, if it does. There is some.

    ``query`` is what the best was asked. A dateline gives way where it is asked when people came to harm, when "it"
    happened, or, where the question ``is_leaning`` on another, when what that asks about was.
    """
    one, tables = evidence[0], _tables(query.tag)
    report = passage(one.passage).report
    others = (other for other in evidence[1:] if passage(other.passage).report == report)
    keys = frozenset(want.key for want in query.wants)
    other = None
    if tables.withdraws(one.sentence):
        if keys.isdisjoint(tables.correcting):
            other = next((o for o in others if tables.stands(o, one)), None)
    elif query.kind is Kind.TIME and keys.isdisjoint(tables.saying):
        is_event = is_leaning or query.is_whole or not keys.isdisjoint(tables.harm)
        line = tables.dateline(one.sentence, passage(one.passage)) if is_event else 0
        near = (o for o in others if one.passage <= o.passage <= one.passage + _WITHIN)
        other = next((o for o in near if line and tables.tells_day(o, one, passage(one.passage), line)), None)
    if other is None:
        return evidence
    best = max(other.score, evidence[1].score + _ABOVE * (other is not evidence[1]))
    changed = {id(other): best, id(one): min(one.score, best - _BELOW)}
    found = (replace(e, score=changed.get(id(e), e.score)) for e in evidence)
    return sorted(found, key=lambda e: (-e.score, e.passage, e.sentence.number))


class _Tables:
    """How one language says when, and that something is withdrawn."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._tag, self._own = tag, analyzer_of(tag)
        self._months = frozenset(tables.get("months", "").split())
        self._days = frozenset(tables.get("weekdays", "").split())
        self._withdrawing = phrases(tables.get("withdrawing", ""))

    @cached_property
    def saying(self) -> frozenset[str]:
        """Keys of words for saying and issuing. 3 ms, as it reads the table of quotations: few questions want it."""
        tables = language(self._tag).questions
        said = " ".join(quoting(self._tag).get("speech", ()))
        offers = tables.get("kinds", {}).get("quotation", {}).get("offers", "")
        return self._keys(f"{said} {offers} {tables.get('issuing', '')}")

    @cached_property
    def harm(self) -> frozenset[str]:
        """Keys of words for killing and hurting."""
        return self._keys(language(self._tag).questions.get("harm", ""))

    @cached_property
    def correcting(self) -> frozenset[str]:
        """Keys of words for correcting and withdrawing."""
        return self._keys(language(self._tag).questions.get("correcting", ""))

    def _keys(self, listed: str) -> frozenset[str]:
        return frozenset(key for word in listed.split() if (key := self._own.key(word)))

    def withdraws(self, sentence: Sentence) -> bool:
        """Whether a sentence withdraws what was said: "Correction: an earlier version …"."""
        starts = range(min(_OPENS, len(sentence.words)))
        return any(sentence.words[n : n + len(told)] == told for told in self._withdrawing for n in starts)

    def stands(self, other: Evidence, one: Evidence) -> bool:
        """Whether a sentence tells what the one that withdraws it does, in figures where that has some."""
        is_as_near = other.features.coverage >= _HELD * one.features.coverage
        has_figures = _has_figures(other.sentence) or not _has_figures(one.sentence)
        return is_as_near and has_figures and not other.cues.nothing and not self.withdraws(other.sentence)

    def dateline(self, sentence: Sentence, passage: Passage) -> int:
        """Where the dateline ends that a sentence opens with and that has its only day; 0 where there is none."""
        found = DATELINE.match(passage.searched) if sentence.number == 0 and self._has_day(sentence) else None
        if found is None or not self._names(self._months, found[0]):
            return 0
        rest = passage.searched[found.end() : sentence.span.end]
        return 0 if self._names(self._months, rest) else found.end()

    def tells_day(self, other: Evidence, one: Evidence, passage: Passage, line: int) -> bool:
        """Whether a sentence tells a day of what the one with the dateline tells of, which they share a word of; two
        where that says a day itself, "on Monday"."""
        least = 1 + self._names(self._days, passage.searched[line : one.sentence.span.end])
        shared = (one.sentence.positions.keys() - one.sentence.dates) & other.sentence.positions.keys()
        return len(shared) >= least and self._has_day(other.sentence) and not self.withdraws(other.sentence)

    def _has_day(self, sentence: Sentence) -> bool:
        has_month = not self._months.isdisjoint(sentence.words)
        return has_month and any(len(date) <= len("31") or date == "1er" for date in sentence.dates)

    def _names(self, words: frozenset[str], text: str) -> bool:
        return any(word.text in words for word in self._own.words(text))


def _has_figures(sentence: Sentence) -> bool:
    return not sentence.dates.issuperset(sentence.numbers)


@cache
def _tables(tag: str) -> _Tables:
    return _Tables(tag)
