"""The tables of the store, and how reports become rows and rows become reports again.

A report is kept once under its digest, whichever editions hold it. Rows hold values only: no decision is taken here.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text

from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report

# The version of what stands below; a database of any other is refused. Whoever changes a table raises it and writes the
# statements that lift a database from the version before, in Database._prepare: what was once cited must stay found.
SCHEMA = 1

_DIGEST = String(64)
# ISO 8601 in UTC with microseconds: sorts as text, and reads the same in every database.
_MOMENT = String(32)

metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True))

reports = Table(
    "reports",
    metadata,
    Column("digest", _DIGEST, primary_key=True),
    Column("id", String(100), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("language", String(100), nullable=False),
    Column("publisher", Text),
    Column("date", Date),
    Column("url", Text),
    Column("symbol", Text),
    Column("note", Text),
)

passages = Table(
    "passages",
    metadata,
    Column("report", _DIGEST, ForeignKey("reports.digest"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("label", String(100), nullable=False),
    Column("paragraph", Integer),
    Column("part", Integer),
    Column("page", Integer),
    Column("section", Text),
    Column("kind", String(20), nullable=False),
    Column("fingerprint", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("tail", Text, nullable=False),
    # The ends of the sentences, since they tile the text: "57 133".
    Column("sentences", Text, nullable=False),
    Index("passages_by_label", "report", "label"),
)

editions = Table(
    "editions",
    metadata,
    Column("digest", _DIGEST, primary_key=True),
    # The number of the audit entry that made it live the last time.
    Column("published", ForeignKey("audit.number"), nullable=False),
)

edition_reports = Table(
    "edition_reports",
    metadata,
    Column("edition", _DIGEST, ForeignKey("editions.digest"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("report", _DIGEST, ForeignKey("reports.digest"), nullable=False, index=True),
)

live = Table(
    "live",
    metadata,
    # In quotes, since PostgreSQL keeps the word for itself.
    Column("only", Integer, CheckConstraint('"only" = 1'), primary_key=True),
    Column("edition", _DIGEST, ForeignKey("editions.digest"), nullable=False),
    Column("since", _MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", _MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(100), nullable=False),
    Column("edition", _DIGEST),
    Column("previous", _DIGEST),
    Column("detail", Text, nullable=False),
)

REPORT_FIELDS = tuple(column for column in reports.columns if column.name != "digest")
PASSAGE_FIELDS = tuple(
    passages.c[name] for name in ("label", "paragraph", "part", "page", "section", "kind", "text", "tail", "sentences")
)


def report_row(report: Report) -> dict[str, Any]:
    """A report's row, without its passages."""
    return {"digest": report.digest} | {column.name: getattr(report, column.name) for column in REPORT_FIELDS}


def passage_rows(report: Report) -> Iterator[dict[str, Any]]:
    """The rows of a report's passages in their order."""
    digest = report.digest
    for position, passage in enumerate(report.passages):
        place = passage.locator
        yield {
            "report": digest,
            "position": position,
            "label": place.label,
            "paragraph": place.paragraph,
            "part": place.part,
            "page": place.page,
            "section": place.section,
            "kind": passage.kind.value,
            "fingerprint": passage.fingerprint,
            "text": passage.text,
            "tail": passage.tail,
            "sentences": " ".join(str(span.end) for span in passage.sentences),
        }


def report_of(row: Sequence[Any], content: Sequence[Passage]) -> Report:
    """The report of a row of ``REPORT_FIELDS``, with its passages."""
    fields = {column.name: value for column, value in zip(REPORT_FIELDS, row, strict=True)}
    return Report(passages=tuple(content), **fields)


def passage_of(report_id: str, row: Sequence[Any]) -> Passage:
    """The passage of a row of ``PASSAGE_FIELDS``. Raises ``ValueError`` where it holds what was never saved."""
    label, paragraph, part, page, section, kind, text, tail, ends = row
    if not all(isinstance(value, str) for value in (label, text, tail, ends)):
        raise ValueError(f"{label!r} is not text")  # SQLite lets every column hold anything
    start = 0
    spans = []
    for end in map(int, ends.split()):
        spans.append(Span(start, end))
        start = end
    return Passage(report_id, Locator(label, paragraph, part, page, section), Kind(kind), text, tail, tuple(spans))


def moment_text(moment: dt.datetime) -> str:
    """A moment as it is kept. Raises ``ValueError`` for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
