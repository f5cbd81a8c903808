"""Databases of the versions before chunks: how they are read, by whoever may not write, and by ``migration``.

They kept every passage anew with each report that differed in a word, and a row for each report of each edition.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    case,
    func,
    null,
    select,
)

from corpus.citation import Citation
from corpus.rows.tables import PLACE_FIELDS, Place, editions, live, reports

_MARKED_SINCE = 2  # the version that brought number, lead, torn and marks

metadata = MetaData()

passages = Table(
    "passages",
    metadata,
    Column("report", String(64), primary_key=True),
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
    Column("sentences", Text, nullable=False),
    Column("number", Text),
    Column("lead", String(100)),
    Column("torn", Integer),
    Column("marks", Text),
)

edition_reports = Table(
    "edition_reports",
    metadata,
    Column("edition", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("report", String(64), nullable=False),
)


def heads_of(connection: Connection, edition: str) -> tuple[tuple[str, str], ...]:
    """Id and digest of each report of an edition, in their order, as far as they are there."""
    query = (
        select(reports.c.id, reports.c.digest)
        .join(edition_reports, edition_reports.c.report == reports.c.digest)
        .where(edition_reports.c.edition == edition)
        .order_by(edition_reports.c.position)
    )
    return tuple((str(row[0]), str(row[1])) for row in connection.execute(query))


def places(
    connection: Connection, version: int, digests: Sequence[str]
) -> Iterator[tuple[str, list[tuple[str, str, Place]]]]:
    """The passages of reports with these digests, each with its fingerprint, its text and its place."""
    query = (
        select(passages.c.report, passages.c.fingerprint, passages.c.text, *_fields(version))
        .where(passages.c.report.in_(digests))
        .order_by(passages.c.report, passages.c.position)
    )
    for digest, rows in groupby(connection.execute(query), key=itemgetter(0)):
        yield digest, [(row[1], row[2], tuple(row[3:])) for row in rows]


def find(connection: Connection, citation: Citation) -> tuple[str, bool, str] | None:
    """The edition that has what is cited, the live one first, then the last; whether it is live, and the digest of the
    report."""
    is_live = case((editions.c.digest == live.c.edition, 1), else_=0)
    wanted = [reports.c.id == citation.report, passages.c.label == citation.label]
    if citation.fingerprint:
        wanted.append(passages.c.fingerprint == citation.fingerprint)
    query = (
        select(editions.c.digest, is_live, reports.c.digest)
        .select_from(reports)
        .join(passages, passages.c.report == reports.c.digest)
        .join(edition_reports, edition_reports.c.report == reports.c.digest)
        .join(editions, editions.c.digest == edition_reports.c.edition)
        .join(live, live.c.only == 1)
        .where(*wanted)
        .order_by(is_live.desc(), editions.c.published.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row[0], bool(row[1]), row[2])


def titles(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Id and title of each version of the reports with these ids, in the order in which they were live last."""
    query = (
        select(reports.c.id, reports.c.title)
        .join(edition_reports, edition_reports.c.report == reports.c.digest)
        .join(editions, editions.c.digest == edition_reports.c.edition)
        .where(reports.c.id.in_(ids))
        .order_by(editions.c.published)
    )
    yield from ((str(row[0]), str(row[1])) for row in connection.execute(query))


def lost(connection: Connection) -> tuple[Sequence[str], Sequence[str]]:
    """The digests of reports and of editions that are not there although something belongs to them."""
    found = []
    for column, known in (
        (passages.c.report, reports.c.digest),
        (edition_reports.c.report, reports.c.digest),
        (edition_reports.c.edition, editions.c.digest),
    ):
        is_known = select(known).where(known == column).exists()
        found.append(connection.scalars(select(column).where(~is_known).distinct().order_by(column)).all())
    return [*found[0], *found[1]], found[2]


def wordings(connection: Connection) -> int:
    """How many wordings there are, as far as fingerprints tell them apart."""
    return connection.scalar(select(func.count(passages.c.fingerprint.distinct()))) or 0


def _fields(version: int) -> list[ColumnElement[Any]]:
    later = () if version >= _MARKED_SINCE else ("number", "lead", "torn", "marks")
    return [null().label(name) if name in later else passages.c[name] for name in PLACE_FIELDS]
