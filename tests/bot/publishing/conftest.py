"""Two reports of which editions are made, and a keeper of one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.publishing.editions import Editions
from corpus.store.store import Store
from tests.bot.publishing.edition_files import CAMPS, WELLS
from tests.bot.publishing.keeping import Keep, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = {"a": (WELLS, CAMPS), "b": (CAMPS,), "c": (WELLS, "1. Nobody came.", "2. Nobody spoke."), "d": (WELLS,)}
    for name, paragraphs in texts.items():
        (folder / f"{name}.txt").write_text("\n\n".join((f"Report {name}", *paragraphs)) + "\n", "utf-8")
    return folder


@pytest.fixture(params=["here", "apart", "files"])
def keep(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Keep]:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS, CAMPS)
    with Store.at(tmp_path / "data") as store:
        editions = Editions.beside(tmp_path / "data") if request.param == "files" else None
        yield Keep(store, folder, request.param != "here", editions)
