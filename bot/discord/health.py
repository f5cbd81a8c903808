"""Whether answers get out: not that Discord can be heard, but that it takes what the bot says."""

import contextlib
from collections.abc import Callable, Iterator

LONGEST_SILENCE = 60.0  # ours, in seconds: longer than a limit or a passing fault makes answers wait where all is well


class Health:
    """Since when answers have been on their way without any getting through. ``clock`` gives seconds.

    Where nobody asks anything is on its way, so that a quiet bot is a healthy one.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._owed = 0
        self._silent_since: float | None = None

    @property
    def is_good(self) -> bool:
        """Whether answers get out as far as anybody knows."""
        return self._silent_since is None or self._clock() - self._silent_since <= LONGEST_SILENCE

    @property
    def is_in_doubt(self) -> bool:
        """Whether the last thing known is a failure, and nothing is on its way that would tell more."""
        return self._silent_since is not None and self._owed == 0

    @contextlib.contextmanager
    def owing(self) -> Iterator[None]:
        """While something is on its way."""
        self._owed += 1
        if self._silent_since is None:
            self._silent_since = self._clock()
        try:
            yield
        finally:
            self._owed -= 1

    def got_through(self) -> None:
        """Note that Discord has taken something, or has said why it does not take this one thing."""
        self._silent_since = self._clock() if self._owed > 1 else None
