"""SQLite in a file: for its owner alone, noticed when it is replaced, and read also where nothing can be written.

Every transaction has a connection of its own. One that stayed open would go on reading and writing a file that was
replaced or removed, and would keep beside it a log that the next file at that place must not be read with.
"""

import errno
import os
import sqlite3
import stat
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine

from corpus.clause import Clause, Fact
from corpus.errors import StoreError, UnfitStoreError

# How long a transaction waits for another one, in seconds; publishing thousands of passages takes less.
_PATIENCE = 10.0
# What a file is called that lies beside the database, by the end of its name: log, index of the log, old journal.
_LOG, _INDEX = "-wal", "-shm"
_BESIDE = ("", _LOG, _INDEX, "-journal")
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO

_FULL = Clause("store.disk_full")
_READ_ONLY = Clause("store.read_only")
_CLOSED = Clause("store.closed")
_UNMERGED = Clause("store.unmerged")

# What SQLite says, and what a person is told.
_PROBLEMS = {
    "file is not a database": Clause("store.no_sqlite"),
    "unable to open": _CLOSED,
    "readonly": _READ_ONLY,
    "locked": Clause("store.locked"),
    "disk is full": _FULL,
    "disk I/O error": Clause("store.broken_disk"),
    "malformed": Clause("store.damaged_file"),
    "decode": Clause("store.damaged_file"),
}
# What opening a file for reading runs into where nothing can be written beside it.
_UNWRITABLE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL}
_PRIMARY_CODE = 0xFF  # of SQLite's result codes, which say more in their higher bits


class SqliteFile:
    """The database in one file. ``where`` is its path."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
    reading_options: dict[str, object] = {}  # noqa: RUF012  # never written to
    is_server = False

    def __init__(self, url: URL) -> None:
        if url.database in (None, "", ":memory:") or str(url.database).startswith("file:"):
            raise UnfitStoreError(where=Clause("place.address"), problem=Clause("store.no_path"))
        self.where = str(url.database)
        self._path = Path(self.where)

    def identity(self) -> tuple[int, int] | None:
        """Which file stands at the path now: its device and inode; ``None`` where there is none."""
        return _identity(self._path)

    def trace(self) -> object:
        """What is different after every change, told without opening the file."""
        return [
            (s.st_dev, s.st_ino, s.st_size, s.st_mtime_ns) for s in map(_stat, (self._path, self._beside(_LOG))) if s
        ]

    def log(self) -> tuple[int, int] | None:
        """Which log lies beside it."""
        return _identity(self._beside(_LOG))

    def abandon(self, log: tuple[int, int] | None) -> None:
        """Take a log away whose file is gone: SQLite would read the next file at that place with it, and spoil it."""
        if log is not None and log == self.log():
            for end in (_LOG, _INDEX):
                with suppress(OSError):
                    self._beside(end).unlink()

    def engine(self, *, readonly: bool) -> Engine:
        """Connections for reading, or for both; for both the file is made where there is none."""
        if not readonly:
            self._make()
            with closing(self._connect()) as connection:
                _keep_a_log(connection)
        return create_engine(
            "sqlite://", creator=self._connect_to_read if readonly else self._connect, poolclass=NullPool
        )

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """Begin a transaction; the driver's own begin too late to guard what is read."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    def lock(self, connection: Connection, number: int) -> None:  # noqa: ARG002  # as PostgresServer
        """The file has one writer, whatever the number."""
        self.begin(connection, writing=True)

    def announce(self, connection: Connection, digest: str) -> None:
        """Nobody can be told; others look for themselves."""

    def listener(self, engine: Engine) -> None:
        """Nothing can be listened to."""

    def flaws(self, connection: Connection) -> list[str]:
        """What SQLite itself finds wrong with the file, at most a few."""
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(5)")]
        return [] if found == ["ok"] else found

    def size(self, connection: Connection) -> int:
        """How many bytes the database has; its log, which comes and goes, is not counted."""
        pages, page = (connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("page_count", "page_size"))
        return int(pages or 0) * int(page or 0)

    def give_back(self, engine: Engine) -> None:
        """Write the file anew without what is free, and cut it: readers go on meanwhile, writers wait.

        No incremental vacuum: it would have to have been chosen before the first table was made, and costs pages of its
        own with every write; this is rare.
        """
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection  # past SQLAlchemy, which would begin a transaction
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def explain(self, error: BaseException) -> Fact:
        """What went wrong, or what SQLite says of it."""
        if isinstance(error, OSError):
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return _FULL
            return _READ_ONLY if error.errno == errno.EROFS else _CLOSED
        said = str(error).split("\n", 1)[0]
        if "disk I/O error" in said and not self._has_room():
            return _FULL
        return next((plain for sign, plain in _PROBLEMS.items() if sign in said), said)

    def exposed(self) -> tuple[bool, bool]:
        """Whether others could read the file, and whether they still can now that it was tried to end that."""
        found = left = False
        for end in _BESIDE:
            file = self._beside(end)
            try:
                mode = stat.S_IMODE(file.stat().st_mode)
            except OSError:
                continue
            if mode & _FOR_OTHERS:
                found = True
                try:
                    file.chmod(mode & ~_FOR_OTHERS)
                except OSError:
                    left = True
        return found, left

    def _beside(self, end: str) -> Path:
        return self._path.with_name(self._path.name + end)

    def _has_room(self) -> bool:
        try:
            return os.statvfs(self._path.parent).f_bavail > 0
        except OSError:
            return True  # who knows

    def _make(self) -> None:
        """Make the file where there is none: SQLite would let everybody read it, and what it puts beside it."""
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR))

    def _connect(self) -> sqlite3.Connection:
        """Crash-safe, never to a file that was removed meanwhile (this makes none), and overwriting what it deletes."""
        connection = _opened(self._path, "mode=rw")
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        """The log of a database needs an index beside it, which SQLite makes even to read.

        Where it cannot, an empty log can be passed over; one that is not holds what the file itself does not. Only a
        connection that may write takes both away again at its end.
        """
        for how in ("mode=rw", "mode=ro"):
            try:
                connection = _opened(self._path, how)
            except sqlite3.Error as error:
                if error.sqlite_errorcode & _PRIMARY_CODE not in _UNWRITABLE or not self._path.is_file():
                    raise
            else:
                connection.execute("PRAGMA query_only=ON")
                return connection
        log = self._beside(_LOG)
        if log.exists() and log.stat().st_size:
            raise StoreError(where=self.where, problem=_UNMERGED)
        return _opened(self._path, "immutable=1")


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _identity(path: Path) -> tuple[int, int] | None:
    found = _stat(path)
    return found and (found.st_dev, found.st_ino)


def _opened(path: Path, how: str) -> sqlite3.Connection:
    """A connection that has read the file once, so that whatever hinders it is known."""
    address = f"{path.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer not wait for each other. SQLite refuses at once where another process does the same."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
