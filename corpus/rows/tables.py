"""The tables of the store, and how reports become rows and rows become reports again.

Each wording of a passage is kept once, whichever reports hold it; a report once, whichever editions hold it. A report
is a list of its passages' places, an edition a list of its reports, and ``chunks`` keeps these lists. Rows hold
values only: no decision is taken here.
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
# into ADDED which columns a database of the version before lacks: what was once cited must stay found.
SCHEMA = 4

_DIGEST = String(64)
# ISO 8601 in UTC with microseconds: sorts as text, and reads the same in every database.
_MOMENT = String(32)

metadata = MetaData()

schema = Table("schema", metadata, Column("version", Integer, primary_key=True))


def _kept_once(name: str) -> Table:
    """A table of texts, each of which stands there once: by the SHA-256 of it, hexadecimal, and by a short number."""
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("digest", _DIGEST, nullable=False, unique=True),
        Column("text", Text, nullable=False),
    )


# The texts of passages. A fingerprint is how a digest begins.
wordings = _kept_once("wordings")
# Pieces of the lists that reports and editions are: see chunks.
chunks = _kept_once("chunks")

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
    # What editions know it by, and the numbers of the chunks that have the places of its passages.
    Column("number", Integer),
    Column("chunks", Text),
)
reports_by_number = Index("reports_by_number", reports.c.number, unique=True)

editions = Table(
    "editions",
    metadata,
    Column("digest", _DIGEST, primary_key=True),
    # The number of the audit entry that made it live the last time.
    Column("published", ForeignKey("audit.number"), nullable=False),
    # The numbers of the chunks that have the numbers of its reports.
    Column("chunks", Text),
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

# What people said of answers, and questions that found nothing: see corpus.community.feedback.
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

# What each version added to the one before, as columns that may be empty; a table that is new is made, and what became
# of passages is said in older.
ADDED = {1: ("reports.source",), 2: (), 3: ("reports.number", "reports.chunks", "editions.chunks")}
CHANGEABLE_SINCE = 3  # the version that brought what belongs to no edition
CHUNKED_SINCE = 4  # the version that brought wordings and chunks

_KEYS = ("digest", "number", "chunks")
REPORT_FIELDS = tuple(column for column in reports.columns if column.name not in _KEYS)

# What belongs to the place of a passage in its report: all of it but its text. Each is text, a whole number or nothing,
# as in the columns of the versions before. ``sentences`` are the ends of the sentences, since they tile the text:
# "57 133"; ``number`` is the printed number where it is more than digits: "12 bis"; ``torn`` is 1 for a passage that
# begins inside a sentence, 2 for one that ends inside one, 3 for both; ``marks`` are begin and end of each footnote
# call, one after the other: "24 25".
PLACE_FIELDS = (
    "label",
    "paragraph",
    "part",
    "page",
    "section",
    "kind",
    "tail",
    "sentences",
    "number",
    "lead",
    "torn",
    "marks",
)
Place = tuple[str | int | None, ...]
_KINDS = {kind.value: kind for kind in Kind}
_TORN = (False, False), (True, False), (False, True), (True, True)


def held(version: int, fields: Sequence[Column[Any]]) -> list[ColumnElement[Any]]:
    """``fields`` as a database of that version has them: empty what it does not know."""
    later = {name for since, names in ADDED.items() if since >= version for name in names}
    return [null().label(field.name) if str(field) in later else field for field in fields]


def added_since(version: int) -> Iterator[tuple[Table, Column[Any]]]:
    """The columns to be added to a database of that version, each with its table."""
    for name in (name for since, names in ADDED.items() if since >= version for name in names):
        table, column = name.split(".")
        yield metadata.tables[table], metadata.tables[table].c[column]


def report_row(report: Report) -> dict[str, Any]:
    """A report's row, without what its passages make of it."""
    return {"digest": report.digest} | {column.name: getattr(report, column.name) for column in REPORT_FIELDS}


def place_of(passage: Passage) -> Place:
    """The values of ``PLACE_FIELDS`` of a passage."""
    at = passage.locator
    return (
        at.label,
        at.paragraph if isinstance(at.paragraph, int) else None,
        at.part,
        at.page,
        at.section,
        passage.kind.value,
        passage.tail,
        " ".join(str(span.end) for span in passage.sentences),
        at.paragraph if isinstance(at.paragraph, str) else None,
        passage.lead,
        passage.torn[0] + 2 * passage.torn[1] or None,
        " ".join(str(mark) for span in passage.marks for mark in span) or None,
    )


def report_of(row: Sequence[Any], content: Sequence[Passage]) -> Report:
    """The report of a row of ``REPORT_FIELDS``, with its passages."""
    fields = {column.name: value for column, value in zip(REPORT_FIELDS, row, strict=True)}
    return Report(passages=tuple(content), **fields)


def passage_of(report_id: str, text: Any, place: Sequence[Any]) -> Passage:  # noqa: ANN401  # what a column holds
    """The passage with that text at a place of ``PLACE_FIELDS``. Raises ``ValueError`` and ``TypeError`` where it holds
    what was never saved."""
    label, paragraph, part, page, section, kind, tail, ends, number, lead, torn, marks = place
    if not (isinstance(label, str) and isinstance(text, str) and isinstance(tail, str) and isinstance(ends, str)):
        raise TypeError(f"{label!r} is not text")  # SQLite lets every column hold anything
    bounds = [0, *map(int, ends.split())]
    locator = Locator(
        label=label, paragraph=paragraph if number is None else number, part=part, page=page, section=section
    )
    calls = [int(mark) for mark in marks.split()] if marks else ()
    return Passage(
        report=report_id,
        locator=locator,
        kind=_KINDS.get(kind) or Kind(kind),
        text=text,
        tail=tail,
        sentences=tuple(map(Span, bounds, bounds[1:])),
        lead=lead,
        torn=_TORN[torn or 0],
        marks=tuple(Span(*pair) for pair in zip(calls[::2], calls[1::2], strict=True)) if calls else (),
    )


def moment_text(moment: dt.datetime) -> str:
    """A moment as it is kept. Raises ``ValueError`` for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
