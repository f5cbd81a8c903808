"""What is a row of a table? Lines with wide gaps, under one another, and the lines that go on with their cells.

Rules and shading are not looked at: where a table parts its rows by a wider distance, that tells them; where it does
not, a line goes on with the row above where one of its cells begins small or its first one is empty.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.readers.pdf.rows import Cell, Row

_FEWEST = 2  # lines with several cells
_MOST_BETWEEN = 4  # lines with one cell between two that have several
_WIDER = 1.12  # of the usual distance of its lines: what parts the rows of a table
_SELDOM = 0.15  # of its lines: cells that run across columns
_APART = 3.0  # points between two columns
_FAR = 3.0  # of the size: no line of one table stands further from the next
_SPACES = "   "


def with_tables(rows: Sequence[Row]) -> list[Row]:
    """The lines, each row of a table as one, its cells parted by blanks."""
    found: list[Row] = []
    at = 0
    for first, last in _tables(rows):
        found += rows[at:first]
        found += _merged(rows[first : last + 1])
        at = last + 1
    return [*found, *rows[at:]]


def _tables(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The places of the first and the last line of each table."""
    several = [place for place, row in enumerate(rows) if len(row.cells) > 1]
    first = 0
    while first < len(several):
        last = first
        while last + 1 < len(several) and _go_on(rows[several[last] : several[last + 1] + 1]):
            last += 1
        if last - first + 1 >= _FEWEST:
            columns = _columns(rows[several[first] : several[last] + 1])
            end = several[last]
            while end + 1 < len(rows) and _goes_on(rows[end], rows[end + 1], columns):
                end += 1
            if len(columns) > 1:
                yield several[first], end
        first = last + 1


def _go_on(rows: Sequence[Row]) -> bool:
    """Whether the last of these lines stands in one table with the first; those between have one cell."""
    return len(rows) <= _MOST_BETWEEN + 2 and all(
        0 < a.y - b.y < _FAR * max(a.size, b.size) and abs(a.size - b.size) <= 2  # points
        for a, b in pairwise(rows)
    )


def _goes_on(row: Row, after: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a line with one cell under a table still belongs to it: it keeps within a column and goes on small."""
    (cell,) = after.cells if len(after.cells) == 1 else (Cell("", 0.0, 0.0),)
    return cell.text[:1].islower() and _go_on((row, after)) and sum(_overlaps(cell, column) for column in columns) == 1


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
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


def _overlaps(cell: Cell, column: tuple[float, float]) -> bool:
    return cell.left < column[1] and column[0] < cell.right


def _merged(rows: Sequence[Row]) -> Iterator[Row]:
    columns = _columns(rows)
    distances = [round(2 * (a.y - b.y)) / 2 for a, b in pairwise(rows)]
    counts = Counter(distances)
    usual = min((distance for distance, count in counts.items() if 3 * count >= max(counts.values())), default=0.0)
    is_spaced = sum(distance > _WIDER * usual for distance in distances) >= max(_FEWEST, len(distances) // 6)
    group = [rows[0]]
    for row, distance in zip(rows[1:], distances, strict=True):
        is_far = distance > _WIDER * usual
        if not is_far and ((is_spaced and _wraps(group, row)) or _reads_on(group, row, columns)):
            group.append(row)
            continue
        yield _one(group, columns)
        group = [row]
    yield _one(group, columns)


def _wraps(group: Sequence[Row], row: Row) -> bool:
    """Whether a line near the one above goes on with it; lines of figures are rows of their own."""
    return not any(_is_figure(cell.text) for cell in row.cells) or not any(
        _is_figure(cell.text) for above in group for cell in above.cells
    )


def _is_figure(text: str) -> bool:
    return (text[-1:].isdigit() and not any(map(str.isalpha, text))) or text in ("–", "-", "—")


def _reads_on(group: Sequence[Row], row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    if any(_is_figure(cell.text) for cell in row.cells):
        return False
    if any(cell.text[:1].islower() for cell in row.cells):
        return True
    return (
        not _overlaps(row.cells[0], columns[0]) and len(group[0].cells) > 1 and _overlaps(group[0].cells[0], columns[0])
    )


def _one(group: Sequence[Row], columns: Sequence[tuple[float, float]]) -> Row:
    """Several lines as one row: each column's words one behind the other."""
    words: dict[int, list[str]] = {}
    for row in group:
        for cell in row.cells:
            at = next((n for n, column in enumerate(columns) if _overlaps(cell, column)), 0)
            words.setdefault(at, []).append(cell.text)
    text = _SPACES.join(" ".join(words[at]) for at in sorted(words))
    last = group[-1]
    return replace(group[0], text=text, right=max(row.right for row in group), y=last.y, is_table=True)
