"""How often one person and one server may ask: a sliding window for each, on plain ids and an injected clock.

Knows nothing of Discord. Keeps numbers of people and moments in memory only, until the first question after their
window.
"""

import math
from collections import OrderedDict, deque
from collections.abc import Callable

from bot.errors import ThrottledError, ThrottledServerError
from bot.settings import Limit

MOST_KEYS = 10_000  # people or servers remembered at once; past it the one that was quiet longest is forgotten


class Window:
    """At most ``limit.count`` events in any ``limit.seconds`` seconds, for each key on its own."""

    def __init__(self, limit: Limit, most_keys: int = MOST_KEYS) -> None:
        self._limit = limit
        self._most_keys = most_keys
        self._events: OrderedDict[int, deque[float]] = OrderedDict()  # the key with the latest event comes last

    @property
    def remembered(self) -> int:
        """How many keys are remembered."""
        return len(self._events)

    def wait(self, key: int, now: float) -> float:
        """The seconds until ``key`` has room for another event; 0 where it has room at ``now``, in seconds."""
        events = self._events.get(key)
        if events is None or len(events) < self._limit.count:
            return 0.0
        return max(0.0, events[0] + self._limit.seconds - now)

    def note(self, key: int, now: float) -> None:
        """Count one event of ``key`` at ``now``, and forget the keys whose window has passed."""
        events = self._events.setdefault(key, deque(maxlen=self._limit.count))
        events.append(now)
        self._events.move_to_end(key)
        while len(self._events) > self._most_keys or self._is_over(now):
            self._events.popitem(last=False)

    def _is_over(self, now: float) -> bool:
        oldest = next(iter(self._events.values()))
        return oldest[-1] + self._limit.seconds <= now


class Throttle:
    """The limits for a person and for a server, either of which may be off (``None``).

    ``clock`` gives monotonic seconds.
    """

    def __init__(self, person: Limit | None, server: Limit | None, clock: Callable[[], float]) -> None:
        self._person = Window(person) if person else None
        self._server = Window(server) if server else None
        self._told = Window(Limit(1, person.seconds if person else 1))
        self._clock = clock

    def admit(self, person: int, server: int | None) -> None:
        """Count one question of ``person`` in ``server`` (``None``: a direct message), or refuse it uncounted.

        Raises ``ThrottledError`` or ``ThrottledServerError`` with the whole seconds to wait.
        """
        now = self._clock()
        if self._person is not None and (wait := self._person.wait(person, now)):
            raise ThrottledError(n=max(1, math.ceil(wait)))
        if self._server is not None and server is not None and (wait := self._server.wait(server, now)):
            raise ThrottledServerError(n=max(1, math.ceil(wait)))
        if self._person is not None:
            self._person.note(person, now)
        if self._server is not None and server is not None:
            self._server.note(server, now)

    def may_tell(self, person: int) -> bool:
        """Whether a refusal may be said in public now: once a window, lest refusals become a flood of their own."""
        now = self._clock()
        if self._told.wait(person, now):
            return False
        self._told.note(person, now)
        return True
