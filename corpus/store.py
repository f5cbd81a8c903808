"""Editions kept: the live one, those before it, and the record of who changed what.

Whatever is written goes in one transaction, so that a reader, or the next start after a crash, sees the old state
or the new one and nothing between. Nothing is ever deleted: a citation can be looked up as long as the database
lives. SQLAlchemy is imported here and in ``corpus.tables`` only, and nothing that merely answers from files imports
this module.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, case, insert, select, update

from corpus import tables
from corpus.citation import EXAMPLE, Citation
from corpus.database import Database
from corpus.edition import LABEL_DIGITS, Edition
from corpus.errors import StoreError, UnknownCitationError
from corpus.passage import Passage
from corpus.report import Report
from corpus.tables import audit, edition_reports, editions, live, passages, reports

FILE_NAME = "rapporteur.db"
# Rows written in one statement, and digests asked for in one.
_CHUNK = 500

_DAMAGED = "it does not hold what was once saved; restore it from a copy, or move it away and refresh"


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """The live edition, since when it is live (UTC), and who made it so."""

    edition: Edition
    since: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something done to the corpus, at a moment in UTC.

    ``edition`` and ``previous`` are digests, where an edition was made live.
    """

    at: dt.datetime
    actor: str
    action: str
    edition: str | None
    previous: str | None
    detail: str


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that was cited: ``report`` holds its report's metadata and this one passage.

    ``edition`` is the label of the edition it was last seen in; ``live`` tells whether that one is live.
    """

    report: Report
    passage: Passage
    edition: str
    live: bool


class Store:
    """The editions in a database; safe to use from several threads and several processes.

    Raises ``StoreError`` where the database cannot be opened or was written by a newer Rapporteur, and so does
    every method where it cannot be read or written.
    """

    def __init__(self, url: str | URL) -> None:
        self._database = Database(url)

    @classmethod
    def at(cls, directory: Path) -> Self:
        """The store in the SQLite file ``rapporteur.db`` of a directory, which is made if need be."""
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(where=str(directory), problem=f"the directory cannot be made: {error.strerror}") from None
        return cls(URL.create("sqlite", database=str(directory / FILE_NAME)))

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def live(self) -> StoredEdition | None:
        """The live edition, or ``None`` before the first one is published."""
        with self._database.reading() as connection:
            row = connection.execute(select(live.c.edition, live.c.since, live.c.actor)).one_or_none()
            if row is None:
                return None
            return StoredEdition(self._load(connection, row[0]), dt.datetime.fromisoformat(row[1]), row[2])

    def live_digest(self) -> str | None:
        """The digest of the live edition; reads one row."""
        with self._database.reading() as connection:
            digest: str | None = connection.scalar(select(live.c.edition))
            return digest

    def edition(self, digest_prefix: str) -> Edition:
        """The edition whose digest begins so. Raises ``UnknownCitationError`` for none, ``StoreError`` for several."""
        with self._database.reading() as connection:
            pattern = editions.c.digest.startswith(digest_prefix, autoescape=True)
            found = connection.scalars(select(editions.c.digest).where(pattern).limit(2)).all()
            if not found or not digest_prefix:
                raise UnknownCitationError(citation=digest_prefix[:100], example=EXAMPLE)
            if len(found) > 1:
                raise StoreError(
                    where=digest_prefix, problem="more than one edition begins so; give more of its digits"
                )
            return self._load(connection, found[0])

    def publish(
        self, edition: Edition, *, actor: str, at: dt.datetime, action: str = "refresh", detail: str = ""
    ) -> None:
        """Keep ``edition``, make it live and note it, in one transaction.

        Raises ``ValueError`` for a moment without a time zone.
        """
        moment = tables.moment_text(at)
        digest = edition.digest
        with self._database.writing() as connection:
            previous = connection.scalar(select(live.c.edition).with_for_update())
            number = _note(connection, moment, actor, action, detail, digest, previous)
            known = connection.execute(
                update(editions).where(editions.c.digest == digest).values(published=number)
            ).rowcount
            if not known:
                _save(connection, edition, number)
            place = {"edition": digest, "since": moment, "actor": actor}
            connection.execute(update(live).values(place) if previous else insert(live).values(only=1, **place))

    def audit(self, *, actor: str, at: dt.datetime, action: str, detail: str) -> None:
        """Note something that made no edition live: a refresh that changed nothing or failed."""
        with self._database.writing() as connection:
            _note(connection, tables.moment_text(at), actor, action, detail)

    def history(self, limit: int | None = 20) -> list[HistoryEntry]:
        """The last ``limit`` things done, newest first; all of them where it is ``None``."""
        columns = (audit.c.at, audit.c.actor, audit.c.action, audit.c.edition, audit.c.previous, audit.c.detail)
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(audit.c.number.desc()).limit(limit)).all()
        return [HistoryEntry(dt.datetime.fromisoformat(at), *rest) for at, *rest in rows]

    def find(self, citation: Citation) -> FoundPassage:
        """The passage a citation names, from the live edition, else from the last one that had it.

        Raises ``UnknownCitationError``.
        """
        is_live = case((editions.c.digest == live.c.edition, 1), else_=0)
        wanted = [reports.c.id == citation.report, passages.c.label == citation.label]
        if citation.fingerprint:
            wanted.append(passages.c.fingerprint == citation.fingerprint)
        query = (
            select(editions.c.digest, is_live, *tables.REPORT_FIELDS, *tables.PASSAGE_FIELDS)
            .select_from(reports)
            .join(passages, passages.c.report == reports.c.digest)
            .join(edition_reports, edition_reports.c.report == reports.c.digest)
            .join(editions, editions.c.digest == edition_reports.c.edition)
            .join(live, live.c.only == 1)
            .where(*wanted)
            .order_by(is_live.desc(), editions.c.published.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise UnknownCitationError(citation=str(citation), example=EXAMPLE)
        middle = 2 + len(tables.REPORT_FIELDS)
        passage = tables.passage_of(citation.report, row[middle:])
        return FoundPassage(tables.report_of(row[2:middle], [passage]), passage, row[0][:LABEL_DIGITS], bool(row[1]))

    def _load(self, connection: Connection, digest: str) -> Edition:
        """The edition with that digest, checked against it."""
        held = edition_reports.c.edition == digest
        place = edition_reports.c.position
        heads = select(reports.c.digest, *tables.REPORT_FIELDS).join(edition_reports).where(held).order_by(place)
        rows = (
            select(passages.c.report, *tables.PASSAGE_FIELDS)
            .join(edition_reports, edition_reports.c.report == passages.c.report)
            .where(held)
            .order_by(place, passages.c.position)
        )
        try:
            edition = Edition(_assembled(connection.execute(heads).all(), connection.execute(rows)))
        except ValueError:  # a date, a number or a kind that is none
            raise StoreError(where=self._database.where, problem=_DAMAGED) from None
        if edition.digest != digest:
            raise StoreError(where=self._database.where, problem=_DAMAGED)
        return edition


def _assembled(heads: Sequence[Sequence[Any]], rows: Iterable[Sequence[Any]]) -> tuple[Report, ...]:
    """Reports from their rows and those of their passages, both beginning with the report's digest and in order."""
    ids = {head[0]: head[1] for head in heads}
    contents = {
        digest: [tables.passage_of(ids[digest], row[1:]) for row in group]
        for digest, group in groupby(rows, key=itemgetter(0))
    }
    return tuple(tables.report_of(head[1:], contents.get(head[0], ())) for head in heads)


def _note(
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


def _save(connection: Connection, edition: Edition, number: int) -> None:
    """Write an edition that is not kept yet; its reports only where they are new."""
    digests = [report.digest for report in edition.reports]
    known: set[str] = set()
    for start in range(0, len(digests), _CHUNK):
        chunk = digests[start : start + _CHUNK]
        known.update(connection.scalars(select(reports.c.digest).where(reports.c.digest.in_(chunk))))
    new = [report for report in edition.reports if report.digest not in known]
    if new:
        connection.execute(insert(reports), [tables.report_row(report) for report in new])
    for report in new:
        connection.execute(insert(passages), list(tables.passage_rows(report)))
    connection.execute(insert(editions).values(digest=edition.digest, published=number))
    places = [{"edition": edition.digest, "position": n, "report": digest} for n, digest in enumerate(digests)]
    connection.execute(insert(edition_reports), places)
