"""What a terminal shows while one answer keeps somebody waiting: a moving bar, a sentence, and for how long by now.

It is drawn from a thread, since what keeps people waiting need not say how far it has come; nothing is drawn of what is
soon done.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, TextIO

from bot.terminal.draw import Style

if TYPE_CHECKING:  # 33 ms
    from rich.console import Console

Tell = Callable[[int, int], None]  # takes how much is done, and of how much
Sentence = Callable[[int, int], str]
PATIENCE = 2.0  # seconds before anything is shown
BAR = 40  # columns
_EVERY = 5  # times a second that it is drawn


def console(stream: TextIO, style: Style) -> "Console":
    """What draws how far work has come."""
    from rich.console import Console  # 33 ms: rich, for a terminal that waits

    return Console(
        file=stream,
        width=style.width,
        color_system="standard" if style.colour else None,
        force_terminal=True,
        legacy_windows=False,
    )


@contextmanager
def waiting(stream: TextIO, style: Style, sentence: Sentence, patience: float = PATIENCE) -> Iterator[Tell]:
    """Shows on ``stream`` a ``sentence`` of how much is done, once ``patience`` is over; it is gone when the work ends.

    What it yields takes how much is done, and of how much; it need not be called.
    """
    over, state = Event(), [(0, 0)]

    def tell(done: int, total: int) -> None:
        state[0] = (done, total)

    def show() -> None:
        if over.wait(patience):
            return
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # 33 ms: for a terminal that waits

        columns = (
            BarColumn(BAR, style="dim", complete_style="bold", pulse_style="bold"),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
        )
        shown = Progress(
            *columns,
            console=console(stream, style),
            transient=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = shown.add_task("", total=None)
        shown.start()
        try:
            while True:
                done, total = state[0]
                shown.update(task, completed=done, total=total if done else None, description=sentence(done, total))
                shown.refresh()
                if over.wait(1 / _EVERY):
                    return
        finally:
            shown.stop()

    drawing = Thread(target=show, name="waiting", daemon=True)
    drawing.start()
    try:
        yield tell
    finally:
        over.set()
        drawing.join()
