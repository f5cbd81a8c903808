"""Slots that several processes take: one after the other whatever becomes of whoever had one, and on each kind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.database.database import Database
from corpus.database.slots import FURTHEST, Slot, Slots
from corpus.errors import StoreError
from corpus.store.store import Store
from tests.clock import Clock
from tests.corpus.store.test_postgres import cut
from tests.databases import NEEDS_SERVER, Place, empty
from tests.said import refusal

LONG = 600.0  # seconds that a slot lasts: far more than a test takes, and six of them less than FURTHEST
TAKES_AND_STAYS = """\
import sys, time
from corpus.store.store import Store

Store(sys.argv[1]).slots.take(0, float(sys.argv[2]))
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Place]:
    with empty("postgresql", tmp_path) as found:
        yield found


def before(slot: Slot) -> int:
    """How many slots come before one that was just taken, whatever time has passed meanwhile."""
    return round((slot.begin - time.monotonic()) / LONG)


@NEEDS_SERVER
def test_slots_of_a_number_follow_one_another_over_all_processes(server: Place) -> None:
    with server.open() as one, server.open() as other:
        assert before(one.slots.take(0, LONG)) == 0
        assert before(other.slots.take(0, LONG)) == 1
        assert before(one.slots.take(0, LONG)) == 2
        assert before(other.slots.take(1, LONG)) == 0


@NEEDS_SERVER
def test_a_slot_can_be_taken_for_later_which_adds_nothing_where_others_are_before_it(server: Place) -> None:
    with server.open() as store:
        assert before(store.slots.take(0, LONG, ahead=2 * LONG)) == 2
        assert before(store.slots.take(0, LONG, ahead=2 * LONG)) == 3
        assert before(store.slots.take(1, LONG)) == 0


@NEEDS_SERVER
def test_a_slot_begins_between_asking_the_server_and_its_answer(server: Place) -> None:
    with server.open() as store:
        asked = time.monotonic()
        slot = store.slots.take(0, LONG)
        assert asked < slot.begin - slot.unsure < slot.begin < time.monotonic()


@NEEDS_SERVER
def test_a_server_that_is_started_anew_keeps_the_slots(server: Place) -> None:
    with server.open() as one, server.open() as other:
        one.slots.take(0, LONG)
        assert cut(server)
        assert before(other.slots.take(0, LONG)) == 1
        assert cut(server)
        assert before(one.slots.take(0, LONG)) == 2


@NEEDS_SERVER
def test_a_slot_outlives_the_process_that_was_killed_in_it(server: Place) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TAKES_AND_STAYS, server.url, str(LONG)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONPATH": "."},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"taken\n"
        process.send_signal(signal.SIGKILL)
    with server.open() as store:
        assert before(store.slots.take(0, LONG)) == 1


@NEEDS_SERVER
def test_many_at_once_on_a_database_that_has_no_table_of_slots_get_one_each(server: Place) -> None:
    server.open().close()
    count, taken = 6, list[int]()
    barrier = threading.Barrier(count)

    def take() -> None:
        with server.open() as store:
            barrier.wait(60)
            taken.append(before(store.slots.take(0, LONG)))

    threads = [threading.Thread(target=take) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(count))


@NEEDS_SERVER
def test_whoever_publishes_is_not_waited_for(server: Place) -> None:
    with server.open() as store, server.open() as other, store._database.writing():
        assert before(other.slots.take(0, LONG)) == 0


@NEEDS_SERVER
def test_a_clock_that_was_set_back_keeps_nobody_waiting_for_the_time_between(server: Place) -> None:
    with server.open() as store:
        store.slots.take(0, LONG)
        server.execute(f"UPDATE slots SET free = free + {2 * FURTHEST}")
        assert before(store.slots.take(0, LONG)) == 0


@NEEDS_SERVER
def test_a_table_that_was_removed_is_made_anew(server: Place) -> None:
    with server.open() as store:
        store.slots.take(0, LONG)
        server.execute("DROP TABLE slots")
        with pytest.raises(StoreError):
            store.slots.take(0, LONG)
        assert before(store.slots.take(0, LONG)) == 0


@NEEDS_SERVER
def test_whoever_does_not_get_the_lock_is_told(server: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.database.postgres._PATIENCE", 1)
    with server.open() as store, server.open() as other:
        store.slots.take(0, LONG)
        with store._database.alone(0), refusal(StoreError, "another process keeps it locked"):
            other.slots.take(0, LONG)
        assert before(other.slots.take(1, LONG)) == 0


def test_in_a_file_a_process_has_slots_of_its_own(tmp_path: Path) -> None:
    """Also where nothing can be written: whoever has only the file to read is answered from it."""
    Store.at(tmp_path).close()
    database, clock = Database(f"sqlite:///{tmp_path / 'rapporteur.db'}", readonly=True), Clock()
    one, other = Slots(database, clock), Slots(database, clock)
    assert [one.take(0, 5.0, ahead=1.5), one.take(0, 5.0, ahead=1.5), one.take(1, 5.0)] == [(1.5, 0), (6.5, 0), (0, 0)]
    clock.now = 8.0
    assert [one.take(0, 5.0), one.take(1, 5.0), other.take(0, 5.0)] == [(11.5, 0), (8, 0), (8, 0)]
    database.close()
