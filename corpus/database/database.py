"""A database that survives crashes and several processes, and whose faults are sentences.

It knows transactions and versions, and nothing of what the tables mean. What SQLite and PostgreSQL do in different ways
stands in ``sqlite`` and ``postgres``.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from sqlalchemy import URL, Connection, Engine, func, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corpus.clause import Clause, Fact
from corpus.database.backend import Backend
from corpus.database.postgres import Listener, PostgresServer
from corpus.database.sqlite import SqliteFile
from corpus.errors import ReplacedError, StoreError, UnfitStoreError
from corpus.rows import tables
from corpus.rows.migration import migrate


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told that stops nothing.

    ``key`` is ``replaced`` (the file, which is opened anew), ``mended`` or ``exposed`` (others could read it, and no
    longer can or still can), or ``readonly`` (it can be read only, see ``problem`` in ``fields``).
    """

    key: str
    fields: Mapping[str, Fact] = field(default_factory=dict)


Tell = Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A database as it was opened: on which file, whether it has the tables, and why it is for reading only."""

    engine: Engine
    identity: tuple[int, int] | None
    is_made: bool
    refusal: StoreError | None = None


class Database:
    """A database with the tables of ``corpus.rows.tables``, made if need be; safe for several threads.

    ``where`` is its file, or its name and server; ``url`` is the address, with a password in it. One that is
    ``readonly`` is not changed in any way. One that is ``patient`` is opened when that can be done: until then each use
    tries and raises what stands against it, and one that cannot be written to is read. ``tell`` hears of what stops
    nothing.

    Raises ``UnfitStoreError`` for an address, a driver or a version that is wrong, else ``StoreError``, and so does
    every use.
    """

    def __init__(
        self, url: str | URL, *, readonly: bool = False, patient: bool = False, tell: Tell = lambda _: None
    ) -> None:
        self.url = url.render_as_string(hide_password=False) if isinstance(url, URL) else url
        self._backend = _backend(url)
        self.where = self._backend.where
        self._errors: tuple[type[Exception], ...] = (SQLAlchemyError, *self._backend.errors)
        self._readonly, self._patient, self._tell = readonly, patient, tell
        self._lock = threading.Lock()
        self._current: _Opened | None = None
        try:
            self._opened()
        except UnfitStoreError:
            raise
        except StoreError:
            if not patient:
                raise

    def close(self) -> None:
        """Close every connection that is not in use."""
        if self._current is not None:
            self._current.engine.dispose()

    @property
    def is_made(self) -> bool:
        """Whether it has the tables: one that is only read may be empty."""
        return self._opened().is_made

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database. Raises ``StoreError``."""
        opened, options = self._opened(), self._backend.reading_options
        with self._explained(), opened.engine.connect().execution_options(**options) as connection, connection.begin():
            self._backend.begin(connection, writing=False)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, begun as the only writer, so that what it read first still holds when it writes.

        Raises ``StoreError``, and then nothing was written.
        """
        opened = self._opened(writable=True)
        with self._explained(), opened.engine.connect() as connection, connection.begin():
            self._backend.begin(connection, writing=True)
            log = self._backend.log()
            yield connection
        if self._backend.identity() != opened.identity:
            self._backend.abandon(log)
            raise ReplacedError(where=self.where, problem=Clause("store.replaced"))

    @property
    def is_server(self) -> bool:
        """Whether it is a server, which several machines may share."""
        return self._backend.is_server

    @contextmanager
    def alone(self, number: int) -> Iterator[Connection]:
        """One transaction, one at a time for each ``number``; on a server it waits for nobody who publishes.

        Raises ``StoreError``, and then nothing was written unless the answer to the commit was lost.
        """
        opened = self._opened(writable=True)
        with self._explained(), opened.engine.connect() as connection, connection.begin():
            self._backend.lock(connection, number)
            yield connection

    def announce(self, connection: Connection, digest: str) -> None:
        """Let whoever listens know of what the transaction makes live, once it is committed."""
        self._backend.announce(connection, digest)

    def listener(self) -> Listener | None:
        """What waits for announcements; ``None`` where one has to look. Raises ``StoreError``."""
        opened = self._opened()
        with self._explained():
            return self._backend.listener(opened.engine)

    def trace(self) -> object:
        """What is different after every change and costs nothing to look at; ``None`` where there is no such thing."""
        return self._backend.trace()

    def flaws(self) -> list[str]:
        """What the database itself finds wrong with its file. Raises ``StoreError``."""
        with self.reading() as connection:
            return self._backend.flaws(connection)

    def size(self, connection: Connection) -> int:
        """How many bytes it has on disk."""
        return self._backend.size(connection)

    def give_back(self) -> None:
        """Give room back that was freed, where the database does not do so by itself. Raises ``StoreError``, after
        which the room is used for what is kept next."""
        opened = self._opened(writable=True)
        with self._explained():
            self._backend.give_back(opened.engine)

    def _opened(self, *, writable: bool = False) -> _Opened:
        """What is open, opened first or anew where it has to be."""
        current = self._current
        if current is not None and current.identity != self._backend.identity():
            with self._lock:
                is_news, self._current = self._current is current, None
            current.engine.dispose()
            if is_news:
                self._tell(Notice("replaced", {"where": self.where}))
            current = None
        if current is None:
            return self._exchange(self._open_somehow())
        if writable and current.refusal is not None:
            return self._exchange(self._open(readonly=False))
        return current

    def _exchange(self, opened: _Opened) -> _Opened:
        with self._lock:
            before, self._current = self._current, opened
        if before is not None:
            before.engine.dispose()
        return opened

    def _open_somehow(self) -> _Opened:
        """Open it as wanted, or for reading alone where no more can be done."""
        try:
            return self._open(readonly=self._readonly)
        except UnfitStoreError:
            raise
        except StoreError as refusal:
            if not self._patient or self._backend.identity() is None:
                raise
            opened = self._open_to_read(refusal)
            self._tell(Notice("readonly", {"where": self.where, "problem": refusal.fields["problem"]}))
            return replace(opened, refusal=refusal)

    def _open_to_read(self, refusal: StoreError) -> _Opened:
        """What can be read where it could not be opened for writing. Raises ``refusal`` where that is nothing."""
        try:
            opened = self._open(readonly=True)
        except StoreError:
            raise refusal from None
        if opened.is_made:
            return opened
        opened.engine.dispose()
        raise refusal

    def _open(self, *, readonly: bool) -> _Opened:
        with self._explained():
            engine = self._backend.engine(readonly=readonly)
        identity = self._backend.identity()
        try:
            version = self._version_at(engine)
            if version != tables.SCHEMA and not readonly:
                self._make(engine)
        except StoreError:
            engine.dispose()
            raise
        if not readonly:
            self._hide()
        return _Opened(engine, identity, version is not None or not readonly)

    def _version_at(self, engine: Engine) -> int | None:
        with self._explained(), engine.connect() as connection:
            return self._version(connection) if inspect(connection).has_table(tables.schema.name) else None

    def _make(self, engine: Engine) -> None:
        """Make the tables, or migrate those of an older version, unless another process has done so meanwhile."""
        with self._explained(), engine.connect() as connection, connection.begin():
            self._backend.begin(connection, writing=True)
            tables.metadata.create_all(connection)
            version = self._version(connection)
            if version is None:
                connection.execute(insert(tables.schema).values(version=tables.SCHEMA))
            elif version < tables.SCHEMA:
                migrate(connection, version)

    def _version(self, connection: Connection) -> int | None:
        """The version that the database says it has. Raises ``UnfitStoreError`` for one that is later than ours."""
        version: int | None = connection.scalar(select(func.max(tables.schema.c.version)))
        if version is not None and version > tables.SCHEMA:
            problem = Clause("store.later_schema", schema=version, ours=tables.SCHEMA)
            raise UnfitStoreError(where=self.where, problem=problem)
        return version

    def _hide(self) -> None:
        """It tells who has refreshed the corpus, which is the operator's to know."""
        was_exposed, is_exposed = self._backend.exposed()
        if was_exposed:
            self._tell(Notice("exposed" if is_exposed else "mended", {"where": self.where}))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            problem = self._backend.explain(getattr(error, "orig", None) or error)
            raise StoreError(where=self.where, problem=problem) from error


def _backend(url: str | URL) -> Backend:
    try:
        # As hosting services write it; SQLAlchemy knows the long form only.
        address = make_url(url.replace("postgres://", "postgresql://", 1) if isinstance(url, str) else url)
        if address.drivername in ("sqlite", "sqlite+pysqlite"):
            return SqliteFile(address)
        if address.get_backend_name() == "postgresql":
            return PostgresServer(address)
    except ImportError as error:
        raise UnfitStoreError(where=Clause("place.address"), problem=_driver(error.name)) from None
    except (ArgumentError, ValueError):  # their words may repeat the address, and with it a password
        raise UnfitStoreError(where=Clause("place.address"), problem=Clause("store.unknown_address")) from None
    raise UnfitStoreError(where=Clause("place.address"), problem=Clause("store.other_database"))


def _driver(name: str | None) -> Clause:
    """The library that an address needs is not there."""
    if name == "psycopg":
        return Clause("store.no_psycopg")
    return Clause("store.no_driver", driver=name) if name else Clause("store.some_driver")
