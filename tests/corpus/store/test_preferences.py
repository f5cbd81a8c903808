"""What belongs to no edition: who sees answers in which channel, and equivalents; on each kind of database."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.community.values import EQUIVALENT_ADDED, EQUIVALENT_REMOVED, REST, Audience, Equivalent, KeptEquivalent
from corpus.errors import StoreError
from corpus.store.store import Store
from corpus.store.values import State, StoredEdition
from tests.builders import edition
from tests.databases import Place

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."])
LONG = 60.0  # seconds: what is waited for comes long before
LARGEST = 2**63 - 1  # as large as Discord's ids ever are
PUMP = Equivalent("handle", "pump", "en")


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as opened:
        yield opened


def test_what_a_server_has_set_is_kept_by_channel(place: Place, store: Store) -> None:
    kept = store.preferences
    assert kept.audiences() == {}
    kept.set_audience(LARGEST, REST, Audience.PRIVATE)
    kept.set_audience(LARGEST, LARGEST - 1, Audience.PUBLIC)
    kept.set_audience(2, 3, Audience.PUBLIC)
    kept.set_audience(2, 3, Audience.PRIVATE)
    expected = {LARGEST: {REST: Audience.PRIVATE, LARGEST - 1: Audience.PUBLIC}, 2: {3: Audience.PRIVATE}}
    with place.open(readonly=True) as other:
        assert other.preferences.audiences() == expected
    kept.set_audience(2, 3, None)
    kept.set_audience(2, 9, None)
    assert kept.audiences() == {LARGEST: expected[LARGEST]}


def test_what_a_server_has_set_goes_with_it(place: Place, store: Store) -> None:
    store.preferences.set_audience(1, REST, Audience.PRIVATE)
    store.preferences.set_audience(1, 5, Audience.PUBLIC)
    store.preferences.set_audience(2, REST, Audience.PRIVATE)
    assert store.preferences.forget(1)
    assert not store.preferences.forget(1)
    assert store.preferences.audiences() == {2: {REST: Audience.PRIVATE}}
    assert place.count("audiences") == 1


def test_what_a_later_version_may_have_kept_is_shown_to_nobody_else(place: Place, store: Store) -> None:
    store.preferences.set_audience(1, REST, Audience.PUBLIC)
    place.execute("UPDATE audiences SET audience = 'guests'")
    assert store.preferences.audiences() == {1: {REST: Audience.PRIVATE}}


def test_an_equivalent_is_kept_once_and_noted(store: Store) -> None:
    kept = store.equivalents
    assert kept.add(PUMP, actor="ann", at=NOON)
    assert not kept.add(PUMP, actor="bob", at=NOON)
    assert kept.add(Equivalent("handle", "pump", "fr"), actor="bob", at=NOON)
    first, second = kept.all()
    assert first == KeptEquivalent(PUMP, NOON, "ann")
    assert (second.equivalent.language, second.actor) == ("fr", "bob")
    assert kept.remove(PUMP, actor="cid", at=NOON)
    assert not kept.remove(PUMP, actor="cid", at=NOON)
    assert [one.equivalent.language for one in kept.all()] == ["fr"]
    history = [
        (entry.actor, entry.action, Equivalent.of_detail(entry.detail), entry.edition) for entry in store.history()
    ]
    assert history[0] == ("cid", EQUIVALENT_REMOVED, PUMP, None)
    assert history[2] == ("ann", EQUIVALENT_ADDED, PUMP, None)
    assert len(history) == 3


def wait_aside(store: Store, known: State) -> tuple[threading.Thread, list[State | None]]:
    """A thread that waits for a change, and what it will have seen."""
    seen: list[State | None] = []
    thread = threading.Thread(target=lambda: seen.append(store.await_change(known, LONG)))
    thread.start()
    return thread, seen


def test_whoever_waits_hears_of_each_change(place: Place, store: Store) -> None:
    store.publish(ONE, actor="a", at=NOON)
    before = store.state()
    assert before == State(ONE.digest)
    changed: list[Callable[[Store], object]] = [
        lambda other: other.preferences.set_audience(1, REST, Audience.PRIVATE),
        lambda other: other.equivalents.add(PUMP, actor="a", at=NOON),
        lambda other: other.equivalents.remove(PUMP, actor="a", at=NOON),
        lambda other: other.preferences.forget(1),
    ]
    for number, change in enumerate(changed, start=1):
        thread, seen = wait_aside(store, State(ONE.digest, number - 1))
        with place.open() as other:
            change(other)
        thread.join(LONG / 2)
        assert seen == [State(ONE.digest, number)]
    assert not store.preferences.forget(1)
    assert store.state() == State(ONE.digest, 4)


def test_what_cannot_be_kept_changes_nothing(tmp_path: Path) -> None:
    Store.at(tmp_path).close()
    with Store.at(tmp_path, readonly=True) as store:
        with pytest.raises(StoreError):
            store.preferences.set_audience(1, REST, Audience.PRIVATE)
        with pytest.raises(StoreError):
            store.equivalents.add(PUMP, actor="a", at=NOON)
        assert (store.preferences.audiences(), store.equivalents.all(), store.history()) == ({}, (), [])


def test_a_database_of_the_second_version_is_lifted(place: Place) -> None:
    place.make_older(2)
    with place.open() as store:
        live = store.live()
        assert isinstance(live, StoredEdition)
        assert live.actor == "terminal"
        assert store.verify().flaws == ()
        assert (store.preferences.audiences(), store.equivalents.all()) == ({}, ())
        store.preferences.set_audience(1, REST, Audience.PRIVATE)
        assert store.equivalents.add(PUMP, actor="a", at=NOON)
    assert place.count("schema") == 1
    with place.open(readonly=True) as store:
        assert store.preferences.audiences() == {1: {REST: Audience.PRIVATE}}


def test_a_database_of_the_second_version_is_only_read_where_nothing_may_be_written(place: Place) -> None:
    place.make_older(2)
    with place.open(readonly=True) as store:
        live = store.live()
        assert live is not None
        assert store.state() == State(live.edition.digest)
        assert (store.preferences.audiences(), store.equivalents.all()) == ({}, ())
        assert store.verify().flaws == ()
    assert place.execute("SELECT version FROM schema") == [(2,)]
