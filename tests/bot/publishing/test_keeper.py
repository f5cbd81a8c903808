"""A service kept on the live edition of a real SQLite database: what is live, what a refresh does to it, what stays.

Everything holds whether editions are made in this process or in one of their own, and there also where they come as
files.
"""

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.errors import CutOffError, NotReadyError, RefreshFailedError
from bot.publishing.editions import Editions
from bot.publishing.keeper import Here, Keeper
from bot.publishing.nearby import MOST
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.service.findings import Reading, Refreshed
from bot.service.live import Live
from bot.service.service import Service
from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import OvertakenError, ReadError, RefreshRunningError, StoreError
from corpus.ingest.pipeline import ingest
from corpus.store.store import Store
from retrieval.words.lexicon import Lexicons
from retrieval.words.lexicon_file import read
from tests.fakes.bot_process import CHECKOUT

NOW = dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC)
WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."


@dataclass(frozen=True)
class Keep:
    """A store, a folder of reports, and how editions are made of it."""

    store: Store
    folder: Path
    is_apart: bool
    editions: Editions | None = None

    def keeper(self, *, skip_unreadable: bool = False, lexicons: Lexicons | None = None) -> Keeper:
        """A keeper that has not started, with a clock that stands still where it makes editions here."""
        source = Source(self.folder, skip_unreadable)
        apart = Workshop(self.store.url, source, self.editions)
        making = apart if self.is_apart else Here(self.store, source, lambda: NOW)
        service = Service(archive=self.store.find, lexicons=lexicons)
        return Keeper(service, self.store, making, editions=self.editions)

    def started(self) -> Keeper:
        """A keeper with an edition."""
        keeper = self.keeper()
        keeper.start()
        return keeper

    def actions(self) -> list[tuple[str, str]]:
        """What was done, newest first."""
        return [(entry.actor, entry.action) for entry in self.store.history()]


@pytest.fixture(params=["here", "apart", "files"])
def keep(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Keep]:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS, CAMPS)
    with Store.at(tmp_path / "data") as store:
        editions = Editions.beside(tmp_path / "data") if request.param == "files" else None
        yield Keep(store, folder, request.param != "here", editions)


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def head(keeper: Keeper) -> tuple[str, dt.datetime | None, str | None]:
    """What is live, since when and by whom."""
    live = keeper.service.snapshot().live
    return live.edition.digest, live.since, live.actor


def test_its_lexicons_serve_every_edition(keep: Keep, tmp_path: Path) -> None:
    file = tmp_path / "lexicon.toml"
    file.write_text("[en]\nsame = 'layette > camp'\n", encoding="utf-8")
    keeper = keep.keeper(lexicons=read(file))
    keeper.start()
    assert keeper.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS
    write(keep.folder, "mission", "Report of the mission", CAMPS, WELLS)
    keeper.refresh("terminal")
    assert keeper.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS
    assert [
        excerpt.text for excerpt in keeper.service.snapshot().ask_summary(about="layette").summarise().excerpts
    ] == [CAMPS]
    later = keep.keeper(lexicons=read(file))
    later.start()
    assert later.service.snapshot().ask("the layette").consider().answer.excerpts[0].text == CAMPS


def test_the_first_start_makes_the_first_edition(keep: Keep) -> None:
    keeper = keep.started()
    digest, since, actor = head(keeper)
    stored = keep.store.live()
    assert stored is not None
    assert (stored.edition.digest, stored.since, stored.actor) == (digest, since, actor)
    assert actor == "first start"
    assert keep.is_apart or since == NOW
    assert keep.actions() == [("first start", "refresh")]
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest


def test_a_later_start_takes_the_live_edition_as_it_was_kept(keep: Keep) -> None:
    """Files that changed meanwhile wait for a refresh."""
    first = keep.started()
    write(keep.folder, "mission", "Another title", "Another text.")
    second = keep.started()
    second.start()
    assert head(second) == head(first)
    assert keep.actions() == [("first start", "refresh")]


def test_a_first_start_on_a_broken_report_says_so_and_is_not_ready(keep: Keep) -> None:
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    keeper = keep.keeper()
    with pytest.raises(ReadError) as refused:
        keeper.start()
    assert refused.value.fields["file"] == "broken.txt"
    with pytest.raises(NotReadyError):
        keeper.service.snapshot()
    assert keep.actions() == [("first start", "failed")]


def test_a_refresh_that_changed_nothing(keep: Keep) -> None:
    keeper = keep.started()
    before = head(keeper)
    refreshed = keeper.refresh("someone")
    assert refreshed.reading.files
    assert refreshed == Refreshed(
        changed=False,
        diff=None,
        edition=before[0][:12],
        milliseconds=refreshed.milliseconds,
        reading=Reading(files=refreshed.reading.files),
    )
    assert head(keeper) == before
    assert keep.actions() == [("someone", "unchanged"), ("first start", "refresh")]


def test_a_refresh_makes_the_new_edition_live(keep: Keep) -> None:
    keeper = keep.started()
    old = keeper.service.snapshot().live.edition
    write(keep.folder, "mission", "Report of the mission", WELLS, CAMPS.replace("nine", "eight"))
    refreshed = keeper.refresh("someone")
    assert refreshed.diff is not None
    ((before, after),) = refreshed.diff.changed[0].changed
    assert (before.text, after.text) == (CAMPS, CAMPS.replace("nine", "eight"))
    assert refreshed.edition == keeper.service.snapshot().live.edition.label != old.label
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest
    assert keep.store.history()[0].previous == old.digest


def test_a_broken_report_leaves_the_old_edition_live_and_is_named(keep: Keep) -> None:
    keeper = keep.started()
    before = head(keeper)
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefreshFailedError) as refused:
        keeper.refresh("someone")
    assert isinstance(refused.value.reason, ReadError)
    assert refused.value.reason.fields["file"] == "broken.txt"
    assert head(keeper) == before
    assert keeper.service.snapshot().ask("Where were the wells found?").consider().answer.edition == before[0][:12]
    assert keep.store.live_digest() == before[0]
    entry = keep.store.history()[0]
    assert (entry.actor, entry.action) == ("someone", "failed")
    assert "broken.txt" in entry.detail


def test_where_the_operator_allows_it_a_broken_report_is_passed_over_by_name(keep: Keep) -> None:
    (keep.folder / "broken.txt").write_bytes(b"\xff\xfe\x00")
    keeper = keep.keeper(skip_unreadable=True)
    keeper.start()
    assert [report.id for report in keeper.service.snapshot().reports] == ["mission"]
    assert [error.fields["file"] for error in keeper.service.snapshot().live.reading.refused] == ["broken.txt"]
    assert [error.fields["file"] for error in keeper.refresh("someone").reading.refused] == ["broken.txt"]


def test_a_database_that_fails_leaves_the_old_edition_live(keep: Keep, tmp_path: Path) -> None:
    """Not even the audit can be kept then; the error still says what came first."""
    keeper = keep.started()
    before = head(keeper)
    with sqlite3.connect(tmp_path / "data" / "rapporteur.db") as connection:
        connection.execute("DROP TABLE audit")
    connection.close()
    write(keep.folder, "mission", "Report of the mission", WELLS)
    with pytest.raises(RefreshFailedError) as refused:
        keeper.refresh("someone")
    assert isinstance(refused.value.reason, StoreError)
    assert head(keeper) == before
    with pytest.raises(RefreshFailedError):
        keeper.refresh("someone")


def test_a_second_refresh_at_the_same_time_is_refused_and_nothing_is_dropped(keep: Keep) -> None:
    """While one runs nothing is followed either, and the next one is free again."""
    keeper = keep.started()
    followed: list[bool] = []

    def during(_done: int, _total: int, _file: str) -> None:
        with pytest.raises(RefreshRunningError):
            keeper.refresh("someone else")
        with pytest.raises(RefreshRunningError):
            keeper.start()
        with pytest.raises(RefreshRunningError):
            keeper.prune(None, "someone else")
        followed.append(keeper.follow())

    keeper.refresh("someone", during)
    assert followed == [False]
    assert keeper.refresh("someone").diff is None
    assert keeper.prune(None, "someone").gone.editions == 0


class Interrupted(Here):
    """Takes an edition over while somebody else has a refresh made."""

    def take(self, held: Edition | None) -> Live | None:
        """See ``Making``."""
        beside.append(threading.Thread(target=lambda: refreshed.append(waiting[0].refresh("someone"))))
        beside[0].start()
        beside[0].join(0.2)  # time enough to be refused
        return super().take(held)


beside: list[threading.Thread] = []
refreshed: list[Refreshed] = []
waiting: list[Keeper] = []


@pytest.mark.parametrize("keep", ["here"], indirect=True)
def test_a_refresh_waits_for_what_is_being_followed(keep: Keep, tmp_path: Path) -> None:
    """It is no other refresh, and nobody should be told so."""
    keeper = Keeper(Service(), keep.store, Interrupted(keep.store, Source(keep.folder)))
    keeper.service.go_live(Live(ingest(keep.folder).edition))
    waiting.append(keeper)
    with Store.at(tmp_path / "data") as theirs:
        write(keep.folder, "mission", "Report of the mission", *[f"Well {n} is dry." for n in range(MOST)])
        Keeper(Service(), theirs, Here(theirs, Source(keep.folder))).refresh("terminal")
    assert keeper.follow() is True
    beside[0].join(20)
    assert [done.changed for done in refreshed] == [False]


def test_an_edition_that_another_process_published_is_followed(keep: Keep, tmp_path: Path) -> None:
    bot = keep.started()
    assert bot.follow() is False
    with Store.at(tmp_path / "data") as theirs:
        write(keep.folder, "mission", "Report of the mission", WELLS)
        other = Keeper(Service(), theirs, Here(theirs, Source(keep.folder)))
        other.refresh("terminal")
    assert bot.follow() is True
    assert head(bot) == head(other)
    assert bot.follow() is False


class Counting(Here):
    """How often an edition was made to be taken over."""

    taken = 0

    def take(self, held: Edition | None) -> Live | None:
        Counting.taken += 1
        return super().take(held)


def test_a_small_edition_is_followed_without_a_process_of_its_own(keep: Keep, tmp_path: Path) -> None:
    """A large one has one, and so has whichever is there at the start."""
    bot = keep.keeper()
    bot.making = Counting(keep.store, Source(keep.folder))
    Counting.taken = 0
    with Store.at(tmp_path / "data") as theirs:
        other = Keeper(Service(), theirs, Here(theirs, Source(keep.folder)))
        other.start()
        bot.start()
        assert Counting.taken == 1
        for paragraphs, taken in ((MOST - 1, 1), (MOST, 2), (1, 2)):
            write(keep.folder, "mission", "Report of the mission", *[f"Well {n} is dry." for n in range(paragraphs)])
            other.refresh("terminal")
            assert bot.follow() is True
            assert head(bot) == head(other)
            assert Counting.taken == taken
            assert bot.service.snapshot().ask("Which well is dry?").consider().answer.excerpts


def test_a_refresh_compares_with_what_is_live_by_then(keep: Keep, tmp_path: Path) -> None:
    """Two processes refresh from the same files: the second finds nothing new."""
    bot = keep.started()
    write(keep.folder, "mission", "Report of the mission", WELLS)
    with Store.at(tmp_path / "data") as theirs:
        assert Keeper(Service(), theirs, Here(theirs, Source(keep.folder))).refresh("terminal").diff is not None
    assert bot.refresh("someone").diff is None
    assert [passage.text for passage in bot.service.snapshot().reports[0].body] == [WELLS]


@pytest.mark.parametrize("keep", ["here"], indirect=True)
def test_a_refresh_does_not_replace_what_another_has_made_meanwhile(keep: Keep, tmp_path: Path) -> None:
    """It has read the files before they changed; the other one after, and was done first."""
    bot = keep.started()
    write(keep.folder, "mission", "Report of the mission", CAMPS)
    with Store.at(tmp_path / "data") as theirs:
        other = Keeper(Service(), theirs, Here(theirs, Source(keep.folder)))

        def meanwhile(_done: int, _total: int, _file: str) -> None:
            write(keep.folder, "mission", "Report of the mission", WELLS)
            other.refresh("terminal")

        with pytest.raises(OvertakenError) as refused:
            bot.refresh("someone", meanwhile)
    assert refused.value.fields == {"edition": other.service.snapshot().live.edition.label}
    assert head(bot) == head(other)
    assert keep.actions() == [("someone", "failed"), ("terminal", "refresh"), ("first start", "refresh")]
    assert not bot.refresh("someone").changed


@pytest.mark.parametrize("keep", ["here"], indirect=True)
def test_a_first_start_that_was_overtaken_goes_on_with_what_is_live(keep: Keep, tmp_path: Path) -> None:
    """Two bots start at once; when this one looks at the clock, to publish, the other has been faster."""
    with Store.at(tmp_path / "data") as theirs:
        faster = Keeper(Service(), theirs, Here(theirs, Source(keep.folder)))

        def meanwhile() -> dt.datetime:
            write(keep.folder, "mission", "Report of the mission", CAMPS)
            faster.start()
            return NOW

        slower = Keeper(Service(), keep.store, Here(keep.store, Source(keep.folder), meanwhile))
        slower.start()
    assert head(slower) == head(faster)
    assert [passage.text for passage in slower.service.snapshot().reports[0].body] == [CAMPS]


def test_a_database_that_was_removed_is_not_said_to_hold_what_is_live(keep: Keep, tmp_path: Path) -> None:
    keeper = keep.started()
    (tmp_path / "data" / "rapporteur.db").unlink()
    assert keeper.follow() is False
    assert keeper.refresh("someone").changed
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest
    assert not keeper.refresh("someone").changed


def test_every_answer_comes_whole_from_one_edition_while_editions_change(keep: Keep) -> None:
    keeper = keep.started()
    numbers = ("two", "three", "four", "five", "six", "seven")
    known = {keeper.service.snapshot().live.edition.label: "three"}
    answers: list[tuple[str, str]] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answer = keeper.service.snapshot().ask("Where were the wells found?").consider().answer
            answers.append((answer.edition, answer.excerpts[0].text))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in numbers:
            write(keep.folder, "mission", "Report of the mission", WELLS.replace("three", number), CAMPS)
            known[keeper.refresh("someone").edition] = number
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert answers
    assert all(known[edition] in text for edition, text in answers)


def test_an_old_wording_is_found_in_the_store(keep: Keep) -> None:
    keeper = keep.started()
    old = keeper.service.snapshot().passage("mission:2")
    write(keep.folder, "mission", "Report of the mission", WELLS, "Nobody was there.")
    keeper.refresh("someone")
    again = keeper.service.snapshot().passage(str(Citation.of(old.passage)))
    assert (again.passage.text, again.edition, again.live) == (CAMPS, old.edition, False)
    assert keeper.service.snapshot().passage("mission:2").passage.text == "Nobody was there."


@pytest.mark.parametrize("keep", ["apart"], indirect=True)
def test_a_report_that_stays_the_same_is_the_same_object(keep: Keep) -> None:
    """Nothing is held twice, and nothing has to be thrown away, for a report that nobody changed."""
    write(keep.folder, "second", "A second report", "It is short.")
    keeper = keep.started()
    mission, second = keeper.service.snapshot().reports
    write(keep.folder, "second", "A second report", "It is longer now.")
    keeper.refresh("someone")
    assert keeper.service.snapshot().reports[0] is mission
    assert keeper.service.snapshot().reports[1].text != second.text


def test_a_refresh_whose_details_cannot_be_told_is_a_refresh_all_the_same(keep: Keep, tmp_path: Path) -> None:
    """The database loses the old wording while it is compared: what was published stays published, and is said."""
    keeper = keep.started()
    write(keep.folder, "mission", "Report of the mission", WELLS)
    with sqlite3.connect(tmp_path / "data" / "rapporteur.db") as connection:
        connection.execute("UPDATE reports SET date = 'no date'")
    connection.close()
    refreshed = keeper.refresh("someone")
    assert (refreshed.changed, refreshed.diff) == (True, None)
    assert refreshed.untold
    assert refreshed.edition == keeper.service.snapshot().live.edition.label
    assert keep.store.live_digest() == keeper.service.snapshot().live.edition.digest


def child_of(process: int) -> int:
    """The one child process of a process."""
    found = Path(f"/proc/{process}/task/{process}/children")
    if not found.exists():
        pytest.skip("there is no /proc that names children")
    for thread in Path(f"/proc/{process}/task").iterdir():
        if children := (thread / "children").read_text().split():
            return int(children[0])
    raise AssertionError("there is no child")


def test_a_child_that_is_killed_leaves_the_old_edition_live_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS)
    for number in range(300):  # it must still be reading when it is killed
        write(folder, f"other-{number}", f"Report {number}", CAMPS)
    with Store.at(tmp_path / "data") as store:
        keeper = Keep(store, folder, is_apart=True).started()
        before = head(keeper)
        write(folder, "mission", "Report of the mission", CAMPS)

        def kill(done: int, _total: int, _file: str) -> None:
            if done == 1:
                os.kill(child_of(os.getpid()), signal.SIGKILL)

        with pytest.raises(RefreshFailedError) as refused:
            keeper.refresh("someone", kill)
        assert isinstance(refused.value.reason, CutOffError)
        assert refused.value.reason.fields["reason"] == "SIGKILL"
        assert head(keeper) == before
        assert store.live_digest() == before[0]
        assert keeper.refresh("someone").changed


def test_a_child_ends_with_the_process_that_asked() -> None:
    """Killed without a chance to clean up, as by the kernel; the child notices that nobody listens."""
    code = """
import os, sys
from bot.publishing.workshop import _child
with _child() as child:
    print(child.process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=False)
    assert asked.returncode == -signal.SIGKILL
    pid = int(asked.stdout)
    deadline = time.monotonic() + 20
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(pid)


def test_a_child_that_nobody_listens_to_any_more_ends_without_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS)
    code = f"""
import pickle
from pathlib import Path
from bot.publishing.maker import Order, Work
from bot.service.live import Live
from bot.publishing.refresh import Source
from bot.publishing.workshop import _child
with _child() as child:
    child.stdout.close()
    pickle.dump(Order(Work.READ, "sqlite://", Source(Path({str(folder)!r}))), child.stdin)
    child.stdin.flush()
    print(child.process.wait(20))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=False)
    assert (ran.stdout, ran.stderr) == ("1\n", "")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
