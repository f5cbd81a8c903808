"""Long lists in little room: what is not shown is counted, and never composed."""

from collections.abc import Callable, Iterable, Iterator

from bot.saying.reply import Line


def listed(lines: Iterable[Line], count: int, room: int | None, more: Callable[[int], str]) -> Iterator[Line]:
    """The ``lines`` that ``room`` characters hold, but at least one, then what ``more`` says of those left out.

    ``count`` is how many there are in all; ``lines`` may end before. Without ``room`` all of them are shown. They are
    taken one by one, for a list may have thousands of entries that would be thrown away.
    """
    shown = 0
    for line in lines:
        if room is not None:
            room -= len(line.text) + len(line.url or "")
            if room < 0 and shown:
                break
        yield line
        shown += 1
    if shown < count:
        yield Line(more(count - shown), item=True)
