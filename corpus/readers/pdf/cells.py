"""What are the words of a row of a table? Each column's lines, one after the other, and no cell's within another's.

A row may hold several entries beside one first cell, each with a figure or after a wider distance: each is a row of
its own, so that no two read as one sentence. Where a cell runs across columns in the midst of others, nobody can tell
whose words are whose: that row is not quoted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.layout.joining import Joiner
from corpus.readers.pdf.rows import Cell, Row

Columns = Sequence[tuple[float, float]]

_SELDOM = 0.15  # of its lines: cells that run across columns
_APART = 3.0  # points between two columns
_LONGEST_HEAD = 60  # letters
_SPACES = "   "


def columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """The stretches of the page's width that cells fill in more than a few of the lines."""
    several = [row for row in rows if len(row.cells) > 1]
    filled = Counter[int]()
    for row in several:
        for cell in row.cells:
            filled.update(range(round(cell.left), round(cell.right)))
    found: list[tuple[float, float]] = []
    for place in sorted(place for place, count in filled.items() if count > _SELDOM * len(several)):
        if found and place - found[-1][1] < _APART:
            found[-1] = found[-1][0], place + 1.0
        else:
            found.append((place, place + 1.0))
    return found


def overlaps(cell: Cell, column: tuple[float, float]) -> bool:
    """Whether a cell stands over, under or in a column."""
    return cell.left < column[1] and column[0] < cell.right


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, or the stroke that stands for none."""
    return (text[-1:].isdigit() and not any(map(str.isalpha, text))) or text in ("–", "-", "—")


def within(row: Row, columns: Columns) -> int:
    """The column that a line with one cell keeps within; -1 where there is no such."""
    held = [at for at, column in enumerate(columns) if overlaps(row.cells[0], column)]
    return held[0] if len(row.cells) == 1 and len(held) == 1 else -1


def held_by(cell: Cell, columns: Columns) -> list[int]:
    """The columns that a cell stands over; between two of them it stands over both."""
    found = [at for at, column in enumerate(columns) if overlaps(cell, column)]
    if found:
        return found
    after = next((at for at, column in enumerate(columns) if column[0] >= cell.right), 0)
    return [after - 1, after] if after else []


def spans(row: Row, columns: Columns) -> bool:
    """Whether a line holds but heads that stand over columns after the first, and one of them over several."""
    over = [held_by(cell, columns) for cell in row.cells]
    return all(held and held[0] > 0 for held in over) and any(len(held) > 1 for held in over)


def parted(row: Row, columns: Columns) -> Row:
    """The line, with a number as a cell of its own where it and what follows stand in two columns."""
    if row.opened is None:
        return row
    number, rest = row.opened
    at = next((n for n, column in enumerate(columns) if overlaps(number, column)), -1)
    if at < 0 or overlaps(rest, columns[at]):
        return row
    return replace(row, cells=(number, rest, *row.cells[1:]), opened=None)


def merged(
    group: Sequence[Row], columns: Columns, far: float, joiner: Joiner, *, is_first: bool = False
) -> Iterator[Row]:
    """Several lines as one row, or as one for each of its entries; lines further apart than ``far`` part entries.

    The ``is_first`` ones may be the heads of the columns, of which one may stand over several.
    """
    if is_first and len(group) > 1 and (heads := _spread(group, columns, joiner)):
        yield _row(group, _SPACES.join(heads))
        return
    if len(group) > 1 and any(_runs_across(cell, columns) for row in group for cell in row.cells):
        text = _SPACES.join(cell.text for row in group for cell in row.cells)
        yield _row(group, text, is_furniture=True)
        return
    entries: list[dict[int, list[str]]] = [{}]
    first: list[str] = []
    y: float | None = None
    for row in group:
        cells = [(_column(cell, columns), cell.text) for cell in row.cells]
        first += [text for at, text in cells if at == 0]
        others = [(at, text) for at, text in cells if at]
        if not others:
            continue
        if y is not None and (y - row.y > far or any(is_figure(text) and at in entries[-1] for at, text in others)):
            entries.append({})
        for at, text in others:
            entries[-1].setdefault(at, []).append(text)
        y = row.y
    for number, entry in enumerate(entries):
        words = {0: first, **entry} if first and not number else entry
        text = _SPACES.join(joiner.join(words[at]) for at in sorted(words))
        yield _row(group, text, is_furniture=bool(number) and is_figure(text))  # a number of which nothing is said


def _spread(group: Sequence[Row], columns: Columns, joiner: Joiner) -> list[str]:
    """The heads of the columns where some stand over several of them, each with what stands over it; else nothing.

    What spans columns stands over heads of single ones: under them nobody could tell whose words it is.
    """
    told: list[list[str]] = [[] for _ in columns]
    spanned: set[int] = set()
    for row in group:
        for cell in row.cells:
            over = held_by(cell, columns)
            if is_figure(cell.text) or len(cell.text) > _LONGEST_HEAD or not over:
                return []
            if len(over) > 1 and (len(over) == len(columns) or any(told[at] and at not in spanned for at in over)):
                return []
            spanned.update(over if len(over) > 1 else ())
            for at in over:
                told[at].append(cell.text)
    return [joiner.join(words) for words in told if words] if spanned and all(told) else []


def _runs_across(cell: Cell, columns: Columns) -> bool:
    return sum(overlaps(cell, column) for column in columns) > 1


def _column(cell: Cell, columns: Columns) -> int:
    return next((n for n, column in enumerate(columns) if overlaps(cell, column)), 0)


def _row(group: Sequence[Row], text: str, *, is_furniture: bool = False) -> Row:
    right = max(row.right for row in group)
    return replace(group[0], text=text, right=right, y=group[-1].y, is_table=True, is_furniture=is_furniture)
