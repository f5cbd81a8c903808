"""Opening what somebody else has put there: nothing is waited for, nothing is endless, nothing leads out."""

import os
import socket
import sys
from pathlib import Path

import pytest

from corpus.errors import FileLineError, ManifestError
from corpus.files import opening
from corpus.files.jsonlines import LONGEST_LINE, objects
from corpus.files.opening import NoFileError, TooLargeError, read_file, shown_name, shown_size
from corpus.files.toml import UnreadableTomlError, parsed
from corpus.ingest.pipeline import ingest
from tests.said import facts, refusal, words


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == read_file(tmp_path / "a", 5, folder=tmp_path) == b"12345"
    with refusal(TooLargeError, "it is larger than 0 KiB"):
        read_file(tmp_path / "a", 4)


@pytest.mark.skipif(sys.platform != "linux", reason="such files are Linux's")
def test_a_file_that_is_longer_than_it_says_is_read_up_to_its_limit_as_well() -> None:
    with pytest.raises(TooLargeError):
        read_file(Path("/proc/self/maps"), 100)


@pytest.mark.skipif(sys.platform != "linux", reason="such files are Linux's")
def test_a_file_that_is_longer_than_it_says_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_PIECE", 7)
    said = Path("/proc/version")
    assert (said.stat().st_size, read_file(said, 10_000)) == (0, said.read_bytes())
    assert read_file(said, len(said.read_bytes())) == said.read_bytes()
    with pytest.raises(TooLargeError):
        read_file(said, len(said.read_bytes()) - 1)


def test_a_folder_whose_name_begins_like_another_is_not_within_it(tmp_path: Path) -> None:
    for name in ("reports", "reports-old"):
        (tmp_path / name).mkdir()
    (tmp_path / "reports-old" / "a").write_bytes(b"1")
    (tmp_path / "reports" / "link").symlink_to(tmp_path / "reports-old" / "a")
    with refusal(NoFileError, "it is a link that leads out of the folder"):
        read_file(tmp_path / "reports" / "link", 100, folder=tmp_path / "reports")
    assert read_file(tmp_path / "reports-old" / "a", 100, folder=Path("/")) == b"1"


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
    for path in (tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero")):
        with refusal(NoFileError, "it is no ordinary file"):
            read_file(path, 100)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path, 100)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path / ".", 100, folder=tmp_path)
    with pytest.raises(FileNotFoundError):
        read_file(Path("\0"), 100)


def test_links_are_followed_within_the_folder_and_not_out_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "within").mkdir(parents=True)
    (tmp_path / "out").write_bytes(b"out")
    (folder / "within" / "a").write_bytes(b"a")
    (folder / "link").symlink_to("within/a")
    (folder / "folder").symlink_to("within")
    assert read_file(folder / "link", 9, folder=folder) == read_file(folder / "folder" / "a", 9, folder=folder) == b"a"
    (folder / "leaving").symlink_to(tmp_path / "out")
    (folder / "up").symlink_to(tmp_path)
    for path in (folder / "leaving", folder / "up" / "out", folder / ".." / "out", Path("/dev/zero")):
        with refusal(NoFileError, "it is a link that leads out of the folder; copy the file itself"):
            read_file(path, 9, folder=folder)
    (folder / "circle").symlink_to("circle")
    with pytest.raises(OSError, match="Too many levels of symbolic links"):
        read_file(folder / "circle", 9, folder=folder)


@pytest.mark.parametrize("kind", ["pipe", "zero", "outside"])
def test_a_manifest_is_opened_like_any_file(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Title\n\nText.")
    if kind == "pipe":
        os.mkfifo(folder / "reports.toml")
    else:
        (tmp_path / "outside").write_text("[[report]]\n")
        (folder / "reports.toml").symlink_to("/dev/zero" if kind == "zero" else tmp_path / "outside")
    with pytest.raises(ManifestError) as caught:
        ingest(folder)
    problem = "it is no ordinary file" if kind == "pipe" else "it is a link that leads out of the folder"
    assert words(caught.value.fields["problem"]).startswith(problem)


def test_lines_of_json_end_somewhere() -> None:
    with pytest.raises(FileLineError) as caught:
        list(objects(Path("/dev/zero")))
    assert facts(caught.value) == {"file": "/dev/zero", "line": 1, "problem": "it is longer than 64 MiB"}
    assert LONGEST_LINE == 64 * 2**20


def test_toml_with_a_number_that_python_does_not_read_is_refused() -> None:
    with pytest.raises(UnreadableTomlError) as caught:
        parsed("n = " + "1" * 5_000)
    assert words(caught.value.problem) == "it holds a value that is none"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"a": NaN}', "it is not JSON in UTF-8"),
        ('{"a": 1e999}', "it is not JSON in UTF-8"),
        ("[" * 100_000, "it is not JSON in UTF-8"),
        ("[1]", "it is JSON, but no object"),
    ],
)
def test_a_line_that_is_no_object_is_told_by_its_number(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(f'{{"a": 1}}\n\n{line}\n')
    with pytest.raises(FileLineError) as caught:
        list(objects(file))
    assert facts(caught.value) == {"file": str(file), "line": 3, "problem": problem}


def test_a_name_is_said_on_one_line_and_in_its_own_direction() -> None:
    assert shown_name("Ségou v1.2.txt") == "Ségou v1.2.txt"
    assert shown_name("a\nb\x1b[31m\u202ec\u2028\udcff") == "a?b?[31m?c??"
    assert shown_name("a" * 1000) == "a" * 500
    assert [shown_size(size) for size in (2048, 10 * 2**20)] == ["2 KiB", "10 MiB"]
