"""``rapporteur ask --jsonl``: one JSON object a line in, one a line out, in order, each as soon as it is known.

No line breaks the run, however it is made: it gets ``{"id", "error"}`` in its place,
and its ``"line"`` as well where no id could be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import BinaryIO, TextIO

from bot.errors.lines import BadIdError, LineError, LongLineError, NotJsonError, NotObjectError, NotTextError
from bot.saying.records import answer_record, dumps
from bot.saying.templates import Templates
from bot.service.snapshot import Snapshot
from corpus.errors import RapporteurError
from corpus.files import jsonlines

LONGEST_LINE = 65_536  # bytes; a question of 300 characters written in escapes takes 3,600
_NAMELESS = (LongLineError, NotJsonError, NotObjectError, BadIdError)  # no id tells such a line from another


@dataclass(frozen=True, slots=True)
class Asked:
    """One line as understood. ``id`` is what the line gave, to be given back."""

    id: object
    question: str
    report: str | None


class _BadLine(Exception):  # noqa: N818  # carries an error to where the line's id is known; it is none itself
    def __init__(self, error: LineError, line_id: object = None) -> None:
        super().__init__(error)
        self.error, self.id = error, line_id


def answer_lines(
    snapshot: Snapshot, templates: Templates, source: BinaryIO, sink: TextIO, *, report: str | None, ascii_only: bool
) -> int:
    """Answer every line of ``source`` on ``sink``; how many could not be answered.

    Blank lines are passed over. ``report`` is asked where a line names none.
    """
    bad = 0
    for number, line in _lines(source):
        record: dict[str, object]
        try:
            asked = _parse(line)
            started = perf_counter()
            try:
                asking = snapshot.ask(asked.question, report if asked.report is None else asked.report)
                answer = asking.consider().answer
                milliseconds = (perf_counter() - started) * 1000
                record = {"id": asked.id} | dict(answer_record(templates, answer, milliseconds))
            except RapporteurError as error:
                record = {"id": asked.id, "error": templates.error(error)}
        except _BadLine as flaw:
            place = {"line": number} if isinstance(flaw.error, _NAMELESS) else {}
            record = {"id": flaw.id} | place | {"error": templates.error(flaw.error)}
        bad += "error" in record
        sink.write(dumps(record, ascii_only=ascii_only) + "\n")  # one write, so that an interrupt leaves whole lines
        sink.flush()
    return bad


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank, with their numbers from 1, in which blank ones count.

    ``None`` stands for one that is too long, of which no more than a piece is ever held.
    """
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = source.readline(LONGEST_LINE)
            yield number, None
        elif line.strip():
            yield number, line


def _parse(line: bytes | None) -> Asked:
    if line is None:
        raise _BadLine(LongLineError(limit=LONGEST_LINE))
    try:
        found = jsonlines.json_object(line)
    except jsonlines.NotJsonError:
        raise _BadLine(NotJsonError()) from None
    except jsonlines.NotObjectError:
        raise _BadLine(NotObjectError()) from None
    line_id, question, report = found.get("id"), found.get("question"), found.get("report")
    if isinstance(line_id, (dict, list)):
        raise _BadLine(BadIdError())
    if not isinstance(question, str):
        raise _BadLine(NotTextError(field="question"), line_id)
    if report is not None and not isinstance(report, str):
        raise _BadLine(NotTextError(field="report"), line_id)
    return Asked(line_id, question, report)
