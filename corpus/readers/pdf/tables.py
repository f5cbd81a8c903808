"""Where does a table stand, and which lines make one row of it?

Rules and shading are not looked at: where a table parts its rows by a wider distance, that tells them; where it does
not, a line goes on with the row above where one of its cells begins small or its first one is empty. ``cells`` makes
the words of a row of its lines.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.layout.joining import Joiner
from corpus.readers.pdf.cells import Columns, columns_of, is_figure, merged, overlaps, parted, spans, within
from corpus.readers.pdf.rows import Row

_FEWEST = 2  # lines with several cells
_MOST_BETWEEN = 4  # lines with one cell between two that have several
_MOST_WITHIN = 14  # such lines where none runs across the gap between the cells
_WIDER = 1.12  # of the usual distance of its lines: what parts the rows of a table
_SOLID = 0.9  # of the size: no two lines of a column stand nearer
_FAR = 3.0  # of the size: no line of one table stands further from the next
_UNLIKE = 3.0  # points by which sizes in one table differ, those of its heads as well


def with_tables(rows: Sequence[Row]) -> list[Row]:
    """The lines, each row of a table as one, its cells parted by blanks."""
    found: list[Row] = []
    at = 0
    joiner = Joiner(cell.text for row in rows for cell in row.cells)
    for first, last, columns in _tables(rows):
        found += rows[at:first]
        found += _merged([parted(row, columns) for row in rows[first : last + 1]], columns, joiner)
        at = last + 1
    return [*found, *rows[at:]]


def _tables(rows: Sequence[Row]) -> Iterator[tuple[int, int, Columns]]:
    """The places of the first and the last line of each table, and its columns."""
    several = [place for place, row in enumerate(rows) if len(row.cells) > 1]
    first = end = 0
    while first < len(several):
        last = first
        while last + 1 < len(several) and _go_on(rows[several[last] : several[last + 1] + 1]):
            last += 1
        if last - first + 1 >= _FEWEST:
            columns = columns_of(rows[several[first] : several[last] + 1])
            begin, end = _heads(rows, several[first], end, columns), _ends(rows, several[first], several[last], columns)
            if len(columns) > 1:
                yield begin, end, columns
            end += 1
        first = last + 1
        while first < len(several) and several[first] < end:
            first += 1


def _go_on(rows: Sequence[Row]) -> bool:
    """Whether the last of these lines stands in one table with the first; those between have one cell."""
    if not all(_is_near(a, b) for a, b in pairwise(rows)):
        return False
    if len(rows) <= _MOST_BETWEEN + 2:
        return True
    gap = min(rows[0].cells[1].left, rows[-1].cells[1].left)
    is_within = all(row.right < gap or row.left >= gap - 1 for row in rows[1:-1])
    return is_within and len(rows) <= _MOST_WITHIN + 2


def _is_near(above: Row, row: Row) -> bool:
    size = max(above.size, row.size)
    return 0 < above.y - row.y < _FAR * size and abs(above.size - row.size) <= _UNLIKE


def _heads(rows: Sequence[Row], first: int, least: int, columns: Columns) -> int:
    """The place of the first line of a table's heads: over one column stand words of several lines."""
    while (
        first > least
        and rows[first - 1].y - rows[first].y <= _WIDER * 1.2 * rows[first].size  # 1.2: lines set solid
        and abs(rows[first - 1].size - rows[first].size) < 1
        and (within(rows[first - 1], columns) > 0 or spans(rows[first - 1], columns))
    ):
        first -= 1
    return first


def _ends(rows: Sequence[Row], first: int, end: int, columns: Columns) -> int:
    """The place of the last line of a table: its last row goes on in lines that keep within a column."""
    usual, is_spaced = _spacing(rows[first : end + 1])
    while end + 1 < len(rows):
        after = parted(rows[end + 1], columns)
        distance = rows[end].y - after.y
        is_row = len(after.cells) > 1 or within(after, columns) > 0
        is_small = within(after, columns) >= 0 and after.cells[0].text[:1].islower()
        is_close = distance <= _WIDER * usual and abs(rows[end].size - after.size) < 1
        if not _is_near(rows[end], after) or not (
            is_small or (is_spaced and (is_row or (is_close and within(after, columns) >= 0)))
        ):
            break
        end += 1
    return end


def _spacing(rows: Sequence[Row]) -> tuple[float, bool]:
    """The usual distance of the lines of a table, and whether a wider one parts its rows."""
    distances = [round(2 * (a.y - b.y)) / 2 for a, b in pairwise(rows)]
    # Lines of two columns that are not set at one height stand nearer than those of one.
    solid = [one for one, row in zip(distances, rows, strict=False) if one >= _SOLID * row.size]
    counts = Counter(solid or distances)
    usual = min((distance for distance, count in counts.items() if 3 * count >= max(counts.values())), default=0.0)
    return usual, sum(one > _WIDER * usual for one in distances) >= max(_FEWEST, len(distances) // 6)


def _merged(rows: Sequence[Row], columns: Columns, joiner: Joiner) -> Iterator[Row]:
    usual, is_spaced = _spacing(rows)
    groups = [[rows[0]]]
    for row in rows[1:]:
        if _belongs(groups[-1], row, columns, usual, is_spaced=is_spaced):
            groups[-1].append(row)
        else:
            groups.append([row])
    for number, group in enumerate(groups):
        yield from merged(group, columns, _WIDER * usual, joiner, is_first=not number)


def _belongs(group: Sequence[Row], row: Row, columns: Columns, usual: float, *, is_spaced: bool) -> bool:
    """Whether a line goes on with the row that those of ``group`` make."""
    if _is_across(row, columns) != _is_across(group[-1], columns) and not row.cells[0].text[:1].islower():
        return False  # a line over the whole table
    is_far = group[-1].y - row.y > _WIDER * usual
    is_under = not _has_first(row, columns) and _has_first(group[0], columns)
    if is_spaced and is_under:  # one more entry of the row
        return True
    is_labelled = group[-1].cells[0].text.endswith(":") and len(row.cells) > 1 and _has_first(row, columns)
    if is_far or is_labelled:
        return False
    return (is_spaced and _wraps(group, row, columns)) or _reads_on(group, row, columns)


def _is_across(row: Row, columns: Columns) -> bool:
    return len(row.cells) == 1 and sum(overlaps(row.cells[0], column) for column in columns) > 1


def _has_first(row: Row, columns: Columns) -> bool:
    return overlaps(row.cells[0], columns[0])


def _wraps(group: Sequence[Row], row: Row, columns: Columns) -> bool:
    """Whether a line near the one above goes on with it; lines of figures are rows of their own."""
    if not any(is_figure(cell.text) for cell in row.cells):
        return True
    return not any(is_figure(cell.text) for above in group for cell in above.cells if _has_first(above, columns))


def _reads_on(group: Sequence[Row], row: Row, columns: Columns) -> bool:
    if any(is_figure(cell.text) for cell in row.cells):
        return False
    if any(cell.text[:1].islower() for cell in row.cells):
        return True
    if any(is_figure(cell.text) for above in group for cell in above.cells):
        return not _has_first(row, columns) and len(group[0].cells) > 1 and _has_first(group[0], columns)
    # Heads of several lines stand over the last of them, or under the first.
    return _has_first(row, columns) != _has_first(group[0], columns)
