"""What a passage is quoted with: the words that open its list, the heads of its table's columns, its speaker."""

from corpus.passage import Kind, Passage, Span
from corpus.report import Report


def lead_of(report: Report, passage: Passage) -> tuple[Passage, Span] | None:
    """The passage that says it, and which of its words: its last sentence, or all of a speaker's label."""
    if passage.lead is None:
        return None
    found = report.labelled(passage.lead)
    if found is None or not found.sentences:
        return None
    whole = Span(0, len(found.text))
    return found, whole if found.kind is Kind.SPEAKER else found.sentence(len(found.sentences) - 1)
