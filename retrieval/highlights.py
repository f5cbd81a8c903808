"""A question and a sentence found for it → which of its words are set off: those that answer, or those it was found by.

What answers is told by the kind of thing asked for, from what the sentence mentions: its dates, its numbers of what was
asked for, its places, its names. Nothing here changes what is found, or what is quoted.
"""

from collections.abc import Iterator, Sequence

from corpus.passage import Passage, Span
from retrieval.evidence.features import Evidence
from retrieval.kind import Kind
from retrieval.language.folding import fold
from retrieval.overview.counts import counts
from retrieval.overview.dating import dating
from retrieval.overview.mentions import mentions
from retrieval.question.query import Query
from retrieval.search.ranking import Ranking
from retrieval.words.terms import Word, analyzer_of

_WHO = (Kind.PERSON, Kind.GROUP)


def found_by(ranking: Ranking, evidence: Evidence, span: Span) -> tuple[Span, ...]:
    """The words within ``span`` of the passage that the question found its sentence by, in order."""
    keys = {key for match in evidence.matches if match for key in match.keys}
    return tuple(
        Span(term.start, term.end)
        for term in ranking.scope.terms(ranking.passage(evidence))
        if term.key in keys and span.covers(Span(term.start, term.end))
    )


def answering(ranking: Ranking, evidence: Evidence) -> tuple[Span, ...]:
    """The words of the sentence that are of the kind asked for and not of the question, in order; none where it asks
    for no such kind, or where the sentence offers none."""
    query, passage = ranking.ranker(evidence).query, ranking.passage(evidence)
    at = evidence.sentence.span
    words = [word for word in analyzer_of(query.tag).words(passage.searched) if at.start <= word.start < at.end]
    if query.kind is Kind.TIME:
        found = _times(query, passage, words, evidence)
    elif query.kind is Kind.NUMBER:
        found = _numbers(query, passage, words, evidence)
    elif query.kind in (Kind.PLACE, *_WHO):
        found = _names(query, passage, words)
    else:
        return ()
    return tuple(span for span in sorted(found) if at.covers(span))


def _times(query: Query, passage: Passage, words: Sequence[Word], evidence: Evidence) -> Iterator[Span]:
    told, asked = dating(query.tag), {want.number for want in query.wants if want.number}
    for written in told.written(passage.searched, words, evidence.sentence):
        if asked.isdisjoint(passage.cut(written.span).replace(",", "").split()):
            yield written.span
    if leaning := told.leaning(passage.searched, words, evidence.sentence.span):
        yield leaning.span


def _numbers(query: Query, passage: Passage, words: Sequence[Word], evidence: Evidence) -> Iterator[Span]:
    """The numbers of what was asked for; all where it was not said of what."""
    match = evidence.matches[query.focus] if query.focus is not None else None
    if query.focus is not None and match is None:
        return
    counted = [word for word in words if match and analyzer_of(query.tag).key(word.text) in match.keys]
    for span in counts(query.tag).numbers(passage.searched, words, evidence.sentence):
        if match is None or any(span.covers(Span(word.start, word.end)) for word in counted):
            yield span


def _names(query: Query, passage: Passage, words: Sequence[Word]) -> Iterator[Span]:
    """The names of places, or of others than places, that the question does not hold."""
    own = analyzer_of(query.tag)
    for name in mentions(query.tag).names(passage.searched, words):
        parts = [word for word in words if name.bare.covers(Span(word.start, word.end))]
        if name.is_placed is not (query.kind is Kind.PLACE):
            continue
        if query.known.isdisjoint({own.key(fold(word.text)) or word.text for word in parts}):
            yield name.span
