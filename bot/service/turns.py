"""What was asked last, by whom and where, so that "and the vehicle?" can be read: in memory, for a quarter of an hour.

Nothing of it is ever written down or logged, and a restart forgets it. Knows neither Discord nor terminals.
"""

import threading
from collections.abc import Callable, Hashable
from time import monotonic
from typing import TYPE_CHECKING

from cachetools import TTLCache

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy
    from retrieval.following.turn import Turn

SECONDS = 15 * 60.0  # as docs/privacy.md promises
MOST = 5_000  # turns; the one that was kept longest makes room


class Turns:
    """The last turn of each place and person. Safe to use from several threads; ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = monotonic, most: int = MOST) -> None:
        self._kept: TTLCache[Hashable, Turn] = TTLCache(most, SECONDS, clock)
        self._lock = threading.Lock()

    def keep(self, key: Hashable, turn: "Turn") -> None:
        """Remember ``turn`` as the last of ``key`` from now on."""
        with self._lock:
            self._kept[key] = turn

    def forget(self, is_theirs: Callable[[Hashable], bool]) -> int:
        """Forget the turns of keys of which ``is_theirs`` holds; how many there were."""
        with self._lock:
            theirs = [key for key in self._kept if is_theirs(key)]
            for key in theirs:
                del self._kept[key]
            return len(theirs)

    def before(self, key: Hashable) -> "Turn | None":
        """The last turn of ``key``; ``None`` where there was none, or where it is forgotten."""
        with self._lock:
            found: Turn | None = self._kept.get(key)
            return found
