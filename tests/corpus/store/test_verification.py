"""What was altered in the database past the store is not shown as a report's words, and is found by looking."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import DamagedError, StoreError
from corpus.rows.chunks import digest_of
from corpus.rows.tables import PLACE_FIELDS
from corpus.store.store import Store
from corpus.store.values import Flaw, Part, Verified
from tests.builders import edition
from tests.databases import Place
from tests.said import refusal, words

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
OLD = ONE.reports[0]
ANYTHING = Citation("report-1", "2")
ARCHIVED = Citation.of(OLD.passages[2])
Damage = Callable[[Place], object]


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """Two editions, of which the second is live."""
    with place.open() as opened:
        opened.publish(ONE, actor="a", at=NOON)
        opened.publish(TWO, actor="a", at=NOON)
        yield opened


def entry(label: str, change: Callable[[list[Any], int], object]) -> Damage:
    """Change the list of the archived report at the passage with that label."""
    labels = [passage.locator.label for passage in OLD.passages]
    return lambda place: place.alter("reports", OLD.digest, lambda entries: change(entries, labels.index(label)))


def put(field: str, value: object) -> Callable[[list[Any], int], object]:
    """Another value in a place of the list."""

    def change(entries: list[Any], at: int) -> None:
        entries[at][1 + PLACE_FIELDS.index(field)] = value

    return change


def forget(entries: list[Any], at: int) -> None:
    del entries[at]


def swap(entries: list[Any], at: int) -> None:
    """The words of the passage after it."""
    entries[at][0] = entries[at + 1][0]


def lose(entries: list[Any], at: int) -> None:
    """Words that are nowhere."""
    entries[at][0] = 1000


def execute(statement: str) -> Damage:
    return lambda place: place.execute(statement)


def garble(place: Place) -> None:
    """A list that is none any more."""
    pieces = place.execute(f"SELECT chunks FROM reports WHERE digest = '{OLD.digest}'")[0][0]
    place.execute(f"UPDATE chunks SET text = '[' WHERE number = {pieces}")


FORGE = execute("UPDATE wordings SET text = 'Forged.' WHERE text = 'Second.'")


def test_an_altered_wording_in_the_archive_is_not_quoted(place: Place, store: Store) -> None:
    FORGE(place)
    with pytest.raises(DamagedError) as refused:
        store.find(ARCHIVED)
    assert words(refused.value.fields["where"]).startswith("report report-1, digest ")
    assert store.find(ANYTHING).passage.text == "Second, changed."


def test_nor_is_one_with_a_digest_that_fits_it(place: Place, store: Store) -> None:
    """Not even the citation of the forgery finds it."""
    forged = edition(["First.", "Forged."]).reports[0].passages[2]
    digest = digest_of("Forged.")
    place.execute(f"UPDATE wordings SET text = 'Forged.', digest = '{digest}' WHERE text = 'Second.'")
    with pytest.raises(DamagedError):
        store.find(Citation.of(forged))


@pytest.mark.parametrize(
    "damage",
    [
        execute(f"UPDATE reports SET title = 'Another title' WHERE digest = '{OLD.digest}'"),
        execute(f"UPDATE reports SET publisher = 'Somebody' WHERE digest = '{OLD.digest}'"),
        entry("1", swap),
        entry("1", lose),
        entry("2", put("kind", "nonsense")),
        entry("2", put("page", 7)),
        entry("1", forget),
        garble,
        execute(f"UPDATE reports SET chunks = '1000' WHERE digest = '{OLD.digest}'"),
        execute(f"UPDATE reports SET chunks = 'x' WHERE digest = '{OLD.digest}'"),
    ],
)
def test_nor_is_a_passage_of_a_report_that_is_not_what_was_saved(place: Place, store: Store, damage: Damage) -> None:
    """A citation shows title, publisher and place as well, and a passage is worth what its report is."""
    damage(place)
    with refusal(DamagedError, "it does not hold what was once saved"):
        store.find(ARCHIVED)
    with pytest.raises(DamagedError):
        store.edition(ONE.digest)
    with pytest.raises(DamagedError):
        store.reports([OLD.digest])
    live = store.live()
    assert live is not None
    assert live.edition == TWO


@pytest.mark.parametrize("damage", [FORGE, entry("2", put("page", 7))])
def test_what_is_kept_again_is_mended_before_anything_new_is_built_on_it(
    place: Place, store: Store, damage: Damage
) -> None:
    """A wording and a list that a new report shares with the archive are what they should be afterwards."""
    damage(place)
    noted = Edition((replace(OLD, note="Somebody is killed."),))
    store.publish(noted, actor="a", at=NOON)
    assert store.edition(noted.digest) == noted
    assert store.edition(ONE.digest) == ONE
    assert store.verify().flaws == ()


def test_a_sound_database(store: Store) -> None:
    told: list[tuple[int, int]] = []
    assert store.verify(lambda done, total: told.append((done, total))) == Verified(3, 8, 2, ())
    assert told == [(n, 5) for n in range(1, 6)]


def test_an_empty_database_is_sound(place: Place) -> None:
    with place.open() as store:
        assert store.verify() == Verified(0, 0, 0, ())


@pytest.mark.parametrize(
    ("damage", "flaws"),
    [
        (
            FORGE,
            [Flaw(Part.PASSAGE, f"report-1:2 {OLD.digest[:12]}")],
        ),
        (
            execute(f"UPDATE wordings SET digest = '{'0' * 64}' WHERE text = 'Second.'"),
            [Flaw(Part.PASSAGE, f"report-1:2 {OLD.digest[:12]}")],
        ),
        (
            entry("1", put("kind", "nonsense")),
            [Flaw(Part.PASSAGE, f"report-1:1 {OLD.digest[:12]}")],
        ),
        (
            execute(f"UPDATE reports SET title = 'Another title' WHERE digest = '{OLD.digest}'"),
            [Flaw(Part.REPORT, f"report-1 {OLD.digest[:12]}")],
        ),
        (
            entry("2", forget),
            [Flaw(Part.REPORT, f"report-1 {OLD.digest[:12]}")],
        ),
        (
            lambda place: place.alter("editions", ONE.digest, lambda entries: entries.pop()),
            [Flaw(Part.EDITION, ONE.label)],
        ),
        (execute(f"UPDATE live SET edition = '{ONE.digest}'"), [Flaw(Part.LIVE, ONE.label)]),
        (execute("DELETE FROM live"), [Flaw(Part.LIVE, "-")]),
    ],
)
def test_everything_that_is_wrong_is_named(place: Place, store: Store, damage: Damage, flaws: list[Flaw]) -> None:
    damage(place)
    assert list(store.verify().flaws) == flaws


@pytest.mark.parametrize("column", ["since", "at"])
def test_a_moment_that_is_none_is_told(place: Place, store: Store, column: str) -> None:
    place.execute(f"UPDATE {'live' if column == 'since' else 'audit'} SET {column} = 'yesterday'")
    with refusal(StoreError, "it does not hold what was once saved"):
        store.live() if column == "since" else store.history()
