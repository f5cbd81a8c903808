"""What is quoted without being looked for by any words: a paragraph by its number, and what was quoted before."""

from collections.abc import Sequence

from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.answer import Answer, Excerpt
from retrieval.evidence.leaning import Leaning
from retrieval.excerpts import around
from retrieval.leads import lead_of
from retrieval.outcome import Outcome
from retrieval.search.scope import Scope


def whole(report: Report, passage: Passage) -> Excerpt:
    """All of a passage of the report."""
    span = Span(0, len(passage.text))
    return Excerpt(report, passage, span, passage.sentence(0), score=1.0, lead=lead_of(report, passage))


def again(scope: Scope, passage: str | None, sentence: Span | None) -> Excerpt | None:
    """The ``sentence`` of the passage with that id, with those that it leans on; ``None`` where it is gone."""
    number = scope.number(passage) if passage is not None else None
    if number is None or sentence is None:
        return None
    found, spans = scope.passages[number], scope.read(number)
    at = Leaning.on(found, number, sentence).sentence
    first, last = around(scope, number, at)
    span = Span(spans[first].span.start, spans[last].span.end)
    report = scope.report(found)
    return Excerpt(report, found, span, spans[at].span, score=1.0, lead=lead_of(report, found))


def quoting(
    question: str, edition: str, asked: tuple[Report, ...], *, excerpts: Sequence[Excerpt], outcome: Outcome
) -> Answer:
    """The answer that consists of these excerpts, all of them shown. ``asked`` are the reports that were."""
    return Answer(
        question=question,
        outcome=outcome,
        confidence=1.0 if outcome is Outcome.ANSWERED else 0.0,
        edition=edition,
        reports=asked,
        excerpts=tuple(excerpts),
        shown=len(excerpts),
    )
