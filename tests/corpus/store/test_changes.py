"""Several processes on one database: who comes too late is told, and everybody hears what is live."""

import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from corpus.edition import Edition
from corpus.errors import DamagedError, OvertakenError
from corpus.store.store import Store
from corpus.store.values import LiveHeads, State, StoredEdition
from tests.builders import edition
from tests.databases import Place
from tests.said import facts, words

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
THREE = edition(["Something else."])
LONG = 60.0  # seconds: what is waited for comes long before


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as opened:
        yield opened


def test_the_live_edition_without_its_text(store: Store) -> None:
    assert store.live_heads() is None
    store.publish(ONE, actor="a", at=NOON)
    store.publish(TWO, actor="b", at=LATER)
    reports = tuple((report.id, report.digest) for report in TWO.reports)
    assert store.live_heads() == LiveHeads(TWO.digest, LATER, "b", reports)


def test_the_live_edition_if_it_is_small(store: Store) -> None:
    assert store.live_within(100) is None
    store.publish(ONE, actor="a", at=NOON)
    passages = sum(len(one.passages) for one in ONE.reports)
    assert store.live_within(passages) == StoredEdition(ONE, NOON, "a") == store.live()
    assert store.live_within(passages - 1) is None
    assert store.live_within(0) is None


def test_reports_by_their_digests_in_the_order_asked(store: Store) -> None:
    many = Edition(tuple(edition(*([f"Number {n}."] for n in range(700))).reports))
    store.publish(many, actor="a", at=NOON)
    wanted = many.reports[::-1]
    assert store.reports([report.digest for report in wanted]) == wanted
    assert store.reports([]) == ()
    with pytest.raises(DamagedError) as refused:
        store.reports([many.reports[0].digest, "0" * 64])
    assert words(refused.value.fields["where"]) == "report with the digest 000000000000"


def test_who_began_before_another_had_finished_does_not_replace_it(store: Store) -> None:
    store.publish(ONE, actor="a", at=NOON)
    store.publish(TWO, actor="b", at=NOON, replaces=ONE.digest)
    for before in (ONE.digest, None):
        with pytest.raises(OvertakenError) as refused:
            store.publish(THREE, actor="c", at=LATER, replaces=before)
        assert facts(refused.value) == {"edition": TWO.label}
    assert store.live() == StoredEdition(TWO, NOON, "b")
    assert [entry.actor for entry in store.history()] == ["b", "a"]
    with pytest.raises(Exception, match=THREE.label):
        store.edition(THREE.label)


@pytest.mark.parametrize("before", [ONE.digest, None])
def test_who_finds_the_very_same_edition_live_has_changed_nothing(store: Store, before: str | None) -> None:
    store.publish(TWO, actor="a", at=NOON)
    store.publish(TWO, actor="b", at=LATER, replaces=before)
    assert store.live() == StoredEdition(TWO, NOON, "a")
    assert [(entry.actor, entry.action) for entry in store.history()] == [("b", "unchanged"), ("a", "refresh")]


def test_where_nothing_is_live_any_more_nobody_was_overtaken(store: Store) -> None:
    store.publish(TWO, actor="a", at=NOON, replaces=ONE.digest)
    assert store.live_digest() == TWO.digest


def test_of_many_first_starts_one_makes_the_tables_and_all_come_up(place: Place) -> None:
    """Each with a store of its own, on a database without any table; all from the same files."""
    started = threading.Barrier(8)
    seen: list[str | None] = []
    faults: list[BaseException] = []

    def start() -> None:
        started.wait()
        try:
            with place.open() as store:
                if store.live_digest() is None:
                    store.publish(ONE, actor="first start", at=NOON, replaces=None)
                seen.append(store.live_digest())
        except BaseException as error:  # noqa: BLE001  # a thread's faults are the test's
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert seen == [ONE.digest] * 8
    with place.open() as store:
        assert [entry.action for entry in store.history()].count("refresh") == 1
    assert place.count("schema") == 1


def test_another_live_edition_is_told_at_once(store: Store) -> None:
    store.publish(ONE, actor="a", at=NOON)
    assert store.await_change(None, LONG) == State(ONE.digest)
    assert store.await_change(State(TWO.digest), LONG) == State(ONE.digest)


def test_without_a_change_the_wait_ends_with_its_time(store: Store) -> None:
    assert store.await_change(State(), 0) == State()
    store.publish(ONE, actor="a", at=NOON)
    assert store.await_change(State(ONE.digest), 0.05) == State(ONE.digest)


def wait_aside(store: Store, known: State) -> tuple[threading.Thread, list[State | None]]:
    """A thread that waits for a change, and what it will have seen."""
    seen: list[State | None] = []
    thread = threading.Thread(target=lambda: seen.append(store.await_change(known, LONG)))
    thread.start()
    return thread, seen


def test_what_another_process_publishes_ends_the_wait(place: Place, store: Store) -> None:
    store.publish(ONE, actor="a", at=NOON)
    thread, seen = wait_aside(store, State(ONE.digest))
    with place.open() as other:
        other.publish(TWO, actor="b", at=NOON)
    thread.join(LONG / 2)
    assert seen == [State(TWO.digest)]


def test_closing_the_store_ends_the_wait(store: Store) -> None:
    thread, seen = wait_aside(store, State())
    store.close()
    thread.join(LONG / 2)
    assert seen == [State()]
