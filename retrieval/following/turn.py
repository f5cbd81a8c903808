"""What was asked and answered before, and how a text is read that leans on it: the values that follow-ups are made of.

Nothing here is kept: whoever answers several questions of one person holds the last turn, and hands it in.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.passage import Span
from retrieval.evidence.leaning import Leaning
from retrieval.kind import Kind
from retrieval.language import language, quoting
from retrieval.outcome import Outcome
from retrieval.question.facet import Asked, Facet
from retrieval.question.query import Query
from retrieval.search.ranking import Ranking

TAKEN = 0.4  # the share of a word that was taken over, beside the text's own
POINTED = 0.15  # the same where one of its own stands for it


class Aspect(StrEnum):
    """What may be asked of an answer as it stands."""

    SPEAKER = "speaker"  # whose words those are
    NEXT = "next"  # what stands after it
    DOUBT = "doubt"  # whether it is so


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was answered. ``question`` is what the next may lean on, empty where that is forgotten: what was
    typed, and only where that told nothing by itself what it was read as.

    ``report`` is the id of the report that answered, ``passage`` the id of the passage and ``sentence`` the place in it
    of the sentence that did; ``None`` where nothing was quoted. ``tag`` is the language of the report. ``lost`` are the
    keys of its words that stand nowhere in the reports that were asked. ``is_put``: whoever asked named that report.
    ``named`` is the thing that it turned to, "the army" of "what about the army?": a pronoun means that.
    """

    question: str
    report: str | None = None
    passage: str | None = None
    sentence: Span | None = None
    tag: str = "en"
    lost: frozenset[str] = frozenset()
    is_put: bool = False
    named: str = ""

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to lean on."""
        return not self.question and self.passage is None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that leans on the turn before it. ``asked`` is what is looked for in its place.

    ``own`` are the keys of its own telling words, besides which the others count for less; ``taken`` are the words that
    were taken over, as they were typed before, where ``asked`` does not show that by itself. ``aspect`` is what it asks
    of the answer before, and of nothing besides. ``is_spliced``: ``asked`` is the question before, asked for another
    kind of thing; ``is_clause``: it has a verb of its own, as "who did it" and unlike "who?"; ``is_pointing``: a word
    of its own stands for what was named before; ``is_renamed``: ``asked`` is the question before with another name in
    place of one; ``is_of_event``: the question before asks what happened. ``facet`` is what it asks for, if anything.

    ``shown`` are the words of the question before that it was read with, for whoever asked: ``asked`` itself need not
    be a sentence. ``topic`` is what the next text may lean on, ``asked`` where it is empty, and ``named`` what a
    pronoun in it means. ``report`` is the id of the report that it was put to because that was asked before, where it
    leans on nothing else.
    """

    asked: str
    own: frozenset[str] = frozenset()
    taken: tuple[str, ...] = ()
    aspect: Aspect | None = None
    is_spliced: bool = False
    is_clause: bool = False
    is_pointing: bool = False
    is_renamed: bool = False
    is_of_event: bool = False
    shown: tuple[str, ...] = ()
    topic: str = ""
    named: str = ""
    report: str | None = None
    facet: Asked | None = None

    def weighed(self, query: Query) -> Query:
        """The query of ``asked`` with what was taken over counting for less; of who said it, one for a person."""
        if self.aspect is Aspect.SPEAKER:
            return replace(query, kind=Kind.PERSON, focus=None, type_noun=None, role=None, facet=None, need=None)
        if self.facet is not None:
            query = replace(query, facet=self.facet)
        if self.is_spliced or self.aspect:
            return query
        taken = POINTED if self.is_pointing else TAKEN
        share = (want.share if want.key in self.own else want.share * taken for want in query.wants)
        return replace(query, wants=tuple(replace(w, share=s) for w, s in zip(query.wants, share, strict=True)))

    def leaning(self, on: Leaning, tag: str) -> Leaning:
        """The leaning ``on`` an answer in the language of ``tag`` with what is asked for now."""
        told = speech(tag) if self.aspect is Aspect.SPEAKER else frozenset[str]()
        on = replace(on, speech=told, own=self.own, is_facet=self.facet is not None)
        return replace(on, is_mixed=self.is_mixed, is_onward=self.is_onward, is_pointing=self.is_pointing)

    @property
    def is_onward(self) -> bool:
        """Whether it asks for what stands after the answer before."""
        return self.aspect is Aspect.NEXT

    @property
    def is_mixed(self) -> bool:
        """Whether it has words of its own, or a facet that it asks for, beside words that were taken over."""
        return not (self.is_spliced or self.aspect)

    @property
    def asks_doer(self) -> bool:
        """Whether it asks who did what was asked about: where that is not told, it means what the report tells of. "By
        whom?" means nothing but what was asked."""
        return self.is_clause and self.facet is not None and self.facet.facet is Facet.DOER

    def is_known(self, ranking: Ranking) -> bool:
        """Whether any of its own words stands in the reports that were asked."""
        ranker = ranking.best_ranker
        return any(want.key in self.own and ranker.is_findable(n) for n, want in enumerate(ranker.query.wants))

    def outcome(self, came: Outcome, ranking: Ranking, leaning: Leaning | None) -> Outcome:
        """How far what comes first answers, if it ``came`` out so: what only stands next does not, nor what was quoted
        before and gives no reason, nor words that are nobody's."""
        if not ranking.evidence:
            return came
        best = ranking.evidence[0]
        if self.is_onward:
            return Outcome.CLOSEST
        is_open = leaning is not None and leaning.is_on(best) and not best.cues.offered
        is_open = is_open and ranking.kind in (Kind.REASON, Kind.MANNER)
        if self.aspect is Aspect.SPEAKER:
            is_open = speech(ranking.tag).isdisjoint(best.sentence.words)
        return Outcome.CLOSEST if came is Outcome.ANSWERED and is_open else came


def speech(tag: str) -> frozenset[str]:
    """The words of a sentence of that language that say who is quoted, folded."""
    kinds = language(tag).questions.get("kinds", {})
    verbs = (word for line in quoting(tag).get("speech", ()) for word in line.split())
    return frozenset(kinds.get("quotation", {}).get("offers", "").split()).union(verbs)
