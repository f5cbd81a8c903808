"""Editions as files: a refresh gives the file that would be made from nothing, and reads only what has changed."""

import os
from pathlib import Path

import pytest

from bot.publishing.editions import FOLDER, SUFFIX
from bot.service.snapshot import Snapshot
from corpus.gathering.sources import Source as FileSource
from corpus.ingest.pipeline import ingest
from corpus.ingest.understanding import Desk, Understood
from corpus.store.store import Store
from tests.bot.publishing.edition_files import STEPS, Step, keeper, only, said, written


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_a_refresh_gives_the_file_that_is_made_from_nothing(folder: Path, tmp_path: Path, step: Step) -> None:
    """Byte for byte, and so every answer."""
    before = written(tmp_path, ingest(folder))
    step(folder)
    again, anew = ingest(folder, memory=before.memory), ingest(folder)
    assert again == anew
    assert again.read_with == anew.read_with
    written(tmp_path / "again", again, before)
    written(tmp_path / "anew", anew)
    name = f"{anew.edition.digest}{SUFFIX}"
    files = [(tmp_path / which / FOLDER / name).read_bytes() for which in ("again", "anew")]
    assert files[0] == files[1]
    assert before.is_of(anew) == (step is STEPS["nothing"])


def test_many_changes_one_after_the_other_give_what_is_made_from_nothing(folder: Path, tmp_path: Path) -> None:
    found = written(tmp_path, ingest(folder))
    for name in ("removed", "added before", "longer", "changed", "renamed", "another language", "added behind"):
        STEPS[name](folder)
        found = written(tmp_path, ingest(folder, memory=found.memory), found)
    anew = ingest(folder)
    written(tmp_path / "anew", anew)
    name = f"{anew.edition.digest}{SUFFIX}"
    assert (tmp_path / FOLDER / name).read_bytes() == (tmp_path / "anew" / FOLDER / name).read_bytes()


@pytest.mark.parametrize(("step", "read"), [("nothing", []), ("changed", ["b.txt"]), ("renamed", ["y.txt"])])
def test_only_files_that_have_changed_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, read: list[str]
) -> None:
    before = written(tmp_path, ingest(folder))
    STEPS[step](folder)
    names, work = list[str](), Desk.read

    def noted(desk: Desk, source: FileSource) -> Understood:
        names.append(source.name)
        return work(desk, source)

    monkeypatch.setattr(Desk, "read", noted)
    ingest(folder, memory=before.memory)
    assert names == read


def test_a_file_that_can_no_longer_be_read_is_said_so_although_it_was_read_before(folder: Path, tmp_path: Path) -> None:
    before = written(tmp_path, ingest(folder))
    (folder / "a.txt").write_bytes(b"\xff\xfe\x00")
    refused = ingest(folder, skip_unreadable=True, memory=before.memory).refused
    assert [error.fields["file"] for error in refused] == ["a.txt"]


def test_a_refresh_writes_what_a_first_start_would(folder: Path, tmp_path: Path) -> None:
    """Through the real process and database; afterwards the old file is gone once nobody can be about to open it."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        kept = keeper(folder, store, data)
        kept.start()
        old = only(data)
        live = kept.service.live
        assert live is not None
        STEPS["changed"](folder)
        os.utime(old, (0, 0))
        refreshed = kept.refresh("someone")
        assert (refreshed.changed, refreshed.unwritten) == (True, "")
        new = only(data)
        assert new.name != old.name
        assert said(Snapshot(live), "passage", citation="b:1") != said(
            kept.service.snapshot(), "passage", citation="b:1"
        )
    written(tmp_path / "anew", ingest(folder))
    assert only(tmp_path / "anew").read_bytes() == new.read_bytes()
