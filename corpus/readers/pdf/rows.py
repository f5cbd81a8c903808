"""Runs of letters to lines of words, with what their place on the page says: a raised number, a blank, a cell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.readers.pdf.glyphs import Run

_SAME = 0.12  # of the size: how far the letters of a line stand apart in height
_EXACT = 0.1  # points
_SMALLER = 0.85  # of the size of the line: what is raised or lowered is smaller
_RAISED = (0.1, 0.8)  # of the size: how far above the line it stands
_LOWERED = (0.05, 0.4)
_NEAR = 0.8  # of the size: how far beside a letter of the line
_BLANK = 0.2  # of the size: a wider gap is a blank
_MADE = 0.1  # of the size: the same where pdfium thinks that there is one; after an "f" it is narrow
_STOP = 0.7  # of the size: a gap before a place where columns begin
_FEWEST_STOPS = 4
_CELL = 2.0  # of the size: a wider gap parts columns
_LETTER = 0.5  # of the size: how wide a letter is
_OPENING = re.compile(r"\(?(?:\d{1,4}|[A-Za-z]|[ivxlcIVXLC]{1,7})(?:\.\w{1,4})*[.)]?|[^\w\s]{1,3}|[⁰¹²³⁴-⁹]{1,3}")
_SUPERSCRIPT = dict(enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹", start=0x30))


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two wide gaps of a line."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is printed. ``first`` is how wide its first word is, ``bold`` whether all of it is."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    first: float
    cells: tuple[Cell, ...] = ()
    is_table: bool = False
    is_note: bool = False  # it begins with a raised letter, as notes to tables do
    is_furniture: bool = False  # not to be quoted: cells that cannot be told apart, a watermark
    is_aside: bool = False  # it stands beside the text, which goes on past it
    opened: tuple[Cell, Cell] | None = None  # a first cell that may be the number of what stands a wide gap after it


def rows(runs: Iterable[Run]) -> list[Row]:
    """The lines that these runs make, from top to bottom."""
    bases: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.left)):
        if bases and _is_level(run, bases[-1]):
            bases[-1].append(run)
        else:
            bases.append([run])
    raised = _settled(bases)
    lines = [sorted(base, key=lambda run: run.left) for base in bases if base]
    stops = _stops(lines)
    return [_row(line, raised, stops) for line in lines]


def _is_level(run: Run, base: Sequence[Run]) -> bool:
    """Whether a run stands on a line: as its first one does, or as one that has joined it does exactly."""
    return abs(base[0].y - run.y) <= _SAME * max(run.size, base[0].size) or abs(base[-1].y - run.y) <= _EXACT


def _stops(lines: Sequence[Sequence[Run]]) -> frozenset[int]:
    """Where the columns of tables begin: places at which several words begin after a gap, in points."""
    counts: Counter[int] = Counter()
    for line in lines:
        for number, (last, run) in enumerate(pairwise(line)):
            if number and run.left - last.right >= _STOP * run.size:
                counts[round(run.left)] += 1
    return frozenset(place for place, count in counts.items() if count >= _FEWEST_STOPS)


def _settled(bases: list[list[Run]]) -> set[int]:
    """Put what is raised or lowered into the line that it belongs to; tell what is raised."""
    raised: set[int] = set()
    for place, base in enumerate(bases):
        for run in tuple(base):
            for other in bases[max(0, place - 2) : place + 3]:
                if other is base or not (beside := _beside(run, other)):
                    continue
                above = (run.y - beside.y) / beside.size
                is_raised = _RAISED[0] <= above <= _RAISED[1]
                if is_raised or _LOWERED[0] <= -above <= _LOWERED[1]:
                    base.remove(run)
                    other.append(run)
                    if is_raised:
                        raised.add(id(run))
                    break
    return raised


def _beside(run: Run, base: Sequence[Run]) -> Run | None:
    """The larger run of a line that ``run`` stands beside."""
    for other in base:
        if run.size <= _SMALLER * other.size and (
            -0.3 * other.size <= run.left - other.right <= _NEAR * other.size
            or -0.3 * other.size <= other.left - run.right <= _NEAR * other.size
        ):
            return other
    return None


def _row(runs: Sequence[Run], raised: set[int], stops: frozenset[int]) -> Row:
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[run.size] += len(run.text)
    size = max(sizes, key=lambda size: (sizes[size], size))
    text = cell = ""
    begin = runs[0].left
    cells: list[Cell] = []
    first = 0.0
    last: Run | None = None
    opened: tuple[Cell, Cell] | None = None
    for run in runs:
        words = run.text.translate(_SUPERSCRIPT) if id(run) in raised and run.text.isdecimal() else run.text
        blank = _blank(text, last, run, size, is_raised=id(run) in raised, is_stop=round(run.left) in stops)
        if blank and not first and last is not None:
            first = last.right - runs[0].left
        if blank == " " and last is not None and run.left - last.right > _CELL * size:  # it was no cell's end
            opened = Cell(text, begin, last.right), Cell("", run.left, run.right)
        if len(blank) > 1 and last is not None:
            cells.append(Cell(cell, begin, last.right))
            cell, begin, blank_within = "", run.left, ""
        else:
            blank_within = blank
        cell += blank_within + words
        text += blank + words
        last = run
    right = max(run.right for run in runs)
    bold = all(run.bold for run in runs if any(map(str.isalnum, run.text)))
    cells.append(Cell(cell, begin, runs[-1].right))
    if opened is not None:
        rest = Cell(cells[0].text[len(opened[0].text) :].strip(), opened[1].left, cells[0].right)
        opened = opened[0], rest
    is_note = id(runs[0]) in raised and len(runs) > 1 and (runs[0].text.isalpha() or runs[0].text.strip("*") == "")
    y = _base(runs, size)
    first = first or right - runs[0].left
    return Row(
        text=text,
        left=runs[0].left,
        right=right,
        y=y,
        size=size,
        bold=bold,
        first=first,
        cells=tuple(cells),
        is_note=is_note,
        opened=opened,
    )


def _base(runs: Sequence[Run], size: float) -> float:
    return next(run.y for run in runs if run.size == size)


def _blank(text: str, last: Run | None, run: Run, size: float, *, is_raised: bool, is_stop: bool) -> str:
    """The white space between two runs of a line."""
    if last is None:
        return ""
    gap = run.left - last.right
    if is_raised and gap <= _BLANK * size:
        return ""
    if gap > (_STOP if is_stop else _CELL) * size and not _OPENING.fullmatch(text):
        return " " * max(3, round(gap / (_LETTER * size)))
    least = -_LETTER if run.is_typed else _MADE if run.is_apart else _BLANK
    return " " if gap > least * size else ""
