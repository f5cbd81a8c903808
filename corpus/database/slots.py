"""Slots of time that processes on one database take one after the other, each for itself alone.

Knows nothing of what they are for. A slot is a row written in one short transaction, and nothing is held while it
lasts: a process that is killed, or a server that is started anew, leaves to the others the times that were given.
"""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Column, Double, Integer, MetaData, Table, extract, func, insert, select, update

from corpus.database.database import Database
from corpus.errors import StoreError

FURTHEST = 3600.0  # seconds, ours: what is free only later was written before the server's clock was set back

# Apart from ``corpus.rows.tables``, whose versions it has no part in: what it holds is of no use a minute later.
_slots = Table(
    "slots",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # When the last slot that was taken ends: seconds since 1970 by the server's clock.
    Column("free", Double, nullable=False),
)
_MAKING = -1  # the number of whoever makes the table


class Slot(NamedTuple):
    """By ``begin`` it has begun, at most ``unsure`` seconds before: the server's clock is read from afar."""

    begin: float
    unsure: float = 0.0


class Slots:
    """The slots of each number, by the seconds that ``clock`` gives; safe for several threads.

    Where the database is no server, they are those of this process alone.
    """

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database, self._clock = database, clock
        self._is_made = False
        self._own: dict[int, float] = {}
        self._lock = threading.Lock()

    def take(self, number: int, seconds: float, ahead: float = 0.0) -> Slot:
        """Take the next free slot of ``number``, which begins ``ahead`` seconds from now or later.

        It lasts ``seconds``, within which no other begins. Raises ``StoreError``; a slot may have been taken even so.
        """
        if not self._database.is_server:
            with self._lock:
                begin = _begin(self._clock() + ahead, self._own.get(number))
                self._own[number] = begin + seconds
            return Slot(begin)
        try:
            self._make()
            return self._take(number, seconds, ahead)
        except StoreError:
            self._is_made = False  # it may be another database by now
            raise

    def _take(self, number: int, seconds: float, ahead: float) -> Slot:
        with self._database.alone(number) as connection:
            asked = self._clock()
            now = float(connection.scalar(select(extract("epoch", func.clock_timestamp()))) or 0.0)
            told = self._clock()
            free = connection.scalar(select(_slots.c.free).where(_slots.c.number == number))
            begin = _begin(now + ahead, free)
            if free is None:
                connection.execute(insert(_slots).values(number=number, free=begin + seconds))
            else:
                connection.execute(update(_slots).where(_slots.c.number == number).values(free=begin + seconds))
        return Slot(told + begin - now, told - asked)

    def _make(self) -> None:
        if not self._is_made:
            with self._database.alone(_MAKING) as connection:
                _slots.create(connection, checkfirst=True)
            self._is_made = True


def _begin(earliest: float, free: float | None) -> float:
    return earliest if free is None or free > earliest + FURTHEST else max(earliest, free)
