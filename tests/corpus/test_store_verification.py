"""What was altered in the database past the store is not shown as a report's words, and is found by looking."""

import datetime as dt
from collections.abc import Iterator

import pytest

from corpus.citation import Citation
from corpus.errors import DamagedError, StoreError
from corpus.store import Flaw, Part, Store, Verified
from tests.builders import edition
from tests.databases import Place
from tests.said import refusal, words

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
OLD = ONE.reports[0]
ANYTHING = Citation("report-1", "2")
ARCHIVED = Citation.of(OLD.passages[2])


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """Two editions, of which the second is live."""
    with place.open() as opened:
        opened.publish(ONE, actor="a", at=NOON)
        opened.publish(TWO, actor="a", at=NOON)
        yield opened


def altered(place: Place, what: str, passage: str = "label = '2'") -> None:
    """Change a passage of the archived wording."""
    place.execute(f"UPDATE passages SET {what} WHERE report = '{OLD.digest}' AND {passage}")


def test_an_altered_wording_in_the_archive_is_not_quoted(place: Place, store: Store) -> None:
    altered(place, "text = 'Forged.'")
    with pytest.raises(DamagedError) as refused:
        store.find(ARCHIVED)
    assert words(refused.value.fields["where"]).startswith("report report-1, digest ")
    assert store.find(ANYTHING).passage.text == "Second, changed."


def test_nor_is_one_with_a_fingerprint_that_fits_it(place: Place, store: Store) -> None:
    """Not even the citation of the forgery finds it."""
    forged = edition(["First.", "Forged."]).reports[0].passages[2]
    altered(place, f"text = 'Forged.', fingerprint = '{forged.fingerprint}'")
    with pytest.raises(DamagedError):
        store.find(Citation.of(forged))


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE reports SET title = 'Another title' WHERE digest = '{OLD.digest}'",
        f"UPDATE reports SET publisher = 'Somebody' WHERE digest = '{OLD.digest}'",
        f"UPDATE passages SET text = 'Forged.' WHERE report = '{OLD.digest}' AND label = '1'",
        f"UPDATE passages SET kind = 'nonsense' WHERE report = '{OLD.digest}' AND label = '2'",
        f"UPDATE passages SET page = 7 WHERE report = '{OLD.digest}' AND label = '2'",
        f"DELETE FROM passages WHERE report = '{OLD.digest}' AND label = '1'",
    ],
)
def test_nor_is_a_passage_of_a_report_that_is_not_what_was_saved(place: Place, store: Store, statement: str) -> None:
    """A citation shows title, publisher and place as well, and a passage is worth what its report is."""
    place.execute(statement)
    with refusal(DamagedError, "it does not hold what was once saved"):
        store.find(ARCHIVED)
    with pytest.raises(DamagedError):
        store.edition(ONE.digest)
    with pytest.raises(DamagedError):
        store.reports([OLD.digest])
    live = store.live()
    assert live is not None
    assert live.edition == TWO


def test_a_sound_database(store: Store) -> None:
    told: list[tuple[int, int]] = []
    assert store.verify(lambda done, total: told.append((done, total))) == Verified(3, 8, 2, ())
    assert told == [(n, 5) for n in range(1, 6)]


def test_an_empty_database_is_sound(place: Place) -> None:
    with place.open() as store:
        assert store.verify() == Verified(0, 0, 0, ())


@pytest.mark.parametrize(
    ("statement", "flaws"),
    [
        (
            f"UPDATE passages SET text = 'Forged.' WHERE report = '{OLD.digest}' AND label = '2'",
            [Flaw(Part.PASSAGE, f"report-1:2 {OLD.digest[:12]}")],
        ),
        (
            f"UPDATE passages SET fingerprint = '00000000' WHERE report = '{OLD.digest}' AND label = '2'",
            [Flaw(Part.PASSAGE, f"report-1:2 {OLD.digest[:12]}")],
        ),
        (
            f"UPDATE passages SET kind = 'nonsense' WHERE report = '{OLD.digest}' AND label = '1'",
            [Flaw(Part.PASSAGE, f"report-1:1 {OLD.digest[:12]}")],
        ),
        (
            f"UPDATE reports SET title = 'Another title' WHERE digest = '{OLD.digest}'",
            [Flaw(Part.REPORT, f"report-1 {OLD.digest[:12]}")],
        ),
        (
            f"DELETE FROM passages WHERE report = '{OLD.digest}' AND label = '2'",
            [Flaw(Part.REPORT, f"report-1 {OLD.digest[:12]}")],
        ),
        (
            f"DELETE FROM edition_reports WHERE edition = '{ONE.digest}' AND position = 1",
            [Flaw(Part.EDITION, ONE.label)],
        ),
        (f"UPDATE live SET edition = '{ONE.digest}'", [Flaw(Part.LIVE, ONE.label)]),
        ("DELETE FROM live", [Flaw(Part.LIVE, "-")]),
    ],
)
def test_everything_that_is_wrong_is_named(place: Place, store: Store, statement: str, flaws: list[Flaw]) -> None:
    place.execute(statement)
    assert list(store.verify().flaws) == flaws


@pytest.mark.parametrize("column", ["since", "at"])
def test_a_moment_that_is_none_is_told(place: Place, store: Store, column: str) -> None:
    place.execute(f"UPDATE {'live' if column == 'since' else 'audit'} SET {column} = 'yesterday'")
    with refusal(StoreError, "it does not hold what was once saved"):
        store.live() if column == "since" else store.history()
