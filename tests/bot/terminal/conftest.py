"""The command line: in-process on a folder with a report, and what its processes run with."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.bot.terminal.command_line import CAMPS, MANIFEST, WELLS, Ran, Run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n\n{CAMPS}\n", encoding="utf-8")
    (folder / "reports.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the folder and gives back its exit code and outputs."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, environ: Mapping[str, str] | None = None) -> Ran:
        ours = {"RAPPORTEUR_REPORTS": str(folder), "RAPPORTEUR_DATA": str(tmp_path / "data"), "COLUMNS": "80"}
        code = main(arguments, ours | dict(environ or {}))
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "mission.txt").write_text(f"Report of the mission\n\n{WELLS}\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """Whatever the tests run in, with our settings and none of a developer's."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORTEUR_")}
    root = str(Path(__file__).parents[3])
    return ours | {
        "RAPPORTEUR_REPORTS": str(home / "reports"),
        "RAPPORTEUR_DATA": str(home / "data"),
        "PYTHONPATH": root,
        "PYTHONUTF8": "1",
        "TERM": "xterm",
        "COLUMNS": "60",
    }
