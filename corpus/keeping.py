"""Reports and editions into an open database and out of it again; what comes out is checked against its key.

The key of a report is its digest, over every passage and all metadata; that of an edition is the digest over those.
Nothing leaves the database in another way.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, case, func, insert, select

from corpus import tables
from corpus.citation import EXAMPLE, Citation
from corpus.clause import Clause
from corpus.edition import LABEL_DIGITS, Edition, digest_of
from corpus.errors import DamagedError, UnknownCitationError
from corpus.report import Report
from corpus.tables import audit, edition_reports, editions, live, passages, reports, schema

# Rows written in one statement, and digests asked for in one.
_CHUNK = 500

DAMAGED = Clause("store.damaged")


def load(connection: Connection, digest: str) -> Edition:
    """The edition with that digest. Raises ``DamagedError``."""
    heads = load_heads(connection, digest)
    return Edition(load_reports(connection, [report for _, report in heads]))


def load_heads(connection: Connection, digest: str) -> tuple[tuple[str, str], ...]:
    """Id and digest of each report of the edition with that digest, in their order. Raises ``DamagedError``."""
    held = edition_reports.c.edition == digest
    query = (
        select(reports.c.id, reports.c.digest).join(edition_reports).where(held).order_by(edition_reports.c.position)
    )
    heads = tuple((str(row[0]), str(row[1])) for row in connection.execute(query))
    if digest_of(report for _, report in heads) != digest:
        raise DamagedError(where=Clause("place.edition", edition=digest[:LABEL_DIGITS]), problem=DAMAGED)
    return heads


def load_reports(connection: Connection, digests: Sequence[str]) -> tuple[Report, ...]:
    """The reports with these digests, in that order. Raises ``DamagedError``."""
    found: dict[str, Report] = {}
    for chunk in _chunks(digests):
        for digest, report in _load_chunk(connection, chunk):
            if report.digest != digest:
                where = Clause("place.report", report=report.id, digest=digest[:LABEL_DIGITS])
                raise DamagedError(where=where, problem=DAMAGED)
            found[digest] = report
    for digest in digests:
        if digest not in found:
            raise DamagedError(where=Clause("place.digest", digest=digest[:LABEL_DIGITS]), problem=DAMAGED)
    return tuple(found[digest] for digest in digests)


def find(connection: Connection, citation: Citation) -> tuple[str, bool, Report]:
    """The edition that has the passage which a citation names, whether it is live, and the report it stands in.

    The live edition, else the last one that had it. Raises ``UnknownCitationError`` and ``DamagedError``.
    """
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
    if row is None:
        raise UnknownCitationError(citation=str(citation), example=EXAMPLE)
    (report,) = load_reports(connection, [row[2]])
    return row[0], bool(row[1]), report


def version_of(connection: Connection) -> int:
    """The version of the tables: one that is only read may be older than ours."""
    return connection.scalar(select(func.max(schema.c.version))) or tables.SCHEMA


def moment_of(text: str) -> dt.datetime:
    """A moment as it was kept. Raises ``DamagedError``."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise DamagedError(where=Clause("place.moment", moment=repr(text[:40])), problem=DAMAGED) from None


def note(
    connection: Connection,
    at: str,
    actor: str,
    action: str,
    detail: str,
    edition: str | None = None,
    previous: str | None = None,
) -> int:
    """Write an audit entry and give back its number."""
    entry = {"at": at, "actor": actor, "action": action, "detail": detail, "edition": edition, "previous": previous}
    number: int = connection.scalars(insert(audit).values(entry).returning(audit.c.number)).one()
    return number


def save(connection: Connection, edition: Edition, number: int) -> None:
    """Write an edition that is not kept yet; its reports only where they are new. ``number`` is its audit entry's."""
    digests = [report.digest for report in edition.reports]
    known: set[str] = set()
    for chunk in _chunks(digests):
        known.update(connection.scalars(select(reports.c.digest).where(reports.c.digest.in_(chunk))))
    new = [report for report in edition.reports if report.digest not in known]
    if new:
        connection.execute(insert(reports), [tables.report_row(report) for report in new])
    for report in new:
        if report.passages:
            connection.execute(insert(passages), list(tables.passage_rows(report)))
    connection.execute(insert(editions).values(digest=edition.digest, published=number))
    places = [{"edition": edition.digest, "position": n, "report": digest} for n, digest in enumerate(digests)]
    if places:
        connection.execute(insert(edition_reports), places)


def _load_chunk(connection: Connection, digests: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """Reports with the digests they are kept under. Raises ``DamagedError`` for one that holds no values of ours."""
    version = version_of(connection)
    heads = select(reports.c.digest, *tables.held(version, tables.REPORT_FIELDS)).where(reports.c.digest.in_(digests))
    rows = (
        select(passages.c.report, *tables.held(version, tables.PASSAGE_FIELDS))
        .where(passages.c.report.in_(digests))
        .order_by(passages.c.report, passages.c.position)
    )
    try:
        yield from _assembled(connection.execute(heads).all(), connection.execute(rows))
    except (ValueError, TypeError):  # a date, a number, a kind or a text that is none
        if len(digests) == 1:
            where = Clause("place.digest", digest=digests[0][:LABEL_DIGITS])
            raise DamagedError(where=where, problem=DAMAGED) from None
        for digest in digests:  # which of them is it?
            yield from _load_chunk(connection, [digest])


def _assembled(heads: Sequence[Sequence[Any]], rows: Iterable[Sequence[Any]]) -> list[tuple[str, Report]]:
    """Reports from their rows and those of their passages, both beginning with the report's digest."""
    ids = {head[0]: head[1] for head in heads}
    contents = {
        digest: [tables.passage_of(ids[digest], row[1:]) for row in group]
        for digest, group in groupby(rows, key=itemgetter(0))
        if digest in ids
    }
    return [(head[0], tables.report_of(head[1:], contents.get(head[0], ()))) for head in heads]


def _chunks(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    return (digests[start : start + _CHUNK] for start in range(0, len(digests), _CHUNK))
