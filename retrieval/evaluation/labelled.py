"""Labelled questions, and where their answers stand. Who asks them is ``judging``; what comes of it, ``measures``.

A labelled question is a JSON object: ``{"id", "question", "outcome"?, "report"?, "group"?, "kind"?, "weight"?,
"gold"}``. ``gold`` is a list of verbatim strings, any of which the right sentence covers, or of places
``{"report_id", "par", "spans"}``: code points of a paragraph, both counted from 0. Without gold the reports do not
answer the question. Other names for some of these are understood as well, see ``ALIASES``.
"""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from corpus.edition import Edition
from corpus.passage import Passage, Span
from retrieval.outcome import Outcome

ALIASES = {"report_id": "report", "gold_spans": "gold", "style": "group"}
Answerable = Literal["answerable", "unanswerable_ontopic", "unanswerable_offtopic"]
OFF_TOPIC: Answerable = "unanswerable_offtopic"
ON_TOPIC: Answerable = "unanswerable_ontopic"


class Place(BaseModel):
    """Where an answer stands: spans of a paragraph (counted from 0), any of which answers."""

    model_config = ConfigDict(frozen=True)

    report_id: str
    par: int = Field(ge=0)
    spans: tuple[Span, ...]

    @field_validator("spans")
    @classmethod
    def _filled(cls, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        if any(not 0 <= span.start < span.end for span in spans):
            raise ValueError("a span is a start and an end after it")
        return spans


class Labelled(BaseModel):
    """One labelled question."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    report: str | None = None
    gold: tuple[Place, ...] | tuple[str, ...] = ()
    group: str = ""  # by which measures are given apart
    outcome: Outcome | None = None  # the right one; by default what gold suggests
    kind: Answerable | None = None  # whether it is answered, else whether it is near
    weight: float = Field(default=1.0, gt=0)  # how often it counts where the confidence is fitted

    @model_validator(mode="before")
    @classmethod
    def _as_typed(cls, data: Any) -> Any:  # noqa: ANN401 - pydantic hands over whatever stood in the file
        """Other names of a field count where it is missing, an id may be a number, and ``null`` leaves a field out."""
        if not isinstance(data, dict):
            return data
        found = {name: value for name, value in data.items() if value is not None}
        for alias, name in ALIASES.items():
            if alias in found:
                found.setdefault(name, found[alias])
        if type(found.get("id")) is int:
            found["id"] = str(found["id"])
        return found

    @field_validator("gold")
    @classmethod
    def _legible(cls, gold: tuple[Place, ...] | tuple[str, ...]) -> tuple[Place, ...] | tuple[str, ...]:
        if any(isinstance(one, str) and not one.strip() for one in gold):
            raise ValueError("every sentence holds a text of nothing")
        return gold

    @field_validator("kind")
    @classmethod
    def _as_gold_has_it(cls, kind: Answerable | None, info: ValidationInfo) -> Answerable | None:
        if kind is not None and "gold" in info.data and (kind == "answerable") is not bool(info.data["gold"]):
            raise ValueError("what is answered has gold, and nothing else has")
        return kind

    @property
    def is_answerable(self) -> bool:
        """Whether the reports answer the question."""
        return bool(self.gold)

    @property
    def expected(self) -> Outcome:
        """The outcome that would be right."""
        return self.outcome or (Outcome.ANSWERED if self.gold else Outcome.SILENT)


class Gold:
    """Where the labelled answers stand in an edition's passages.

    ``leads`` has the white space before the first passage of a paragraph, in code points, by report and number.
    """

    def __init__(self, edition: Edition, leads: Mapping[tuple[str, int], int] | None = None) -> None:
        # A paragraph may be several passages: each with the offset at which it begins.
        self._paragraphs: dict[tuple[str, int | str], list[tuple[int, Passage]]] = {}
        for passage in edition.passages():
            number = passage.locator.paragraph or 0
            paragraph = self._paragraphs.setdefault((passage.report, number), [])
            lead = (leads or {}).get((passage.report, number), 0) if isinstance(number, int) else 0
            start = lead + sum(len(p.text) + len(p.tail) for _, p in paragraph)
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

    def texts(self, labelled: Labelled) -> list[str]:
        """The labelled answers themselves, verbatim, each once."""
        found: list[str] = []
        for gold in labelled.gold:
            if isinstance(gold, str):
                found.append(gold)
            else:
                one = labelled.model_copy(update={"gold": (gold,)})
                parts = self._paragraphs.get((gold.report_id, gold.par + 1), [])
                found += [passage.cut(span) for _, passage in parts for span in self.spans(one, passage)]
        return list(dict.fromkeys(found))
