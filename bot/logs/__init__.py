"""One line an event, with keys: text for people, JSON for programs. Never the text of a question or a message.

Set up once, by ``run`` and ``corpus refresh``; nothing else logs.

By hand: structlog takes 110 ms to import where discord.py is not there already, and would take the place of the two
formatters alone. Repeats folded, records of libraries made our own, and what an error says escaped would stay.
"""

import json
import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TextIO

from bot.logs.folding import Folding
from bot.logs.observing import note
from corpus.text.legible import legible

_LOGGER = logging.getLogger("rapporteur")
# Below these levels libraries print what people write, every statement of the database, and much that nobody asked for.
_LIBRARIES = {"discord": logging.WARNING, "aiohttp": logging.WARNING, "sqlalchemy": logging.WARNING}


def set_up(level: str, form: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
    """Log to ``stream`` (standard error) from ``level`` on, in the form ``text`` or ``json``.

    Warnings that repeat are folded; ``clock`` gives seconds.
    """
    handler = Lines(stream or sys.stderr, Folding(clock))
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(least, logging.getLogger().level))


def event(
    name: str,
    level: int = logging.INFO,
    *,
    error: BaseException | None = None,
    same: str | None = None,
    **fields: object,
) -> None:
    """Log one event with its facts, such as ``event("answer", edition="1f3c9a2b1234", ms=3)``; observers see it too.

    ``error`` adds its traceback. A warning with the same ``same`` as one before is a repeat of it, and folded; where
    it is not given, one with the same field ``problem``, or where there is none with the same of all fields.
    """
    note(name, **fields)
    _LOGGER.log(level, name, exc_info=error, extra={"fields": {"event": name} | fields, "same": same})


def recovered(name: str, **fields: object) -> None:
    """Note that what the warnings ``name`` with these ``fields`` told of is over: the next one is news again."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Lines) and (held := handler.forget({"event": name} | fields)):
            event("recovered", logging.INFO, error=None, same=None, of=name, repeated=held, **fields)


def unforeseen(error: BaseException, *, task: str) -> str:
    """Log what nobody foresaw in a ``task`` with its traceback; the id to tell people, by which the line is found."""
    error_id = secrets.token_hex(4)
    event("unforeseen", logging.ERROR, error=error, id=error_id, task=task)
    return error_id


def rephrase(rule: Callable[[logging.LogRecord], bool]) -> None:
    """Let ``rule`` see every record that is about to be logged: it may use ``as_event``, or drop it with ``False``."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(rule)


def as_event(record: logging.LogRecord, name: str, level: int, *, same: str | None = None, **fields: object) -> None:
    """Make a library's record one of our own events, as ``event`` does; its message and its traceback are gone."""
    record.levelno, record.levelname = level, logging.getLevelName(level)
    record.exc_info = None
    record.fields = {"event": name} | fields
    record.same = same


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """The facts of our own events; of a library's record its logger and message."""
    found = getattr(record, "fields", None)
    if isinstance(found, dict):
        return found
    return {"event": "log", "logger": record.name, "message": record.getMessage()}


def _same(record: logging.LogRecord) -> str:
    """By what a record is known again."""
    fields = _fields(record)
    told = getattr(record, "same", None) or fields.get("problem") or fields
    problem = record.exc_info[1] if record.exc_info else None
    return f"{told} {problem!r}"


def _head(record: logging.LogRecord) -> dict[str, str]:
    moment = datetime.fromtimestamp(record.created, UTC)
    return {"at": moment.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}


def traceback_text(error: BaseException) -> str:
    """The traceback of ``error``, without line break at its end.

    What an error says may hold anything, and must not look like a line of the log: every line but the first stands in,
    and what a terminal would act on is escaped.
    """
    first, *others = "".join(traceback.format_exception(error)).rstrip("\n").split("\n")
    return "\n".join(_escaped(line) for line in (first, *(f"  {line}" for line in others)))


def _escaped(text: str) -> str:
    """``text`` with every character as an escape that could end a line, move a cursor or turn the reading order."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _json(value: object) -> str:
    """``value`` as JSON in ASCII without controls; JSON itself would let DEL through."""
    return json.dumps(value, default=str).replace("\x7f", "\\u007f")


class Lines(logging.StreamHandler[TextIO]):
    """Writes records; of a warning or an error that repeats only now and then one, with how often it came."""

    def __init__(self, stream: TextIO, folding: Folding) -> None:
        super().__init__(stream)
        self._folding = folding

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or only count it."""
        if record.levelno >= logging.WARNING:
            count = self._folding.count(_fields(record), _same(record))
            if count is None:
                return
            if count > 1:
                record.fields = _fields(record) | {"repeated": count}
        super().emit(record)

    def forget(self, fields: Mapping[str, object]) -> int:
        """Take the next warning with these fields for news; how many of them were only counted."""
        with self.lock or nullcontext():
            return self._folding.forget(fields)


class JsonLines(logging.Formatter):
    """One JSON object a line; a traceback is the field ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        fields = _head(record) | _fields(record)
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return _json(fields)


class TextLines(logging.Formatter):
    """``moment level key=value …``, values with spaces or signs quoted as in JSON.

    A list is separated by commas; a traceback follows the line, see ``traceback_text``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        line = " ".join((*_head(record).values(), *(f"{name}={_value(v)}" for name, v in _fields(record).items())))
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{traceback_text(error)}" if error else line


def _value(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    is_plain = all(character.isalnum() or character in "-_.:/@+" for character in text)
    return text if text and is_plain and legible(text) == text else _json(text)
