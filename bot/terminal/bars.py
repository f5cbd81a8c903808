"""How far work has come: a bar on a terminal, drawn by rich; elsewhere nothing, or a sentence from time to time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TextIO

from bot.terminal.draw import Style
from bot.terminal.waiting import BAR, Sentence, Tell, console

Clock = Callable[[], float]  # seconds
PATIENCE = 1.0  # seconds before a bar is shown, and between two sentences
_EVERY = 0.1  # seconds between two drawings of a bar


@contextmanager
def bar(stream: TextIO, style: Style, sentence: Sentence, clock: Clock = perf_counter) -> Iterator[Tell]:
    """A bar on ``stream`` with a ``sentence`` after it, once ``PATIENCE`` is over; it is gone when the work ends."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # 33 ms: for a terminal that waits

    columns = (
        BarColumn(BAR, style="dim", complete_style="bold", finished_style="bold"),
        TextColumn("{task.description}", markup=False),
        TimeRemainingColumn(),
    )
    shown = Progress(*columns, console=console(stream, style), transient=True, auto_refresh=False, get_time=clock)
    task = shown.add_task("", start=True)
    due = clock() + PATIENCE

    def tell(done: int, total: int) -> None:
        nonlocal due
        shown.update(task, completed=done, total=total, description=sentence(done, total))
        if clock() >= due:
            due = clock() + _EVERY
            shown.start()
            shown.refresh()

    try:
        yield tell
    finally:
        shown.stop()


@contextmanager
def sentences(say: Callable[[str], None], sentence: Sentence, clock: Clock = perf_counter) -> Iterator[Tell]:
    """Says a ``sentence`` whenever ``PATIENCE`` is over: for a log."""
    said = clock()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if clock() - said >= PATIENCE:
            said = clock()
            say(sentence(done, total))

    yield tell
