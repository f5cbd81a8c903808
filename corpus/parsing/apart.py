"""Files are parsed in a process of its own here, which is ended where one takes too long, too much memory or too much
to say. The next file gets a new one.

Both ends of the pipe stand here. A request is a line of JSON and the file's bytes; an answer is its length and JSON,
so that nothing runs here that a file made the other process say. That one ends with whoever started it, however that
ends: it listens while it works, and has an alarm of its own.
"""

import datetime as dt
import json
import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread, Timer
from typing import Any, BinaryIO, NoReturn, Self

from corpus.clause import Clause, as_data, clause_of
from corpus.document import Facts, UnreadableError
from corpus.files.opening import shown_size
from corpus.parsing.parse import Budget, Parsed, Shape, parse, reader_for
from corpus.passage import Kind, Locator, Passage, Span

_LENGTH = 8  # bytes that say how long an answer is
_NO_MEMORY = b"{}"  # the answer where memory did not do: made beforehand, since there may be none to make it with
_GRACE = 5  # seconds after which the other process ends by itself where nobody has ended it in time
# Started with the same paths, and with nothing of the folder that it happens to be started in.
_PROGRAM = "import sys; sys.path[:] = sys.argv[2:]; from corpus.parsing.apart import serve; serve(int(sys.argv[1]))"


class Apart:
    """Parses files in another process, one after the other. ``close`` ends it; so does leaving the context."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, data: bytes, suffix: str, report: str) -> Parsed:
        """What ``parse`` gives. Raises ``UnreadableError``, also where the budget does not do."""
        process = self._started()
        seconds = self._budget.time(len(data)) * reader_for(suffix).times
        over = Event()

        def end() -> None:
            over.set()
            process.kill()

        request = {"suffix": suffix, "report": report, "size": len(data), "seconds": seconds + _GRACE}
        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            answer = self._asked(process, json.dumps(request).encode() + b"\n" + data)
        finally:
            timer.cancel()
            if over.is_set():
                self.close()
        if answer is not None:
            return self._understood(answer, report)
        code = process.wait()
        self.close()
        if over.is_set():
            raise UnreadableError("reading.too_long", seconds=seconds)
        raise UnreadableError("reading.broke_off", ending=_ending(code))

    def close(self) -> None:
        """End the other process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what could not be sent is not missed
                    pipe.close()

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            root = str(Path(__file__).resolve().parents[2])
            command = (sys.executable, "-P", "-c", _PROGRAM, str(self._budget.memory), *sys.path, root)
            try:
                self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  # our own program
            except OSError as error:
                raise UnreadableError("reading.no_process", problem=error.strerror or "") from None
        return self._process

    def _asked(self, process: "subprocess.Popen[bytes]", request: bytes) -> bytes | None:
        """The answer; ``None`` where the process ended before it was whole."""
        assert process.stdin is not None  # noqa: S101  # both are pipes
        assert process.stdout is not None  # noqa: S101  # for the type checker
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except BrokenPipeError:
            return None
        size = int.from_bytes(process.stdout.read(_LENGTH))
        if size > self._budget.output:
            self.close()
            raise UnreadableError("reading.too_many_pieces", size=shown_size(size))
        answer = process.stdout.read(size)
        return answer if size and len(answer) == size else None

    def _understood(self, answer: bytes, report: str) -> Parsed:
        found = json.loads(answer)
        if "problem" in found:
            raise UnreadableError.of(clause_of(found["problem"]))
        if "facts" not in found:
            self.close()  # what is left of it after that may not do for the next file
            raise UnreadableError("reading.too_much_memory", size=shown_size(self._budget.memory))
        passages = tuple(_passage(report, *fields) for fields in found["passages"])
        tables, numbers, pictures = found["shape"]
        shape = Shape(tables, tuple(numbers), tuple(pictures))
        return Parsed(_understood_facts(found["facts"]), passages, found["source"], shape)


def serve(memory: int) -> NoReturn:
    """Answer requests on standard input until it ends; the other process's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it too, and whoever started it decides
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CORE, 0)  # no report's text on the disk
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    requests: SimpleQueue[tuple[dict[str, Any], bytes]] = SimpleQueue()
    Thread(target=_listen, args=(requests,), daemon=True).start()
    while True:
        request, data = requests.get()
        signal.setitimer(signal.ITIMER_REAL, request["seconds"])
        try:
            answer = _answer(data, request["suffix"], request["report"])
        except MemoryError:  # it was caught there, and there was none left to go on with
            answer = _NO_MEMORY
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(len(answer).to_bytes(_LENGTH))
        answers.write(answer)  # not joined: a copy of a large answer may be what memory does not do for
        answers.flush()


def _listen(requests: "SimpleQueue[tuple[dict[str, Any], bytes]]") -> None:
    """Take requests in as they come; where no more can come there is nobody left to work for."""
    source: BinaryIO = sys.stdin.buffer
    while line := source.readline():
        request = json.loads(line)
        requests.put((request, source.read(request["size"])))
    os._exit(0)


def _answer(data: bytes, suffix: str, report: str) -> bytes:
    try:
        parsed = parse(data, suffix, report)
        passages = [_fields(passage) for passage in parsed.passages]
        shape = (parsed.shape.tables, parsed.shape.numbers, parsed.shape.pictures)
        found = {"facts": _told_facts(parsed.facts), "passages": passages, "source": parsed.source, "shape": shape}
        return json.dumps(found, ensure_ascii=False).encode()
    except UnreadableError as error:
        return json.dumps({"problem": as_data(error.clause)}).encode()
    except MemoryError:
        pass  # what was being read is let go of before anything else is done
    return _NO_MEMORY


def _fields(passage: Passage) -> tuple[object, ...]:
    at = passage.locator
    place = (at.label, at.paragraph, at.part, at.page, at.section)
    rest = (passage.lead, passage.torn, passage.marks)
    return passage.kind, passage.text, passage.tail, place, passage.sentences, rest


def _passage(
    report: str, kind: str, text: str, tail: str, place: list[Any], sentences: list[list[int]], rest: list[Any]
) -> Passage:
    lead, (begins, ends), marks = rest
    spans, calls = (tuple(Span(start, end) for start, end in some) for some in (sentences, marks))
    return Passage(
        report=report,
        locator=Locator(*place),
        kind=Kind(kind),
        text=text,
        tail=tail,
        sentences=spans,
        lead=lead,
        torn=(begins, ends),
        marks=calls,
    )


def _told_facts(facts: Facts) -> dict[str, str | None]:
    return asdict(facts) | {"date": facts.date.isoformat() if facts.date else None}


def _understood_facts(told: dict[str, Any]) -> Facts:
    return Facts(**told | {"date": dt.date.fromisoformat(told["date"]) if told["date"] else None})


def _limit(what: int, most: int) -> None:
    """Lower a limit of this process, as far as the system lets it."""
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, hard))


def _ending(code: int) -> Clause:
    return Clause("process.exit_code", code=code) if code >= 0 else Clause("process.signal", number=-code)
