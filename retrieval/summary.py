"""A report → the sentences that carry it: TextRank over BM25 similarity.

Barrios, López, Argerich and Wachenchauzer, "Variations of the Similarity Function of TextRank for Automated
Summarization" (2016, arXiv:1602.03606): sentences are nodes, their BM25 similarity is the weight between them,
PageRank gives their worth. The first sentence of the report, its lead, is always in.

The similarities of all sentences make a square, so a report of more than ``MAX_RANKED`` sentences is thinned first:
TextRank sees those that are most similar to the report as a whole, by the same BM25.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt, Summary
from retrieval.index import PassageIndex
from retrieval.lexicon import BUNDLED, WEIGHTS, Keys, Lexicons
from retrieval.query import Query
from retrieval.question import Question
from retrieval.terms import analyzer_of

DEFAULT_LENGTH = 5  # sentences
MAX_LENGTH = 15
DAMPING = 0.85  # Brin and Page 1998, as TextRank takes it
NEAR_ENOUGH = WEIGHTS["close"]  # an equivalent that is only a hint does not make a sentence speak of a topic
MAX_RANKED = 1_500  # sentences; similarities are a square of this side
_ROUNDS = 60  # 0.85 ** 60 < 1e-4


def summarise(
    report: Report,
    edition: str,
    *,
    length: int = DEFAULT_LENGTH,
    about: Question | None = None,
    lexicons: Lexicons = BUNDLED,
) -> Summary:
    """``length`` sentences of ``report`` in its own order; ``about`` keeps those that speak of a topic.

    Fewer where the report has fewer, or where fewer speak of the topic in its words or in near equivalents by
    ``lexicons``; none where none does. ``edition`` is the label of the edition. Deterministic. ``length`` is held
    between 1 and ``MAX_LENGTH``.
    """
    length = max(1, min(length, MAX_LENGTH))
    places = list(_sentences(report))
    terms = [analyzer_of(report.language).terms(passage.searched[slice(*span)]) for passage, span in places]
    keys = [[term.key for term in found] for found in terms]
    index = PassageIndex(keys)
    topic = _Topic(about.text, report.language, lexicons) if about else None
    if topic:
        found = index.search(list(topic.weights), len(places), list(topic.weights.values()))
        scores = {hit.passage: hit.score for hit in found}
        held = {n: amount for n in scores if (amount := topic.held(keys[n]))}
        # A sentence on the topic counts by how much of it it holds, then by how typical it is of those sentences.
        chosen = sorted(held, key=lambda n: (-held[n], -scores[n], n))[:length]
    else:
        worth = central(keys, index)
        others = sorted(worth.keys() - {0}, key=lambda n: (-worth[n], n))
        chosen = [0, *others][:length] if places else []
    spoken = {n: topic.words(keys[n]) for n in chosen} if topic else {}
    excerpts = tuple(
        Excerpt(
            report,
            places[n][0],
            places[n][1],
            places[n][1],
            0.0,
            tuple(_shift(places[n], Span(t.start, t.end)) for t in terms[n] if t.key in spoken.get(n, ())),
        )
        for n in sorted(chosen)
    )
    return Summary(report, edition, about.text if about else None, excerpts)


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


def _shift(place: tuple[Passage, Span], span: Span) -> Span:
    return Span(place[1].start + span.start, place[1].start + span.end)


def central(keys: Sequence[Sequence[str]], index: PassageIndex) -> dict[int, float]:
    """The worth of sentences, given by their term keys, and with their ``index``: of all, or of the ``MAX_RANKED`` most
    typical ones."""
    ranked = _typical(index, keys)
    return dict(zip(ranked, _textrank([keys[n] for n in ranked]), strict=True))


def _typical(index: PassageIndex, keys: Sequence[Sequence[str]]) -> list[int]:
    """The sentences that TextRank is to see, in order: all, or the ``MAX_RANKED`` most similar to them all together."""
    if len(keys) <= MAX_RANKED:
        return list(range(len(keys)))
    whole = Counter(key for own in keys for key in own)
    return sorted(hit.passage for hit in index.search(list(whole), MAX_RANKED, list(whole.values())))


def _textrank(keys: Sequence[Sequence[str]]) -> list[float]:
    """PageRank of each sentence."""
    count = len(keys)
    if not count:
        return []
    index = PassageIndex(keys)
    similarity = np.zeros((count, count))
    for n, own in enumerate(keys):
        similarity[n] = index.get_scores(own)
        similarity[n, n] = 0.0
    np.maximum(similarity, 0.0, out=similarity)
    out = similarity.sum(axis=1, keepdims=True)
    links = np.divide(similarity, out, out=np.full_like(similarity, 1 / count), where=out > 0)
    worth = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        worth = (1 - DAMPING) / count + DAMPING * (worth @ links)
    ranks: list[float] = np.round(worth, 12).tolist()
    return ranks
