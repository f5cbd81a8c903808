"""A chat as a real process: in a pipe, in a terminal with its keys, and through the pager."""

import contextlib
import json
import os
import pty
import re
import select
import subprocess
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.bot.terminal.command_line import WELLS
from tests.bot.terminal.processes import COMMAND, PATIENCE, hear_interrupts, run


def test_a_chat_in_a_pipe(home: Path, environ: dict[str, str]) -> None:
    """Replies on standard output, refusals on standard error, and what follows /quit is not read."""
    typed = "/help\n\n?!\n/reports\n/nope\n/passage mission:9\n/ask Which orchestra played?\n/quit\n/reports\n"
    ran = run(home, environ, "chat", given=typed.encode())
    assert ran.returncode == 0
    assert ran.stdout.decode() == (
        "How to ask\n"
        "\n"
        "• QUESTION, or /ask [--report ID] [--explain] QUESTION: the reports' own words on it\n"
        "• why N: why excerpt N was chosen\n"
        "• context N: its paragraph between the neighbours\n"
        "• cite N [plain|markdown|bibtex|ris]: the reference, ready to paste\n"
        "• more: the next excerpts\n"
        '• /summary [REPORT] [--about "TOPIC"] [--length N]: the sentences that carry a report or a topic of it\n'
        "• /timeline [REPORT]: its dated sentences in the order of events\n"
        "• /facts [REPORT]: the numbers, names and places that it mentions\n"
        "• /passage CITATION: the passage a citation names\n"
        "• /quote TEXT: whether that stands in the reports, word for word\n"
        "• /reports: the reports that can be asked\n"
        "• /about: what this is, and what it keeps\n"
        "• /help: this list\n"
        "• /quit, /exit, /bye or Ctrl-D: leave\n"
        "\n"
        "One report can be asked\n"
        "\n"
        "• Report of the mission (mission, 1 paragraph)\n"
        "\n"
        "Which orchestra played?\n"
        "\n"
        "Nothing about this was found in the report.\n"
        "\n"
        "Not found in what was asked: “orchestra”.\n"
        "\n"
        "The report asked is “Report of the mission”.\n"
        "\n"
        "Among other things it speaks of “mission”, “Niono”.\n"
        "\n"
        "Try a report's own words, or a shorter question. /reports lists the reports that can be asked; /summary shows "
        "what one is about.\n"
        "\n"
        f"Edition {_edition(home, environ)}.\n"
        "\n"
    )
    assert ran.stderr.decode().splitlines()[:2] == [
        "There is no word in that question. Write it in plain words, for example: Where were the bodies found?",
        (
            "There is no command /nope; there are /ask, /summary, /timeline, /facts, /passage, /quote, /reports, "
            "/about, /help and /quit."
        ),
    ]
    assert ran.stderr.decode().splitlines()[2].startswith("There is no passage “mission:9”.")


def test_the_other_commands_of_a_chat(home: Path, environ: dict[str, str]) -> None:
    ran = run(
        home, environ, "chat", given=b"/about\n/summary\n/summary mission\n/passage mission:1\nWhere were the wells?"
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().count("Summary: Report of the mission\n") == 2
    assert f"> {WELLS}\n" in ran.stdout.decode()


@contextlib.contextmanager
def chat_in_a_terminal(
    home: Path, environ: Mapping[str, str], rows: int = 0
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A chat on a terminal of its own, and our side of that terminal, which has so many ``rows``, if it knows."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (rows, 80 if rows else 0))
    process = subprocess.Popen(
        [*COMMAND, "chat"],
        cwd=home,
        env=dict(environ) | {"HOME": str(home)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(ours)


@pytest.mark.parametrize(("key", "code"), [(b"\x04", 0), (b"\x03", 130), (b"bye\n", 0)])
def test_a_chat_in_a_terminal_leaves_nothing_after(home: Path, environ: dict[str, str], key: bytes, code: int) -> None:
    """Welcome, prompt, reply; Ctrl-D, Ctrl-C or a farewell leave; no file is written, no history kept."""
    before = sorted(home.rglob("*"))
    with chat_in_a_terminal(home, environ) as (process, terminal):
        seen = _read_until(terminal, rb"> $")
        os.write(terminal, b"Which orchestra played?\n")
        seen += _read_until(terminal, rb"Edition .*> $")
        seen += _press_until(terminal, key, None)
        assert process.wait(PATIENCE) == code
    assert b"Type a question and press Enter. /help lists the commands, /quit or Ctrl-D leaves." in b" ".join(
        seen.split()
    )
    assert b"Nothing about this was found in the report." in seen
    assert b"Traceback" not in seen
    assert sorted(home.rglob("*")) == before


def test_an_interrupt_in_a_chat_clears_the_line_and_leaves_on_an_empty_one(home: Path, environ: dict[str, str]) -> None:
    with chat_in_a_terminal(home, environ) as (process, terminal):
        _read_until(terminal, rb"> $")
        os.write(terminal, b"/reports of no")
        _read_until(terminal, rb"/reports of no$")
        _press_until(terminal, b"\x03", b"\n> ")
        os.write(terminal, b"/reports\n")
        assert b"One report can be asked" in _read_until(terminal, rb"1 paragraph.*\n> $")
        _press_until(terminal, b"\x03", None)
        assert process.wait(PATIENCE) == 130


def test_tab_completes_commands_and_reports_in_a_chat(home: Path, environ: dict[str, str]) -> None:
    with chat_in_a_terminal(home, environ) as (_, terminal):
        _read_until(terminal, rb"> $")
        os.write(terminal, b"/rep\t")
        _read_until(terminal, rb"/reports $")
        os.write(terminal, b"\n")
        assert b"One report can be asked" in _read_until(terminal, rb"1 paragraph.*\n> $")
        os.write(terminal, b"/summary mis\t\n")
        assert b"Summary: Report of the mission" in _read_until(terminal, rb"Edition .*> $")


def test_what_is_taller_than_the_terminal_goes_through_the_pager(home: Path, environ: dict[str, str]) -> None:
    """In a chat on a terminal; what fits stays where it is, and without such a program all of it does."""
    for pager, is_used in (("sed s/^/|/", True), ("no-such-pager", False), ("sed '", False), ("cat", False)):
        with chat_in_a_terminal(home, environ | {"PAGER": pager}, rows=12) as (_, terminal):
            _read_until(terminal, rb"> $")
            os.write(terminal, b"/help\n")
            listed = _read_until(terminal, rb"leave.*> $")
            assert ("|• /help".encode() in listed) is is_used
            os.write(terminal, b"/reports\n")
            assert b"|One report" not in _read_until(terminal, rb"1 paragraph.*\n> $")


def test_an_interrupt_in_the_pager_is_the_pagers_own(home: Path, environ: dict[str, str]) -> None:
    """One that goes on after it, as less does: whoever leaves it then is back in the chat."""
    pager = """sh -c 'trap "" INT; cat; read _ < /dev/tty'"""
    with chat_in_a_terminal(home, environ | {"PAGER": pager}, rows=12) as (process, terminal):
        _read_until(terminal, rb"> $")
        os.write(terminal, b"/help\n")
        _read_until(terminal, rb"leave\r\n")
        os.write(terminal, b"\x03")
        _read_until(terminal, rb"\^C")
        os.write(terminal, b"\n")
        _read_until(terminal, rb"> $")
        os.write(terminal, b"/reports\n")
        assert b"One report can be asked" in _read_until(terminal, rb"1 paragraph.*\n> $")
        assert process.poll() is None


def _take_terminal() -> None:
    """Make the new terminal the one that Ctrl-C comes from."""
    import fcntl

    hear_interrupts()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_until(terminal: int, sign: bytes) -> bytes:
    """What the terminal shows until it matches ``sign``, colours and the like taken out."""
    seen = b""
    while not re.search(sign, re.sub(rb"\x1b\[[?0-9;]*[A-Za-z]", b"", seen), re.DOTALL):
        assert select.select([terminal], [], [], PATIENCE)[0], f"the terminal fell silent after {seen!r}"
        seen += os.read(terminal, 4096)
    return seen


def _press_until(terminal: int, key: bytes, sign: bytes | None) -> bytes:
    """What the terminal shows while ``key`` is pressed, up to ``sign`` or, where there is none, to the end.

    It is pressed again where nothing comes of it: Python's input() misses a signal that comes in the moment before it
    begins to wait for keys.
    """
    seen = b""
    for _ in range(PATIENCE):
        os.write(terminal, key)
        while select.select([terminal], [], [], 1)[0]:
            try:
                piece = os.read(terminal, 4096)
            except OSError:  # Linux says so when the last process has closed the other side
                piece = b""
            seen += piece
            if not piece or (sign is not None and sign in seen):
                assert sign is None or piece, f"the chat ended after {seen!r}"
                return seen
    raise AssertionError(f"the chat went on after {seen!r}")


def _edition(home: Path, environ: Mapping[str, str]) -> str:
    return str(json.loads(run(home, environ, "reports", "--json").stdout)["edition"])
