"""What ``database`` asks of each kind of database: ``sqlite`` and ``postgres`` give it.

Shapes alone: nothing is done here.
"""

from typing import Protocol

from sqlalchemy import Connection, Engine

from corpus.clause import Fact
from corpus.database.postgres import Listener


class Backend(Protocol):
    """What each kind of database does in its own way.

    ``errors`` are what its driver raises; ``reading_options`` are those of a connection that only reads;
    ``is_server`` says whether it is one that several machines may share.
    """

    errors: tuple[type[Exception], ...]
    reading_options: dict[str, object]
    is_server: bool

    @property
    def where(self) -> Fact:
        """What it is called in a sentence, never with a password."""

    def identity(self) -> tuple[int, int] | None:
        """Which file it is, where it is one that may be replaced."""

    def trace(self) -> object:
        """What is different after every change and costs nothing to look at; ``None`` where there is no such thing."""

    def log(self) -> tuple[int, int] | None:
        """Which log lies beside its file."""

    def abandon(self, log: tuple[int, int] | None) -> None:
        """Take a log away whose file was replaced."""

    def engine(self, *, readonly: bool) -> Engine:
        """Where connections come from."""

    def begin(self, connection: Connection, *, writing: bool) -> None:
        """Begin a transaction; one that writes waits until no other does."""

    def lock(self, connection: Connection, number: int) -> None:
        """Wait, in a transaction, until no other has locked that number; on a server, whoever writes is no other."""

    def announce(self, connection: Connection, digest: str) -> None:
        """Tell whoever listens, once the transaction is committed."""

    def listener(self, engine: Engine) -> Listener | None:
        """What waits for announcements; ``None`` where one has to look."""

    def flaws(self, connection: Connection) -> list[str]:
        """What the database itself finds wrong with its file."""

    def size(self, connection: Connection) -> int:
        """How many bytes it has on disk."""

    def give_back(self, engine: Engine) -> None:
        """Give room back that was freed."""

    def explain(self, error: BaseException) -> Fact:
        """What went wrong; never the password."""

    def exposed(self) -> tuple[bool, bool]:
        """Whether others could read it, and whether they still can now that it was tried to end that."""
