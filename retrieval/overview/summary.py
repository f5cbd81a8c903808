"""A report → a summary: the sentences that carry it, or its words on a topic."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt, Summary
from retrieval.index.bm25 import PassageIndex
from retrieval.leads import lead_of
from retrieval.overview.salience import carrying, is_long
from retrieval.question.asked import Question
from retrieval.question.query import Query
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.words.lexicon import BUNDLED, WEIGHTS, Keys, Lexicons
from retrieval.words.terms import analyzer_of

DEFAULT_LENGTH = 5  # sentences
MAX_LENGTH = 15
NEAR_ENOUGH = WEIGHTS["close"]  # an equivalent that is only a hint does not make a sentence speak of a topic


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
    words or in near equivalents by ``lexicons``; none where none does. A quotation that is longer than ``length`` is
    shown where nothing else speaks of the topic. ``edition`` is the label of the edition.
    Deterministic. ``length`` is held between 1 and ``MAX_LENGTH``.
    """
    length = max(1, min(length, MAX_LENGTH))
    if about:
        excerpts = tuple(_on_topic(report, length, _Topic(about.text, report.language, lexicons)))
        return Summary(report, edition, about.text, excerpts)
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
    """The sentences that hold most of a topic, then those that are most typical of these."""
    places, own = list(_sentences(report)), analyzer_of(report.language)
    keys = [[term.key for term in own.terms(one.passage.searched[slice(*one.span)])] for one in places]
    found = PassageIndex(keys).search(list(topic.weights), len(places), list(topic.weights.values()))
    scores = {hit.passage: hit.score for hit in found}
    held = {n: amount for n in scores if (amount := topic.held(keys[n]))}
    best = sorted(held, key=lambda n: (-held[n], -scores[n], n))
    for n in sorted(_fitting([(n, places[n]) for n in best], length)):
        passage, number, shown = places[n]
        span, spoken = stretch(passage, shown), topic.words(keys[n])
        found_by = (t for t in own.terms(passage.searched[slice(*span)]) if t.key in spoken)
        words = tuple(Span(span.start + t.start, span.start + t.end) for t in found_by)
        sentence = passage.sentence(number)
        yield Excerpt(report=report, passage=passage, span=span, sentence=sentence, score=0.0, matches=words)


class _Place(NamedTuple):
    """A sentence by its number in its passage; ``shown`` are those that are quoted for it, so that no quotation is
    cut in half."""

    passage: Passage
    number: int
    shown: range

    @property
    def span(self) -> Span:
        return self.passage.sentence(self.number)


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
    for passage in report.body:
        if passage.kind is Kind.BODY:
            for number in range(len(passage.sentences)):
                shown = whole_quotations(passage, number)
                if shown is not None and not any(passage.is_torn(stretch(passage, shown))):
                    yield _Place(passage, number, shown)


class _Topic:
    """What a topic speaks of: for each thing the terms that it may be found by, alone or together, and how near."""

    def __init__(self, text: str, tag: str, lexicons: Lexicons) -> None:
        query = Query.of(text, tag, lexicons=lexicons)
        self._wants: list[dict[Keys, float]] = [
            {keys: weight for keys, weight in equivalents.items() if weight >= NEAR_ENOUGH}
            | ({(want.key,): 1.0} if want.key else {})
            for want, equivalents in zip(query.wants, query.equivalents, strict=True)
        ]
        self.weights: dict[str, float] = {}  # of each term
        for want in self._wants:
            for keys, weight in want.items():
                self.weights |= {key: max(weight, self.weights.get(key, 0.0)) for key in keys}

    def held(self, sentence: Sequence[str]) -> float:
        """How much of the topic a sentence with these terms holds: 1 for each thing that it names."""
        has = frozenset(sentence).issuperset
        return sum(max((weight for keys, weight in want.items() if has(keys)), default=0.0) for want in self._wants)

    def words(self, sentence: Sequence[str]) -> frozenset[str]:
        """Which of its terms speak of the topic."""
        has = frozenset(sentence).issuperset
        return frozenset(key for want in self._wants for keys in want if has(keys) for key in keys)
