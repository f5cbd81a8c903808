"""Things that go wrong on the way to Discord, on purpose and repeatably."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from tests.fakes.discord_server.errors import JsonObject


@dataclass(frozen=True, slots=True)
class Status:
    """The request is not processed; the answer is a bare status such as 500, 502 or 503."""

    status: int


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    """The request is not processed; the answer is 429 after Discord's fashion.

    ``scope`` is ``user`` for a bucket of the bot's own, ``shared`` for one it shares, ``global`` for the bot as a
    whole (then every request by its token is refused until it is over), and ``cloudflare`` for a ban of the address:
    that answer carries no JSON and no ``Via``. Without ``via`` the others carry none either, as Discord's edge sends
    them; discord.py waits none of these out.
    """

    retry_after: float
    scope: str = "user"
    via: bool = True


@dataclass(frozen=True, slots=True)
class Delay:
    """The request arrives so many seconds late and is then processed as usual."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CutBefore:
    """The connection is reset and the request is not processed."""


@dataclass(frozen=True, slots=True)
class CutAfter:
    """The request is processed, but the connection is reset before the answer."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The request does not reach Discord: a proxy on the way answers in its place. ``location`` makes it a redirect."""

    body: bytes
    content_type: str = "text/html"
    status: int = 200
    location: str | None = None


Fault = Instead | Status | TooManyRequests | Delay | CutBefore | CutAfter


@dataclass
class _Rule:
    pattern: str
    fault: Fault
    strikes: Callable[[int], bool]
    met: int = 0


@dataclass(repr=False)
class Faults:
    """Rules about which requests go wrong. The first rule that strikes wins.

    A pattern is a glob over method and path below ``/api/v10``, such as ``"POST /interactions/*/callback"``,
    ``"PATCH /webhooks/*"``, ``"GET /gateway*"`` (the WebSocket itself is ``"GET /gateway-socket"``) or ``"*"``.
    """

    given: list[tuple[str, Fault]] = field(default_factory=list)
    _rules: list[_Rule] = field(default_factory=list)

    def next(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Let the next requests of a pattern go wrong."""
        self._rules.append(_Rule(pattern, fault, lambda met: met <= times))

    def every(self, pattern: str, fault: Fault, nth: int) -> None:
        """Let every n-th request of a pattern go wrong."""
        self._rules.append(_Rule(pattern, fault, lambda met: met % nth == 0))

    def sometimes(self, pattern: str, fault: Fault, share: float, seed: int) -> None:
        """Let a share (0 to 1) of a pattern's requests go wrong, the same ones for the same seed."""
        dice = random.Random(seed)
        self._rules.append(_Rule(pattern, fault, lambda _: dice.random() < share))

    def always(self, pattern: str, fault: Fault) -> None:
        """Let every request of a pattern go wrong, until ``clear``."""
        self._rules.append(_Rule(pattern, fault, lambda _: True))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        self._rules.clear()

    def draw(self, request: str) -> Fault | None:
        """What happens to a request, given as method and path."""
        struck: Fault | None = None
        for rule in self._rules:
            if fnmatchcase(request, rule.pattern):
                rule.met += 1
                if struck is None and rule.strikes(rule.met):
                    struck = rule.fault
        if struck is not None:
            self.given.append((request, struck))
        return struck


def too_many_requests(fault: TooManyRequests) -> tuple[JsonObject, dict[str, str]]:
    """Body and headers of a 429. Source: Rate Limits, Exceeding a Rate Limit."""
    everywhere = fault.scope == "global"
    body = {"message": "You are being rate limited.", "retry_after": fault.retry_after, "global": everywhere}
    headers = {
        "Retry-After": str(max(1, round(fault.retry_after))),
        "X-RateLimit-Scope": fault.scope,
        "X-RateLimit-Reset-After": str(fault.retry_after),
    }
    return body, headers | ({"X-RateLimit-Global": "true"} if everywhere else {})
