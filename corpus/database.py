"""A database that survives crashes and several processes, and whose faults are sentences.

It knows transactions and versions, and nothing of what the tables mean. SQLAlchemy is imported here and in the
modules that use this one only.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corpus import tables
from corpus.errors import StoreError

# How long a writer waits for another one, in milliseconds; publishing thousands of passages takes less.
_BUSY_MS = 10_000

# What SQLite says, and what a person is told.
_PROBLEMS = {
    "file is not a database": "the file is no database; move it away or choose another directory",
    "unable to open": "it cannot be opened; choose a directory that this user may write to",
    "readonly": "it may not be written to; choose a directory that this user may write to",
    "locked": "another process keeps it locked; try again when that one is done",
    "disk is full": "the disk is full; make room and try again",
    "malformed": "the file is damaged; restore it from a copy, or move it away and refresh",
}


class Database:
    """A database with the tables of ``corpus.tables``, made if need be; safe for several threads.

    ``where`` is its file, or its address without the password. Raises ``StoreError`` where it cannot be opened or
    was made by another version.
    """

    def __init__(self, url: str | URL) -> None:
        try:
            self._engine = _engine(url)
        except ImportError as error:
            raise StoreError(where="its address", problem=f"the driver {error.name} is not installed") from None
        except (ArgumentError, ValueError):  # their words may repeat the address, and with it a password
            raise StoreError(where="its address", problem="it is no address that SQLAlchemy knows") from None
        self.where = self._engine.url.database or self._engine.url.render_as_string(hide_password=True)
        try:
            self._prepare()
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database. Raises ``StoreError``."""
        with self._explained(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, begun as the only writer, so that what it read first still holds when it writes.

        Raises ``StoreError``, and then nothing was written.
        """
        with self._explained(), self._engine.connect() as plain:
            connection = plain.execution_options(begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def _prepare(self) -> None:
        with self.reading() as connection:
            if inspect(connection).has_table(tables.schema.name) and self._is_current(connection):
                return
        with self.writing() as connection:
            tables.metadata.create_all(connection)
            if not self._is_current(connection):
                connection.execute(insert(tables.schema).values(version=tables.SCHEMA))

    def _is_current(self, connection: Connection) -> bool:
        """Whether the database says which version it has. Raises ``StoreError`` for one that is not ours."""
        version = connection.scalar(select(func.max(tables.schema.c.version)))
        if version is not None and version != tables.SCHEMA:
            problem = f"it was made by another Rapporteur (schema {version}, not {tables.SCHEMA}); use that one"
            raise StoreError(where=self.where, problem=problem)
        return version is not None

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            said = str(getattr(error, "orig", error)).split("\n", 1)[0]
            plain = next((plain for sign, plain in _PROBLEMS.items() if sign in said), said)
            raise StoreError(where=self.where, problem=plain) from error


def _engine(url: str | URL) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    """Crash-safe SQLite. The driver's own transactions are off, since they begin too late to guard what is read."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
