"""Discord's rate limits, as far as the fake has them: the global one, and one bucket for the messages of a channel."""

import time
from collections import deque
from dataclasses import dataclass, field

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.faults import TooManyRequests
from tests.fakes.discord_server.waiting import AdjustableClock

EXEMPT = ("/interactions/", "/webhooks/")  # Receiving and Responding, Endpoints: not bound to the global rate limit


def is_exempt(path: str) -> bool:
    """Whether the global limit does not count a request, by its path below the API's base."""
    return path.startswith(EXEMPT)


@dataclass(frozen=True, slots=True)
class Bucket:
    """At most ``limit`` requests in ``seconds`` seconds."""

    limit: int
    seconds: float


@dataclass
class Window:
    """The requests of one bucket that still count."""

    bucket: Bucket
    _times: deque[float] = field(default_factory=deque)

    def take(self, now: float) -> bool:
        """Count a request, unless the bucket is empty."""
        while self._times and now - self._times[0] >= self.bucket.seconds:
            self._times.popleft()
        if len(self._times) >= self.bucket.limit:
            return False
        self._times.append(now)
        return True

    def reset_after(self, now: float) -> float:
        """Seconds until the oldest request does not count any more."""
        return max(0.0, self._times[0] + self.bucket.seconds - now) if self._times else 0.0

    def headers(self, now: float, name: str) -> dict[str, str]:
        """What Discord tells with every answer. Source: Rate Limits, Header Format."""
        after = self.reset_after(now)
        return {
            "X-RateLimit-Limit": str(self.bucket.limit),
            "X-RateLimit-Remaining": str(self.bucket.limit - len(self._times)),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": name,
        }


@dataclass(repr=False)
class Rates:
    """The limits in force; set one to ``None`` to lift it.

    ``messages`` is off by default because Discord does not document the numbers; ``Bucket(5, 5.0)`` is what bots see.
    """

    clock: AdjustableClock
    everything: Bucket | None = field(default_factory=lambda: Bucket(limits.REQUESTS_A_SECOND, 1.0))
    messages: Bucket | None = None
    _windows: dict[str, Window] = field(default_factory=dict)
    _closed_until: float = 0.0

    def close(self, seconds: float) -> None:
        """Refuse everything that counts towards the global limit for so many seconds."""
        self._closed_until = max(self._closed_until, self.clock() + seconds)

    def check(self, method: str, path: str) -> tuple[TooManyRequests | None, dict[str, str]]:
        """Whether a request comes too soon, and the headers about its bucket."""
        now = self.clock()
        if now < self._closed_until and not is_exempt(path):
            return TooManyRequests(round(self._closed_until - now, 3), "global"), {}
        if self.everything is not None and not is_exempt(path):
            window = self._window("global", self.everything)
            if not window.take(now):
                return TooManyRequests(round(window.reset_after(now), 3), "global"), {}
        parts = path.strip("/").split("/")
        if self.messages is None or method != "POST" or parts[0] != "channels" or parts[2:] != ["messages"]:
            return None, {}
        window = self._window(f"messages:{parts[1]}", self.messages)
        taken = window.take(now)
        headers = window.headers(now, "messages")
        return (None if taken else TooManyRequests(round(window.reset_after(now), 3))), headers

    def _window(self, name: str, bucket: Bucket) -> Window:
        window = self._windows.get(name)
        if window is None or window.bucket != bucket:
            window = self._windows[name] = Window(bucket)
        return window
