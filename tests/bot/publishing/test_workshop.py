"""What a refresh costs the bot that answers meanwhile: it compares no file again that the process which makes editions
has just compared, has Python's collector stop no answer, and keeps nothing of an edition that nobody asks any more."""

import gc
import logging
import os
import pickle
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.publishing.editions import FOLDER, SUFFIX, Editions
from bot.publishing.keeper import Keeper
from bot.publishing.maker import Message
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.service.service import Service
from corpus.files import arrays
from corpus.ingest.pipeline import ingest
from corpus.store.store import Store

FOUND = "The mission found three wells near Niono."
WELLS = f"{FOUND} The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "wells", WELLS)
    return folder


@pytest.fixture
def keeper(folder: Path, tmp_path: Path) -> Iterator[Keeper]:
    """One with an edition, which is a file; another process makes those that follow."""
    editions = Editions.beside(tmp_path / "data")
    with Store.at(tmp_path / "data") as store:
        kept = Keeper(Service(), store, Workshop(store.url, Source(folder), editions), editions=editions)
        kept.start()
        yield kept


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The files that are compared with their checksums in this process."""
    files, compare = list[int](), arrays._compare

    def noted(file: int, places: list[arrays._Place]) -> None:
        files.append(os.fstat(file).st_ino)
        compare(file, places)

    monkeypatch.setattr(arrays, "_compare", noted)
    return files


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / f"{name}.txt").write_text("\n\n".join((f"Report on {name}", *paragraphs)) + "\n", encoding="utf-8")


def answer(keeper: Keeper, question: str = "Where is the camp?") -> str:
    return keeper.service.snapshot().ask(question).consider().answer.excerpts[0].text


def test_what_the_other_process_has_compared_is_not_compared_again(
    keeper: Keeper, folder: Path, compared: list[int]
) -> None:
    write(folder, "camps", CAMPS)
    assert keeper.refresh("moderator").changed
    assert answer(keeper) == CAMPS
    assert compared == []


def test_a_start_compares(keeper: Keeper, tmp_path: Path, compared: list[int]) -> None:
    with Store.at(tmp_path / "data") as store:
        Keeper(Service(), store, keeper.making, editions=keeper.editions).start()
    (file,) = (tmp_path / "data" / FOLDER).iterdir()
    assert compared == [file.stat().st_ino]


def touched(path: Path) -> None:
    """Written to without another word, and its time set back."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(path.read_bytes()[:1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def damaged(path: Path) -> None:
    """One letter is another, and the time is set back."""
    before, content = path.stat(), path.read_bytes().replace(b"wells near", b"bells near")
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def copied(path: Path) -> None:
    """Another file is in its place, and says the same."""
    content = path.read_bytes()
    path.rename(path.with_suffix(".old"))
    path.write_bytes(content)


@pytest.mark.parametrize("change", [touched, damaged, copied])
def test_what_has_changed_since_it_was_compared_is_compared(
    folder: Path, tmp_path: Path, compared: list[int], change: Callable[[Path], None]
) -> None:
    edition = ingest(folder).edition
    editions = Editions.beside(tmp_path)
    editions.write(edition)
    stamp = editions.stamp(edition.digest)
    assert editions.opened(edition.digest, stamp) is not None
    assert len(compared) == 1
    change(tmp_path / FOLDER / f"{edition.digest}{SUFFIX}")
    assert (editions.opened(edition.digest, stamp) is None) == (change is damaged)
    assert len(compared) == 2


def test_a_file_that_is_damaged_or_gone_has_no_stamp(folder: Path, tmp_path: Path) -> None:
    edition = ingest(folder).edition
    editions = Editions.beside(tmp_path)
    assert editions.stamp(edition.digest) is None
    editions.write(edition)
    damaged(tmp_path / FOLDER / f"{edition.digest}{SUFFIX}")
    assert editions.stamp(edition.digest) is None


def test_what_is_damaged_before_it_is_opened_is_not_answered_from(
    keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is made anew out of the database, and the log says so."""
    opened, files = Editions.opened, list[str]()

    def late(editions: Editions, digest: str, stamp: arrays.Stamp | None = None) -> object:
        if stamp is not None and not files:
            files.append(digest)
            damaged(editions.folder / f"{digest}{SUFFIX}")
        return opened(editions, digest, stamp)

    monkeypatch.setattr(Editions, "opened", late)
    write(folder, "camps", CAMPS)
    with caplog.at_level(logging.WARNING):
        assert keeper.refresh("moderator").changed
    assert [record.msg for record in caplog.records] == ["edition", "edition"]
    assert answer(keeper) == CAMPS
    assert answer(keeper, "Where were the wells found?") == FOUND


def test_nothing_is_kept_of_an_edition_that_nobody_asks_any_more(keeper: Keeper, folder: Path) -> None:
    """Its file is closed, so that a disk has its room again, though the collector of Python never looks."""
    live = keeper.service.snapshot().live
    assert live.prepared is not None
    old = weakref.ref(live.prepared.packed.arrays)
    del live
    assert answer(keeper, "Where were the wells found?") == FOUND
    keeper.service.snapshot().completing("wells", 5)
    write(folder, "camps", CAMPS)
    gc.disable()
    try:
        keeper.refresh("moderator")
        assert answer(keeper) == CAMPS
        assert old() is None
    finally:
        gc.enable()


def test_a_refresh_has_the_collector_look_at_nothing(keeper: Keeper, folder: Path) -> None:
    looks = list[int]()
    write(folder, "camps", CAMPS)
    kept = gc.get_freeze_count()

    def noted(phase: str, facts: dict[str, int]) -> None:
        if phase == "start" and facts["generation"] == 2:
            looks.append(facts["generation"])

    gc.collect()  # so that it has no reason of its own
    gc.callbacks.append(noted)
    try:
        keeper.refresh("moderator")
    finally:
        gc.callbacks.remove(noted)
    assert (looks, gc.get_freeze_count()) == ([], kept)


def test_of_each_file_is_told_only_where_somebody_wants_to_hear(
    keeper: Keeper, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that answers would be woken for each of thousands of files."""
    told, load = list[str](), pickle.load
    monkeypatch.setattr("bot.publishing.workshop.pickle.load", lambda stream: noted(load(stream)))

    def noted(message: Message) -> Message:
        told.append(type(message).__name__)
        return message

    write(folder, "camps", CAMPS)
    keeper.refresh("moderator")
    assert told == ["Written", "End"]
    write(folder, "camps", CAMPS, WELLS)
    files = list[str]()
    keeper.refresh("moderator", lambda done, total, file: files.append(f"{done}/{total} {file}"))
    assert files == ["1/2 camps.txt", "2/2 wells.txt"]
