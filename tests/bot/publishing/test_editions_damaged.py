"""Editions as files: what is damaged, forged, or of another version is made anew and never answered from."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from numpy.typing import NDArray

import corpus
from bot.publishing import editions as editions_module
from bot.publishing.editions import Editions
from corpus.files import arrays
from corpus.ingest.pipeline import ingest
from corpus.store.store import Store
from tests.bot.publishing.edition_files import DAMAGES, STEPS, UNWRITTEN, Step, answer, keeper, only, problems, written

DAMAGED = "The file {}, from which the bot starts, is not whole. It is made anew."
OLDER = "The file {}, from which the bot starts, was written by another version of the program. It is made anew."


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_made_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: Step
) -> None:
    """From the database, in the same bytes; the report files are not looked at."""
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        shutil.rmtree(folder)
        answer(keeper(folder, store, data))
        assert problems(caplog) == []
        damage(path)
        caplog.clear()
        assert answer(keeper(folder, store, data)) == whole
        said_so = problems(caplog)
        if path.is_dir():
            assert said_so == [
                DAMAGED.format(path.name),
                UNWRITTEN.format("Is a directory"),
            ]
            return
        assert len(said_so) == 1
        assert said_so[0].startswith(f"The file {path.name}, from which the bot starts, ")
        caplog.clear()
        kept = keeper(folder, store, data)
        assert answer(kept) == whole
        assert problems(caplog) == []
        live = kept.service.live
        assert live is not None
        assert live.prepared is not None
    assert not Path("ran").exists()


def test_a_file_of_another_version_is_made_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(editions_module, "version", lambda: "older")
            written(data, ingest(folder))
        assert path.read_bytes() != before
        assert answer(keeper(folder, store, data)) == whole
        assert problems(caplog) == [
            OLDER.format(path.name),
        ]
        assert answer(keeper(folder, store, data)) == whole
        assert len(problems(caplog)) == 1


def test_the_version_is_that_of_the_code_by_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by sizes or times, which may be the same for other words."""
    now = editions_module.version.__wrapped__()
    shutil.copytree(Path(corpus.__file__).parent, tmp_path / "corpus")
    monkeypatch.setattr(corpus, "__path__", [str(tmp_path / "corpus")])
    assert editions_module.version.__wrapped__() == now
    module = tmp_path / "corpus" / "text" / "segmentation.toml"
    status, content = module.stat(), module.read_bytes()
    module.write_bytes(content[:-2] + b"#\n")
    os.utime(module, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert module.stat().st_size == status.st_size
    assert editions_module.version.__wrapped__() != now


FORGERIES: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "index.starts": lambda a: a[::-1].copy(),
    "index.numbers": lambda a: a[:-1],
    "index.lengths": lambda a: a[:-1],
    "index.impacts": lambda a: a[1:],
    "index.words.begins": lambda a: a + 1,
    "index.words.numbers": lambda a: a + 1,
    "names.starts": lambda a: a[:-1],
    "titled.positions": lambda a: a[:0],
    "above.of": lambda a: a + 1_000,
    "above.only": lambda a: a[:-1],
    "reports.told": lambda a: a[1:],
}


@pytest.mark.parametrize("name", FORGERIES)
def test_what_does_not_fit_together_is_not_opened(folder: Path, tmp_path: Path, name: str) -> None:
    """Whoever forges a file gives it the right checksums; what reaches out of its array is refused all the same."""
    ingested = ingest(folder)
    written(tmp_path, ingested)
    path, kind = only(tmp_path), editions_module.KIND
    whole = arrays.opened(path, kind)
    arrays.write(path, kind, whole.facts, {key: FORGERIES[name](a) if key == name else a for key, a in whole.items()})
    assert Editions.beside(tmp_path).opened(ingested.edition.digest) is None
    for missing in whole:
        arrays.write(path, kind, whole.facts, {key: array for key, array in whole.items() if key != missing})
        assert Editions.beside(tmp_path).opened(ingested.edition.digest) is None


def test_another_edition_under_its_name_is_not_taken_for_it(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = tmp_path / "data"
    with Store.at(data) as store:
        whole = answer(keeper(folder, store, data))
        path = only(data)
        STEPS["all"](folder)
        other = ingest(folder)
        written(tmp_path / "other", other)
        shutil.copy(only(tmp_path / "other"), path)
        assert answer(keeper(folder, store, data)) == whole
        assert problems(caplog) == [DAMAGED.format(path.name)]
