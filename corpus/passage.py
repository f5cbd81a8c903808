"""A passage of a report, and the only place where report text is cut.

All offsets count Unicode code points and are half open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

FINGERPRINT_DIGITS = 8


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def covers(self, other: "Span") -> bool:
        """Whether every code point of ``other`` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


class Kind(StrEnum):
    """What part a passage plays in its report. ``BODY`` is ranked and numbered, ``NOTE`` is ranked; nothing else is."""

    BODY = "body"
    NOTE = "note"  # a footnote or an endnote
    TITLE = "title"
    DECK = "deck"  # a line under the title that repeats a sentence of the body
    HEADING = "heading"
    CAPTION = "caption"  # what stands under or over a picture or a table
    SPEAKER = "speaker"  # a label on a line of its own, which says whose words follow
    CONTENTS = "contents"  # a line of the table of contents
    MASTHEAD = "masthead"  # symbol, distribution, "Original: English", banners
    RUNNING = "running"  # running heads and feet, page numbers
    LINKS = "links"  # "READ MORE ON:", lists of links, tags
    FURNITURE = "furniture"  # ornaments, front matter, comments: none of the report's words

    @property
    def is_ranked(self) -> bool:
        """Whether such a passage may be an answer."""
        return self in (Kind.BODY, Kind.NOTE)


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands in its report.

    ``label`` is what a citation says and is unique in the report: ``"4"`` for the fourth body paragraph, ``"4.2"`` for
    the second part of a long one; ``"title"``, ``"deck"``, ``"heading-1"``, ``"note-1"`` and so on for what is no body
    text. ``paragraph`` is the number of the body paragraph and ``part`` that of its part, both counted from 1. Where
    the document prints numbers, ``paragraph`` is the printed one, ``41`` or ``"12 bis"``, and the label is made of it;
    body text without one has none, and a label such as ``"text-1"``. ``section`` is the heading the passage stands
    under.
    """

    label: str
    paragraph: int | str | None = None
    part: int | None = None
    page: int | None = None
    section: str | None = None


def blanked(text: str, marks: Iterable[Span]) -> str:
    """``text`` with blanks at ``marks``."""
    places = tuple(marks)
    if not places:  # as nearly everywhere
        return text
    kept = list(text)
    for start, end in places:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


@dataclass(frozen=True)
class Passage:
    """A numbered piece of a report.

    ``text`` has no white space around it; ``tail`` is the white space up to the next passage, so that joining
    ``text + tail`` over a report's passages gives its source text back. ``sentences`` tile ``text``.

    ``lead`` is the label of the passage that this one is quoted with: the words that open its list, the heads of its
    table's columns, its speaker. ``torn`` says whether it begins, and whether it ends, inside a sentence whose other
    part is not there. ``marks`` are the spans of footnote calls: quoted, never searched.
    """

    report: str
    locator: Locator
    kind: Kind
    text: str
    tail: str
    sentences: tuple[Span, ...]
    lead: str | None = None
    torn: tuple[bool, bool] = (False, False)
    marks: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        """``report:label``, unique in an edition."""
        return f"{self.report}:{self.locator.label}"

    @cached_property
    def fingerprint(self) -> str:
        """The first eight hexadecimal digits of the SHA-256 of ``text``: tells this wording from a later one."""
        return sha256(self.text.encode()).hexdigest()[:FINGERPRINT_DIGITS]

    @cached_property
    def searched(self) -> str:
        """``text`` with blanks in place of the calls of footnotes: what is searched, place by place the same."""
        return blanked(self.text, self.marks)

    def is_torn(self, span: Span) -> tuple[bool, bool]:
        """Whether the words at ``span`` begin, and end, inside a sentence whose other part is not there."""
        return self.torn[0] and span.start == 0, self.torn[1] and span.end >= len(self.text)

    def cut(self, span: Span) -> str:
        """The words at ``span``, verbatim. Raises ``IndexError`` where the span leaves the passage."""
        if not 0 <= span.start <= span.end <= len(self.text):
            raise IndexError(f"{span} leaves passage {self.id} of {len(self.text)} code points")
        return self.text[span.start : span.end]

    def sentence(self, number: int) -> Span:
        """The span of sentence ``number`` (from 0) without the white space after it."""
        start, end = self.sentences[number]
        return Span(start, start + len(self.text[start:end].rstrip()))
