"""Large files in a process of their own: the same as on the spot, within a budget, and gone with whoever started it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import UnreadableError
from corpus.errors import ReadError
from corpus.ingest.pipeline import ingest
from corpus.parsing.apart import Apart
from corpus.parsing.parse import Budget, parse
from corpus.readers import READERS
from tests.said import facts, refusal, said

PROSE = "# Wells of Maro\n\n" + "Nine wells were drilled. Two were dry.\n\n" * 2_000
# The parser looks at every later line again, at each of them.
ENDLESS = '[a]: b "' + "x\n" * 500_000
NARROW = Budget(seconds=6, seconds_per_mib=0)  # others may be at work on the same cores


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart(Budget()) as running:
        yield running


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.sampled_from("ab.!?“” \n\t#-*>[](|A1é\U0001f4a7\f:")), suffix=st.sampled_from(sorted(READERS)))
def test_a_file_gives_the_same_here_and_there(apart: Apart, text: str, suffix: str) -> None:
    def tried(work: Callable[[bytes, str, str], object]) -> object:
        try:
            return work(text.encode(), suffix, "r")
        except UnreadableError as error:
            return said(error)

    assert tried(apart.parse) == tried(parse)


def test_a_large_file_gives_the_same_report_as_on_the_spot(tmp_path: Path) -> None:
    (tmp_path / "maro.md").write_text(PROSE, "utf-8")
    (report,) = ingest(tmp_path).edition.reports
    assert report.passages == parse(PROSE.encode(), ".md", "maro").passages


def test_what_takes_too_long_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    for name, text in (("a.md", ENDLESS), ("b.md", PROSE), ("c.md", ENDLESS), ("d.txt", "Title\n\nText.")):
        (tmp_path / name).write_text(text, "utf-8")
    found = ingest(tmp_path, skip_unreadable=True, budget=NARROW)
    problem = "it took longer than 6 seconds to read; split it into several reports"
    assert [facts(error) for error in found.refused] == [
        {"file": name, "problem": problem} for name in ("a.md", "c.md")
    ]
    assert [report.id for report in found.edition.reports] == ["b", "d"]
    with refusal(ReadError, r"a\.md.*it took longer"):
        ingest(tmp_path, budget=NARROW)


def test_what_takes_too_much_memory_is_refused_and_the_next_file_is_not() -> None:
    with Apart(Budget(seconds=120, memory=250 * 2**20)) as narrow:
        with refusal(UnreadableError, "it took more than 250 MiB of memory to read; split it into several"):
            narrow.parse(b"- a\n" * 2**18, ".md", "r")
        assert narrow.parse(PROSE.encode(), ".md", "r").facts.title == "Wells of Maro"


def test_what_falls_into_too_many_pieces_is_refused_and_the_next_file_is_not() -> None:
    with Apart(Budget(seconds=120, output=2**20)) as narrow:
        with refusal(UnreadableError, r"it falls into too many pieces \(\d MiB\); split it into several"):
            narrow.parse(b"A.\n\n" * 30_000, ".txt", "r")
        assert narrow.parse(PROSE.encode(), ".md", "r").facts.title == "Wells of Maro"


def test_a_process_that_breaks_off_is_told_of_and_another_takes_its_place() -> None:
    with Apart(Budget()) as running:
        running.parse(PROSE.encode(), ".md", "r")
        assert running._process is not None
        os.kill(running._process.pid, signal.SIGKILL)
        with refusal(UnreadableError, r"the process that read it broke off \(signal 9\)"):
            running.parse(PROSE.encode(), ".md", "r")
        assert running.parse(PROSE.encode(), ".md", "r").facts.title == "Wells of Maro"


def test_nothing_of_the_folder_that_a_command_is_started_in_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    with Apart(Budget()) as running:
        assert running.parse(PROSE.encode(), ".md", "r").facts.title == "Wells of Maro"


READS = """
import sys
from pathlib import Path
from corpus.parsing.apart import Apart
from corpus.parsing.parse import Budget
apart = Apart(Budget())
apart.parse(b"# Title\\n\\nText.", ".md", "r")
print(apart._process.pid, flush=True)
with apart:
    apart.parse(b'[a]: b "' + b"x\\n" * 500_000, ".md", "r")
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_whoever_started_it_in_the_middle_of_its_work(end: signal.Signals) -> None:
    """The other process holds the end of a pipe that only closes with it: nothing is waited for but its end."""
    listening, held = os.pipe()
    started = subprocess.Popen(
        [sys.executable, "-c", READS],
        stdout=subprocess.PIPE,
        stderr=held,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    os.close(held)
    with started, os.fdopen(listening, "rb") as told:
        assert started.stdout is not None
        assert started.stdout.readline().strip().isdigit()
        os.killpg(started.pid, end) if end is signal.SIGINT else started.send_signal(end)
        said = told.read()  # until both have ended
    assert started.returncode in (-end, 1)
    assert said.count(b"Traceback") == (end is signal.SIGINT)
