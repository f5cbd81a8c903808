"""Log lines: one an event whatever its values hold, as text or JSON, and libraries held back."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from bot import logs
from bot.logs.folding import Folding
from tests.clock import Clock
from tests.logged import logging_kept


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    with logging_kept():
        yield


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


def folded(clock: Clock) -> io.StringIO:
    stream = io.StringIO()
    logs.set_up("info", "text", stream, clock)
    return stream


def upkeep(problem: str) -> None:
    logs.event("upkeep", logging.WARNING, step="follow", problem=problem)


def test_a_warning_that_repeats_is_said_once_and_then_now_and_then_with_how_often_it_came() -> None:
    clock = Clock()
    stream = folded(clock)
    for _ in range(43_200):  # a day, every two seconds
        upkeep("the disk is full")
        clock.now += 2
    lines = without_moment(stream.getvalue()).splitlines()
    assert lines[:2] == [
        'NOW warning event=upkeep step=follow problem="the disk is full"',
        'NOW warning event=upkeep step=follow problem="the disk is full" repeated=300',
    ]
    assert len(lines) == 144


def test_another_problem_is_news_and_one_that_comes_in_turn_is_folded_too() -> None:
    stream = folded(Clock())
    for _ in range(50):
        upkeep("the disk is full")
        upkeep("the database is locked")
    assert stream.getvalue().count("\n") == 2


def test_what_was_over_in_between_is_news_again() -> None:
    stream = folded(Clock())
    for _ in range(3):
        upkeep("the disk is full")
    logs.recovered("upkeep", step="health")  # another step: it was never in trouble
    upkeep("the disk is full")
    logs.recovered("upkeep", step="follow")
    logs.recovered("upkeep", step="follow")
    upkeep("the disk is full")
    assert without_moment(stream.getvalue()).splitlines() == [
        'NOW warning event=upkeep step=follow problem="the disk is full"',
        "NOW info event=recovered of=upkeep repeated=3 step=follow",
        'NOW warning event=upkeep step=follow problem="the disk is full"',
    ]


def test_what_differs_in_a_number_alone_can_be_said_to_be_the_same() -> None:
    stream = folded(Clock())
    for seconds in (1, 2, 4):
        logs.event("disconnected", logging.WARNING, same="away", problem=f"Away; again in {seconds} s.")
    assert without_moment(stream.getvalue()) == 'NOW warning event=disconnected problem="Away; again in 1 s."\n'


def test_a_librarys_warnings_are_folded_as_well() -> None:
    stream = folded(Clock())
    for guild in (1, 1, 1, 2):
        logging.getLogger("discord.state").warning("Somehow timed out waiting for guild ID %s.", guild)
    assert stream.getvalue().count("\n") == 2


def test_errors_with_an_id_of_their_own_and_what_is_no_warning_are_all_said() -> None:
    stream = folded(Clock())
    for number in range(5):
        logs.event("unforeseen", logging.ERROR, error=ZeroDivisionError(), id=str(number))
        logs.event("request", task="ask")
    assert stream.getvalue().count("event=") == 10


def test_memory_is_bounded_however_many_problems_there_are() -> None:
    clock = Clock()
    folding = Folding(clock, seconds=10, most=3)
    for number in range(100):
        assert folding.count({"event": "upkeep"}, str(number)) == 1
    assert [folding.count({"event": "upkeep"}, same) for same in ("99", "96", "98")] == [None, 1, None]
