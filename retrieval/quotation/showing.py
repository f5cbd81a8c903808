"""Quoted words → the excerpt that shows them: their whole sentences, with the speaker of what they are a part of."""

from collections.abc import Sequence

from corpus.passage import Span
from retrieval.answer import Excerpt
from retrieval.leads import lead_of
from retrieval.quotation.around import Around
from retrieval.quotation.shelf import Shelf


def around(shelf: Shelf, number: int, spans: Sequence[Span]) -> Around:
    """Words at ``spans`` of the passage with that number, with what stands around them."""
    return Around(shelf.report(number), shelf.passages[number], shelf.read(number).tokens, tuple(spans))


def shown(quoted: Around, score: float) -> Excerpt:
    """The excerpt of quoted words; they are its matches, the sentence they begin in is its sentence."""
    passage, report = quoted.passage, quoted.report
    first = next(
        (s for n in range(len(passage.sentences)) if (s := passage.sentence(n)).end > quoted.spans[0].start), None
    )
    sentence = first or quoted.sentences
    return Excerpt(
        report=report,
        passage=passage,
        span=quoted.frame,
        sentence=sentence,
        score=round(score, 6),
        matches=quoted.spans,
        lead=lead_of(report, passage),
    )
