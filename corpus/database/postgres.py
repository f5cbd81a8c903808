"""PostgreSQL on a server: one writer at a time, news by LISTEN and NOTIFY, and faults without the password."""

import re
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, text

from corpus.clause import Clause, Fact
from corpus.errors import UnfitStoreError

# Ours: whoever writes holds this advisory lock, in the way of SQLite's one writer. The number stands for nothing.
_LOCK = 0x52_41_50_50
_CHANNEL = "rapporteur_live"
_PATIENCE = 10  # seconds: for a connection, and for another writer

# PostgreSQL, Appendix A, Error Codes: the code or how it begins.
_BY_CODE = {
    "28P01": Clause("store.unknown_user"),
    "28": Clause("store.refused_user"),
    "3D000": Clause("store.no_database"),
    "53300": Clause("store.no_connection"),
    "53": Clause("store.server_full"),
    "57014": Clause("store.cut_off"),
    "57P": Clause("store.stopping"),
    "55P03": Clause("store.locked"),
    "40": Clause("store.at_once"),
    "25006": Clause("store.standby"),
    "42501": Clause("store.no_rights"),
    "58": Clause("store.server_files"),
    "XX00": Clause("store.server_damaged"),
}
# What the server or the driver says where there is no code, mostly because there is no connection yet.
_BY_WORDS = {
    r"password authentication failed|no password supplied": _BY_CODE["28P01"],
    r"pg_hba\.conf|role \".*\" (does not exist|is not permitted)": _BY_CODE["28"],
    r"database \".*\" does not exist": _BY_CODE["3D000"],
    r"too many (clients|connections)|connection slots": _BY_CODE["53300"],
    r"starting up|shutting down|recovery mode|terminating connection|closed|lost|Connection reset": _BY_CODE["57P"],
    r"Connection refused|No such file|server running": Clause("store.no_answer"),
    r"tim(eout|ed out)": Clause("store.late"),
    r"translate host name|resolve host|[Nn]ame or service": Clause("store.no_server"),
}


class PostgresServer:
    """A database on a PostgreSQL server. ``where`` is its name and the server's, without user and password.

    Raises ``UnfitStoreError`` where the driver is missing or the address cannot be right.
    """

    def __init__(self, url: URL) -> None:
        if "@" in str(url.host):  # whoever shows the host would show the rest of the password
            raise UnfitStoreError(where=Clause("place.address"), problem=Clause("store.bad_password"))
        if url.drivername in ("postgres", "postgresql"):
            has_other = find_spec("psycopg") is None and find_spec("psycopg2") is not None
            url = url.set(drivername="postgresql+psycopg2" if has_other else "postgresql+psycopg")
        self.where = _where(url)
        self._url = url
        self._listens = url.get_driver_name() == "psycopg"
        self.errors: tuple[type[Exception], ...] = (self._engine().dialect.loaded_dbapi.Error,)
        self.reading_options: dict[str, object] = {"isolation_level": "REPEATABLE READ"}
        self.is_server = True

    def identity(self) -> None:
        """A server's database is never replaced unnoticed: connections to it break."""

    def trace(self) -> None:
        """Nothing can be told without a connection."""

    def log(self) -> None:
        """Its log is the server's business."""

    def abandon(self, log: object) -> None:
        """The same."""

    def engine(self, *, readonly: bool) -> Engine:  # noqa: ARG002  # as SqliteFile: here the transactions tell
        """Connections, few and tried before they are used: the server may have been started anew."""
        return self._engine()

    def _engine(self) -> Engine:
        options: dict[str, Any] = {}
        if self._listens:
            # A statement that is prepared by itself does not survive a pooler such as PgBouncer.
            options = {"application_name": "rapporteur", "connect_timeout": _PATIENCE, "prepare_threshold": None}
        options = {name: value for name, value in options.items() if name not in self._url.query}
        return create_engine(self._url, pool_pre_ping=True, pool_size=2, max_overflow=8, connect_args=options)

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """Wait, in a transaction that will write, until no other one does."""
        if writing:
            self._await(connection, f"{_LOCK}")

    def lock(self, connection: Connection, number: int) -> None:
        """Wait for a lock of that number alone. The server has these apart from the one of whoever writes."""
        self._await(connection, f"{_LOCK}, {number}")

    def _await(self, connection: Connection, key: str) -> None:
        connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({key})"))

    def announce(self, connection: Connection, digest: str) -> None:
        """Tell everybody who listens, once the transaction is committed."""
        connection.execute(text("SELECT pg_notify(:channel, :digest)"), {"channel": _CHANNEL, "digest": digest})

    def listener(self, engine: Engine) -> "Listener | None":
        """Listens to what is announced; ``None`` with a driver that waits in another way."""
        return Listener(engine) if self._listens else None

    def flaws(self, connection: Connection) -> list[str]:  # noqa: ARG002  # as SqliteFile
        """The server looks after its own files."""
        return []

    def size(self, connection: Connection) -> int:
        """How many bytes the database has on the server."""
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def give_back(self, engine: Engine) -> None:
        """The server's autovacuum does so."""

    def explain(self, error: BaseException) -> Fact:
        """What went wrong, or what the driver says of it; never the password."""
        code, said = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None), str(error)
        if code:
            plain = next((plain for sign, plain in _BY_CODE.items() if code.startswith(sign)), None)
        else:
            plain = next((plain for sign, plain in _BY_WORDS.items() if re.search(sign, said)), None)
        if plain:
            return plain
        first = said.strip().split("\n", 1)[0] or type(error).__name__
        return first.replace(self._url.password, "…") if self._url.password else first

    def exposed(self) -> tuple[bool, bool]:
        """Who may read is the server's business."""
        return False, False


class Listener:
    """A connection of its own that waits for announcements. Raises the driver's errors."""

    def __init__(self, engine: Engine) -> None:
        pooled = engine.raw_connection()
        connection: Any = pooled.driver_connection  # psycopg's, which need not be installed
        self._connection = connection
        pooled.detach()  # a connection that waits is none to be lent to others
        try:
            connection.autocommit = True
            connection.execute(f"LISTEN {_CHANNEL}")
        except Exception:
            self.close()
            raise

    def wait(self, seconds: float) -> bool:
        """Whether something was announced within so many seconds; returns as soon as it is."""
        return any(True for _ in self._connection.notifies(timeout=seconds, stop_after=1))

    def close(self) -> None:
        """Listen no more."""
        # Not through SQLAlchemy: it would end a transaction first, and log a traceback where the server has gone.
        with suppress(Exception):
            self._connection.close()


def _where(url: URL) -> Fact:
    """The name of the database and that of its server, as far as the address has them."""
    if url.database and url.host:
        return Clause("place.database_on", database=url.database, server=url.host)
    return url.database or url.host or "PostgreSQL"
