"""What is taller than the terminal goes through a pager, as git does it: ``PAGER``, else ``less`` where there is one.

Only where a person reads and types; ``PAGER=cat`` turns it off. Nothing is written to a file.
"""

import contextlib
import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from typing import TextIO

DEFAULT = "less"
_LESS = "FRX"  # git's: end where all fits after all, keep bold and dim, leave the text on the screen


def paged(text: str, stdin: TextIO, stdout: TextIO, environ: Mapping[str, str]) -> bool:
    """Show ``text`` in a pager where it is taller than the terminal; whether that was done."""
    if not (stdin.isatty() and stdout.isatty()) or text.count("\n") < _rows(stdout):
        return False
    stdout.flush()
    try:
        command = shlex.split(environ.get("PAGER", DEFAULT))
        if not command or command == ["cat"]:
            return False
        process = subprocess.Popen(  # noqa: S603  # what the person has named as their pager
            command, stdin=subprocess.PIPE, env={"LESS": _LESS, **environ}, text=True, encoding="utf-8"
        )
    except (OSError, ValueError):  # there is none of that name, or a quotation mark without its partner
        return False
    # Ctrl-C is the pager's own business, and ends neither it nor the chat: whoever leaves it is back at the prompt.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with contextlib.suppress(BrokenPipeError):  # it was left before the end
            process.communicate(text)
    finally:
        signal.signal(signal.SIGINT, before)
    return True


def _rows(stdout: TextIO) -> float:
    """The rows of the terminal; without end where that is not known."""
    try:
        return os.get_terminal_size(stdout.fileno()).lines or float("inf")
    except (OSError, ValueError):
        return float("inf")
