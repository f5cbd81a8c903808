"""A report → a summary: the sentences that carry it, or its words on a topic."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Correction, Excerpt, Summary
from retrieval.confidence.model import shipped
from retrieval.evidence.vocabulary import common_prefix
from retrieval.index.bm25 import PassageIndex
from retrieval.leads import lead_of
from retrieval.overview.salience import STORY, carrying, is_long
from retrieval.question.asked import Question
from retrieval.question.facet import facets
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.search.scope import Scope
from retrieval.search.spelt import spelt
from retrieval.sentence import Sentence, read
from retrieval.words.lexicon import BUNDLED, WEIGHTS, Keys, Lexicons
from retrieval.words.terms import analyzer_of

DEFAULT_LENGTH = 5  # sentences
MAX_LENGTH = 15
NEAR_ENOUGH = WEIGHTS["close"]  # an equivalent that is only a hint does not make a sentence speak of a topic
_HEADED = 0.5  # what counts of a thing that only the heading of a sentence names
_ROOT, _ENDING = 7, 3  # letters that words of one family share at least, and in which they differ at most
_OFFERS = 0.8  # how far a sentence offers a facet at least that speaks of it


def summarise(
    report: Report,
    edition: str,
    *,
    length: int = DEFAULT_LENGTH,
    about: Question | None = None,
    lexicons: Lexicons = BUNDLED,
) -> Summary:
    """At most ``length`` sentences of ``report`` in its own order; ``about`` keeps those that speak of a topic.

    Fewer where the report has fewer, where a quotation would be cut in half, or where fewer speak of the topic in its
    words, in near equivalents by ``lexicons``, or under a heading that does; none where none does. A quotation that is
    longer than ``length`` is shown where nothing else speaks of the topic. ``edition`` is the label of the edition.
    Deterministic. ``length`` is held between 1 and ``MAX_LENGTH``.
    """
    length = max(1, min(length, MAX_LENGTH))
    if about:
        topic = _Topic(about.text, Scope([report], lexicons), report.language)
        excerpts = tuple(_on_topic(report, length, topic))
        return Summary(report, edition, about.text, excerpts, corrections=topic.corrections if excerpts else ())
    found = carrying(report, length)
    excerpts = tuple(
        Excerpt(
            report=report,
            passage=one.passage,
            span=one.span,
            sentence=one.sentence,
            score=0.0,
            lead=lead_of(report, one.passage),
        )
        for one in found
    )
    return Summary(report, edition, None, excerpts, by_section=is_long(report))


def _on_topic(report: Report, length: int, topic: "_Topic") -> Iterator[Excerpt]:
    """The sentences that hold most of a topic, then those that are most typical of these; where its words stand
    nowhere, those that offer most of the facet that it names."""
    places, own = list(_sentences(report)), analyzer_of(report.language)
    keys = [[term.key for term in own.terms(one.passage.searched[slice(*one.span)])] for one in places]
    found = PassageIndex(keys).search(list(topic.weights), len(places), list(topic.weights.values()))
    scores = {hit.passage: hit.score for hit in found}
    topic.take_in(frozenset(key for each in keys for key in each))
    held = {n: amount for n, place in enumerate(places) if (amount := topic.held(keys[n], place))}
    held = held or {n: amount for n, place in enumerate(places) if (amount := topic.offered(place)) >= _OFFERS}
    best = sorted(held, key=lambda n: (-held[n], -scores.get(n, 0.0), n))
    for n in sorted(_fitting([(n, places[n]) for n in best], length)):
        passage, sentence, shown = places[n]
        span, spoken = stretch(passage, shown), topic.words(keys[n])
        found_by = (t for t in own.terms(passage.searched[slice(*span)]) if t.key in spoken)
        yield Excerpt(
            report=report,
            passage=passage,
            span=span,
            sentence=sentence.span,
            score=0.0,
            matches=tuple(Span(span.start + t.start, span.start + t.end) for t in found_by),
            lead=lead_of(report, passage),
        )


class _Place(NamedTuple):
    """A sentence with those of its passage that are ``shown`` for it, so that no quotation is cut in half and the
    sentence before one that leans on it is there."""

    passage: Passage
    sentence: Sentence
    shown: range

    @property
    def span(self) -> Span:
        return self.sentence.span


def _fitting(best: Sequence[tuple[int, _Place]], length: int) -> list[int]:
    """The numbers of those that are chosen, the best first, until ``length`` sentences are shown, none of them twice.

    Where the quotation of every one is longer than that, the best one: nothing would say that there is none.
    """
    chosen: list[int] = []
    taken: set[tuple[str, int]] = set()
    for n, place in best:
        own = {(place.passage.id, number) for number in place.shown}
        if len(taken) + len(own) <= length and taken.isdisjoint(own):
            chosen.append(n)
            taken |= own
    return chosen or [n for n, _ in best[:1]]


def _sentences(report: Report) -> Iterator[_Place]:
    """The sentences that a summary may be made of: those of the body text that can be shown whole."""
    own = analyzer_of(report.language)
    for passage in report.body:
        if passage.kind is not Kind.BODY:
            continue
        for sentence in read(passage, own, report.language):
            shown = whole_quotations(passage, sentence.number)
            if shown is None or any(passage.is_torn(stretch(passage, shown))):
                continue
            before = whole_quotations(passage, shown[0] - 1) if sentence.leans and shown[0] else None
            if before is not None and before[-1] < shown[0]:
                wider = range(before[0], shown[-1] + 1)
                shown = shown if any(passage.is_torn(stretch(passage, wider))) else wider
            yield _Place(passage, sentence, shown)


class _Topic:
    """What a topic speaks of: for each thing the terms that it may be found by, alone or together, and how near; and
    the facet of a report's story that it names, where it names nothing else."""

    def __init__(self, text: str, scope: Scope, tag: str) -> None:
        query = scope.query(text, tag, shipped())
        self._scope, self._tag, self._sought = scope, tag, query.wants
        self._own = analyzer_of(tag)
        self._wants: list[dict[Keys, float]] = [
            {keys: weight for keys, weight in equivalents.items() if weight >= NEAR_ENOUGH}
            | ({(want.key,): 1.0} if want.key else {})
            for want, equivalents in zip(query.wants, query.equivalents, strict=True)
        ]
        self._facets, self._facet = facets(tag), None
        if not self._wants and query.facet is not None and query.facet.is_named:  # "recommendations"
            self._wants = [{(key,): 1.0} for key in dict.fromkeys(term.key for term in self._own.terms(text))]
            self._facet = query.facet if self._wants and query.facet.facet in STORY else None
        self._headings: dict[str, frozenset[str]] = {}
        self.weights: dict[str, float] = {}  # of each term
        for want in self._wants:
            for keys, weight in want.items():
                self.weights |= {key: max(weight, self.weights.get(key, 0.0)) for key in keys}

    def take_in(self, keys: Iterable[str]) -> None:
        """Have words of a report's ``keys`` stand for a thing of which no other does by its own word, where they are of
        its family: "électrique" for "électricité"."""
        known = frozenset(keys)
        for sought, want in zip(self._sought, self._wants, strict=False):
            if sought.key and sought.key not in known:
                want |= {(key,): NEAR_ENOUGH for key in sorted(known) if _is_family(sought.key, key)}

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The words that were taken for misspelt, and for which, as in a question."""
        read = (
            (one.surface, spelt(self._scope, self._tag, one.key, one.surface))
            for one in self._sought
            if one.key and one.meant
        )
        return tuple(Correction(typed, meant) for typed, meant in read if meant)

    def held(self, sentence: Sequence[str], place: _Place) -> float:
        """How much of the topic a sentence with these terms holds at its place: 1 for each thing that it names, less
        for what only its heading names."""
        has = frozenset(sentence).issuperset
        headed = self._keys(place.passage.locator.section or "").issuperset
        return sum(max(_most(want, has), _HEADED * _most(want, headed)) for want in self._wants)

    def _keys(self, heading: str) -> frozenset[str]:
        if heading not in self._headings:
            self._headings[heading] = frozenset(term.key for term in self._own.terms(heading))
        return self._headings[heading]

    def offered(self, place: _Place) -> float:
        """How far a sentence offers the facet that the topic names, from 0 to 1."""
        return self._facets.offered(self._facet, place.sentence) if self._facet else 0.0

    def words(self, sentence: Sequence[str]) -> frozenset[str]:
        """Which of its terms speak of the topic."""
        has = frozenset(sentence).issuperset
        return frozenset(key for want in self._wants for keys in want if has(keys) for key in keys)


def _is_family(one: str, other: str) -> bool:
    """Whether two keys begin alike and differ in their endings alone."""
    common = common_prefix(one, other)
    return common >= _ROOT and max(len(one), len(other)) - common <= _ENDING and one.isalpha() and other.isalpha()


def _most(want: Mapping[Keys, float], has: Callable[[Keys], bool]) -> float:
    """How near the nearest is of what may be meant, of which all terms are there."""
    return max((weight for keys, weight in want.items() if has(keys)), default=0.0)
