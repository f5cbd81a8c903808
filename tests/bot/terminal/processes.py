"""The command line as a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

COMMAND = [sys.executable, "-m", "bot"]
PATIENCE = 30  # seconds; far more than anything here takes


def run(
    home: Path, environ: Mapping[str, str], *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], cwd=home, env=environ, input=given, capture_output=True, timeout=PATIENCE, check=False
    )


def ask(process: subprocess.Popen[bytes], line: bytes) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    answer: dict[str, object] = json.loads(process.stdout.readline())
    return answer


def hear_interrupts() -> None:
    """Let Ctrl-C end a child, also where the tests themselves run in a script's background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
