"""The tables of the store, and how reports become rows and rows become reports again.

A report is kept once under its digest, whichever editions hold it. Rows hold values only: no decision is taken here.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    null,
)

from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report

# The version of what stands below; a database of a later one is refused. Whoever changes a table raises it and writes
# into LIFTS what lifts a database from the version before: what was once cited must stay found.
SCHEMA = 3

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
    Column("source", String(64)),
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
    # The printed number where it is more than digits: "12 bis".
    Column("number", Text),
    Column("lead", String(100)),
    # 1 for a passage that begins inside a sentence, 2 for one that ends inside one, 3 for both.
    Column("torn", Integer),
    # Begin and end of each footnote call, one after the other: "24 25".
    Column("marks", Text),
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

# What follows came with version 3: it belongs to no edition, and is changed without one.

# How often any of it was changed, for whoever follows.
changes = Table(
    "changes",
    metadata,
    Column("only", Integer, CheckConstraint('"only" = 1'), primary_key=True),
    Column("number", Integer, nullable=False),
)

# Who sees answers: in one channel of a server, or in the rest of it, which is channel 0.
audiences = Table(
    "audiences",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", BigInteger, primary_key=True, autoincrement=False),
    Column("audience", String(10), nullable=False),
)

# Which words of a question may find which of a report.
equivalents = Table(
    "equivalents",
    metadata,
    Column("language", String(35), primary_key=True),
    Column("word", String(200), primary_key=True),
    Column("means", String(200), primary_key=True),
    Column("at", _MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
)

# What people said of answers, and questions that found nothing: see corpus.feedback.
feedback_key = Table(
    "feedback_key",
    metadata,
    Column("only", Integer, CheckConstraint('"only" = 1'), primary_key=True),
    # Hexadecimal digits; what turns an account into the voter of its votes.
    Column("key", String(64), nullable=False),
)

votes = Table(
    "votes",
    metadata,
    Column("voter", String(16), primary_key=True),
    Column("answer", String(20), primary_key=True),
    # The key of a citation, which outlives the passage.
    Column("passage", String(100), nullable=False, index=True),
    Column("asked", String(40), nullable=False),
    Column("is_helpful", Integer, nullable=False),
    # A day and no moment: whoever knows when somebody was there must not find their vote by it.
    Column("day", Date, nullable=False),
)

unfound = Table(
    "unfound",
    metadata,
    Column("day", Date, primary_key=True),
    Column("question", Text, primary_key=True),
    Column("edition", String(12), nullable=False),
)

# What each version added to the one before, as columns that may be empty; a table that is new is made.
LIFTS = {1: ("reports.source", "passages.number", "passages.lead", "passages.torn", "passages.marks"), 2: ()}
CHANGEABLE_SINCE = 3  # the version that brought what belongs to no edition

REPORT_FIELDS = tuple(column for column in reports.columns if column.name != "digest")
_KEYS = ("report", "position", "fingerprint")
PASSAGE_FIELDS = tuple(column for column in passages.columns if column.name not in _KEYS)


def held(version: int, fields: Sequence[Column[Any]]) -> list[ColumnElement[Any]]:
    """``fields`` as a database of that version has them: empty what it does not know."""
    later = {name for since, names in LIFTS.items() if since >= version for name in names}
    return [null().label(field.name) if str(field) in later else field for field in fields]


def lifts(version: int) -> Iterator[tuple[Table, Column[Any]]]:
    """The columns to be added to a database of that version, each with its table."""
    for name in (name for since, names in LIFTS.items() if since >= version for name in names):
        table, column = name.split(".")
        yield metadata.tables[table], metadata.tables[table].c[column]


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
            "paragraph": place.paragraph if isinstance(place.paragraph, int) else None,
            "part": place.part,
            "page": place.page,
            "section": place.section,
            "kind": passage.kind.value,
            "fingerprint": passage.fingerprint,
            "text": passage.text,
            "tail": passage.tail,
            "sentences": " ".join(str(span.end) for span in passage.sentences),
            "number": place.paragraph if isinstance(place.paragraph, str) else None,
            "lead": passage.lead,
            "torn": passage.torn[0] + 2 * passage.torn[1] or None,
            "marks": " ".join(str(at) for span in passage.marks for at in span) or None,
        }


def report_of(row: Sequence[Any], content: Sequence[Passage]) -> Report:
    """The report of a row of ``REPORT_FIELDS``, with its passages."""
    fields = {column.name: value for column, value in zip(REPORT_FIELDS, row, strict=True)}
    return Report(passages=tuple(content), **fields)


def passage_of(report_id: str, row: Sequence[Any]) -> Passage:
    """The passage of a row of ``PASSAGE_FIELDS``. Raises ``ValueError`` where it holds what was never saved."""
    label, paragraph, part, page, section, kind, text, tail, ends, number, lead, torn, marks = row
    if not all(isinstance(value, str) for value in (label, text, tail, ends)):
        raise ValueError(f"{label!r} is not text")  # SQLite lets every column hold anything
    start = 0
    spans = []
    for end in map(int, ends.split()):
        spans.append(Span(start, end))
        start = end
    locator = Locator(
        label=label, paragraph=paragraph if number is None else number, part=part, page=page, section=section
    )
    sides = bool((torn or 0) & 1), bool((torn or 0) & 2)
    calls = [int(at) for at in (marks or "").split()]
    pairs = tuple(Span(*pair) for pair in zip(calls[::2], calls[1::2], strict=True))
    return Passage(
        report=report_id,
        locator=locator,
        kind=Kind(kind),
        text=text,
        tail=tail,
        sentences=tuple(spans),
        lead=lead,
        torn=sides,
        marks=pairs,
    )


def moment_text(moment: dt.datetime) -> str:
    """A moment as it is kept. Raises ``ValueError`` for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
