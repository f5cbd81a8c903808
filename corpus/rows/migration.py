"""A database of an older version made one of ours, in place and in the transaction of whoever asks."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, text, update
from sqlalchemy.schema import CreateColumn

from corpus.rows import older, tables
from corpus.rows.chunks import batches, keep_lists
from corpus.rows.editions import keep_passages
from corpus.rows.tables import CHUNKED_SINCE, Place, editions, reports, schema

_AT_ONCE = 100  # reports whose passages are held meanwhile


def migrate(connection: Connection, version: int) -> None:
    """Migrate a database of that version; the tables that are new are there already."""
    for table, column in tables.added_since(version):
        told = CreateColumn(column).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {told}"))
    if version < CHUNKED_SINCE:
        _divide(connection, version)
    connection.execute(update(schema).values(version=tables.SCHEMA))


def _divide(connection: Connection, version: int) -> None:
    """Keep passages and lists in chunks, and drop the tables that had them.

    Values are taken as they stand: a report that was damaged before is so afterwards, and its digest tells.
    """
    oldest_first = connection.scalars(select(editions.c.digest).order_by(editions.c.published)).all()
    ordered = {digest: None for edition in oldest_first for _, digest in older.heads_of(connection, edition)}
    ordered.update(dict.fromkeys(connection.scalars(select(reports.c.digest).order_by(reports.c.id))))
    digests = list(ordered)
    numbers = {digest: number for number, digest in enumerate(digests, 1)}
    for batch in batches(digests, _AT_ONCE):
        found = dict(older.places(connection, version, batch))
        lists = [[_sound(content, place) for _, content, place in found.get(digest, ())] for digest in batch]
        for digest, pieces in zip(batch, keep_passages(connection, lists), strict=True):
            values = {"number": numbers[digest], "chunks": pieces}
            connection.execute(update(reports).where(reports.c.digest == digest).values(values))
    for edition in oldest_first:
        entries = [[numbers[digest]] for _, digest in older.heads_of(connection, edition)]
        (pieces,) = keep_lists(connection, [entries])
        connection.execute(update(editions).where(editions.c.digest == edition).values(chunks=pieces))
    tables.reports_by_number.create(connection)
    older.edition_reports.drop(connection)
    older.passages.drop(connection)


def _sound(content: object, place: Sequence[object]) -> tuple[str, Place]:
    """A text and a place as they were, but for values that are neither text nor a number: SQLite holds anything."""
    values = tuple(value if isinstance(value, str | int) else None for value in place)
    return (content if isinstance(content, str) else ""), values
