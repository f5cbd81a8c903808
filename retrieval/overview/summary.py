"""A report → a summary: the sentences that carry it, or its words on a topic."""

from collections.abc import Iterator, Sequence

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt, Summary
from retrieval.index.bm25 import PassageIndex
from retrieval.leads import lead_of
from retrieval.overview.salience import carrying, is_long
from retrieval.question.asked import Question
from retrieval.question.query import Query
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
    words or in near equivalents by ``lexicons``; none where none does. ``edition`` is the label of the edition.
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
    places = list(_sentences(report))
    terms = [analyzer_of(report.language).terms(passage.searched[slice(*span)]) for passage, span in places]
    keys = [[term.key for term in found] for found in terms]
    found = PassageIndex(keys).search(list(topic.weights), len(places), list(topic.weights.values()))
    scores = {hit.passage: hit.score for hit in found}
    held = {n: amount for n in scores if (amount := topic.held(keys[n]))}
    for n in sorted(sorted(held, key=lambda n: (-held[n], -scores[n], n))[:length]):
        passage, span = places[n]
        spoken = topic.words(keys[n])
        words = tuple(Span(span.start + t.start, span.start + t.end) for t in terms[n] if t.key in spoken)
        yield Excerpt(report=report, passage=passage, span=span, sentence=span, score=0.0, matches=words)


def _sentences(report: Report) -> Iterator[tuple[Passage, Span]]:
    """The sentences that a summary may be made of: those of the body text that are whole."""
    for passage in report.body:
        if passage.kind is Kind.BODY:
            for span in map(passage.sentence, range(len(passage.sentences))):
                if not any(passage.is_torn(span)):
                    yield passage, span


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
