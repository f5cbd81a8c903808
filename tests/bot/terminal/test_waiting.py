"""What a terminal shows while one answer keeps somebody waiting."""

import io
from threading import Event

import pytest

from bot.terminal.draw import Style
from bot.terminal.waiting import waiting


class Watched(io.StringIO):
    """A stream that says when a text has come."""

    def __init__(self, awaited: str) -> None:
        super().__init__()
        self.awaited, self.came = awaited, Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        if self.awaited in self.getvalue():
            self.came.set()
        return written


def _of(done: int, total: int) -> str:
    return f"Read {done} of {total} [b]." if done else "Reading [b]."  # nothing in a sentence is markup


def test_what_is_soon_done_shows_nothing() -> None:
    stream = io.StringIO()
    with waiting(stream, Style(60), _of) as tell:
        tell(1, 2)
    assert stream.getvalue() == ""


def test_who_waits_is_told_of_it_also_where_the_work_says_nothing_and_it_goes() -> None:
    stream = Watched("Reading [b].")
    with waiting(stream, Style(60), _of, patience=0.0):
        assert stream.came.wait(60)
    assert stream.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")  # the cursor is back and the line empty


def test_how_far_the_work_is_is_said_where_it_says_so() -> None:
    stream = Watched("Read 1 of 3 [b].")
    with waiting(stream, Style(60, colour=True), _of, patience=0.0) as tell:
        tell(1, 3)
        assert stream.came.wait(60)


def test_work_that_fails_leaves_the_cursor_to_be_seen() -> None:
    stream = Watched("Reading [b].")

    def work() -> None:
        with waiting(stream, Style(60), _of, patience=0.0):
            assert stream.came.wait(60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")
