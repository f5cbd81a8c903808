"""A report → the sentences that carry it: TextRank over BM25 similarity.

Barrios, López, Argerich and Wachenchauzer, "Variations of the Similarity Function of TextRank for Automated
Summarization" (2016, arXiv:1602.03606): sentences are nodes, their BM25 similarity is the weight between them,
PageRank gives their worth. The first sentence of the report, its lead, is always in.
"""

import numpy as np
from numpy.typing import NDArray

from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt, Summary
from retrieval.index import PassageIndex
from retrieval.question import Question
from retrieval.terms import analyzer

DEFAULT_LENGTH = 5  # sentences
MAX_LENGTH = 15
DAMPING = 0.85  # Brin and Page 1998, as TextRank takes it
_EPSILON = 0.25  # Barrios et al. 2016, section 3: negative idf becomes this share of the average, as rank-bm25 has it
_MAX_SENTENCES = (
    1_500  # a square of similarities of this side; a longer report is thinned to its most typical sentences
)
_ROUNDS = 60  # 0.85 ** 60 < 1e-4


def summarise(report: Report, edition: str, *, length: int = DEFAULT_LENGTH, about: Question | None = None) -> Summary:
    """``length`` sentences of ``report`` in its own order; ``about`` keeps those that speak of a topic.

    Fewer where the report has fewer, or where fewer speak of the topic; none where none does. ``edition`` is the
    label of the edition. Deterministic. ``length`` is held between 1 and ``MAX_LENGTH``.
    """
    length = max(1, min(length, MAX_LENGTH))
    places = [(passage, passage.sentence(n)) for passage in report.body for n in range(len(passage.sentences))]
    terms = [analyzer(report.language).terms(passage.cut(span)) for passage, span in places]
    keys = [[term.key for term in found] for found in terms]
    index = PassageIndex(keys)
    topic = [term.key for term in analyzer(report.language).terms(about.text)] if about else []
    if about:
        scores = {hit.passage: hit.score for hit in index.search(topic, len(places))}
        # A sentence on the topic counts by how much of it it holds, then by how typical it is of those sentences.
        chosen = sorted(scores, key=lambda n: (-len(set(topic) & set(keys[n])), -scores[n], n))[:length]
    else:
        worth = _textrank(index, keys)
        others = sorted(range(1, len(places)), key=lambda n: (-worth[n], n))
        chosen = [0, *others][:length] if places else []
    excerpts = tuple(
        Excerpt(
            report,
            places[n][0],
            places[n][1],
            places[n][1],
            0.0,
            tuple(_shift(places[n], Span(t.start, t.end)) for t in terms[n] if t.key in topic),
        )
        for n in sorted(chosen)
    )
    return Summary(report, edition, about.text if about else None, excerpts)


def _shift(place: tuple[Passage, Span], span: Span) -> Span:
    return Span(place[1].start + span.start, place[1].start + span.end)


def _textrank(index: PassageIndex, keys: list[list[str]]) -> NDArray[np.float64]:
    """PageRank over the sentences, shape ``(sentences,)``."""
    count = len(keys)
    similarity = np.zeros((count, count))
    for n, own in enumerate(keys):
        similarity[n] = index.get_scores(own)
        similarity[n, n] = 0.0
    similarity = np.maximum(similarity, 0.0)
    out = similarity.sum(axis=1, keepdims=True)
    links = np.divide(similarity, out, out=np.full_like(similarity, 1 / max(count, 1)), where=out > 0)
    worth = np.full(count, 1 / max(count, 1))
    for _ in range(_ROUNDS):
        worth = (1 - DAMPING) / count + DAMPING * (worth @ links)
    return np.round(worth, 12)
