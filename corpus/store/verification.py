"""Everything that a database keeps, compared with its keys: what was altered or lost is named.

Reads in many short transactions, so that nobody who writes has to wait for it.
"""

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, select

from corpus.database.database import Database
from corpus.edition import LABEL_DIGITS
from corpus.errors import DamagedError, StoreError
from corpus.rows import older, tables
from corpus.rows.chunks import digest_of, read_lists
from corpus.rows.editions import load_heads, load_places, load_reports, version_of
from corpus.rows.tables import CHUNKED_SINCE, Place, audit, editions, live, reports
from corpus.store.values import Flaw, Part, Verified

Progress = Callable[[int, int], None]


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
    places: list[tuple[str, str, Place]] = []
    try:
        with database.reading() as connection:
            for _, found in load_places(connection, [digest]):
                places = found or []
            is_sound = bool(load_reports(connection, [digest]))
    except DamagedError:
        pass
    except StoreError:  # what the file itself has lost
        return 0, [Flaw(Part.REPORT, _name(report_id, digest))]
    for key, text, place in places:
        try:
            tables.passage_of(report_id, text, place)
            is_right = digest_of(text).startswith(key)
        except (ValueError, TypeError, AttributeError, IndexError):
            is_right = False
        if not is_right:
            flaws.append(Flaw(Part.PASSAGE, _name(f"{report_id}:{place[0]}", digest)))
    if not is_sound and not flaws:
        flaws.append(Flaw(Part.REPORT, _name(report_id, digest)))
    return len(places), flaws


def _edition(database: Database, digest: str) -> list[Flaw]:
    try:
        with database.reading() as connection:
            load_heads(connection, digest)
    except StoreError:
        return [Flaw(Part.EDITION, digest[:LABEL_DIGITS])]
    return []


def _lost(connection: Connection) -> Iterator[Flaw]:
    """What belongs to something that is not there."""
    if version_of(connection) < CHUNKED_SINCE:
        lost = older.lost(connection)
        yield from (Flaw(Part.REPORT, digest[:LABEL_DIGITS]) for digest in lost[0])
        yield from (Flaw(Part.EDITION, digest[:LABEL_DIGITS]) for digest in lost[1])
        return
    known = set(connection.scalars(select(reports.c.number)))
    missing: set[int] = set()
    for pieces in connection.scalars(select(editions.c.chunks)).all():
        missing.update(entry[0] for entry in read_lists(connection, [pieces])[0] or () if entry[0] not in known)
    yield from (Flaw(Part.REPORT, str(number)) for number in sorted(missing))
    is_kept = select(editions.c.digest).where(editions.c.digest == live.c.edition).exists()
    for digest in connection.scalars(select(live.c.edition).where(~is_kept)):
        yield Flaw(Part.EDITION, digest[:LABEL_DIGITS])


def _live(connection: Connection) -> Iterator[Flaw]:
    """The live edition is one that is kept, and the one that the history tells of last."""
    digests = connection.scalars(select(live.c.edition)).all()
    told = select(audit.c.edition).where(audit.c.edition.is_not(None)).order_by(audit.c.number.desc()).limit(1)
    expected = connection.scalar(told)
    if list(digests) != [expected] and (digests or expected):
        yield Flaw(Part.LIVE, ", ".join(str(digest)[:LABEL_DIGITS] for digest in digests) or "-")


def _name(what: str, digest: str) -> str:
    return f"{what} {digest[:LABEL_DIGITS]}"
