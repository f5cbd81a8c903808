"""Why a sentence was chosen: which words of the question it holds and how, what it offers, what stands around it.

It reads the evidence that put the sentence where it is and weighs nothing anew. What is quoted here is cut from the
passage; an equivalent is always named as one, never as the word that was asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import mul

from corpus.passage import Passage, Span
from retrieval.evidence.features import Evidence, Features, Match
from retrieval.evidence.ranker import Ranker
from retrieval.evidence.weights import Weights
from retrieval.kind import Kind, offers
from retrieval.language.folding import fold
from retrieval.question.query import Want
from retrieval.search.ranking import Ranking
from retrieval.search.spelt import spelt
from retrieval.sentence import Sentence
from retrieval.words.terms import Analyzer, Term, Word, analyzer_of

SURROUNDINGS = frozenset(
    (
        *("passage_bm25", "passage_score", "passage_coverage", "elsewhere", "before", "after", "leans_on_match"),
        *("near_passage", "told_passage", "rarest_passage", "passage_top", "named_passage", "first", "early"),
        *("titled", "besides_passage"),
        *("facet_central", "lead", "main_event"),
    )
)
SHOWN_NEAR_FROM = 0.5  # the cosine from which a word near the one asked for is named; less near ones look like chance
OFFER = frozenset(
    ("agent", "counted", "agent_of", "patient_of", "facet_offered")
)  # beside all cues; every other feature is about the sentence's words


class How(StrEnum):
    """How a word of the question is found."""

    EXACT = "exact"  # as it is, but for case and accents
    FORM = "form"  # a word with the same stem: "bodies" for "body", "organiser" for "organisation"
    FAMILY = "family"  # a word that begins alike: "librarian" for "library"
    EQUIVALENT = "equivalent"  # other words that may stand for it: "vehicle" for "car"
    NEAR = "near"  # a word near it in meaning, though no list names it: "restored" for "repaired"
    SPELLING = "spelling"  # the word it was taken for, because it looked misspelt


class Place(StrEnum):
    """Where it is found."""

    HERE = "here"  # in the sentence itself
    BEFORE = "before"  # only in the sentence before
    AFTER = "after"  # only in the sentence after
    PASSAGE = "passage"  # only elsewhere in the passage


@dataclass(frozen=True, slots=True)
class Found:
    """``text`` is what stands there, verbatim."""

    place: Place
    how: How
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question as ``typed``, or a phrase of stop words ("who did it").

    ``read_as`` is the word that a misspelt one was taken for. ``weight`` is its share of the question, all shares
    together 1. ``found`` is ``None`` where the passage has nothing for it.
    """

    typed: str
    read_as: str | None
    weight: float
    found: Found | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the sentence offers, verbatim: ``words`` that tell of the kind asked for; ``names`` (capitalised words) and
    ``numbers`` that are not in the question.

    ``says_by_whom``: "who" was asked, and "by" stands after what was done.
    """

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    has_year: bool = False
    has_quotation: bool = False
    says_by_whom: bool = False
    says_how_many: bool = False

    def holds(self, kind: Kind) -> bool:
        """Whether anything of it looks like an answer of that kind."""
        if kind in (Kind.NUMBER, Kind.TIME):
            return bool(self.words or self.numbers)
        if kind in (Kind.PLACE, Kind.PERSON, Kind.GROUP):
            return bool(self.words or self.names or self.says_by_whom)
        return bool(self.words or (kind is Kind.QUOTATION and self.has_quotation))


@dataclass(frozen=True, slots=True)
class Counted:
    """What the score is made of; the three together are the score."""

    words: float
    surroundings: float
    offer: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one sentence stands where it stands. ``pairs`` are words side by side in the question and in the sentence,
    folded, stop words among them."""

    passage: Passage
    sentence: Span
    asked: tuple[Asked, ...]
    pairs: tuple[str, ...]
    kind: Kind
    offer: Offer
    counted: Counted


def explain(ranking: Ranking, evidence: Evidence, weights: Weights) -> Explanation:
    """Why ``evidence`` has the score that it has in ``ranking``, which was made with ``weights``."""
    ranker = ranking.ranker(evidence)
    query, sentence = ranker.query, evidence.sentence
    both = frozenset(pairwise(sentence.words))
    return Explanation(
        passage=ranking.passage(evidence),
        sentence=sentence.span,
        asked=_Search(ranking, evidence).asked(),
        pairs=tuple(f"{a} {b}" for a, b in dict.fromkeys(pairwise(query.words)) if (a, b) in both),
        kind=query.kind,
        offer=offer(ranking, evidence),
        counted=_counted(ranker, evidence, weights),
    )


class _Search:
    """Looks for the words of the question in the sentence, then next to it, then in the rest of the passage."""

    def __init__(self, ranking: Ranking, evidence: Evidence) -> None:
        self._ranking = ranking
        self._ranker = ranking.ranker(evidence)
        self._passage = ranking.passage(evidence)
        self._tag = ranking.scope.report(self._passage).language
        self._terms = ranking.scope.terms(self._passage)
        sentences = ranking.scope.read(evidence.passage)
        at = evidence.sentence.number
        nearest = sorted(sentences, key=lambda one: (abs(one.number - at), one.number))
        places = {at: Place.HERE, at - 1: Place.BEFORE, at + 1: Place.AFTER}
        self._rows = [
            (
                places.get(one.number, Place.PASSAGE),
                one,
                evidence.matches if one.number == at else self._ranker.matches(one),
            )
            for one in nearest
        ]

    def asked(self) -> tuple[Asked, ...]:
        wants = sorted(enumerate(self._ranker.query.wants), key=lambda entry: entry[1].position)
        return tuple(self._asked(n, want) for n, want in wants)

    def _asked(self, number: int, want: Want) -> Asked:
        found = next(
            (
                self._found(number, want, place, sentence=sentence, match=match)
                for place, sentence, matches in self._rows
                if (match := matches[number])
            ),
            None,
        )
        found = found or self._near(number)
        read_as = None
        if want.meant and want.key:
            is_it = found is not None and found.how is How.SPELLING
            read_as = found.text if found and is_it else spelt(self._ranking.scope, self._tag, want.key, want.surface)
        return Asked(want.surface, read_as, round(self._ranker.idf[number] / self._ranker.total, 4), found)

    def _near(self, number: int) -> Found | None:
        """The nearest word of the nearest sentence that has one near the want, which stands nowhere in the passage."""
        for place, sentence, _ in self._rows:
            near = self._ranker.nearness.best(sentence, number)
            if near and near[1] >= SHOWN_NEAR_FROM:
                terms = [term for term in self._terms if sentence.span.start <= term.start < sentence.span.end]
                return Found(place, How.NEAR, self._passage.cut(next(places(near[:1], terms))))
        return None

    def _found(self, number: int, want: Want, place: Place, sentence: Sentence, match: Match) -> Found:
        terms = [term for term in self._terms if sentence.span.start <= term.start < sentence.span.end]
        texts = [self._passage.cut(span) for span in places(match.keys, terms)]
        same = [text for text in texts if fold(text) == fold(want.surface)]
        text = (same or texts)[0]
        if match.keys != (want.key,):
            listed = self._ranker.query.equivalents[number].get(match.keys)
            return Found(place, How.EQUIVALENT if listed == match.strength else How.FAMILY, text)
        if want.meant:
            return Found(place, How.SPELLING, text)
        return Found(place, How.EXACT if same else How.FORM, text)


def places(keys: Sequence[str], terms: Sequence[Term]) -> Iterator[Span]:
    """Where the keys stand in their order, each at most three words after the one before."""
    for first in terms:
        if first.key == keys[0] and (last := _last(keys[1:], first, terms)):
            yield Span(first.start, last.end)


def _last(keys: Sequence[str], before: Term, terms: Sequence[Term]) -> Term | None:
    """The term that ends a chain of ``keys`` after the term ``before``; ``None`` where there is none."""
    if not keys:
        return before
    near = (term for term in terms if term.key == keys[0] and 0 < term.position - before.position <= 3)
    return next((last for term in near if (last := _last(keys[1:], term, terms))), None)


def offer(ranking: Ranking, evidence: Evidence) -> Offer:
    """What the sentence of ``evidence`` offers to its question."""
    ranker, passage, sentence = ranking.ranker(evidence), ranking.passage(evidence), evidence.sentence
    tag = ranking.scope.report(passage).language
    analyzer = analyzer_of(tag)
    wants = ranker.query.wants
    known_names = {want.key for want in wants}
    known_numbers = {want.number for want in wants if want.number}
    words = [word for word in analyzer.words(passage.searched) if sentence.span.start <= word.start < sentence.span.end]
    kind = ranker.query.kind
    telling = offers(tag).get(kind, frozenset())
    no_names = known_names.union(sentence.placed if kind in (Kind.PERSON, Kind.GROUP) else ())
    no_numbers = known_numbers.union(sentence.dates if kind is Kind.NUMBER else ())
    spelt_out = [word for word in words if kind is Kind.NUMBER and _is_spelt_out(word, analyzer)]
    mine = frozenset(sentence.names).difference(no_names)
    names = [w for w in words if passage.text[w.start].isupper() and analyzer.key(_cut(passage, w)) in mine]
    return Offer(
        _distinct(_cut(passage, word) for word in words if word.text in telling or word in spelt_out),
        _distinct(_joined(passage, names)),
        _distinct(
            _cut(passage, word)
            for word in words
            if word.text[0].isdigit() and word.text.replace(",", "") not in no_numbers
        ),
        has_year=evidence.cues.year > 0,
        has_quotation=sentence.has_quotation,
        says_by_whom=evidence.features.agent > 0,
        says_how_many=evidence.features.counted > 0,
    )


def _is_spelt_out(word: Word, analyzer: Analyzer) -> bool:
    """Whether a word is a number in letters, or joined with one: "ten", "two-year-old"."""
    return any(term.key[0].isdigit() and not word.text[term.start].isdigit() for term in analyzer.terms(word.text))


def _joined(passage: Passage, names: Sequence[Word]) -> Iterator[str]:
    """Names that only a blank parts are one: "Human Rights Council"."""
    run: list[Word] = []
    for word in names:
        if run and passage.text[run[-1].end : word.start] != " ":
            yield passage.cut(Span(run[0].start, run[-1].end))
            run = []
        run.append(word)
    if run:
        yield passage.cut(Span(run[0].start, run[-1].end))


def _cut(passage: Passage, word: Word) -> str:
    return passage.cut(Span(word.start, word.end))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _counted(ranker: Ranker, evidence: Evidence, weights: Weights) -> Counted:
    words = surroundings = 0.0
    scoring = ranker.scoring(weights)
    offer = sum(map(mul, scoring.cues[ranker.query.kind], evidence.cues))
    for name, value in zip(Features._fields, map(mul, scoring.features, evidence.features), strict=True):
        if name in SURROUNDINGS:
            surroundings += value
        elif name in OFFER:
            offer += value
        else:
            words += value
    return Counted(round(words, 6), round(surroundings, 6), round(offer, 6))
