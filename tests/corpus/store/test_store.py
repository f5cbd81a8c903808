"""Editions in real databases, of each kind: kept, shared, swapped whole, found again, and safe from crashes."""

import dataclasses
import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.citation import Citation, CitedPassage
from corpus.edition import Edition
from corpus.errors import StoreError, UnknownCitationError
from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.passage import Kind
from corpus.store.store import Store
from corpus.store.values import HistoryEntry, StoredEdition
from tests.builders import edition, passage, report
from tests.databases import POSTGRES, SQLITE, Place, empty
from tests.said import facts, refusal

NOON = dt.datetime(2025, 3, 15, 12, 0, 0, 123456, tzinfo=dt.UTC)
ONE = edition(["First.", "Second."], ["Third."])
TWO = edition(["First.", "Second, changed."], ["Third."])


def after(minutes: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=minutes)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    with place.open() as opened:
        yield opened


def test_a_new_store_holds_nothing(store: Store) -> None:
    assert (store.live(), store.live_digest(), store.history()) == (None, None, [])
    with pytest.raises(UnknownCitationError):
        store.find(Citation("report-1", "1"))


def test_what_is_published_is_live_and_comes_back_unchanged(store: Store) -> None:
    full = dataclasses.replace(
        report(
            "One. “Two.”",
            publisher="P",
            date=dt.date(2025, 3, 15),
            url="https://a.b",
            symbol="S",
            note="N",
            language="fr",
        ),
        passages=(
            passage("A title", kind=Kind.TITLE, tail="\n\n"),
            passage("One. “Two.” 💥", 1, part=1, page=3, section="Graves", tail=" "),
            passage("Three", 1, part=2, page=4, section="Graves", tail="\u2028\n"),
            passage("- Mali", kind=Kind.LINKS),
        ),
    )
    published = Edition((*ingest(BUNDLED).edition.reports, full))
    store.publish(published, actor="somebody", at=NOON)
    assert store.live() == StoredEdition(published, NOON, "somebody")
    assert store.live_digest() == published.digest


def test_times_come_back_in_utc_and_must_have_a_zone(store: Store) -> None:
    zone = dt.timezone(dt.timedelta(hours=2))
    store.publish(ONE, actor="a", at=NOON.astimezone(zone))
    live = store.live()
    assert live is not None
    assert live.since.isoformat() == "2025-03-15T12:00:00.123456+00:00"
    with pytest.raises(ValueError, match="has no time zone"):
        store.publish(TWO, actor="a", at=dt.datetime(2025, 3, 15))  # noqa: DTZ001  # what is refused
    assert store.live_digest() == ONE.digest


def test_history_tells_newest_first_who_did_what(store: Store) -> None:
    store.publish(ONE, actor="first start", at=after(0), action="first")
    store.audit(actor="42", at=after(1), action="unchanged", detail="")
    store.publish(TWO, actor="42", at=after(2), detail="1 changed")
    store.audit(actor="43", at=after(3), action="failed", detail="read file='a.txt'")
    assert store.history() == [
        HistoryEntry(after(3), "43", "failed", None, None, "read file='a.txt'"),
        HistoryEntry(after(2), "42", "refresh", TWO.digest, ONE.digest, "1 changed"),
        HistoryEntry(after(1), "42", "unchanged", None, None, ""),
        HistoryEntry(after(0), "first start", "first", ONE.digest, None, ""),
    ]
    assert [entry.action for entry in store.history(2)] == ["failed", "refresh"]


def test_an_unchanged_report_is_kept_once_for_all_editions(store: Store, place: Place) -> None:
    store.publish(ONE, actor="a", at=after(0))
    assert (place.count("reports"), place.count("wordings"), place.count("editions")) == (2, 4, 1)
    store.publish(TWO, actor="a", at=after(1))
    assert (place.count("reports"), place.count("wordings"), place.count("editions")) == (3, 5, 2)


def test_an_earlier_edition_can_become_live_again(store: Store, place: Place) -> None:
    for minutes, published in enumerate((ONE, TWO, ONE, ONE)):
        store.publish(published, actor="a", at=after(minutes))
    assert store.live() == StoredEdition(ONE, after(3), "a")
    assert [(entry.edition, entry.previous) for entry in store.history()] == [
        (ONE.digest, ONE.digest),
        (ONE.digest, TWO.digest),
        (TWO.digest, ONE.digest),
        (ONE.digest, None),
    ]
    assert place.count("editions") == 2


def test_an_edition_is_found_by_the_first_digits_of_its_digest(store: Store) -> None:
    store.publish(ONE, actor="a", at=after(0))
    store.publish(TWO, actor="a", at=after(1))
    assert store.edition(ONE.label) == ONE
    assert store.edition(TWO.digest) == TWO
    for wrong in ("", "zzz", "%", "_" * 12, ONE.digest + "0"):
        with pytest.raises(UnknownCitationError):
            store.edition(wrong)


def test_digits_that_several_editions_begin_with_are_not_enough(store: Store) -> None:
    many = [edition([f"Paragraph {number}."]) for number in range(17)]
    for published in many:
        store.publish(published, actor="a", at=NOON)
    digits = [published.digest[0] for published in many]
    shared = next(digit for digit in digits if digits.count(digit) > 1)
    with refusal(StoreError, "more than one edition begins so; give more of its digits"):
        store.edition(shared)


def test_a_citation_is_found_in_the_live_edition_first(store: Store) -> None:
    store.publish(ONE, actor="a", at=after(0))
    store.publish(TWO, actor="a", at=after(1))
    wanted = TWO.reports[0].passages[2]
    expected = CitedPassage(wanted, dataclasses.replace(TWO.reports[0], passages=(wanted,)), TWO.label, live=True)
    assert store.find(Citation("report-1", "2")) == expected
    assert store.find(Citation.of(wanted)) == expected


def test_a_wording_that_is_gone_is_found_in_the_last_edition_that_had_it(store: Store) -> None:
    for minutes, published in enumerate((ONE, edition(["First.", "Second."]), TWO)):
        store.publish(published, actor="a", at=after(minutes))
    old = ONE.reports[0].passages[2]
    assert store.find(Citation.of(old)) == CitedPassage(
        old, dataclasses.replace(ONE.reports[0], passages=(old,)), edition(["First.", "Second."]).label, live=False
    )


def test_a_report_that_is_gone_can_still_be_cited_with_the_metadata_it_had(store: Store) -> None:
    gone = report("They left.", id="gone", title="Gone", note="A note.", date=dt.date(2024, 1, 2))
    store.publish(edition(gone), actor="a", at=after(0))
    store.publish(ONE, actor="a", at=after(1))
    found = store.find(Citation("gone", "1"))
    assert (found.report.title, found.report.note, found.report.date) == ("Gone", "A note.", dt.date(2024, 1, 2))
    assert (found.passage.text, found.edition, found.live) == ("They left.", edition(gone).label, False)


@pytest.mark.parametrize("key", ["report-1:9", "report-9:1", "report-1:1@00000000", "report-1:title@00000000"])
def test_a_citation_that_never_was_is_told_with_an_example(store: Store, key: str) -> None:
    store.publish(ONE, actor="a", at=NOON)
    with pytest.raises(UnknownCitationError) as caught:
        store.find(Citation.parse(key))
    assert facts(caught.value) == {"citation": key, "example": "un-experts-mali-2025:3@1f3c9a2b"}


def test_two_stores_on_one_database_see_each_other(place: Place) -> None:
    with place.open() as here, place.open() as there:
        here.publish(ONE, actor="here", at=after(0))
        assert there.live_digest() == ONE.digest
        there.publish(TWO, actor="there", at=after(1))
        assert here.live() == StoredEdition(TWO, after(1), "there")
        assert [entry.actor for entry in here.history()] == ["there", "here"]


def test_many_publishers_at_once_leave_an_unbroken_chain(place: Place) -> None:
    """Every entry names as its predecessor the edition that the entry before it made live."""

    def work(name: str) -> None:
        with place.open() as mine:
            for number in range(8):
                mine.publish(edition([f"Paragraph {number} of {name}."], ["Shared."]), actor=name, at=NOON)
                mine.live()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with place.open() as store:
        entries = store.history(100)[::-1]
        assert len(entries) == 24
        assert [entry.previous for entry in entries] == [None, *(entry.edition for entry in entries[:-1])]
        assert store.live_digest() == entries[-1].edition


def test_one_store_serves_many_threads(store: Store) -> None:
    store.publish(ONE, actor="a", at=NOON)
    seen: list[str | None] = []
    threads = [threading.Thread(target=lambda: seen.append(store.live_digest())) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [ONE.digest] * 12


def test_a_directory_is_made_if_need_be_and_odd_names_are_no_trouble(tmp_path: Path) -> None:
    directory = tmp_path / "a?b=c#d %41" / "é"
    with Store.at(directory) as store:
        store.publish(ONE, actor="a", at=NOON)
    assert (directory / "rapporteur.db").is_file()
    with Store.at(directory) as store:
        assert store.live_digest() == ONE.digest


def test_a_url_names_the_same_database(tmp_path: Path) -> None:
    with Store.at(tmp_path) as store:
        store.publish(ONE, actor="a", at=NOON)
    with Store(f"sqlite:///{tmp_path}/rapporteur.db") as store:
        assert store.live_digest() == ONE.digest


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


@pytest.fixture(scope="module", params=[SQLITE, POSTGRES])
def lasting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for many examples."""
    with empty(request.param, tmp_path_factory.mktemp("any")) as place, place.open() as store:
        yield store


@settings(max_examples=25)
@given(reports=st.lists(st.lists(TEXTS, min_size=1, max_size=4), min_size=1, max_size=3), note=st.none() | TEXTS)
def test_any_edition_comes_back_with_its_digest(lasting: Store, reports: list[list[str]], note: str | None) -> None:
    saved = Edition(tuple(report(*texts, id=f"r{number}", note=note) for number, texts in enumerate(reports)))
    lasting.publish(saved, actor="a", at=NOON)
    assert lasting.live() == StoredEdition(saved, NOON, "a")
    assert lasting.edition(saved.digest).digest == saved.digest
