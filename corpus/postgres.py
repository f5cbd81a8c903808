"""PostgreSQL on a server: one writer at a time, news by LISTEN and NOTIFY, and faults without the password."""

import re
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, text

from corpus.errors import UnfitStoreError

# Ours: whoever writes holds this advisory lock, in the way of SQLite's one writer. The number stands for nothing.
_LOCK = 0x52_41_50_50
_CHANNEL = "rapporteur_live"
_PATIENCE = 10  # seconds: for a connection, and for another writer

# PostgreSQL, Appendix A, Error Codes: the code or how it begins.
_BY_CODE = {
    "28P01": "the server does not accept the user or the password",
    "28": "the server does not let this user in",
    "3D000": "the server has no database of that name; make it first",
    "53300": "the server has no connection left; try again, or let it take more",
    "53": "the server has no room left; make room and try again",
    "57014": "the server has cut it off; try again",
    "57P": "the server is being stopped or started; try again in a moment",
    "55P03": "another process keeps it locked; try again when that one is done",
    "40": "another process was writing at the same time; try again",
    "25006": "the server takes no changes; it may be a standby",
    "42501": "this user may not make or use its tables; grant that, or choose another user",
    "58": "the server cannot read or write its files; see its log",
    "XX00": "the server's files are damaged; see its log",
}
# What the server or the driver says where there is no code, mostly because there is no connection yet.
_BY_WORDS = {
    r"password authentication failed|no password supplied": _BY_CODE["28P01"],
    r"pg_hba\.conf|role \".*\" (does not exist|is not permitted)": _BY_CODE["28"],
    r"database \".*\" does not exist": _BY_CODE["3D000"],
    r"too many (clients|connections)|connection slots": _BY_CODE["53300"],
    r"starting up|shutting down|recovery mode|terminating connection|closed|lost|Connection reset": _BY_CODE["57P"],
    r"Connection refused|No such file|server running": "no server answers there; start it, or correct the address",
    r"tim(eout|ed out)": "the server does not answer in time",
    r"translate host name|resolve host|[Nn]ame or service": "there is no server of that name; correct the address",
}


class PostgresServer:
    """A database on a PostgreSQL server. ``where`` is its name and the server's, without user and password.

    Raises ``UnfitStoreError`` where the driver is missing or the address cannot be right.
    """

    def __init__(self, url: URL) -> None:
        if "@" in str(url.host):  # whoever shows the host would show the rest of the password
            problem = "in a password @ is written %40, / is written %2F and % is written %25"
            raise UnfitStoreError(where="its address", problem=problem)
        if url.drivername in ("postgres", "postgresql"):
            has_other = find_spec("psycopg") is None and find_spec("psycopg2") is not None
            url = url.set(drivername="postgresql+psycopg2" if has_other else "postgresql+psycopg")
        self.where = " on ".join(filter(None, (url.database, url.host))) or "PostgreSQL"
        self._url = url
        self._listens = url.get_driver_name() == "psycopg"
        self.errors: tuple[type[Exception], ...] = (self._engine().dialect.loaded_dbapi.Error,)
        self.reading_options: dict[str, object] = {"isolation_level": "REPEATABLE READ"}

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
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))

    def announce(self, connection: Connection, digest: str) -> None:
        """Tell everybody who listens, once the transaction is committed."""
        connection.execute(text("SELECT pg_notify(:channel, :digest)"), {"channel": _CHANNEL, "digest": digest})

    def listener(self, engine: Engine) -> "Listener | None":
        """Listens to what is announced; ``None`` with a driver that waits in another way."""
        return Listener(engine) if self._listens else None

    def flaws(self, connection: Connection) -> list[str]:  # noqa: ARG002  # as SqliteFile
        """The server looks after its own files."""
        return []

    def explain(self, error: BaseException) -> str:
        """What went wrong, as a clause for people, and never the password."""
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
        self._pooled = pooled  # closes it when nobody has it any more
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
        with suppress(Exception):
            self._pooled.close()
