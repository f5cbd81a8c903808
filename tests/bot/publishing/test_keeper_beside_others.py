"""A keeper beside others on one database: who is refused, who follows, and that every answer is of one edition."""

import datetime as dt
import threading
from pathlib import Path

import pytest

from bot.publishing.keeper import Here, Keeper
from bot.publishing.nearby import MOST
from bot.publishing.refresh import Source
from bot.service.live import Live
from bot.service.service import Service
from corpus.edition import Edition
from corpus.errors import OvertakenError, RefreshRunningError
from corpus.ingest.pipeline import ingest
from corpus.store.store import Store
from tests.bot.publishing.edition_files import CAMPS, WELLS
from tests.bot.publishing.keeping import NOW, Keep, head, refreshed, write


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
