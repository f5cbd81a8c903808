"""A question and an edition → an answer: the policy of answering, hedging or staying silent."""

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from corpus.edition import Edition
from corpus.passage import Passage, Span
from retrieval.answer import Answer, Correction, Excerpt, Outcome
from retrieval.confidence import confidence
from retrieval.model import shipped
from retrieval.question import Question
from retrieval.ranking import Evidence
from retrieval.scope import Ranking, Scope
from retrieval.weights import Weights

if TYPE_CHECKING:
    from retrieval.explanation import Explanation

EXCERPTS = 5  # excerpts in an answer
SHOWN_AT_MOST = {Outcome.ANSWERED: 2, Outcome.CLOSEST: 3, Outcome.SILENT: 0}
SCOPES = 256  # reports whose own index is kept
WIDENED_BY = 2  # sentences at most that an excerpt takes in because its own leans on them
ADDS_FROM = 0.12  # share of the question that a second excerpt must hold beyond the first
NEAR = 1.5  # how far below the best score a second excerpt may be


class Answerer:
    """Answers questions from one edition. Safe to ask from several threads."""

    def __init__(self, edition: Edition, weights: Weights | None = None) -> None:
        self.edition = edition
        self._weights = weights or shipped()
        self._whole = Scope(edition.reports)
        self._scopes: OrderedDict[str, Scope] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, question: Question, report: str | None = None) -> Answer:
        """The answer of the whole edition, or of one report. Raises ``UnknownReportError``."""
        ranking = self._scope(report).rank(question.text, self._weights)
        sure = confidence(ranking, self._weights)
        outcome = self._outcome(sure)
        chosen = _distinct(ranking)
        return Answer(
            question=question.text,
            outcome=outcome,
            confidence=round(sure, 4),
            edition=self.edition.label,
            excerpts=tuple(_excerpt(ranking, evidence) for evidence in chosen),
            shown=_shown(outcome, ranking, chosen),
            corrections=_corrections(ranking),
        )

    def explain(self, question: Question, report: str | None = None) -> "tuple[Explanation, ...]":
        """Why each excerpt that the answer shows was chosen, best first. Raises ``UnknownReportError``."""
        from retrieval.explanation import explain  # few questions want it, and those that do not should not wait

        ranking = self._scope(report).rank(question.text, self._weights)
        chosen = _distinct(ranking)
        shown = _shown(self._outcome(confidence(ranking, self._weights)), ranking, chosen)
        return tuple(explain(ranking, evidence, self._weights) for evidence in chosen[:shown])

    def _outcome(self, sure: float) -> Outcome:
        if sure >= self._weights.answered_from:
            return Outcome.ANSWERED
        if sure >= self._weights.closest_from:
            return Outcome.CLOSEST
        return Outcome.SILENT

    def _scope(self, report: str | None) -> Scope:
        if report is None:
            return self._whole
        wanted = self.edition.report(report)
        if len(self.edition.reports) == 1:
            return self._whole
        with self._lock:
            scope = self._scopes.pop(report, None) or Scope([wanted])
            self._scopes[report] = scope
            if len(self._scopes) > SCOPES:
                self._scopes.popitem(last=False)
        return scope


def _distinct(ranking: Ranking) -> list[Evidence]:
    """The best evidence, best first; a sentence that stands in the excerpt of a better one is left out."""
    chosen: list[Evidence] = []
    taken: list[tuple[int, Span]] = []
    for evidence in ranking.evidence:
        if any(n == evidence.passage and span.overlaps(evidence.sentence.span) for n, span in taken):
            continue
        chosen.append(evidence)
        taken.append((evidence.passage, widened(ranking, evidence)))
        if len(chosen) == EXCERPTS:
            break
    return chosen


def _shown(outcome: Outcome, ranking: Ranking, chosen: list[Evidence]) -> int:
    """How many excerpts belong into a reply: beside the best one a second only where it adds something."""
    most = min(SHOWN_AT_MOST[outcome], len(chosen))
    if outcome is not Outcome.ANSWERED or most < 2:
        return most
    first, second = chosen[:2]
    ranker = ranking.ranker(first)
    held = [match.strength if match else 0.0 for match in first.matches]
    more = [match.strength if match else 0.0 for match in second.matches]
    same_query = ranker is ranking.ranker(second)
    added = sum(w * max(0.0, b - a) for w, a, b in zip(ranker.idf, held, more, strict=True)) if same_query else 0.0
    return 2 if added / ranker.total >= ADDS_FROM and second.score >= first.score - NEAR else 1


def _excerpt(ranking: Ranking, evidence: Evidence) -> Excerpt:
    passage = ranking.passage(evidence)
    span = widened(ranking, evidence)
    return Excerpt(
        ranking.scope.report(passage),
        passage,
        span,
        evidence.sentence.span,
        round(evidence.score, 6),
        _matched_words(ranking, evidence, passage, span),
    )


def _matched_words(ranking: Ranking, evidence: Evidence, passage: Passage, span: Span) -> tuple[Span, ...]:
    """The words in the excerpt that the question was found by."""
    found = ranking.ranker(evidence).found_by
    return tuple(
        Span(term.start, term.end)
        for term in ranking.scope.terms(passage)
        if span.start <= term.start and term.end <= span.end and term.key in found
    )


def _corrections(ranking: Ranking) -> tuple[Correction, ...]:
    """The words that were taken for misspelt, with the word of the best excerpt they were taken for."""
    if not ranking.evidence:
        return ()
    best = ranking.evidence[0]
    corrections = []
    for want, match in zip(ranking.ranker(best).query.wants, best.matches, strict=True):
        if not (want.meant and match):
            continue
        passage = ranking.passage(best)
        if match.keys != (want.key,):  # found by an equivalent of what was meant
            continue
        word = next(
            passage.cut(Span(term.start, term.end))
            for term in ranking.scope.terms(passage)
            if term.key == match.keys[0] and best.sentence.span.start <= term.start < best.sentence.span.end
        )
        corrections.append(Correction(want.surface, word))
    return tuple(corrections)


def widened(ranking: Ranking, evidence: Evidence) -> Span:
    """The sentence with those before it that it leans on."""
    sentences = ranking.scope.read(evidence.passage)
    first = evidence.sentence.number
    while first > 0 and evidence.sentence.number - first < WIDENED_BY and sentences[first].leans:
        first -= 1
    return Span(sentences[first].span.start, evidence.sentence.span.end)
