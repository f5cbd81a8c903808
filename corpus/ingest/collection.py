"""A file of one report a line, already cut into paragraphs, to an edition: what questions with known answers come with.

A paragraph keeps its number, whatever it says: it is neither taken for a title nor for a list of links, and where it is
cut because it is long, its parts share the number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from corpus.clause import Clause, ClauseError
from corpus.document import Block, Document
from corpus.edition import Edition
from corpus.errors import FileError, FileLineError
from corpus.files.jsonlines import objects
from corpus.parsing.split import split
from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report
from corpus.text.language import UNTOLD, told

BETWEEN = "\n\n"  # what stands between two paragraphs in the text of such a report


@dataclass(frozen=True, slots=True)
class Collection:
    """An edition, and where its paragraphs begin with white space, which no passage holds.

    ``leads`` has the number of those code points for a report's id and a paragraph's number, counted from 1.
    """

    edition: Edition
    leads: Mapping[tuple[str, int], int]


def read_collection(path: Path) -> Collection:
    """The reports of a file of ``{"report_id", "title", "paragraphs": [text, …]}``, one a line, in its order.

    Paragraph ``n`` of a line, counted from 1, is body paragraph ``n`` of its report; one of nothing but white space
    has a number and no passage. Raises ``FileError`` and ``FileLineError``.
    """
    reports: dict[str, Report] = {}
    leads: dict[tuple[str, int], int] = {}
    for line, found in objects(path):
        try:
            report_id, title, paragraphs = _fields(found, reports)
        except ClauseError as error:
            raise FileLineError(file=str(path), line=line, problem=error.clause) from None
        language = told(paragraphs) or UNTOLD
        reports[report_id] = Report(report_id, title, tuple(_passages(paragraphs, report_id, title)), language)
        for number, paragraph in enumerate(paragraphs, start=1):
            if lead := len(paragraph) - len(paragraph.lstrip()):
                leads[report_id, number] = lead
    if not reports:
        raise FileError(file=str(path), problem=Clause("lines.no_report"))
    return Collection(Edition(tuple(reports.values())), leads)


def _fields(found: Mapping[str, object], known: Mapping[str, Report]) -> tuple[str, str, list[str]]:
    """Id, title and paragraphs of a line. Raises ``ClauseError`` that says what is wrong with it."""
    report_id, title, paragraphs = found.get("report_id"), found.get("title"), found.get("paragraphs")
    if not isinstance(report_id, str) or not report_id.strip():
        raise ClauseError("lines.no_text", field="report_id")
    if report_id in known:
        raise ClauseError("lines.same_report", report=report_id)
    if not isinstance(title, str):
        raise ClauseError("lines.no_text", field="title")
    if not isinstance(paragraphs, list) or not all(isinstance(paragraph, str) for paragraph in paragraphs):
        raise ClauseError("lines.no_paragraphs")
    if not any(paragraph.strip() for paragraph in paragraphs):
        raise ClauseError("lines.wordless")
    return report_id, title, paragraphs


def _passages(paragraphs: Sequence[str], report_id: str, title: str) -> Iterator[Passage]:
    """The passages of all paragraphs, so that ``text + tail``, joined, give the paragraphs back from the first word."""
    found = [list(_paragraph(text, number, report_id, title)) for number, text in enumerate(paragraphs, start=1)]
    filled = [number for number, passages in enumerate(found) if passages]
    for number, after in pairwise([*filled, len(paragraphs)]):
        *first, last = found[number]
        # White space before the next passage: paragraphs without a word, and how the next one begins.
        between = [text[: len(text) - len(text.lstrip())] for text in paragraphs[number + 1 : after + 1]]
        yield from first
        yield replace(last, tail=last.tail + "".join(BETWEEN + blank for blank in between))


def _paragraph(text: str, number: int, report_id: str, title: str) -> Iterator[Passage]:
    if not text.strip():
        return
    passages = split(Document(text, (Block(Span(0, len(text))),)), report_id, title)
    for part, passage in enumerate(passages, start=1):
        parted = len(passages) > 1
        label = f"{number}.{part}" if parted else str(number)
        yield replace(passage, locator=Locator(label, number, part if parted else None), kind=Kind.BODY)
