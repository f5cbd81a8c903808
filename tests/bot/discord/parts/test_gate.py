"""The gate of IDENTIFYs: each in its slot or not at all, nothing held meanwhile, a database out of reach waited for."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import make_url

from bot.discord.gate import ALLOWANCE, HEAD_START, LONGEST_PAUSE, SPACING, Gate
from corpus.database.database import Database
from corpus.database.slots import Slots
from corpus.store.store import Store
from tests.clock import Clock
from tests.databases import NEEDS_SERVER, Place, empty
from tests.logged import logged
from tests.said import TEMPLATES

Result = TypeVar("Result")
EACH = SPACING + ALLOWANCE


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(tmp_path: Path, clock: Clock) -> Iterator[Gate]:
    """A gate over slots of this process alone, by a clock that only moves while somebody sleeps."""
    Store.at(tmp_path).close()
    database = Database(f"sqlite:///{tmp_path / 'rapporteur.db'}")
    yield Gate(Slots(database, clock), TEMPLATES, clock=clock, sleep=clock.sleep)
    database.close()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with logged() as stream:
        yield stream


async def test_shards_of_one_bucket_enter_one_after_the_other_and_those_of_another_meanwhile(
    gate: Gate, clock: Clock
) -> None:
    gate.concurrency = 2
    entered = []
    for shard in (0, 2, 1, 4, 3):
        await gate.enter(shard)
        entered.append((shard, clock.now))
    assert entered == [(0, 0.0), (2, EACH), (1, EACH), (4, 2 * EACH), (3, 2 * EACH)]


async def test_a_shard_connects_shortly_before_its_slot(gate: Gate, clock: Clock) -> None:
    times = []
    for shard in (0, 1):
        await gate.approach(shard)
        times.append(clock.now)
        clock.now += 0.3  # that is how long it takes to connect
        await gate.enter(shard)
        times.append(clock.now)
    assert times == pytest.approx([0.0, HEAD_START, EACH, EACH + HEAD_START])


async def test_a_shard_that_cannot_connect_keeps_nobody_out(gate: Gate, clock: Clock) -> None:
    await gate.approach(0)
    await gate.enter(1)
    assert clock.now == HEAD_START + EACH


async def test_a_shard_that_connects_too_late_gets_another_slot(gate: Gate, clock: Clock) -> None:
    await gate.approach(0)
    clock.now += HEAD_START + ALLOWANCE + 0.1
    await gate.enter(0)
    assert clock.now == HEAD_START + EACH
    await gate.enter(1)
    assert clock.now == HEAD_START + 2 * EACH


async def test_a_shard_that_tries_again_before_its_slot_is_over_has_it_still(gate: Gate, clock: Clock) -> None:
    await gate.approach(0)
    await gate.approach(0)
    await gate.enter(0)
    assert clock.now == HEAD_START


async def test_whoever_gives_up_waiting_holds_nothing(gate: Gate, clock: Clock) -> None:
    await gate.enter(0)
    is_waiting = asyncio.Event()

    async def sleep(_: float) -> None:
        is_waiting.set()
        await asyncio.Event().wait()

    gate.sleep = sleep
    waiting = asyncio.create_task(gate.enter(1))
    await is_waiting.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    gate.sleep = clock.sleep
    await gate.enter(2)
    assert clock.now == 2 * EACH


class Ticking(Clock):
    """Which goes on by three seconds each time that somebody looks at it."""

    def __call__(self) -> float:
        self.now += 3.0
        return self.now


@NEEDS_SERVER
async def test_a_server_that_answers_slowly_gives_slots_that_allow_for_it(tmp_path: Path) -> None:
    """The first is left to pass; the second lasts 12 s longer."""
    with empty("postgresql", tmp_path) as place, place.open() as store:
        clock = Ticking()
        gate = Gate(Slots(store._database, clock), TEMPLATES, clock=clock, sleep=clock.sleep)
        await gate.approach(0)
        taken = place.execute("SELECT free - extract(epoch FROM clock_timestamp()) FROM slots")
        assert round(float(taken[0][0]) / 6) == 4  # 1.5 to connect, 5.5 for the first slot, 17 for the second


@NEEDS_SERVER
async def test_a_database_out_of_reach_is_waited_for_and_told_of_once(tmp_path: Path, log: io.StringIO) -> None:
    """The database is made only after the seventh time that it was asked."""
    with empty("postgresql", tmp_path) as place:
        url = make_url(place.url)
        later = Place(url.set(database=f"{url.database}_later").render_as_string(hide_password=False))
        clock, asked = Clock(), 7

        async def sleep(seconds: float) -> None:
            await clock.sleep(seconds)
            if len(clock.waits) == asked:
                await asyncio.to_thread(place.execute, f"CREATE DATABASE {url.database}_later")

        try:
            with later.open(patient=True) as store:
                gate = Gate(Slots(store._database, clock), TEMPLATES, clock=clock, sleep=sleep)
                await gate.enter(0)
                await gate.enter(1)
        finally:
            place.execute(f"DROP DATABASE IF EXISTS {url.database}_later WITH (FORCE)")
    assert clock.waits[:asked] == [0.5, 1.0, 2.0, 4.0, 8.0, LONGEST_PAUSE, LONGEST_PAUSE]
    assert len(clock.waits) == asked + 1
    told, recovered = log.getvalue().splitlines()
    assert told.partition(" ")[2] == (
        'warning event=gate problem="The database cannot be asked when a shard may log in to Discord, so it waits. The '
        f"database cannot be used ({url.database}_later on 127.0.0.1): the server has no database of that name; make "
        'it first." again_in_seconds=0.5'
    )
    assert recovered.partition(" ")[2] == f"info event=recovered of=gate repeated={asked - 1}"
