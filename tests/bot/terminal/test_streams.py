"""Lines of questions as real processes: each answered in its place, interrupted, and read by nobody."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.bot.terminal.processes import COMMAND, PATIENCE, ask, hear_interrupts, run


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
        preexec_fn=hear_interrupts,
    ) as process:
        yield process
        process.kill()


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
