"""The metrics without a bot: how late a loop is, what counts towards what, where the bot may be told to listen."""

import asyncio
import contextlib
import datetime as dt
import io
import logging
from collections.abc import Iterator

import pytest
from prometheus_client import CollectorRegistry

from bot import logs
from bot.errors.settings import BadSettingError
from bot.logs.observing import note, observing, timed
from bot.metrics import lag
from bot.metrics.meters import DONE, Meters, outcomes
from bot.metrics.standing import Standing
from bot.settings import Settings
from bot.settings.values import Address
from retrieval.outcome import Outcome
from tests.clock import Clock
from tests.logged import logging_kept

NOON = dt.datetime(2025, 3, 15, 12, 0, tzinfo=dt.UTC)
MANY = 50


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    with logging_kept():
        yield


def meters(since: dt.datetime | None = None) -> Meters:
    return Meters(lambda: Standing(guilds=3, shards=2, up=1, since=since), now=lambda: NOON)


def value(registry: CollectorRegistry, name: str, **labels: str) -> float | None:
    return registry.get_sample_value(name, labels)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("127.0.0.1:9464", Address("127.0.0.1", 9464)),
        (" 0.0.0.0:1 ", Address("0.0.0.0", 1)),
        ("[::1]:65535", Address("::1", 65535)),
        ("localhost:0", Address("localhost", 0)),
    ],
)
def test_an_address_is_read_and_told_as_it_was_given(given: str, address: Address) -> None:
    assert Settings.load({"RAPPORTEUR_METRICS": given}, None).metrics == address
    assert str(address) == given.strip()


@pytest.mark.parametrize("given", ["::1:9464", "[127.0.0.1]:9464", "1.2.3:80", "http://127.0.0.1:9464", "127.0.0.1:"])
def test_what_is_no_address_of_this_computer_with_a_port_is_refused(given: str) -> None:
    with pytest.raises(BadSettingError):
        Settings.load({"RAPPORTEUR_METRICS": given}, None)


async def test_the_lag_is_how_much_later_than_asked_for_the_loop_comes_back() -> None:
    clock, late, noted = Clock(), iter([0.0, 1.5, 0.25]), list[float]()

    async def sleep(seconds: float) -> None:
        try:
            clock.now += seconds + next(late)
        except StopIteration:
            raise asyncio.CancelledError from None

    with contextlib.suppress(asyncio.CancelledError):
        await lag.watch(noted.append, clock, sleep)
    assert noted == pytest.approx([0.0, 1.5, 0.25])


def test_the_edition_has_an_age_once_there_is_one() -> None:
    assert value(meters().registry, "rapporteur_edition_age_seconds") is None
    hour = meters(NOON - dt.timedelta(hours=1))
    assert value(hour.registry, "rapporteur_edition_age_seconds") == 3600
    assert [value(hour.registry, f"rapporteur_{name}") for name in ("guilds", "shards", "shards_up")] == [3, 2, 1]


def test_whatever_an_event_tells_there_are_no_more_series_than_outcomes() -> None:
    one = meters()
    for number in range(MANY):
        one.see("request", {"outcome": f"asked by {number}", "place": "server", "ms": 1, "passages": [number]})
        one.see("limited", {"scope": f"scope-{number}"})
        one.see(f"event-{number}", {"problem": number})
    assert value(one.registry, "rapporteur_answers_total", outcome=DONE, place="server") == MANY
    assert value(one.registry, "rapporteur_rate_limited_total", scope="none") == MANY
    assert value(one.registry, "rapporteur_answer_seconds_count") == 0
    assert outcomes() >= {*Outcome, "throttled", "forbidden", "unforeseen", "untold"}


def test_an_answer_that_does_not_get_there_has_no_time() -> None:
    one = meters()
    one.see("request", {"outcome": "answered", "place": "direct", "ms": 900_000, "undelivered": "403 50007 cannot"})
    one.see("request", {"outcome": "answered", "place": "direct", "ms": 250})
    names = ("answer_seconds_count", "answer_seconds_sum", "undelivered_answers_total")
    assert [value(one.registry, f"rapporteur_{name}") for name in names] == [1, 0.25, 1]
    assert value(one.registry, "rapporteur_answers_total", outcome="answered", place="direct") == 2


def test_observers_see_every_event_whatever_is_logged_of_it() -> None:
    """Below the level, and each repeat that the log folds; until they are done."""
    logs.set_up("error", "text", io.StringIO())
    seen = list[tuple[str, object]]()
    with observing(lambda name, facts: seen.append((name, facts.get("problem")))):
        logs.event("request", problem="a")
        for _ in range(2):
            logs.event("upkeep", logging.WARNING, problem="b")
        note("limited")
    logs.event("request", problem="c")
    assert seen == [("request", "a"), ("upkeep", "b"), ("upkeep", "b"), ("limited", None)]


def test_what_fails_is_timed_too() -> None:
    seen = list[tuple[str, set[str]]]()
    with observing(lambda name, facts: seen.append((name, set(facts)))):
        with timed("refresh") as facts:
            facts["changed"] = True
        with pytest.raises(ZeroDivisionError), timed("refresh"):
            raise ZeroDivisionError
    assert seen == [("refresh", {"changed", "seconds"}), ("refresh", {"seconds"})]
