"""Editions as files: how long each stays, who makes it, and what goes on where none can be written."""

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.errors import RefreshFailedError
from bot.publishing import editions as editions_module
from bot.publishing import workshop
from bot.publishing.editions import FOLDER, SUFFIX, Editions, Opened
from bot.service.live import Live
from bot.service.snapshot import Snapshot
from bot.terminal import session
from corpus.ingest.pipeline import ingest
from corpus.store.store import FILE_NAME, Store
from tests.bot.publishing.edition_files import (
    CAMPS,
    DAMAGES,
    STEPS,
    UNWRITTEN,
    Step,
    answer,
    keeper,
    only,
    problems,
    said,
    written,
)


def test_where_nothing_can_be_written_all_goes_on_without(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    with Store.at(tmp_path / "elsewhere") as store:
        whole = answer(keeper(folder, store, tmp_path / "elsewhere"))
    data.mkdir()
    (data / FOLDER).write_text("a file")
    unwritten = UNWRITTEN.format("File exists")
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        assert answer(kept) == whole
        assert problems(caplog) == [unwritten]
        STEPS["changed"](folder)
        assert kept.refresh("someone").unwritten == "File exists"
        assert "Eight wells" in said(kept.service.snapshot(), "ask", question="How many wells near Gao?")
        assert problems(caplog) == [unwritten, unwritten]
        assert "Eight wells" in said(keeper_again(folder, store, data), "ask", question="How many wells near Gao?")


def keeper_again(folder: Path, store: Store, data: Path) -> Snapshot:
    kept = keeper(folder, store, data)
    kept.start()
    return kept.service.snapshot()


def test_when_it_cannot_be_written_any_more_what_was_remembered_is_still_answered_from(
    folder: Path, tmp_path: Path
) -> None:
    """Reports that were opened from a file go through the pipe as values."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        STEPS["changed"](folder)
        path = data / FOLDER / f"{ingest(folder).edition.digest}{SUFFIX}"
        path.mkdir()
        assert kept.refresh("someone").unwritten == "Is a directory"
        live = kept.service.live
        assert live is not None
        assert (live.prepared, live.edition.reports) == (None, ingest(folder).edition.reports)


def test_a_bot_whose_program_was_replaced_under_it_goes_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What the new program writes the old one would not open: editions come as values until it is started again."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        monkeypatch.setattr(editions_module, "version", lambda: "older")
        monkeypatch.setattr(workshop, "version", lambda: "older")
        STEPS["changed"](folder)
        assert kept.refresh("someone").changed
        assert "Eight wells" in said(kept.service.snapshot(), "ask", question="How many wells near Gao?")
        live = kept.service.live
        assert live is not None
        assert live.prepared is None
        assert "Eight wells" in said(keeper_again(folder, store, data), "ask", question="How many wells near Gao?")
    assert problems(caplog) == []


def test_what_does_not_go_live_is_removed(folder: Path, tmp_path: Path) -> None:
    """It may be what has filled the disk that the database needs."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        old = only(data)
        with closing(sqlite3.connect(data / FILE_NAME)) as connection:
            connection.execute("DROP TABLE audit")
        STEPS["changed"](folder)
        with pytest.raises(RefreshFailedError):
            kept.refresh("someone")
        assert only(data) == old


def test_old_files_go_and_whoever_has_one_open_goes_on_with_it(folder: Path, tmp_path: Path) -> None:
    """What was just written stays, for somebody may be about to open it; what is being written stays an hour."""
    editions = Editions.beside(tmp_path)
    old = written(tmp_path, ingest(folder))
    STEPS["changed"](folder)
    new = written(tmp_path, ingest(folder))
    unfinished = [tmp_path / FOLDER / f"x{SUFFIX}.{n}.new" for n in range(2)]
    other = tmp_path / FOLDER / "notes.txt"
    for file in (*unfinished, other):
        file.touch()
    editions.prune(new.edition.digest)
    assert len(list((tmp_path / FOLDER).iterdir())) == 5
    for age, name in ((120, f"{old.edition.digest}{SUFFIX}"), (120, f"{new.edition.digest}{SUFFIX}")):
        os.utime(tmp_path / FOLDER / name, (time.time() - age, time.time() - age))
    for age, file in zip((120, 4000), unfinished, strict=True):
        os.utime(file, (time.time() - age, time.time() - age))
    os.utime(other, (0, 0))
    editions.prune(new.edition.digest)
    left = {file.name for file in (tmp_path / FOLDER).iterdir()}
    assert left == {f"{new.edition.digest}{SUFFIX}", unfinished[0].name, other.name}
    snapshot = Snapshot(Live(old.edition, prepared=old.prepared))
    assert CAMPS in said(snapshot, "passage", citation="b:1")
    assert CAMPS in said(snapshot, "ask", question="How many families are in the camp?")


def test_pruning_and_opening_where_there_is_no_folder_is_nothing(tmp_path: Path) -> None:
    editions = Editions.beside(tmp_path / "none")
    editions.prune("x")
    assert (editions.opened("x"), editions.newest()) == (None, None)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("damage", "is_used"),
    [(lambda _: None, [True] * 3), (DAMAGES["a byte of its text"], [False] * 3), (DAMAGES["empty"], [])],
)
def test_the_command_line_makes_and_answers_from_them(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    damage: Step,
    is_used: list[bool],
) -> None:
    """What it says is the same with and without, also where a file has changed since, or the edition is damaged."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "LEAST", 1)
    environ = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data")}
    opened, work = list[Opened | None](), Editions.newest

    def newest(editions: Editions) -> Opened | None:
        opened.append(work(editions))
        return opened[-1]

    monkeypatch.setattr(Editions, "newest", newest)

    def run(*arguments: str) -> tuple[str, str]:
        assert main(list(arguments), environ) == 0
        return capsys.readouterr()

    asked = (("ask", "Where were the wells found?"), ("quote", CAMPS), ("passage", "b:1"))
    without = [run(*words) for words in asked]
    assert opened == []
    run("corpus", "refresh")
    damage(only(tmp_path / "data"))
    assert [run(*words) for words in asked] == without
    assert [one is not None for one in opened] == is_used
    STEPS["changed"](folder)
    changed = [run(*words) for words in asked]
    shutil.rmtree(tmp_path / "data" / FOLDER)
    assert changed == [run(*words) for words in asked] != without


def test_one_question_opens_no_file_that_is_as_quickly_read_anew(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path / "data", ingest(folder))
    monkeypatch.setattr(Editions, "newest", lambda _: pytest.fail("it was opened"))
    environ = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data")}
    assert main(["ask", "Where were the wells found?"], environ) == 0
    assert "three wells" in capsys.readouterr().out
