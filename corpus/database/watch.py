"""Waiting until something has changed: told by the database where it can tell, else by looking again and again."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from corpus.database.database import Database
from corpus.database.postgres import Listener
from corpus.errors import StoreError

LOOK_EVERY = 0.5  # seconds, where nothing tells
LOOK_ANYWAY = 15.0  # seconds, where something should: a connection can die without a word
_SLICE = 0.25  # seconds of listening before it is seen that nobody waits any more
_GRACE = 1.0  # seconds for whoever waits to go


State = TypeVar("State")


class Watch(Generic[State]):
    """One watcher of the state that ``look`` reads; for one thread at a time, and ended from any."""

    def __init__(self, database: Database, look: Callable[[], State]) -> None:
        self._database = database
        self._look = look
        self._listener: Listener | None = None
        self._ended = threading.Event()
        self._waiting = threading.Lock()

    def end(self) -> None:
        """Let whoever waits go at once, now and later."""
        self._ended.set()
        if self._waiting.acquire(timeout=_GRACE):  # who waits has gone, and left it to be closed
            self._deafen()
            self._waiting.release()

    def wait(self, known: State | None, seconds: float) -> State | None:
        """The state as soon as it is not ``known``, or after so many seconds.

        Raises ``StoreError`` where it could not be looked at in the end.
        """
        with self._waiting:
            return self._wait(known, time.monotonic() + seconds)

    def _wait(self, known: State | None, until: float) -> State | None:
        while True:
            trouble: StoreError | None = None
            state, trace = known, None
            try:
                trace = self._database.trace()
                if self._listener is None:
                    self._listener = self._database.listener()
                state = self._look()  # after the listening has begun, so that nothing falls in between
            except StoreError as error:
                trouble, trace = error, None
            left = until - time.monotonic()
            if state != known or left <= 0 or self._ended.is_set():
                if trouble is not None and not self._ended.is_set():
                    raise trouble
                return state
            if trouble is not None:
                self._deafen()
            self._pause(min(left, LOOK_ANYWAY), trace)

    def _pause(self, seconds: float, trace: object) -> None:
        """Wait until there is reason to look again, at most so many seconds."""
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0 and not self._ended.is_set():
                if self._listener is not None:
                    if self._listener.wait(min(left, _SLICE)):
                        return
                elif self._ended.wait(min(left, LOOK_EVERY)) or trace is None or trace != self._database.trace():
                    return
        except Exception:  # noqa: BLE001  # whatever the driver has: the connection is gone, and looking will say more
            self._deafen()

    def _deafen(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
