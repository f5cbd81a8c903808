"""The process that makes editions for a keeper: killed, left alone, or no longer listened to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.errors import CutOffError, RefreshFailedError
from corpus.store.store import Store
from tests.bot.publishing.edition_files import CAMPS, WELLS
from tests.bot.publishing.keeping import Keep, head, write
from tests.fakes.bot_process import CHECKOUT


def child_of(process: int) -> int:
    """The one child process of a process."""
    found = Path(f"/proc/{process}/task/{process}/children")
    if not found.exists():
        pytest.skip("there is no /proc that names children")
    for thread in Path(f"/proc/{process}/task").iterdir():
        if children := (thread / "children").read_text().split():
            return int(children[0])
    raise AssertionError("there is no child")


def test_a_child_that_is_killed_leaves_the_old_edition_live_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS)
    for number in range(300):  # it must still be reading when it is killed
        write(folder, f"other-{number}", f"Report {number}", CAMPS)
    with Store.at(tmp_path / "data") as store:
        keeper = Keep(store, folder, is_apart=True).started()
        before = head(keeper)
        write(folder, "mission", "Report of the mission", CAMPS)

        def kill(done: int, _total: int, _file: str) -> None:
            if done == 1:
                os.kill(child_of(os.getpid()), signal.SIGKILL)

        with pytest.raises(RefreshFailedError) as refused:
            keeper.refresh("someone", kill)
        assert isinstance(refused.value.reason, CutOffError)
        assert refused.value.reason.fields["reason"] == "SIGKILL"
        assert head(keeper) == before
        assert store.live_digest() == before[0]
        assert keeper.refresh("someone").changed


def test_a_child_ends_with_the_process_that_asked() -> None:
    """Killed without a chance to clean up, as by the kernel; the child notices that nobody listens."""
    code = """
import os, sys
from bot.publishing.workshop import _child
with _child() as child:
    print(child.process.pid, flush=True)
    os.kill(os.getpid(), 9)
"""
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=False)
    assert asked.returncode == -signal.SIGKILL
    pid = int(asked.stdout)
    deadline = time.monotonic() + 20
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_alive(pid)


def test_a_child_that_nobody_listens_to_any_more_ends_without_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    write(folder, "mission", "Report of the mission", WELLS)
    code = f"""
import pickle
from pathlib import Path
from bot.publishing.maker import Order, Work
from bot.service.live import Live
from bot.publishing.refresh import Source
from bot.publishing.workshop import _child
with _child() as child:
    child.stdout.close()
    pickle.dump(Order(Work.READ, "sqlite://", Source(Path({str(folder)!r}))), child.stdin)
    child.stdin.flush()
    print(child.process.wait(20))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=CHECKOUT, check=False)
    assert (ran.stdout, ran.stderr) == ("1\n", "")


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
