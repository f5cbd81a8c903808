"""Labelled questions → measures. Every question counts, answered or not.

A labelled question is a JSON object: ``{"id", "question", "outcome"?, "report"? or "report_id"?, "gold"}``. ``gold``
is a list of verbatim strings, any of which the right sentence covers, or of places ``{"report_id", "par", "spans"}``:
code points of a paragraph counted from 0. Without gold the reports do not answer the question.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpus.edition import Edition
from corpus.passage import Passage, Span


class Place(BaseModel):
    """Where an answer stands: spans of a paragraph (counted from 0), any of which answers."""

    model_config = ConfigDict(frozen=True)

    report_id: str
    par: int
    spans: tuple[Span, ...]


class Labelled(BaseModel):
    """One labelled question."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    report: str | None = None
    gold: tuple[Place, ...] | tuple[str, ...] = ()
    group: str = Field(default="", description="A name by which measures are given apart.")

    @model_validator(mode="before")
    @classmethod
    def _report_id(cls, data: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever stood in the file
        if isinstance(data, dict) and "report" not in data and "report_id" in data:
            return {**data, "report": data["report_id"]}
        return data


class Gold:
    """Where the labelled answers stand in an edition's passages."""

    def __init__(self, edition: Edition) -> None:
        # A paragraph may be several passages: each with the offset at which it begins.
        self._paragraphs: dict[tuple[str, int], list[tuple[int, Passage]]] = {}
        for passage in edition.passages():
            paragraph = self._paragraphs.setdefault((passage.report, passage.locator.paragraph or 0), [])
            start = sum(len(p.text) + len(p.tail) for _, p in paragraph)
            paragraph.append((start, passage))

    def spans(self, labelled: Labelled, passage: Passage) -> list[Span]:
        """Where the labelled answers stand in ``passage``."""
        found: list[Span] = []
        for gold in labelled.gold:
            if isinstance(gold, str):
                at = passage.text.find(gold)
                if at >= 0:
                    found.append(Span(at, at + len(gold)))
            elif gold.report_id == passage.report and gold.par + 1 == passage.locator.paragraph:
                start = next(s for s, p in self._paragraphs[passage.report, gold.par + 1] if p is passage)
                own = (Span(a - start, b - start) for a, b in gold.spans)
                found += [span for span in own if span.start >= 0 and span.end <= len(passage.text)]
        return found

    def covers(self, labelled: Labelled, passage: Passage, span: Span) -> bool:
        """Whether ``span`` of ``passage`` covers a labelled answer."""
        return any(gold in passage.cut(span) if isinstance(gold, str) else False for gold in labelled.gold) or any(
            span.covers(place) for place in self.spans(labelled, passage)
        )

    def holds(self, labelled: Labelled, passage: Passage) -> bool:
        """Whether the passage is, or is part of, a labelled paragraph, or holds a labelled string."""
        return any(
            gold in passage.text
            if isinstance(gold, str)
            else gold.report_id == passage.report and gold.par + 1 == passage.locator.paragraph
            for gold in labelled.gold
        )
