"""A folder where the commands of a document can be typed: the program on the path, two reports, no settings."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.architecture.sources import CHECKOUT

REPORTS = Path(__file__).parent / "my-reports"
_SHIM = '#!/bin/sh\nexec "{python}" {arguments} "$@"\n'


class Playground:
    """A context manager; what a command writes is gone afterwards."""

    def __enter__(self) -> Self:
        """Make the folder, with the reports in ``my-reports`` and an empty home."""
        self._folder = tempfile.TemporaryDirectory(prefix="docs-")
        self.root = Path(self._folder.name)
        shutil.copytree(REPORTS, self.root / "my-reports")
        (self.root / "bin").mkdir()
        (self.root / "home").mkdir()
        for name, arguments in (("rapporteur", "-m bot"), ("python3", "")):
            shim = self.root / "bin" / name
            shim.write_text(_SHIM.format(python=sys.executable, arguments=arguments), "utf-8")
            shim.chmod(0o755)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Remove the folder."""
        self._folder.cleanup()

    def run(self, typed: str) -> str:
        """What a block of commands prints on standard output. Raises ``AssertionError`` where one fails.

        Of ``--jsonl`` an exit code of 1 is no failure: a line that cannot be answered may be what is shown.
        """
        done = subprocess.run(
            ["/usr/bin/env", "bash", "-euo", "pipefail", "-c", typed],
            cwd=self.root,
            env={
                "PATH": f"{self.root / 'bin'}:{os.environ['PATH']}",
                "HOME": str(self.root / "home"),
                "PYTHONPATH": str(CHECKOUT),
                "PYTHONUTF8": "1",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or (done.returncode == 1 and "--jsonl" in typed), f"{typed}\n{done.stderr}"
        return done.stdout
