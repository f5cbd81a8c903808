"""Editions that nobody can have a citation from any more, dropped with what they alone hold; and how large it all is.

An edition counts as cited as long as it was live at any moment since a given one: answers and citations are given from
what is live. Where it is not certain what is still held, because a list is damaged, nothing is dropped at all.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, select

from corpus.citation import Citation
from corpus.clause import Clause
from corpus.database.database import Database
from corpus.errors import DamagedError, NoLongerKeptError, StoreError, UnknownCitationError
from corpus.report import Report
from corpus.rows import older
from corpus.rows.chunks import NUMBERS_AT_ONCE, batches, numbered, read_lists
from corpus.rows.editions import DAMAGED, find, moment_of, note, version_of
from corpus.rows.tables import CHUNKED_SINCE, audit, chunks, editions, live, moment_text, reports, wordings
from corpus.store.values import PRUNED, Prunable, Pruned, Sizes

_A_LIST = Clause("place.list")


@dataclass(frozen=True, slots=True)
class _Gone:
    """The digests of editions, and the numbers of what they alone hold."""

    editions: frozenset[str]
    reports: frozenset[int]
    chunks: frozenset[int]
    wordings: frozenset[int]


def sizes(database: Database) -> Sizes:
    """How large a database is. Raises ``StoreError``."""
    with database.reading() as connection:
        size = database.size(connection)
        is_old = version_of(connection) < CHUNKED_SINCE
        kept = older.wordings(connection) if is_old else _count(connection, wordings)
        return Sizes(size, _count(connection, editions), _count(connection, reports), kept)


def prunable(database: Database, before: dt.datetime) -> Prunable:
    """What ``prune`` would drop. Raises ``StoreError`` and ``DamagedError``."""
    with database.reading() as connection:
        if version_of(connection) < CHUNKED_SINCE:  # it is migrated as soon as it may be written to
            return Prunable(before, len(_outdated(connection, before)))
        return _told(connection, _gone(connection, before), before)


def prune(database: Database, before: dt.datetime, *, actor: str, at: dt.datetime) -> Pruned:
    """Drop the editions that were not live since a moment ``before``, and what they alone hold; note it, and give the
    room back where that can be done: where it cannot, what is kept next takes it. Raises ``StoreError`` and
    ``DamagedError``, and then nothing is dropped."""
    with database.writing() as connection:
        size_before = database.size(connection)
        gone = _gone(connection, before)
        told = _told(connection, gone, before)
        if gone.editions:
            for digests in batches(sorted(gone.editions), NUMBERS_AT_ONCE):
                connection.execute(delete(editions).where(editions.c.digest.in_(digests)))
            for table, numbers in ((reports, gone.reports), (chunks, gone.chunks), (wordings, gone.wordings)):
                _drop(connection, table, numbers)
            note(connection, moment_text(at), actor, action=PRUNED, detail=told.detail)
    with suppress(StoreError):
        database.give_back()
    with database.reading() as connection:
        return Pruned(told, size_before, database.size(connection))


def find_or_tell(connection: Connection, citation: Citation) -> tuple[str, bool, Report]:
    """As ``find``, but for a wording that may have been dropped: then it raises ``NoLongerKeptError``."""
    try:
        return find(connection, citation)
    except UnknownCitationError:
        last = connection.scalar(select(func.max(audit.c.at)).where(audit.c.action == PRUNED))
        if citation.fingerprint is None or last is None:
            raise
        raise NoLongerKeptError(citation=str(citation), date=moment_of(last).date().isoformat()) from None


def _outdated(connection: Connection, before: dt.datetime) -> frozenset[str]:
    """The digests of editions that were live at no moment since ``before``."""
    cited = set(connection.scalars(select(live.c.edition)))
    query = select(audit.c.edition, audit.c.at).where(audit.c.edition.is_not(None)).order_by(audit.c.number)
    made_live = connection.execute(query).all()
    last = ""
    for edition, text in made_live:
        if moment_of(text) >= before:
            cited |= {edition, last}  # the one before it was live until then
        last = edition
    cited.add(last)
    known = {edition for edition, _ in made_live}
    return frozenset(digest for digest in connection.scalars(select(editions.c.digest)) if digest in known - cited)


def _gone(connection: Connection, before: dt.datetime) -> _Gone:
    outdated = _outdated(connection, before)
    if not outdated:
        return _Gone(outdated, frozenset(), frozenset(), frozenset())
    rows = connection.execute(select(editions.c.digest, editions.c.chunks)).all()
    going = [row[1] for row in rows if row[0] in outdated]
    staying = [row[1] for row in rows if row[0] not in outdated]
    held = _entries(connection, staying)
    going_reports = _entries(connection, going) - held
    lists = connection.execute(select(reports.c.number, reports.c.chunks)).all()
    kept_pieces = {number for text in staying for number in _pieces(text)}
    kept_pieces |= {number for row in lists if row[0] not in going_reports for number in _pieces(row[1])}
    pieces = {number for text in going for number in _pieces(text)}
    pieces |= {number for row in lists if row[0] in going_reports for number in _pieces(row[1])}
    places = [row[1] for row in lists if row[0] in going_reports]
    words = _entries(connection, places)
    for some in batches([row[1] for row in lists if row[0] not in going_reports], 100):
        if not words:
            break
        words -= _entries(connection, some)
    return _Gone(outdated, frozenset(going_reports), frozenset(pieces - kept_pieces), frozenset(words))


def _entries(connection: Connection, lists: Iterable[str | None]) -> set[int]:
    """The numbers in lists, however often they stand there. Raises ``DamagedError``."""
    pieces = sorted({number for text in lists for number in _pieces(text)})
    found: set[int] = set()
    for some in batches(pieces, 1000):
        (entries,) = read_lists(connection, [" ".join(map(str, some))])
        if entries is None:
            raise DamagedError(where=_A_LIST, problem=DAMAGED)
        found.update(entry[0] for entry in entries)
    return found


def _pieces(text: str | None) -> Iterator[int]:
    try:
        yield from map(int, (text or "").split())
    except ValueError:
        raise DamagedError(where=_A_LIST, problem=DAMAGED) from None


def _told(connection: Connection, gone: _Gone, before: dt.datetime) -> Prunable:
    size = 0
    for table, numbers in ((chunks, gone.chunks), (wordings, gone.wordings)):
        for row in numbered(connection, table.c.number, [func.length(table.c.text)], numbers):
            size += row[1] if row[0] in numbers else 0
    return Prunable(
        before, editions=len(gone.editions), reports=len(gone.reports), wordings=len(gone.wordings), size=size
    )


def _drop(connection: Connection, table: Table, numbers: Iterable[int]) -> None:
    for some in batches(sorted(numbers), NUMBERS_AT_ONCE):
        connection.execute(delete(table).where(table.c.number.in_(some)))


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
