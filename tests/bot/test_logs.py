"""Log lines: one an event whatever its values hold, as text or JSON, and libraries held back."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from bot import logs


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(form: str, level: str = "info") -> io.StringIO:
    stream = io.StringIO()
    logs.set_up(level, form, stream)
    return stream


def without_moment(text: str) -> str:
    return re.sub(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", "NOW", text, flags=re.MULTILINE)


def test_text() -> None:
    stream = lines("text")
    logs.event(
        "answer", edition="1f3c9a2b1234", outcome="answered", passages="mali:3,mali:4", ms=12, where="a b", no=""
    )
    assert without_moment(stream.getvalue()) == (
        'NOW info event=answer edition=1f3c9a2b1234 outcome=answered passages="mali:3,mali:4" ms=12 where="a b" no=""\n'
    )


@pytest.mark.parametrize(
    ("value", "shown"), [(["mali:3", "mali:4"], '"mali:3,mali:4"'), (("mali:3",), "mali:3"), ([], '""')]
)
def test_a_list_is_separated_by_commas(value: object, shown: str) -> None:
    stream = lines("text")
    logs.event("request", passages=value)
    assert without_moment(stream.getvalue()) == f"NOW info event=request passages={shown}\n"


def test_a_value_cannot_make_a_line_of_its_own() -> None:
    stream = lines("text")
    logs.event("refresh", logging.WARNING, problem="x\nNOW error event=forged\x1b[2J")
    assert without_moment(stream.getvalue()) == (
        'NOW warning event=refresh problem="x\\nNOW error event=forged\\u001b[2J"\n'
    )


def raised(error: Exception, because: Exception) -> Exception:
    """The error as it is caught, with the tracebacks of both."""
    try:
        try:
            raise because
        except OSError as cause:
            raise error from cause
    except ValueError as caught:
        return caught


FORGED = "NOW error event=forged"
BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("sign", [*BREAKS, "\0", "\x1b[2J", "\x7f", "\x9b", "\u202e"])
def test_nothing_that_is_logged_begins_a_line_or_moves_a_cursor(form: str, sign: str) -> None:
    """Values, lists, a library's message, and what an error and its cause say in a traceback."""
    hostile = f"name{sign}{FORGED}"
    stream = lines(form)
    logs.event("refresh", logging.WARNING, problem=hostile, files=[hostile], where=ValueError(hostile))
    logging.getLogger("discord.client").warning("%s", hostile)
    error = raised(ValueError(f"{FORGED}{sign}{FORGED}"), because=OSError(hostile))
    logs.event("fault", logging.ERROR, error=error)
    logging.getLogger("discord.client").warning(hostile, exc_info=error)
    written = stream.getvalue()
    assert (set(sign) - set("\n[2J")).isdisjoint(written)
    begun = [line for line in written.splitlines() if not re.match(r"  |Traceback \(most recent", line)]
    assert len(begun) == 4
    assert all(line.startswith(("2", "{")) and not line.startswith(FORGED) for line in begun)


def test_a_value_of_letters_that_show_nothing_is_written_as_escapes() -> None:
    stream = lines("text")
    logs.event("refresh", file="\u3164")
    assert without_moment(stream.getvalue()) == 'NOW info event=refresh file="\\u3164"\n'


def test_json() -> None:
    stream = lines("json")
    logs.event("answer", ms=12, problem="x\ny")
    line = json.loads(stream.getvalue())
    assert stream.getvalue().count("\n") == 1
    assert line | {"at": ""} == {"at": "", "level": "info", "event": "answer", "ms": 12, "problem": "x\ny"}


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_error_brings_its_traceback(form: str) -> None:
    stream = lines(form)
    try:
        _ = 1 // 0
    except ZeroDivisionError as error:
        logs.event("fault", logging.ERROR, id="1f3c9a2b", error=error)
    assert "ZeroDivisionError" in stream.getvalue()
    if form == "json":
        assert "ZeroDivisionError" in json.loads(stream.getvalue())["traceback"]


def test_libraries_are_held_back() -> None:
    """At debug level they would print messages, statements and tokens."""
    stream = lines("text", "debug")
    logging.getLogger("discord.gateway").debug("a message's text")
    logging.getLogger("sqlalchemy.engine.Engine").info("SELECT")
    logging.getLogger("discord.client").info("logging in using static token")
    logging.getLogger("discord.state").warning("Somehow timed out")
    assert without_moment(stream.getvalue()) == (
        'NOW warning event=log logger=discord.state message="Somehow timed out"\n'
    )


def test_a_rule_makes_a_librarys_record_one_of_our_own_events_or_drops_it() -> None:
    """Its traceback and its words are gone in either form; what the rule lets pass stays as it is."""

    def rule(record: logging.LogRecord) -> bool:
        if record.exc_info:
            logs.as_event(record, "disconnected", logging.WARNING, problem="Discord is away.")
        return record.levelno != logging.CRITICAL

    for form in ("text", "json"):
        stream = lines(form)
        logs.rephrase(rule)
        logging.getLogger("discord.client").error("raw text", exc_info=OSError("raw reason"))
        logging.getLogger("discord.client").critical("dropped")
        assert "raw" not in stream.getvalue()
        if form == "text":
            assert without_moment(stream.getvalue()) == 'NOW warning event=disconnected problem="Discord is away."\n'
        else:
            told = {"at": "", "level": "warning", "event": "disconnected", "problem": "Discord is away."}
            assert json.loads(stream.getvalue()) | {"at": ""} == told


def test_what_is_below_the_level_is_not_logged() -> None:
    stream = lines("text", "error")
    logs.event("answer")
    logging.getLogger("discord").warning("reconnecting")
    assert stream.getvalue() == ""
