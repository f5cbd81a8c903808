"""Databases of every version before, lifted in place or only read, on each kind of database; and how little is new."""

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import DamagedError, StoreError
from corpus.passage import Locator, Span
from corpus.rows.tables import SCHEMA
from corpus.store.store import FILE_NAME, Store
from corpus.store.values import StoredEdition
from tests.builders import edition, report
from tests.databases import Place

NOON = dt.datetime(2025, 3, 15, 12, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])
LIVE = StoredEdition(TWO, NOON + dt.timedelta(hours=1), "terminal")
ARCHIVED = Citation.of(ONE.reports[0].passages[2])
VERSIONS = (1, 2, 3)
PAGE = 4096  # bytes: SQLite's own choice


def all_is_found(store: Store) -> None:
    """What was live, what was before, what was cited, what was done."""
    assert store.live() == LIVE
    heads = store.live_heads()
    assert heads is not None
    assert heads.reports == tuple((one.id, one.digest) for one in TWO.reports)
    assert store.edition(ONE.digest) == ONE
    for one in ONE, TWO:
        for passage in one.passages():
            cited = store.find(Citation.of(passage))
            assert (cited.passage, cited.live) == (passage, passage in TWO.passages())
    assert store.find(ARCHIVED).edition == ONE.label
    assert store.find(Citation("report-1", "2")).passage.text == "Second, changed."
    verified = store.verify()
    assert (verified.reports, verified.passages, verified.editions, verified.flaws) == (3, 8, 2, ())
    assert [entry.edition for entry in store.history()][-2:] == [TWO.digest, ONE.digest]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_database_of_an_older_version_is_lifted_and_all_is_found(place: Place, version: int) -> None:
    place.make_older(version)
    for _ in range(2):
        with place.open() as store:
            all_is_found(store)
    assert place.execute("SELECT version FROM schema") == [(SCHEMA,)]
    assert place.count("wordings") == 5
    with place.open() as store:
        store.publish(ONE, actor="a", at=NOON)
        three = edition(["First.", "Second."], ["Third, changed."])
        store.publish(three, actor="a", at=NOON)
        assert store.edition(three.digest) == three
    assert (place.count("wordings"), place.count("reports")) == (6, 4)


@pytest.mark.parametrize("version", VERSIONS)
def test_one_that_is_only_read_is_read_as_it_is(place: Place, version: int) -> None:
    place.make_older(version)
    with place.open(readonly=True) as store:
        all_is_found(store)
        assert store.live_within(100) is None, "how small it is would take long to tell"
    assert place.execute("SELECT version FROM schema") == [(version,)]
    assert place.count("passages") == 8


def test_what_was_damaged_before_is_told_as_damaged_afterwards(place: Place) -> None:
    place.make_older(3)
    place.execute("UPDATE passages SET text = 'Forged.' WHERE text = 'Second.'")
    with place.open() as store:
        assert store.live() == LIVE
        with pytest.raises(DamagedError):
            store.edition(ONE.digest)
        assert store.verify().flaws


def test_a_lift_that_fails_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place(f"sqlite:///{tmp_path / FILE_NAME}")
    place.make_older(3)
    with monkeypatch.context() as patch:
        patch.setattr("corpus.rows.older.passages.drop", fail)
        with pytest.raises(StoreError):
            place.open()
    assert place.execute("SELECT version FROM schema") == [(3,)]
    assert place.count("edition_reports") == 4
    with place.open() as store:
        all_is_found(store)


def fail(_connection: object) -> None:
    raise OSError("no room")


def long_report(number: int, paragraphs: int) -> Edition:
    name = f"report-{number}"
    words = "The survey found that the wells of the district had been closed by the authorities without notice. "
    texts = [f"Paragraph {n} of report {number}. {words * 4}".strip() for n in range(paragraphs)]
    return Edition((report(*texts, id=name),))


def test_one_changed_word_makes_the_file_grow_by_a_few_pages(tmp_path: Path) -> None:
    """Of 200 reports of 100 paragraphs, each time another report: 20 kB at most, where each kept whole takes 100."""
    whole = Edition(tuple(long_report(number, 100).reports[0] for number in range(200)))
    with Store.at(tmp_path) as store:
        store.publish(whole, actor="a", at=NOON)
        before = size(tmp_path)
        for number in range(20):
            whole = reworded(whole, number * 7, number * 3)
            store.publish(whole, actor="a", at=NOON)
            after = size(tmp_path)
            assert after - before <= 5 * PAGE
            before = after
        assert store.edition(whole.digest) == whole


def reworded(whole: Edition, at: int, number: int) -> Edition:
    one = whole.reports[at]
    passage = one.passages[1 + number]
    text = passage.text.replace("found", "showed")
    grown = len(text) - len(passage.text)
    ends = [span.end + grown for span in passage.sentences]
    spans = tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))
    passages = list(one.passages)
    passages[1 + number] = replace(passage, text=text, sentences=spans)
    return Edition((*whole.reports[:at], replace(one, passages=tuple(passages)), *whole.reports[at + 1 :]))


def size(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (folder / FILE_NAME).stat().st_size


def test_a_wording_that_comes_again_and_again_is_kept_once(place: Place) -> None:
    """Lists are divided however often the same entry follows itself."""
    one = report("* * *", id="r").passages[1]
    many = tuple(replace(one, locator=Locator(f"text-{n}")) for n in range(1000))
    whole = Edition((replace(report(id="r"), passages=many),))
    with place.open() as store:
        store.publish(whole, actor="a", at=NOON)
        assert store.edition(whole.digest) == whole
        assert store.find(Citation("r", "text-999")).passage == many[999]
    assert place.count("wordings") == 1
