"""The service on real files and a real SQLite database: what is live, what a refresh does to it, and what stays."""

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import service as module
from bot.errors import BadLengthError, NotReadyError, RefreshFailedError, WhichReportError
from bot.findings import Refreshed
from bot.service import Service
from corpus.citation import Citation
from corpus.errors import (
    OvertakenError,
    ReadError,
    RefreshRunningError,
    StoreError,
    UnknownCitationError,
    UnknownReportError,
)
from corpus.store import Store
from retrieval import summary
from retrieval.errors import EmptyQuestionError, WordlessQuestionError
from retrieval.lexicon_file import read

NOW = dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC)
WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS, CAMPS)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path / "data") as store:
        yield store


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def of_store(store: Store, folder: Path) -> Service:
    """A started service with a clock that stands still."""
    service = Service.of_store(store, folder, clock=lambda: NOW)
    service.start()
    return service


def actions(service: Service) -> list[tuple[str, str]]:
    return [(entry.actor, entry.action) for entry in service.history()]


def test_a_folder_is_ready_at_once_and_keeps_nothing(folder: Path) -> None:
    before = sorted(folder.parent.rglob("*"))
    service = Service.of_folder(folder)
    service.require_ready()
    service.prepare()
    answer = service.answer("Where were the wells found?")
    assert answer.excerpts[0].text.startswith("The mission found three wells near Niono.")
    assert answer.edition == service.status().edition.label
    assert service.status().since is None
    assert service.history() == ()
    assert service.follow() is False
    assert sorted(folder.parent.rglob("*")) == before


def test_a_folder_can_be_read_again(folder: Path) -> None:
    service = Service.of_folder(folder)
    write(folder, "mission", "Report of the mission", WELLS)
    refreshed = service.refresh("terminal")
    assert refreshed.diff is not None
    assert [passage.text for passage in refreshed.diff.changed[0].removed] == [CAMPS]
    assert service.refresh("terminal").diff is None


def test_its_lexicons_serve_every_edition(store: Store, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = 'layette > camp'\n", encoding="utf-8")
    service = Service.of_store(store, folder, lexicons=read(file))
    service.start()
    assert service.answer("the layette").excerpts[0].text == CAMPS
    write(folder, "mission", "Report of the mission", CAMPS, WELLS)
    service.refresh("terminal")
    assert service.answer("the layette").excerpts[0].text == CAMPS
    assert [excerpt.text for excerpt in service.summarise(about="layette").excerpts] == [CAMPS]
    later = Service.of_store(store, folder, lexicons=read(file))
    later.start()
    assert later.answer("the layette").excerpts[0].text == CAMPS


def test_before_its_start_a_store_answers_nothing(store: Store, folder: Path) -> None:
    service = Service.of_store(store, folder)
    for ask in (
        service.require_ready,
        service.prepare,
        service.reports,
        service.status,
        service.summarise,
        lambda: service.answer("Where?"),
        lambda: service.passage("mission:1"),
    ):
        with pytest.raises(NotReadyError):
            ask()


def test_the_first_start_makes_the_first_edition(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    assert (service.status().since, service.status().actor) == (NOW, "first start")
    assert actions(service) == [("first start", "refresh")]
    assert store.live_digest() == service.status().edition.digest


def test_a_later_start_takes_the_live_edition_as_it_was_kept(store: Store, folder: Path) -> None:
    """Files that changed meanwhile wait for a refresh."""
    first = of_store(store, folder)
    write(folder, "mission", "Another title", "Another text.")
    second = of_store(store, folder)
    second.start()
    assert second.status() == first.status()
    assert actions(second) == [("first start", "refresh")]


def test_a_first_start_on_a_broken_report_says_so_and_is_not_ready(store: Store, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    service = Service.of_store(store, folder, clock=lambda: NOW)
    with pytest.raises(ReadError) as refused:
        service.start()
    assert refused.value.fields["file"] == "broken.txt"
    with pytest.raises(NotReadyError):
        service.require_ready()
    assert actions(service) == [("first start", "failed")]


def test_a_refresh_that_changed_nothing(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    before = service.status()
    refreshed = service.refresh("someone")
    assert refreshed == Refreshed(None, before.edition.label, refreshed.milliseconds)
    assert service.status() == before
    assert actions(service) == [("someone", "unchanged"), ("first start", "refresh")]


def test_a_refresh_makes_the_new_edition_live(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    old = service.status().edition
    write(folder, "mission", "Report of the mission", WELLS, CAMPS.replace("nine", "eight"))
    refreshed = service.refresh("someone")
    assert refreshed.diff is not None
    ((before, after),) = refreshed.diff.changed[0].changed
    assert (before.text, after.text) == (CAMPS, CAMPS.replace("nine", "eight"))
    assert refreshed.edition == service.status().edition.label != old.label
    assert store.live_digest() == service.status().edition.digest
    assert service.history()[0].previous == old.digest


def test_a_broken_report_leaves_the_old_edition_live_and_is_named(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    before = service.status()
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefreshFailedError) as refused:
        service.refresh("someone")
    assert isinstance(refused.value.reason, ReadError)
    assert refused.value.reason.fields["file"] == "broken.txt"
    assert service.status() == before
    assert service.answer("Where were the wells found?").edition == before.edition.label
    assert store.live_digest() == before.edition.digest
    entry = service.history()[0]
    assert (entry.actor, entry.action) == ("someone", "failed")
    assert "broken.txt" in entry.detail


def test_where_the_operator_allows_it_a_broken_report_is_passed_over_by_name(store: Store, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    service = Service.of_store(store, folder, skip_unreadable=True, clock=lambda: NOW)
    service.start()
    assert [report.id for report in service.reports()] == ["mission"]
    assert [error.fields["file"] for error in service.status().refused] == ["broken.txt"]
    assert [error.fields["file"] for error in service.refresh("someone").refused] == ["broken.txt"]


def test_a_database_that_fails_leaves_the_old_edition_live(store: Store, folder: Path, tmp_path: Path) -> None:
    """Not even the audit can be kept then; the error still says what came first."""
    service = of_store(store, folder)
    before = service.status()
    with sqlite3.connect(tmp_path / "data" / "rapporteur.db") as connection:
        connection.execute("DROP TABLE audit")
    connection.close()
    write(folder, "mission", "Report of the mission", WELLS)
    with pytest.raises(RefreshFailedError) as refused:
        service.refresh("someone")
    assert isinstance(refused.value.reason, StoreError)
    assert service.status() == before
    with pytest.raises(RefreshFailedError):
        service.refresh("someone")


def test_a_second_refresh_at_the_same_time_is_refused(store: Store, folder: Path) -> None:
    """While one runs nothing is followed either, and the next one is free again."""
    service = of_store(store, folder)
    followed: list[bool] = []

    def during(_done: int, _total: int, _file: str) -> None:
        with pytest.raises(RefreshRunningError):
            service.refresh("someone else")
        with pytest.raises(RefreshRunningError):
            service.start()
        followed.append(service.follow())

    service.refresh("someone", during)
    assert followed == [False]
    assert service.refresh("someone").diff is None


def test_an_edition_that_another_process_published_is_followed(store: Store, folder: Path, tmp_path: Path) -> None:
    bot = of_store(store, folder)
    assert bot.follow() is False
    with Store.at(tmp_path / "data") as theirs:
        write(folder, "mission", "Report of the mission", WELLS)
        other = Service.of_store(theirs, folder)
        other.refresh("terminal")
    assert bot.follow() is True
    assert bot.status() == other.status()
    assert bot.follow() is False


def test_a_refresh_compares_with_what_is_live_by_then(store: Store, folder: Path, tmp_path: Path) -> None:
    """Two processes refresh from the same files: the second finds nothing new."""
    bot = of_store(store, folder)
    write(folder, "mission", "Report of the mission", WELLS)
    with Store.at(tmp_path / "data") as theirs:
        assert Service.of_store(theirs, folder).refresh("terminal").diff is not None
    assert bot.refresh("someone").diff is None
    assert [passage.text for passage in bot.reports()[0].body] == [WELLS]


def test_a_refresh_does_not_replace_what_another_has_made_meanwhile(store: Store, folder: Path, tmp_path: Path) -> None:
    """It has read the files before they changed; the other one after, and was done first."""
    bot = of_store(store, folder)
    write(folder, "mission", "Report of the mission", CAMPS)
    with Store.at(tmp_path / "data") as theirs:
        other = Service.of_store(theirs, folder)

        def meanwhile(_done: int, _total: int, _file: str) -> None:
            write(folder, "mission", "Report of the mission", WELLS)
            other.refresh("terminal")

        with pytest.raises(OvertakenError) as refused:
            bot.refresh("someone", meanwhile)
    assert refused.value.fields == {"edition": other.status().edition.label}
    assert bot.status() == other.status()
    assert actions(bot) == [("someone", "failed"), ("terminal", "refresh"), ("first start", "refresh")]
    assert bot.refresh("someone").diff is None


def test_a_first_start_that_was_overtaken_goes_on_with_what_is_live(store: Store, folder: Path, tmp_path: Path) -> None:
    """Two bots start at once; when this one looks at the clock, to publish, the other has been faster."""
    with Store.at(tmp_path / "data") as theirs:
        faster = Service.of_store(theirs, folder)

        def meanwhile() -> dt.datetime:
            write(folder, "mission", "Report of the mission", CAMPS)
            faster.start()
            return NOW

        slower = Service.of_store(store, folder, clock=meanwhile)
        slower.start()
    assert slower.status() == faster.status()
    assert [passage.text for passage in slower.reports()[0].body] == [CAMPS]


def test_a_database_that_was_removed_is_not_said_to_hold_what_is_live(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    service = of_store(store, folder)
    (tmp_path / "data" / "rapporteur.db").unlink()
    assert service.follow() is False
    assert service.refresh("someone").diff is not None
    assert store.live_digest() == service.status().edition.digest
    assert service.refresh("someone").diff is None


def test_every_answer_comes_whole_from_one_edition_while_editions_change(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    numbers = ("two", "three", "four", "five", "six", "seven")
    known = {service.status().edition.label: "three"}
    answers: list[tuple[str, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answer = service.answer("Where were the wells found?")
            answers.append((answer.edition, answer.excerpts[0].text))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in numbers:
            write(folder, "mission", "Report of the mission", WELLS.replace("three", number), CAMPS)
            known[service.refresh("someone").edition] = number
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert answers
    assert all(known[edition] in text for edition, text in answers)


def test_a_passage_by_its_key_or_its_whole_citation_line(folder: Path) -> None:
    service = Service.of_folder(folder)
    lasting = Citation.of(service.reports()[0].passages[1])
    for citation in ("mission:1", str(lasting), f"Report of the mission, paragraph 1 [{lasting}]"):
        cited = service.passage(citation)
        assert (cited.passage.text, cited.live) == (WELLS, True)


def test_an_old_wording_is_found_in_the_store(store: Store, folder: Path) -> None:
    service = of_store(store, folder)
    old = service.passage("mission:2")
    write(folder, "mission", "Report of the mission", WELLS, "Nobody was there.")
    service.refresh("someone")
    again = service.passage(str(Citation.of(old.passage)))
    assert (again.passage.text, again.edition, again.live) == (CAMPS, old.edition, False)
    assert service.passage("mission:2").passage.text == "Nobody was there."


@pytest.mark.parametrize(
    ("citation", "named"),
    [("mission:99", "mission:99"), ("mission:1@00000000", "mission:1@00000000"), ("nonsense", "nonsense"), ("", "")],
)
def test_an_unknown_citation_is_refused_with_one_that_there_is(folder: Path, citation: str, named: str) -> None:
    service = Service.of_folder(folder)
    with pytest.raises(UnknownCitationError) as refused:
        service.passage(citation)
    assert refused.value.fields["citation"] == named
    assert service.passage(str(refused.value.fields["example"])).passage.text == WELLS


@pytest.mark.parametrize("name", ["mission", " MISSION ", "Report of the mission", "report OF the mission"])
def test_a_report_is_named_by_id_or_title(folder: Path, name: str) -> None:
    service = Service.of_folder(folder)
    assert service.summarise(name).report.id == "mission"
    assert service.answer("Where were the wells found?", name).excerpts


def test_an_unknown_report(folder: Path) -> None:
    service = Service.of_folder(folder)
    for ask in (lambda: service.answer("Where?", "missing"), lambda: service.summarise("missing")):
        with pytest.raises(UnknownReportError) as refused:
            ask()
        assert refused.value.fields == {"report": "missing", "known": "mission"}


def test_of_several_reports_one_has_to_be_named_for_a_summary(folder: Path) -> None:
    write(folder, "second", "A second report", "It is short.")
    service = Service.of_folder(folder)
    with pytest.raises(WhichReportError) as refused:
        service.summarise()
    assert refused.value.fields == {"known": "mission, second"}
    assert service.summarise("second", length=1).excerpts[0].text == "It is short."


def test_a_summary_keeps_to_its_length_and_topic(folder: Path) -> None:
    service = Service.of_folder(folder)
    assert len(service.summarise(length=1).excerpts) == 1
    assert {e.passage.text for e in service.summarise(about="camp").excerpts} == {CAMPS}
    for length in (0, 16, -1):
        with pytest.raises(BadLengthError) as refused:
            service.summarise(length=length)
        assert refused.value.fields == {"length": length, "low": 1, "high": 15}
    with pytest.raises(WordlessQuestionError):
        service.summarise(about="?!")
    with pytest.raises(EmptyQuestionError):
        service.summarise(about="")


def test_the_numbers_of_a_summary_are_those_of_retrieval() -> None:
    assert (module.DEFAULT_SUMMARY, module.LONGEST_SUMMARY) == (summary.DEFAULT_LENGTH, summary.MAX_LENGTH)
