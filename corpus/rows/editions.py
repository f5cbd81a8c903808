"""Reports and editions into an open database and out of it again; what comes out is checked against its key.

The key of a report is its digest, over every passage and all metadata; that of an edition is the digest over those.
Nothing leaves the database in another way. How much of a report is kept already, whoever asks need not know.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, case, func, insert, select

from corpus.citation import EXAMPLE, Citation
from corpus.clause import Clause
from corpus.edition import LABEL_DIGITS, Edition, digest_of
from corpus.errors import DamagedError, UnknownCitationError
from corpus.report import Report
from corpus.rows import older, tables
from corpus.rows.chunks import DIGESTS_AT_ONCE, Entry, batches, keep_lists, keep_texts, numbered, read_lists
from corpus.rows.chunks import digest_of as digest_of_text
from corpus.rows.tables import CHUNKED_SINCE, Place, audit, editions, live, reports, schema, wordings

_REPORTS_AT_ONCE = 100  # reports that are read and written together
_NOTHING = (None,) * len(tables.PLACE_FIELDS)
_BEHIND = "g"  # sorts behind every hexadecimal digit
_EDITIONS_AT_ONCE = 50  # editions whose lists are looked at together

DAMAGED = Clause("store.damaged")


def load(connection: Connection, digest: str) -> Edition:
    """The edition with that digest. Raises ``DamagedError``."""
    heads = load_heads(connection, digest)
    return Edition(load_reports(connection, [report for _, report in heads]))


def load_heads(connection: Connection, digest: str) -> tuple[tuple[str, str], ...]:
    """Id and digest of each report of the edition with that digest, in their order. Raises ``DamagedError``."""
    heads = _heads(connection, digest)
    if digest_of(report for _, report in heads) != digest:
        raise DamagedError(where=Clause("place.edition", edition=digest[:LABEL_DIGITS]), problem=DAMAGED)
    return heads


def has_at_most(connection: Connection, digest: str, passages: int) -> bool:
    """Whether an edition has so many passages at most, told without their text; never of a database of an older
    version."""
    if version_of(connection) < CHUNKED_SINCE:
        return False
    pieces = connection.scalar(select(editions.c.chunks).where(editions.c.digest == digest))
    numbers = [entry[0] for entry in read_lists(connection, [pieces])[0] or ()]
    if len(numbers) > passages:  # no report is empty
        return False
    rows = numbered(connection, reports.c.number, (reports.c.chunks,), numbers)
    lists = read_lists(connection, [row[1] for row in rows if row[0] in numbers])
    return sum(len(entries or ()) for entries in lists) <= passages


def load_reports(connection: Connection, digests: Sequence[str]) -> tuple[Report, ...]:
    """The reports with these digests, in that order. Raises ``DamagedError``."""
    found: dict[str, Report] = {}
    for batch in batches(digests, _REPORTS_AT_ONCE):
        for digest, report in _load_batch(connection, batch):
            if report.digest != digest:
                where = Clause("place.report", report=report.id, digest=digest[:LABEL_DIGITS])
                raise DamagedError(where=where, problem=DAMAGED)
            found[digest] = report
    for digest in digests:
        if digest not in found:
            raise DamagedError(where=Clause("place.digest", digest=digest[:LABEL_DIGITS]), problem=DAMAGED)
    return tuple(found[digest] for digest in digests)


def load_places(
    connection: Connection, digests: Sequence[str]
) -> Iterator[tuple[str, list[tuple[str, str, Place]] | None]]:
    """The passages of reports with these digests as they are kept: how each is found, its text, its place.

    Each is found by its text's digest, or by the fingerprint that is the beginning of it. ``None`` where a list of them
    is not what was saved.
    """
    version = version_of(connection)
    if version < CHUNKED_SINCE:
        yield from older.places(connection, version, digests)
        return
    rows = connection.execute(select(reports.c.digest, reports.c.chunks).where(reports.c.digest.in_(digests))).all()
    lists = read_lists(connection, [row[1] for row in rows])
    needed = {entry[0] for entries in lists for entry in entries or ()}
    columns = wordings.c.digest, wordings.c.text
    found = {row[0]: row for row in numbered(connection, wordings.c.number, columns, needed)}
    for row, entries in zip(rows, lists, strict=True):
        try:
            yield row[0], None if entries is None else [_kept(found[entry[0]], entry) for entry in entries]
        except KeyError:
            yield row[0], None


def find(connection: Connection, citation: Citation) -> tuple[str, bool, Report]:
    """The edition that has the passage which a citation names, whether it is live, and the report it stands in.

    The live edition, else the last one that had it. Raises ``UnknownCitationError`` and ``DamagedError``.
    """
    is_old = version_of(connection) < CHUNKED_SINCE
    found = older.find(connection, citation) if is_old else _find(connection, citation)
    if found is None:
        raise UnknownCitationError(citation=str(citation), example=EXAMPLE)
    edition, is_live, digest = found
    (report,) = load_reports(connection, [digest])
    return edition, is_live, report


def titles_of(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The titles of the reports with these ids: as they are live, else as they were last."""
    found: dict[str, str] = {}
    for batch in batches(sorted(ids), DIGESTS_AT_ONCE):
        if version_of(connection) < CHUNKED_SINCE:
            found.update(older.titles(connection, batch))
        else:
            query = select(reports.c.id, reports.c.title).where(reports.c.id.in_(batch)).order_by(reports.c.number)
            found.update((row[0], row[1]) for row in connection.execute(query))
    current = connection.scalar(select(live.c.edition))
    digests = [digest for name, digest in _heads(connection, current) if name in found] if current else []
    for batch in batches(digests, DIGESTS_AT_ONCE):
        query = select(reports.c.id, reports.c.title).where(reports.c.digest.in_(batch))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


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
    """Write an edition that is not kept yet; its reports and their wordings only where they are new.

    ``number`` is its audit entry's.
    """
    digests = [report.digest for report in edition.reports]
    numbers: dict[str, int] = {}
    for batch in batches(digests, DIGESTS_AT_ONCE):
        known = select(reports.c.digest, reports.c.number).where(reports.c.digest.in_(batch))
        numbers.update((row[0], row[1]) for row in connection.execute(known))
    last: int = connection.scalar(select(func.max(reports.c.number))) or 0
    for batch in batches([report for report in edition.reports if report.digest not in numbers], _REPORTS_AT_ONCE):
        lists = [[(passage.text, tables.place_of(passage)) for passage in report.passages] for report in batch]
        rows = []
        for report, pieces in zip(batch, keep_passages(connection, lists), strict=True):
            last += 1
            numbers[report.digest] = last
            rows.append(tables.report_row(report) | {"number": last, "chunks": pieces})
        connection.execute(insert(reports), rows)
    (pieces,) = keep_lists(connection, [[[numbers[digest]] for digest in digests]])
    connection.execute(insert(editions).values(digest=edition.digest, published=number, chunks=pieces))


def keep_passages(connection: Connection, lists: Sequence[Sequence[tuple[str, Place]]]) -> list[str]:
    """Keep the passages of reports, each by its text and its place; of each report the numbers of its chunks."""
    by_digest = [[(digest_of_text(text), text, place) for text, place in one] for one in lists]
    numbers = keep_texts(connection, wordings, {digest: text for one in by_digest for digest, text, _ in one})
    return keep_lists(
        connection, [[[numbers[digest], *_short(place)] for digest, _, place in one] for one in by_digest]
    )


def _heads(connection: Connection, edition: str) -> tuple[tuple[str, str], ...]:
    """Id and digest of each report of an edition, as far as they are there."""
    if version_of(connection) < CHUNKED_SINCE:
        return older.heads_of(connection, edition)
    pieces = connection.scalar(select(editions.c.chunks).where(editions.c.digest == edition))
    entries = read_lists(connection, [pieces])[0]
    numbers = [entry[0] for entry in entries or ()]
    found: dict[int, tuple[str, str]] = {}
    for row in numbered(connection, reports.c.number, (reports.c.id, reports.c.digest), numbers):
        found[row[0]] = str(row[1]), str(row[2])
    return tuple(found[number] for number in numbers if number in found)


def _find(connection: Connection, citation: Citation) -> tuple[str, bool, str] | None:
    """The edition that has what is cited, whether it is live, and the digest of the report."""
    wanted: set[int] | None = None
    if citation.fingerprint:
        begin = citation.fingerprint
        query = select(wordings.c.number).where(wordings.c.digest >= begin, wordings.c.digest < begin + _BEHIND)
        wanted = set(connection.scalars(query))
    rows = connection.execute(
        select(reports.c.number, reports.c.digest, reports.c.chunks).where(reports.c.id == citation.report)
    ).all()
    lists = read_lists(connection, [row[2] for row in rows])
    sound: dict[int, str] = {}
    damaged: dict[int, str] = {}  # who knows whether they have it: they are tried where no other does
    for row, entries in zip(rows, lists, strict=True):
        if entries is None:
            damaged[row[0]] = row[1]
        elif any(entry[1:2] == [citation.label] and (wanted is None or entry[0] in wanted) for entry in entries):
            sound[row[0]] = row[1]
    return _edition_with(connection, sound) or _edition_with(connection, damaged)


def _edition_with(connection: Connection, held: Mapping[int, str]) -> tuple[str, bool, str] | None:
    """The edition that has one of these reports, the live one first, then the last; and the digest of that report."""
    if not held:
        return None
    is_live = case((editions.c.digest == live.c.edition, 1), else_=0)
    order = is_live.desc(), editions.c.published.desc()
    query = select(editions.c.digest, is_live, editions.c.chunks).join(live, live.c.only == 1).order_by(*order)
    rows = connection.execute(query)
    size = 1  # the live one, which nearly always has it
    while batch := rows.fetchmany(size):
        for row, entries in zip(batch, read_lists(connection, [row[2] for row in batch]), strict=True):
            report = next((held[entry[0]] for entry in entries or () if entry[0] in held), None)
            if report is not None:
                return row[0], bool(row[1]), report
        size = _EDITIONS_AT_ONCE
    return None


def _load_batch(connection: Connection, digests: Sequence[str]) -> Iterator[tuple[str, Report]]:
    """Reports with the digests they are kept under. Raises ``DamagedError`` for one that holds no values of ours."""
    fields = tables.held(version_of(connection), tables.REPORT_FIELDS)
    heads = select(reports.c.digest, *fields).where(reports.c.digest.in_(digests))
    try:
        rows = connection.execute(heads).all()
        contents = dict(load_places(connection, digests))
        yield from [(row[0], _assembled(row[1:], contents.get(row[0], ()))) for row in rows]
    except (ValueError, TypeError, AttributeError, IndexError):  # a date, a number, a kind or a text that is none
        if len(digests) == 1:
            where = Clause("place.digest", digest=digests[0][:LABEL_DIGITS])
            raise DamagedError(where=where, problem=DAMAGED) from None
        for digest in digests:  # which of them is it?
            yield from _load_batch(connection, [digest])


def _assembled(row: Sequence[Any], content: Sequence[tuple[str, str, Place]] | None) -> Report:
    """A report of its row and its passages. Raises ``ValueError`` where these are not what was saved."""
    if content is None:
        raise ValueError(f"a list of {row[0]} is lost")
    return tables.report_of(row, [tables.passage_of(row[0], text, place) for _, text, place in content])


def _kept(row: Sequence[Any], entry: Entry) -> tuple[str, str, Place]:
    """A passage of the row of its wording and its entry in a list."""
    return row[1], row[2], (*entry[1:], *_NOTHING[len(entry) - 1 :])


def _short(place: Place) -> Place:
    """A place without what is empty at its end."""
    end = len(place)
    while end and place[end - 1] is None:
        end -= 1
    return place[:end]
