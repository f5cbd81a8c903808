"""Everything that a database keeps, compared with its keys: what was altered or lost is named.

Reads in many short transactions, so that nobody who writes has to wait for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from corpus import tables
from corpus.database import Database
from corpus.edition import LABEL_DIGITS
from corpus.errors import DamagedError, StoreError
from corpus.keeping import load_heads, load_reports, version_of
from corpus.tables import audit, edition_reports, editions, live, passages, reports

Progress = Callable[[int, int], None]


class Part(StrEnum):
    """What of a database can be wrong."""

    FILE = "file"
    REPORT = "report"
    PASSAGE = "passage"
    EDITION = "edition"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was saved; ``name`` says which: ``well 1f3c9a2b1234`` or ``well:3 1f3c9a2b1234``."""

    part: Part
    name: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was compared, and what was found wrong, in the order in which it was looked at."""

    reports: int
    passages: int
    editions: int
    flaws: tuple[Flaw, ...]


def verify(database: Database, progress: Progress | None = None) -> Verified:
    """Compare everything; ``progress`` is told how many reports and editions are done, of how many.

    Raises ``StoreError`` where the database cannot be read at all.
    """
    flaws = [Flaw(Part.FILE, problem) for problem in database.flaws()]
    with database.reading() as connection:
        kept = connection.execute(select(reports.c.digest, reports.c.id).order_by(reports.c.id, reports.c.digest)).all()
        digests = connection.scalars(select(editions.c.digest).order_by(editions.c.published)).all()
        flaws += _lost(connection)
        flaws += _live(connection)
    count = 0
    total = len(kept) + len(digests)
    for done, (digest, report_id) in enumerate(kept, 1):
        number, found = _report(database, digest, report_id)
        count += number
        flaws += found
        if progress is not None:
            progress(done, total)
    for done, digest in enumerate(digests, len(kept) + 1):
        flaws += _edition(database, digest)
        if progress is not None:
            progress(done, total)
    return Verified(len(kept), count, len(digests), tuple(flaws))


def _report(database: Database, digest: str, report_id: str) -> tuple[int, list[Flaw]]:
    """How many passages a report has, and which of them are wrong, or else that it is."""
    flaws: list[Flaw] = []
    is_sound = False
    rows = []
    try:
        with database.reading() as connection:
            fields = tables.held(version_of(connection), tables.PASSAGE_FIELDS)
            query = select(passages.c.fingerprint, *fields).where(passages.c.report == digest)
            rows = list(connection.execute(query.order_by(passages.c.position)))
            is_sound = bool(load_reports(connection, [digest]))
    except DamagedError:
        pass
    except StoreError:  # what the file itself has lost
        return 0, [Flaw(Part.REPORT, _name(report_id, digest))]
    for row in rows:
        try:
            is_right = tables.passage_of(report_id, row[1:]).fingerprint == row[0]
        except (ValueError, TypeError):
            is_right = False
        if not is_right:
            flaws.append(Flaw(Part.PASSAGE, _name(f"{report_id}:{row[1]}", digest)))
    if not is_sound and not flaws:
        flaws.append(Flaw(Part.REPORT, _name(report_id, digest)))
    return len(rows), flaws


def _edition(database: Database, digest: str) -> list[Flaw]:
    try:
        with database.reading() as connection:
            load_heads(connection, digest)
    except StoreError:
        return [Flaw(Part.EDITION, digest[:LABEL_DIGITS])]
    return []


def _lost(connection: Connection) -> Iterator[Flaw]:
    """What belongs to something that is not there."""
    for column, part in ((passages.c.report, Part.REPORT), (edition_reports.c.report, Part.REPORT)):
        known = select(reports.c.digest).where(reports.c.digest == column).exists()
        for digest in connection.scalars(select(column).where(~known).distinct().order_by(column)):
            yield Flaw(part, str(digest)[:LABEL_DIGITS])
    known = select(editions.c.digest).where(editions.c.digest == edition_reports.c.edition).exists()
    column = edition_reports.c.edition
    for digest in connection.scalars(select(column).where(~known).distinct().order_by(column)):
        yield Flaw(Part.EDITION, str(digest)[:LABEL_DIGITS])


def _live(connection: Connection) -> Iterator[Flaw]:
    """The live edition is one that is kept, and the one that the history tells of last."""
    digests = connection.scalars(select(live.c.edition)).all()
    told = select(audit.c.edition).where(audit.c.edition.is_not(None)).order_by(audit.c.number.desc()).limit(1)
    expected = connection.scalar(told)
    if list(digests) != [expected] and (digests or expected):
        yield Flaw(Part.LIVE, ", ".join(str(digest)[:LABEL_DIGITS] for digest in digests) or "-")


def _name(what: str, digest: str) -> str:
    return f"{what} {digest[:LABEL_DIGITS]}"
