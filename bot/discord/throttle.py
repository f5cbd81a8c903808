"""How much one person, one channel and one server may ask of the bot, on plain ids and an injected clock.

``Throttle`` says how often: a sliding window for each. ``Underway`` says how much at a time. Neither knows Discord.
Both keep numbers of people and moments in memory only, until the first request after their window or the end of the
request.
"""

import math
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cachetools import TTLCache

from bot.errors.serving import BusyError, CrowdedError, ThrottledChannelError, ThrottledError, ThrottledServerError
from bot.settings.values import Limit

MOST_KEYS = 10_000  # people, channels or servers remembered at once; past it who was quiet longest is forgotten
TOLD = Limit(1, 20)  # ours: how often one person is told the same in public where no limit for people is set
TOLD_IN_CHANNEL = Limit(3, 60)  # ours: how often a channel is told anything that is no answer, whoever asks
COMPLETIONS = Limit(20, 10)  # ours: lists of names while one person types; more keystrokes get an empty one
MOST_FOR_ONE = 5  # ours: requests of one person under way at once, as many as the default limit lets through
MOST_UNDER_WAY = 500  # ours: requests under way at once; an answer takes some ten milliseconds, so seconds of work


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and where; a direct message belongs to no channel and no server that others share."""

    person: int
    channel: int | None = None
    server: int | None = None


class Window:
    """At most ``limit.count`` events in any ``limit.seconds`` seconds of ``clock``, for each key on its own."""

    def __init__(self, limit: Limit, clock: Callable[[], float], most_keys: int = MOST_KEYS) -> None:
        self._limit = limit
        self._clock = clock
        self._events: TTLCache[Hashable, deque[float]] = TTLCache(most_keys, limit.seconds, clock)

    @property
    def remembered(self) -> int:
        """How many keys are remembered."""
        return len(self._events)

    def wait(self, key: Hashable) -> float:
        """The seconds until ``key`` has room for another event; 0 where it has room now."""
        events = self._events.get(key)
        if events is None or len(events) < self._limit.count:
            return 0.0
        return max(0.0, events[0] + self._limit.seconds - self._clock())

    def note(self, key: Hashable) -> None:
        """Count one event of ``key``, and forget the keys whose window has passed."""
        events = self._events.get(key) or deque(maxlen=self._limit.count)
        events.append(self._clock())
        self._events[key] = events


class Throttle:
    """The limits for a person, a channel and a server, each of which may be off (``None``).

    ``clock`` gives monotonic seconds.
    """

    def __init__(
        self, person: Limit | None, channel: Limit | None, server: Limit | None, clock: Callable[[], float]
    ) -> None:
        self._person = Window(person, clock) if person else None
        self._channel = Window(channel, clock) if channel else None
        self._server = Window(server, clock) if server else None
        self._told = Window(Limit(1, person.seconds) if person else TOLD, clock)
        self._told_in_channel = Window(TOLD_IN_CHANNEL, clock)
        self._completions = Window(COMPLETIONS, clock)

    def admit(self, asker: Asker) -> None:
        """Count one request, or refuse it uncounted, so that nobody's refused requests use up what others share.

        Raises ``ThrottledError``, ``ThrottledChannelError`` or ``ThrottledServerError`` with the whole seconds to wait.
        """
        windows = (
            (self._person, asker.person, ThrottledError),
            (self._channel, asker.channel, ThrottledChannelError),
            (self._server, asker.server, ThrottledServerError),
        )
        counting = [(window, key, error) for window, key, error in windows if window is not None and key is not None]
        for window, key, error in counting:
            if wait := window.wait(key):
                raise error(n=max(1, math.ceil(wait)))
        for window, key, _ in counting:
            window.note(key)

    def may_tell(self, what: str, asker: Asker) -> bool:
        """Whether ``what``, which is no answer, may be said to ``asker`` in public now.

        Once a window for a person, since what was said on a server was not said in direct messages; and seldom enough
        in a channel that many people cannot make a flood of it.
        """
        told = what, asker.person, asker.server
        place = asker.channel or ("direct", asker.person)
        if self._told.wait(told) or self._told_in_channel.wait(place):
            return False
        self._told.note(told)
        self._told_in_channel.note(place)
        return True

    def may_complete(self, person: int) -> bool:
        """Whether ``person`` may have another list of names while typing; counts it where so."""
        if self._completions.wait(person):
            return False
        self._completions.note(person)
        return True


class Underway:
    """The requests under way: at most so many ``for_one`` person, and ``most`` in all."""

    def __init__(self, for_one: int = MOST_FOR_ONE, most: int = MOST_UNDER_WAY) -> None:
        self._for_one = for_one
        self._most = most
        self._people: Counter[int] = Counter()

    @contextmanager
    def one(self, person: int) -> Iterator[None]:
        """Count a request of ``person`` as under way. Raises ``CrowdedError`` or ``BusyError`` where it is too much."""
        if self._people[person] >= self._for_one:
            raise CrowdedError(most=self._for_one)
        if self._people.total() >= self._most:
            raise BusyError
        self._people[person] += 1
        try:
            yield
        finally:
            self._people[person] -= 1
            if not self._people[person]:
                del self._people[person]
