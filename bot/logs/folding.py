"""Which of many log lines say something new: a repeat is counted, and told of once in a while. Knows no logging."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cachetools import LRUCache

REPEAT_SECONDS = 600.0  # ours: how often a line that repeats is written
MOST_LINES = 100  # ours: lines that are remembered; past it the one that was quiet longest is forgotten


@dataclass(slots=True)
class _Said:
    fields: Mapping[str, object]
    at: float
    held: int = 0


class Folding:
    """What has been said lately. ``clock`` gives seconds.

    Two lines that come in turn are folded each on its own, so that a fault which flickers is no flood either.
    """

    def __init__(self, clock: Callable[[], float], seconds: float = REPEAT_SECONDS, most: int = MOST_LINES) -> None:
        self._clock = clock
        self._seconds = seconds
        self._said: LRUCache[tuple[object, str], _Said] = LRUCache(most)

    def count(self, fields: Mapping[str, object], same: str) -> int | None:
        """How often a line has come since it was last said, this time included; ``None`` where it is not to be said.

        A line is known again by its event, a field, and by ``same``.
        """
        now, key = self._clock(), (fields.get("event"), same)
        said = self._said.get(key)
        if said is not None:
            said.held += 1
            if now < said.at + self._seconds:
                return None
        self._said[key] = _Said(fields, now)
        return said.held if said is not None else 1

    def forget(self, fields: Mapping[str, object]) -> int:
        """Forget the lines that have these fields; how many of them were not said."""
        over = [key for key, said in self._said.items() if fields.items() <= said.fields.items()]
        return sum(self._said.pop(key).held for key in over)
