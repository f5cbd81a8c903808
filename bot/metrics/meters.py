"""The metrics: names, units and labels, and which event counts towards which.

Each label is one of a fixed set of words of the program's own; what else an event tells, such as passages or what an
error says, goes no further than here.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.metrics.standing import Standing
from bot.saying.templates.error_keys import ERRORS
from retrieval.outcome import Outcome

# Ours, in seconds: an answer takes tens of milliseconds, Discord gives three seconds, a command's token 15 minutes.
ANSWER_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900)
REFRESH_BUCKETS = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800)
LAG_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)

ANSWERS = frozenset(Outcome)
DONE = "done"  # of all else that came to something, such as a summary, a vote or a refresh
UNTOLD = "untold"  # of a message that is passed over in silence, since its writer has been told already
SCOPES = frozenset({"user", "global", "shared"})  # Discord, Rate Limits, Header Format: X-RateLimit-Scope
UNSCOPED = "none"  # what stands before Discord names no scope
PLACES = frozenset({"server", "direct"})


def outcomes() -> frozenset[str]:
    """Every outcome that is counted by its name: of a question, and what can go wrong."""
    return frozenset({*Outcome, *(key.removeprefix("errors.") for key in ERRORS), UNTOLD, DONE})


class Meters:
    """All metrics of one process. ``standing`` says at each scrape how things are, ``now`` what time it is."""

    def __init__(self, standing: Callable[[], Standing], now: Callable[[], dt.datetime]) -> None:
        self.registry = CollectorRegistry()
        self._outcomes = outcomes()
        self.registry.register(_Gauges(standing, now))
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "rapporteur_answers", "Requests that are over.", ("outcome", "place"), registry=self.registry
        )
        self._seconds = Histogram(
            "rapporteur_answer_seconds",
            "From a question to its answer on Discord.",
            buckets=ANSWER_BUCKETS,
            registry=self.registry,
        )
        self._undelivered = Counter(
            "rapporteur_undelivered_answers", "Answers that Discord did not take.", registry=self.registry
        )
        self._limited = Counter(
            "rapporteur_rate_limited", "Answers of Discord's with status 429.", ("scope",), registry=self.registry
        )
        self._refreshes = Histogram(
            "rapporteur_refresh_seconds",
            "Reading the reports again.",
            ("result",),
            buckets=REFRESH_BUCKETS,
            registry=self.registry,
        )
        self._lag = Histogram(
            "rapporteur_event_loop_lag_seconds",
            "How late the event loop comes back to what waits.",
            buckets=LAG_BUCKETS,
            registry=self.registry,
        )

    def see(self, name: str, facts: Mapping[str, object]) -> None:
        """Count an event, as an observer of ``bot.logs.observing``."""
        match name:
            case "request":
                self._see_request(facts)
            case "limited":
                scope = facts.get("scope")
                self._limited.labels(scope if scope in SCOPES else UNSCOPED).inc()
            case "refresh":
                self._see_refresh(facts)

    def note_lag(self, seconds: float) -> None:
        """Note how late the event loop was."""
        self._lag.observe(seconds)

    def _see_request(self, facts: Mapping[str, object]) -> None:
        outcome, place, milliseconds = facts.get("outcome"), facts.get("place"), facts.get("ms")
        self._answers.labels(outcome if outcome in self._outcomes else DONE, place).inc()
        if "undelivered" in facts:
            self._undelivered.inc()
        elif outcome in ANSWERS and isinstance(milliseconds, int):
            self._seconds.observe(milliseconds / 1000)

    def _see_refresh(self, facts: Mapping[str, object]) -> None:
        result = ("changed" if facts["changed"] else "unchanged") if "changed" in facts else "failed"
        if isinstance(seconds := facts.get("seconds"), float):
            self._refreshes.labels(result).observe(seconds)


class _Gauges(Collector):
    """How things stand, asked for when somebody looks."""

    def __init__(self, standing: Callable[[], Standing], now: Callable[[], dt.datetime]) -> None:
        self._standing, self._now = standing, now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each gauge; that of the edition's age without a value as long as no edition is live."""
        standing = self._standing()
        yield GaugeMetricFamily("rapporteur_guilds", "Servers that this process is in.", standing.guilds)
        yield GaugeMetricFamily("rapporteur_shards", "Connections that this process is to have.", standing.shards)
        yield GaugeMetricFamily("rapporteur_shards_up", "Connections that stand.", standing.up)
        age = GaugeMetricFamily("rapporteur_edition_age_seconds", "Since the live edition went live.")
        if standing.since is not None:
            age.add_metric([], (self._now() - standing.since).total_seconds())
        yield age
