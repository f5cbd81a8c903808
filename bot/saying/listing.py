"""Long lists in little room: what is not shown is counted, and never composed."""

from collections.abc import Callable, Iterable, Iterator, Sequence

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


def pages(costs: Sequence[int], room: int | None) -> list[range]:
    """Entries of these ``costs``, in characters, on as many pages as hold ``room`` characters each, by their numbers.

    A page has at least one entry; there is at least one page. Without ``room`` all stand on one.
    """
    found, start, left = list[range](), 0, room or 0
    for number, cost in enumerate(costs):
        if room is not None and number > start and cost > left:
            found.append(range(start, number))
            start, left = number, room
        left -= cost
    return [*found, range(start, len(costs))]
