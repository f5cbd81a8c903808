"""A file of arrays is what was written, or it is refused: cut off, changed, foreign, forged, or no file at all."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.errors import ArraysError
from corpus.files import arrays
from corpus.files.arrays import MAGIC, NEW

ARRAYS: dict[str, NDArray[Any]] = {
    "numbers": np.arange(1000, dtype=np.int64),
    "table": np.ones((3, 5), np.float32),
    "none": np.empty(0, np.uint16),
    "text": np.frombuffer("Les puits étaient à sec.".encode(), np.uint8),
}
FACTS = {"version": "1", "of": ["a", None, 2]}


@pytest.fixture(autouse=True)
def _small_pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small arrays have several pieces, but where another process writes them too."""
    if "process" not in request.fixturenames:
        monkeypatch.setattr(arrays, "_PIECE", 256)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.arrays"
    arrays.write(path, "test", FACTS, ARRAYS)
    return path


def held(path: Path) -> dict[str, Any]:
    return {name: array.tolist() for name, array in arrays.opened(path, "test").items()}


WHOLE = {name: array.tolist() for name, array in ARRAYS.items()}


def test_a_file_gives_back_what_was_written(path: Path) -> None:
    found = arrays.opened(path, "test")
    assert found.facts == FACTS
    assert {name: (array.dtype, array.tolist()) for name, array in found.items()} == {
        name: (array.dtype, array.tolist()) for name, array in ARRAYS.items()
    }
    assert not any(array.flags.writeable for array in found.values())
    assert found.piece("text", 0, 9) == b"Les puits"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(("begin", "end"), [(-1, 3), (3, 2), (0, 27)])
def test_no_piece_reaches_out_of_its_array(path: Path, begin: int, end: int) -> None:
    with pytest.raises(IndexError):
        arrays.opened(path, "test").piece("text", begin, end)


@given(ends=st.lists(st.integers(0, 1000), max_size=6))
def test_an_array_in_parts_is_the_array(tmp_path_factory: pytest.TempPathFactory, ends: list[int]) -> None:
    path = tmp_path_factory.mktemp("parts") / "a"
    size = arrays.write(path, "test", FACTS, {"numbers": np.split(ARRAYS["numbers"], sorted(ends))})
    whole = path.with_name("b")
    assert arrays.write(whole, "test", FACTS, {"numbers": ARRAYS["numbers"]}) == size == path.stat().st_size
    assert path.read_bytes() == whole.read_bytes()


def test_a_file_that_is_cut_off_anywhere_is_refused(path: Path) -> None:
    data = path.read_bytes()
    for size in (*range(0, len(data), 97), len(data) - 1):
        path.write_bytes(data[:size])
        with pytest.raises(ArraysError):
            arrays.opened(path, "test")
    path.write_bytes(data + b"\0")
    with pytest.raises(ArraysError):
        arrays.opened(path, "test")


@given(st.data())
def test_a_byte_that_has_changed_is_seen_wherever_it_counts(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("flipped") / "a"
    arrays.write(path, "test", FACTS, ARRAYS)
    content = bytearray(path.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    try:
        found = held(path)
    except ArraysError:
        return
    assert found == WHOLE, "what has changed stands between the arrays"


def test_every_byte_of_every_array_counts(path: Path) -> None:
    content = path.read_bytes()
    for name, array in ARRAYS.items():
        at = content.find(array.tobytes()) if array.size else -1
        for place in range(at, at + array.nbytes, 61) if at >= 0 else ():
            path.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
            with pytest.raises(ArraysError, match="damaged"):
                arrays.opened(path, "test")
        assert at >= 0 or name == "none"


def test_a_file_of_another_kind_is_refused(path: Path) -> None:
    with pytest.raises(ArraysError, match="something else"):
        arrays.opened(path, "other")


def forged(path: Path, **changes: object) -> None:
    """A file with a head that says something else, and says it with the right checksum."""
    content = path.read_bytes()
    size = int.from_bytes(content[len(MAGIC) : len(MAGIC) + 8], "little")
    start = len(MAGIC) + 12
    told = json.loads(content[start : start + size])
    for name, value in changes.items():
        if name in told:
            told[name] = value
        else:
            field, _, place = name.rpartition("_")
            told["arrays"][field][int(place)] = value
    head = json.dumps(told, separators=(",", ":")).encode()
    assert len(head) <= size, "the arrays stay where they are"
    head = head.ljust(size)
    path.write_bytes(
        MAGIC + size.to_bytes(8, "little") + crc32(head).to_bytes(4, "little") + head + content[start + size :]
    )


FORGERIES: dict[str, dict[str, object]] = {
    "objects, as pickles hold them": {"numbers_0": "|O"},
    "a type of several fields": {"numbers_0": "i4,O"},
    "an array larger than the file": {"numbers_1": [10**6]},
    "an array larger than any memory": {"numbers_1": [2**62]},
    "an array that begins behind the file": {"text_2": 10**6},
    "an array that begins before the file": {"text_2": -64},
    "a place that is no number": {"text_2": "0"},
    "a place between two bytes": {"text_2": 0.5},
    "less than nothing": {"numbers_1": [-1]},
    "less than nothing twice": {"table_1": [-3, -5]},
    "a shape that is none": {"numbers_1": "x"},
    "no checksums": {"numbers_3": []},
    "checksums that are none": {"numbers_3": None},
    "other arrays": {"arrays": {"numbers": 1}},
    "no arrays": {"arrays": None},
    "another size": {"size": 1},
    "a size that is none": {"size": "1"},
}


@pytest.mark.parametrize("changes", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_head_leads_nowhere(path: Path, changes: dict[str, object]) -> None:
    """It is refused before any array is made: nothing in the file is run, and nothing outside of it is looked at."""
    forged(path)
    assert held(path) == WHOLE, "a head that says the same is believed"
    forged(path, **changes)
    with pytest.raises(ArraysError):
        arrays.opened(path, "test")


def test_a_head_that_says_to_be_endless_is_refused(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(MAGIC + (2**63).to_bytes(8, "little") + content[len(MAGIC) + 8 :])
    with pytest.raises(ArraysError):
        arrays.opened(path, "test")
    deep = b"[" * 100_000
    path.write_bytes(MAGIC + len(deep).to_bytes(8, "little") + crc32(deep).to_bytes(4, "little") + deep)
    with pytest.raises(ArraysError):
        arrays.opened(path, "test")


def test_what_is_no_file_is_not_opened(path: Path, tmp_path: Path) -> None:
    """Nor waited for, nor followed."""
    with pytest.raises(FileNotFoundError):
        arrays.opened(tmp_path / "none", "test")
    (tmp_path / "link").symlink_to(path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    for name in ("link", "pipe", "empty", "."):
        with pytest.raises((ArraysError, OSError)):
            arrays.opened(tmp_path / name, "test")


@contextmanager
def nobody_special() -> Iterator[None]:
    """As a user who has no rights here."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read_or_written_is_an_error_of_the_system(path: Path) -> None:
    path.chmod(0)
    path.parent.chmod(0o500)
    try:
        with nobody_special():
            with pytest.raises(PermissionError):
                arrays.opened(path, "test")
            with pytest.raises(PermissionError):
                arrays.write(path, "test", {}, ARRAYS)
    finally:
        path.parent.chmod(0o700)


def test_a_full_disk_leaves_the_file_before(path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        with pytest.raises(OSError, match="too large"):
            arrays.write(path, "test", {}, {"numbers": ARRAYS["numbers"]})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert held(path) == WHOLE
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_link_in_the_place_is_replaced_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("words")
    (tmp_path / "a").symlink_to(tmp_path / "precious")
    arrays.write(tmp_path / "a", "test", FACTS, ARRAYS)
    assert (tmp_path / "precious").read_text() == "words"
    assert held(tmp_path / "a") == WHOLE


def test_what_is_open_stays_as_it_was(path: Path) -> None:
    """On Linux a mapping outlives the name of its file."""
    before = arrays.opened(path, "test")
    arrays.write(path, "test", FACTS, {"numbers": ARRAYS["numbers"][:3]})
    path.unlink()
    assert before["numbers"].tolist() == WHOLE["numbers"]
    assert before.piece("text", 0, 9) == b"Les puits"


WRITING = """\
import sys
from pathlib import Path
import numpy as np
from corpus.files import arrays

number, times = int(sys.argv[2]), int(sys.argv[3])
print("begin", flush=True)
for _ in range(times):
    arrays.write(Path(sys.argv[1]), "test", {"of": number}, {"numbers": np.full(4_000_000, number, np.int64)})
"""


Writer = Callable[[int, int], "subprocess.Popen[bytes]"]


@pytest.fixture
def process(path: Path) -> Writer:
    """Another process that writes a file of 32 MB, full of a number, so many times."""

    def begin(number: int, times: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-c", WRITING, str(path), str(number), str(times)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONPATH": "."},
        )

    return begin


def begun(path: Path) -> list[Path]:
    """The files beside it that are being written, and hold something already."""
    return [file for file in path.parent.glob(f"{path.name}.*{NEW}") if file.stat().st_blocks]


def test_killed_while_it_is_written_the_file_before_is_whole(path: Path, process: Writer) -> None:
    """Whenever it is: what was half written is another file, and nobody opens that."""
    killed = 0
    for _ in range(5):
        with process(1, 10_000) as running:
            while running.poll() is None and not begun(path):
                pass
            running.send_signal(signal.SIGKILL)
        killed += bool(begun(path))
        for file in begun(path):
            file.unlink()
        if path.stat().st_size < 1_000_000:
            assert held(path) == WHOLE
        else:
            assert arrays.opened(path, "test").facts == {"of": 1}
    assert killed, "none was killed in the middle"


def test_two_may_write_at_once_and_whoever_opens_it_finds_one_of_them_whole(path: Path, process: Writer) -> None:
    found = set()
    with process(1, 15) as one, process(2, 15) as two:
        while one.poll() is None or two.poll() is None:
            opened = arrays.opened(path, "test")
            if opened.facts != FACTS:
                number = opened.facts["of"]
                found.add(number)
                assert (opened["numbers"] == number).all()
    assert (one.returncode, two.returncode) == (0, 0)
    found.add(arrays.opened(path, "test").facts["of"])
    assert found <= {1, 2}
    assert [file.name for file in path.parent.iterdir()] == [path.name]
