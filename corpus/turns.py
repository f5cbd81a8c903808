"""Taking turns between processes that share a database: by a lock of the server's, which dies with whoever holds it.

Knows nothing of what the turns are for.
"""

from corpus.database import Database
from corpus.errors import StoreError
from corpus.postgres import Turnstile


class Turns:
    """One turn after the other for everything that bears the same number. For one thread at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turnstiles: dict[int, Turnstile] = {}

    def enter(self, number: int) -> bool | None:
        """Take the turn if it is free: whether it was; ``None`` where it is, since whoever had it has died.

        True always where the database has no turns, as SQLite. Raises ``StoreError``.
        """
        turnstile = self._turnstiles.get(number) or self._database.turnstile(number)
        if turnstile is None:
            return True
        self._turnstiles[number] = turnstile
        try:
            with self._database.explained():
                return turnstile.enter()
        except StoreError:
            self._drop(number)
            raise

    def leave(self, number: int) -> None:
        """Give the turn back, also where the database is gone: then it is free already."""
        turnstile = self._turnstiles.get(number)
        if turnstile is None:
            return
        try:
            with self._database.explained():
                turnstile.leave()
        except StoreError:
            self._drop(number)

    def _drop(self, number: int) -> None:
        self._turnstiles.pop(number).close()

    def close(self) -> None:
        """End every connection, and with it whatever turn it has."""
        for number in tuple(self._turnstiles):
            self._drop(number)
