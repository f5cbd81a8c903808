"""The command line as real processes: what only a process can show: pipes, signals, terminals and streams."""

import contextlib
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

WELLS = "The mission found three wells near Niono. The wells were dry."
COMMAND = [sys.executable, "-m", "bot"]
PATIENCE = 30  # seconds; far more than anything here takes


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


@pytest.fixture
def stream(home: Path, environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """``ask --jsonl`` with open pipes, and not measured: an interrupt while coverage holds its lock waits for ever."""
    with subprocess.Popen(
        [*COMMAND, "ask", "--jsonl"],
        cwd=home,
        env={name: value for name, value in environ.items() if not name.startswith("COVERAGE")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_hear_interrupts,
    ) as process:
        yield process
        process.kill()


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


def test_the_bundled_report_answers_without_any_setting(home: Path, environ: dict[str, str]) -> None:
    del environ["RAPPORTEUR_REPORTS"]
    ran = run(home, environ, "ask", "--json", "Where were the bodies found?")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "discovered near Fatissouma village" in json.loads(ran.stdout)["excerpts"][0]["sentence"]


def test_every_line_is_answered_in_its_place(home: Path, environ: dict[str, str]) -> None:
    """Whatever a line holds, the next one is answered; one that could not be makes the exit code 1."""
    lines: list[tuple[bytes, object]] = [
        (b'\xef\xbb\xbf{"id": "first", "question": "Where were the wells?"}', "first"),
        (b'{"id": 2, "question": "Which orchestra played Bruckner?", "report": "mission"}', 2),
        (b'{"question": "Where?", "report": "missing"}', "There is no report called “missing”. There are: mission."),
        (b"nonsense", "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b'{"id": "caf\xe9", "question": "x"}', "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b'{"id": NaN, "question": "x"}', "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b'{"id": 1e999, "question": "x"}', "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b"[" * 60_000, "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b"9" * 60_000, "This line is not JSON in UTF-8. Write one JSON object a line."),
        (b'{"id": "' + b"x" * 10_000_000 + b'"}', "This line is longer than 65536 bytes. Shorten it."),
        (
            b'["Where?"]',
            (
                "This line is JSON, but no object. Write one such as "
                '{"id": "1", "question": "Where were the bodies found?"}.'
            ),
        ),
        (b'{"id": 3}', "“question” is missing or is not text. Give it as a JSON string."),
        (b'{"id": 3, "question": 4}', "“question” is missing or is not text. Give it as a JSON string."),
        (b'{"question": "x", "report": []}', "“report” is missing or is not text. Give it as a JSON string."),
        (b'{"id": {}, "question": "x"}', "“id” is neither text nor a number. Give it as one of these."),
        (
            b'{"id": 5, "question": ""}',
            "There is no question. Write one in plain words, for example: Where were the bodies found?",
        ),
        (b'{"id": "\\ud83d\\u009b", "question": "Where\\u0000 were the wells?"}', "\ud83d\x9b"),
    ]
    ran = run(home, environ, "ask", "--jsonl", given=b"\n\n".join(line for line, _ in lines))
    assert (ran.returncode, ran.stderr) == (1, b"")
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [record.get("error", record["id"]) for record in records] == [expected for _, expected in lines]
    assert b"\x9b" not in ran.stdout.replace("“".encode(), b"").replace("”".encode(), b"")


def test_a_line_whose_id_cannot_be_read_is_told_by_its_number(home: Path, environ: dict[str, str]) -> None:
    given = b'nonsense\n\n{"id": {"a": 1}, "question": "who"}\n' + b"x" * 200_000 + b'\n{"id": 3}\n[]\n'
    records = [json.loads(line) for line in run(home, environ, "ask", "--jsonl", given=given).stdout.splitlines()]
    assert [(record["id"], record.get("line")) for record in records] == [
        (None, 1),
        (None, 3),
        (None, 4),
        (3, None),
        (None, 6),
    ]


def test_good_lines_alone_end_with_0(home: Path, environ: dict[str, str]) -> None:
    ran = run(home, environ, "ask", "--jsonl", "--report", "mission", given=b'{"id": 1, "question": "Who are you?"}')
    (line,) = ran.stdout.splitlines()
    answer = json.loads(line)
    assert ran.returncode == 0
    assert set(answer) > {"id", "question", "outcome", "confidence", "edition", "ms", "corrections", "excerpts"}
    assert (answer["outcome"], answer["topics"], answer["only_stop_words"]) == ("silent", ["mission", "Niono"], True)


def test_no_lines_at_all(home: Path, environ: dict[str, str]) -> None:
    ran = run(home, environ, "ask", "--jsonl")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_each_answer_is_written_before_the_next_question_is_read(stream: subprocess.Popen[bytes]) -> None:
    for number in range(3):
        assert ask(stream, b'{"id": %d, "question": "Where were the wells?"}' % number)["id"] == number
    stdout, stderr = stream.communicate(timeout=PATIENCE)
    assert (stream.returncode, stdout, stderr) == (0, b"", b"")


def test_an_interrupt_ends_a_stream_quietly(stream: subprocess.Popen[bytes]) -> None:
    ask(stream, b'{"question": "Where were the wells?"}')
    for _ in range(PATIENCE):
        stream.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):  # it came in the moment before Python began to read
            stream.wait(1)
            break
    assert stream.returncode == 130
    assert stream.stdout is not None
    assert stream.stderr is not None
    assert (stream.stdout.read(), stream.stderr.read()) == (b"", b"")


def test_an_interrupt_leaves_whole_lines(stream: subprocess.Popen[bytes]) -> None:
    """Hundreds of answers are under way in a pipe that nobody reads yet."""
    assert stream.stdin is not None
    assert stream.stdout is not None
    ask(stream, b'{"question": "Where were the wells?"}')
    stream.stdin.write(b'{"question": "Where were the wells?"}\n' * 400)
    stream.stdin.flush()
    first = stream.stdout.readline()
    stream.send_signal(signal.SIGINT)
    stream.stdin.close()  # it may have answered all, and begun to wait in the moment in which the signal came
    rest = stream.stdout.read()
    assert stream.wait(PATIENCE) == 130
    assert all(json.loads(line)["outcome"] for line in (first + rest).decode().split("\n")[:-1])
    assert (first + rest).endswith(b"\n")


def test_a_reader_that_goes_away_is_no_error(stream: subprocess.Popen[bytes]) -> None:
    ask(stream, b'{"question": "Where were the wells?"}')
    assert stream.stdin is not None
    assert stream.stdout is not None
    assert stream.stderr is not None
    stream.stdout.close()
    stream.stdin.write(b'{"question": "Where were the wells?"}\n')
    stream.stdin.flush()
    assert stream.wait(PATIENCE) == 141
    assert stream.stderr.read() == b""


def test_a_reader_that_was_never_there(home: Path, environ: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        ran = subprocess.run(
            [*COMMAND, "reports"],
            cwd=home,
            env=environ,
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_outputs_that_were_closed_are_no_error(home: Path, environ: dict[str, str]) -> None:
    shell = ["sh", "-c", f'exec "{sys.executable}" -m bot reports >&- 2>&-']
    assert subprocess.run(shell, cwd=home, env=environ, timeout=PATIENCE, check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_what_nobody_foresaw_gets_a_traceback_and_a_number(home: Path, environ: dict[str, str]) -> None:
    with Path(os.devnull).open("rb") as unwritable:
        ran = subprocess.run(
            [*COMMAND, "reports"],
            cwd=home,
            env=environ,
            stdout=unwritable,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    *traceback, sentence = ran.stderr.decode().splitlines()
    assert ran.returncode == 1
    assert traceback[0].startswith("Traceback")
    assert all(line.startswith("  ") for line in traceback[1:])
    assert re.fullmatch(
        r"Something went wrong that nobody foresaw\. Please report it where you got Rapporteur from, to its issue "
        r"tracker or its maintainers, with the traceback above, which helps to find the fault, and this number: "
        r"[0-9a-f]{8}\.",
        sentence,
    )


def test_an_output_that_knows_no_unicode(home: Path, environ: dict[str, str]) -> None:
    (home / "reports" / "mission.txt").write_text("Report\n\nIt was in Ségou.\n", encoding="utf-8")
    poor = environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    ran = run(home, poor, "passage", "mission:1")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert b"> It was in S\\xe9gou.\n" in ran.stdout
    assert json.loads(run(home, poor, "passage", "mission:1", "--json").stdout)["text"] == "It was in Ségou."


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


def test_a_command_that_was_started_with_interrupts_ignored_goes_on_ignoring_them(
    home: Path, environ: dict[str, str]
) -> None:
    """What a script starts in its background: Ctrl-C is for whoever runs in the foreground."""
    shell = ["sh", "-c", f'trap "" INT; exec "{sys.executable}" -m bot ask --jsonl']
    with subprocess.Popen(
        shell, cwd=home, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        ask(process, b'{"question": "Where were the wells?"}')
        process.send_signal(signal.SIGINT)
        assert ask(process, b'{"id": 2, "question": "Where were the wells?"}')["id"] == 2
        stdout, stderr = process.communicate(timeout=PATIENCE)
    assert (process.returncode, stdout, stderr) == (0, b"", b"")


def _hear_interrupts() -> None:
    """Let Ctrl-C end a child, also where the tests themselves run in a script's background and ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _take_terminal() -> None:
    """Make the new terminal the one that Ctrl-C comes from."""
    import fcntl

    _hear_interrupts()
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_one_sentence(home: Path, environ: Mapping[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "reports"],
            cwd=home,
            env=environ,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE,
            check=False,
        )
    assert ran.returncode == 1
    assert (
        ran.stderr.decode() == "There is no space left where the output goes. Make room, and run the command again.\n"
    )
