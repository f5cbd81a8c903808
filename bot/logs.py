"""One line an event, with keys: text for people, JSON for programs. Never the text of a question or a message.

Set up once, by ``run`` and ``corpus refresh``; nothing else logs.
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TextIO

_LOGGER = logging.getLogger("rapporteur")
# Below these levels libraries print what people write, every statement of the database, and much that nobody asked for.
_LIBRARIES = {"discord": logging.WARNING, "aiohttp": logging.WARNING, "sqlalchemy": logging.WARNING}


def set_up(level: str, form: str, stream: TextIO | None = None) -> None:
    """Log to ``stream`` (standard error) from ``level`` on, in the form ``text`` or ``json``."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(least, logging.getLogger().level))


def event(name: str, level: int = logging.INFO, *, error: BaseException | None = None, **fields: object) -> None:
    """Log one event with its facts, such as ``event("answer", edition="1f3c9a2b1234", ms=3)``.

    ``error`` adds its traceback.
    """
    _LOGGER.log(level, name, exc_info=error, extra={"fields": {"event": name} | fields})


def unforeseen(error: BaseException, **fields: object) -> str:
    """Log what nobody foresaw with its traceback; the id to tell people, by which the line is found."""
    import secrets  # brings random numbers along, which hardly a run needs

    error_id = secrets.token_hex(4)
    event("unforeseen", logging.ERROR, error=error, id=error_id, **fields)
    return error_id


def rephrase(rule: Callable[[logging.LogRecord], bool]) -> None:
    """Let ``rule`` see every record that is about to be logged: it may use ``as_event``, or drop it with ``False``."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(rule)


def as_event(record: logging.LogRecord, name: str, level: int, **fields: object) -> None:
    """Make a library's record one of our own events; its message and its traceback are gone."""
    record.levelno, record.levelname = level, logging.getLevelName(level)
    record.exc_info = None
    record.fields = {"event": name} | fields


def _fields(record: logging.LogRecord) -> dict[str, object]:
    """The facts of our own events; of a library's record its logger and message."""
    found = getattr(record, "fields", None)
    if isinstance(found, dict):
        return found
    return {"event": "log", "logger": record.name, "message": record.getMessage()}


def _head(record: logging.LogRecord) -> dict[str, str]:
    moment = datetime.fromtimestamp(record.created, UTC)
    return {"at": moment.isoformat(timespec="milliseconds"), "level": record.levelname.lower()}


class JsonLines(logging.Formatter):
    """One JSON object a line; a traceback is the field ``traceback``."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        fields = _head(record) | _fields(record)
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, default=str)


class TextLines(logging.Formatter):
    """``moment level key=value …``, values with spaces or signs quoted as in JSON.

    A list is separated by commas; a traceback follows the line.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as text."""
        line = " ".join((*_head(record).values(), *(f"{name}={_value(v)}" for name, v in _fields(record).items())))
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _value(value: object) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    plain = text and all(character.isalnum() or character in "-_.:/@+" for character in text)
    return text if plain else json.dumps(text)
