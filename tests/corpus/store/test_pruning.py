"""Old editions dropped with what they alone hold, and nothing that was cited; on each kind of database."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.citation import Citation
from corpus.errors import DamagedError, NoLongerKeptError, UnknownCitationError
from corpus.store.store import Store
from corpus.store.values import PRUNED, pruned_counts
from tests.builders import edition
from tests.databases import Place

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
THREE = edition(["First.", "Second, changed again."], ["Third."])
GONE = Citation.of(ONE.reports[0].passages[2])


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """Three editions, each live for ten days, the last from the twentieth on."""
    with place.open() as opened:
        for number, one in enumerate((ONE, TWO, THREE)):
            opened.publish(one, actor="a", at=NOON + 10 * number * DAY)
        yield opened


def counts(place: Place) -> tuple[int, ...]:
    return tuple(place.count(table) for table in ("editions", "reports", "chunks", "wordings"))


def test_what_nobody_can_have_cited_since_goes_with_what_it_alone_holds(place: Place, store: Store) -> None:
    before = NOON + 15 * DAY
    foreseen = store.prunable(before)
    assert (foreseen.editions, foreseen.reports, foreseen.wordings) == (1, 1, 1)
    assert foreseen.size > len("Second.")
    assert store.sizes().editions == 3
    pruned = store.prune(before, actor="ann", at=NOON + 30 * DAY)
    assert pruned.gone == foreseen
    assert (store.sizes().editions, store.sizes().reports, store.sizes().wordings) == (2, 3, 5)
    assert store.verify().flaws == ()
    assert store.edition(TWO.digest) == TWO
    assert store.edition(THREE.digest) == THREE
    with pytest.raises(UnknownCitationError):
        store.edition(ONE.digest)
    entry, *others = store.history()
    assert (entry.actor, entry.action, pruned_counts(entry.detail)) == (
        "ann",
        PRUNED,
        {"editions": 1, "reports": 1, "wordings": 1},
    )
    assert [(one.edition, one.is_kept) for one in others] == [
        (THREE.digest, True),
        (TWO.digest, True),
        (ONE.digest, False),
    ]
    once = counts(place)
    assert store.prune(before, actor="ann", at=NOON + 31 * DAY).gone.editions == 0
    assert (counts(place), len(store.history())) == (once, 4)


def test_an_edition_that_was_live_at_any_moment_since_counts_as_cited(store: Store) -> None:
    """The first was live until the tenth day: whoever cites it then is found as long as that day counts."""
    assert store.prunable(NOON + 10 * DAY).editions == 0
    assert store.prunable(NOON + 10 * DAY + dt.timedelta(seconds=1)).editions == 1
    assert store.prunable(NOON + 1000 * DAY).editions == 2
    store.publish(ONE, actor="a", at=NOON + 40 * DAY)
    assert store.prunable(NOON + 35 * DAY).editions == 1
    store.prune(NOON + 1000 * DAY, actor="a", at=NOON + 50 * DAY)
    live = store.live()
    assert live is not None
    assert live.edition == ONE
    assert store.find(GONE).passage.text == "Second."
    assert store.verify().flaws == ()


def test_the_citation_of_what_went_is_told_as_such(store: Store) -> None:
    assert store.find(GONE).passage.text == "Second."
    with pytest.raises(UnknownCitationError) as refused:
        store.find(Citation("report-1", "2", "00000000"))
    assert not isinstance(refused.value, NoLongerKeptError)
    store.prune(NOON + 15 * DAY, actor="a", at=NOON + 30 * DAY)
    with pytest.raises(NoLongerKeptError) as gone:
        store.find(GONE)
    assert gone.value.fields == {"citation": str(GONE), "date": "2025-04-14"}
    with pytest.raises(UnknownCitationError) as unknown:
        store.find(Citation("report-1", "99"))
    assert not isinstance(unknown.value, NoLongerKeptError)


def test_what_went_can_come_again(store: Store) -> None:
    store.prune(NOON + 15 * DAY, actor="a", at=NOON + 30 * DAY)
    store.publish(ONE, actor="a", at=NOON + 31 * DAY)
    assert store.find(GONE).passage.text == "Second."
    assert store.verify().flaws == ()


def test_where_a_list_is_damaged_nothing_goes(place: Place, store: Store) -> None:
    place.execute("UPDATE chunks SET text = '[' WHERE number = 1")
    before = counts(place)
    with pytest.raises(DamagedError):
        store.prune(NOON + 15 * DAY, actor="a", at=NOON + 30 * DAY)
    assert (counts(place), len(store.history())) == (before, 3)


def test_sqlite_gives_the_room_back(tmp_path: Path) -> None:
    long = ["".join(f"Word {n} of {m}. " for n in range(100)).strip() for m in range(200)]
    with Store.at(tmp_path) as store:
        store.publish(edition(long), actor="a", at=NOON)
        store.publish(ONE, actor="a", at=NOON + DAY)
        pruned = store.prune(NOON + 5 * DAY, actor="a", at=NOON + 9 * DAY)
        assert store.live_digest() == ONE.digest
    assert pruned.size_after < pruned.size_before / 2
    assert (tmp_path / "rapporteur.db").stat().st_size == pruned.size_after


def test_a_prune_that_fails_drops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.at(tmp_path) as store:
        for number, one in enumerate((ONE, TWO)):
            store.publish(one, actor="a", at=NOON + 10 * number * DAY)
        with monkeypatch.context() as patch:
            patch.setattr("corpus.store.pruning.note", fail)
            with pytest.raises(RuntimeError):
                store.prune(NOON + 99 * DAY, actor="a", at=NOON)
        assert store.edition(ONE.digest) == ONE
        assert store.verify().flaws == ()


def fail(*_: object, **__: object) -> int:
    raise RuntimeError


def test_what_went_is_gone_where_the_room_cannot_be_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a disk without room for a second copy of the file: the room is taken by what is kept next."""
    with Store.at(tmp_path) as store:
        for number, one in enumerate((ONE, TWO)):
            store.publish(one, actor="a", at=NOON + 10 * number * DAY)
        monkeypatch.setattr("corpus.database.sqlite.SqliteFile.give_back", full)
        pruned = store.prune(NOON + 99 * DAY, actor="a", at=NOON + 99 * DAY)
        assert (pruned.gone.editions, pruned.size_after) == (1, pruned.size_before)
        assert store.history()[0].action == PRUNED
        assert store.verify().flaws == ()


def full(*_: object) -> None:
    raise sqlite3.OperationalError("database or disk is full")
