"""What an ordinary user may not do, and a disk that is full; a test is skipped where it cannot have them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# Root may read, write and change whatever the modes of files say; without these capabilities it may not.
_CAPABILITIES = "-dac_override,-dac_read_search,-fowner"


def ordinary(*command: str) -> tuple[str, ...]:
    """The command, run as a user whom the modes of files hold back."""
    if os.geteuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root is held back by no file's mode, and there is no setpriv to change that")
    prefix = (setpriv, f"--bounding-set={_CAPABILITIES}", f"--inh-caps={_CAPABILITIES}", "--")
    if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode:
        pytest.skip("root is held back by no file's mode, and may not give its capabilities up")
    return (*prefix, *command)


@contextmanager
def small_disk(folder: Path, kilobytes: int = 512) -> Iterator[Path]:
    """A file system of its own in a folder, which is made."""
    folder.mkdir()
    programs = [shutil.which(name) for name in ("mount", "umount")]
    mount = [programs[0] or "", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    made = all(programs) and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not made:
        pytest.skip("no small file system can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run([programs[1] or "", "--lazy", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Fill a small disk to the last byte; remove the file that is given back to make room."""
    ballast = folder / "ballast"
    try:
        with ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
    except OSError:
        return ballast
