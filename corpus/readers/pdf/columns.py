"""In what order is a page read? From top to bottom, and where it is set in columns, one column after the other.

A column begins where many lines begin at one place within the page and none runs across. A table looks alike, so the
lines on both sides have to be prose: long, full, and not in step.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.glyphs import Run
from corpus.readers.pdf.lists import is_list
from corpus.readers.pdf.pieces import Piece, pieces_of, runs_of

_FEWEST = 4  # lines on either side
_GUTTER = 7.0  # points between two columns, at least
_NARROWEST = 0.15  # of the page's text: how wide a column is
_FULL = 0.55  # of its column: how long half of the lines of prose are
_LETTERS = 14  # of a line of prose
_FEW_LETTERS = 3  # of an item of a list
_STEP = 3.0  # points by which lines that stand beside one another may differ in height
_LEADING = 1.6  # of the size: lines of a paragraph stand nearer
_RAISED = 3  # letters
_SELDOM = 0.1
_HANGING = 22  # points
_DEEPEST = 3  # columns of columns


def regions(runs: Sequence[Run], depth: int = _DEEPEST) -> list[list[Run]]:
    """The runs of a page, parted into what is read one after the other."""
    pieces = pieces_of(runs)
    gutter = _gutter(pieces) if depth else None
    if gutter is None:
        aside, text = _asides(pieces)
        return [part for part in (runs_of(aside), runs_of(text)) if part]
    found: list[list[Run]] = []
    across: list[Run] = []
    for is_split, rows in _bands(pieces, gutter):
        band = [piece for row in rows for piece in row]
        if not is_split:
            across += runs_of(band)
            continue
        if across:
            found.append(across)
            across = []
        found += regions(runs_of(piece for piece in band if piece.right < gutter), depth - 1)
        found += regions(runs_of(piece for piece in band if piece.right >= gutter), depth - 1)
    return [*found, across] if across else found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the right one of two columns begins; ``None`` where there is no such place."""
    if len(pieces) < 2 * _FEWEST:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    nearest = left + _NARROWEST * (right - left)
    for fewest in (_LETTERS, _FEW_LETTERS):
        begins = Counter(round(piece.left) for piece in pieces if piece.left > nearest and piece.letters >= fewest)
        if (found := _best(pieces, begins)) is not None:
            return found
    return None


def _best(pieces: Sequence[Piece], begins: Counter[int]) -> float | None:
    """Of the places at which most lines begin the one that parts most rows."""
    best: tuple[int, float] | None = None
    for place, count in sorted(begins.items(), key=lambda item: (-item[1], item[0]))[:_DEEPEST]:
        if count + begins[place - 1] + begins[place + 1] < _FEWEST:
            continue
        # Bullets hang to the left of their text.
        for hung in {place, *(round(piece.left) for piece in pieces if place - _HANGING <= piece.left < place)}:
            gutter = hung - 1.5
            rows = sum(len(part) for is_split, part in _bands(pieces, gutter) if is_split)
            if rows and (best is None or (rows, -gutter) > (best[0], -best[1])):
                best = rows, gutter
    return best[1] if best else None


def _asides(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What stands beside the text in another size, as pulled quotes and mastheads do; and the rest."""
    aside: list[Piece] = []
    sizes = Counter[int]()
    for piece in pieces:
        sizes[round(piece.size)] += piece.letters
    usual = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0
    for row in _rows(pieces):
        # What is smaller and has few letters is a raised number.
        others = [one for one in row if one.size - usual > 1 or (usual - one.size > 1 and one.letters > _RAISED)]
        if len(row) > 1 and len(others) < len(row):
            aside += [piece for piece in others if _is_beside(piece, pieces, usual)]
    held = {id(piece) for piece in aside}
    return aside, [piece for piece in pieces if id(piece) not in held]


def _is_beside(piece: Piece, pieces: Sequence[Piece], usual: int) -> bool:
    """Whether hardly any line of the text stands over or under a piece."""
    text = [other for other in pieces if abs(other.size - usual) <= 1]
    over = sum(other.left < piece.right and piece.left < other.right for other in text)
    return over <= _SELDOM * len(text)


def _bands(pieces: Sequence[Piece], gutter: float) -> list[tuple[bool, list[list[Piece]]]]:
    """The rows from top to bottom, in bands that run across the gutter and bands that are parted by it."""
    bands: list[tuple[bool, list[list[Piece]]]] = []
    for row in _rows(pieces):
        is_split = not any(piece.left < gutter - _GUTTER and piece.right > gutter - 1 for piece in row) and not any(
            gutter - _GUTTER <= piece.left < gutter - 1 for piece in row
        )
        if bands and bands[-1][0] == is_split:
            bands[-1][1].append(row)
        else:
            bands.append((is_split, [row]))
    found: list[tuple[bool, list[list[Piece]]]] = []
    for is_split, rows in bands:
        found += _trimmed(rows, gutter) if is_split else [(False, rows)]
    return found


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.left)):
        if rows and rows[-1][0].y - piece.y <= 1:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _trimmed(rows: list[list[Piece]], gutter: float) -> list[tuple[bool, list[list[Piece]]]]:
    """A band without the rows at its ends that stand on one side alone and apart; all across where it is no prose."""
    both = [
        n for n, row in enumerate(rows) if any(p.right < gutter for p in row) and any(p.right >= gutter for p in row)
    ]
    sides = [{piece.right >= gutter for piece in row} for row in rows]
    if not (len(both) >= 1 or len({side for row in sides for side in row}) > 1):
        return [(False, rows)]
    first, last = _core(sides)
    while first > 0 and _is_near(rows[first - 1], rows[first:], gutter):
        first -= 1
    while last < len(rows) - 1 and _is_near(rows[last + 1], rows[: last + 1][::-1], gutter):
        last += 1
    band = rows[first : last + 1]
    if not (_is_prose(band, gutter) or _is_list(band, gutter)):
        return [(False, rows)]
    parts = [(False, rows[:first]), (True, band), (False, rows[last + 1 :])]
    return [(is_split, part) for is_split, part in parts if part]


def _core(sides: Sequence[set[bool]]) -> tuple[int, int]:
    """The rows from the first to the last at which the side changes."""
    changes = [n for n in range(len(sides)) if len(sides[n]) > 1 or (n and sides[n] != sides[n - 1])]
    first = changes[0] if len(sides[changes[0]]) > 1 else max(0, changes[0] - 1)
    return first, changes[-1]


def _is_near(row: list[Piece], others: list[list[Piece]], gutter: float) -> bool:
    """Whether a row stands as near to the next one on its side as lines of a paragraph do."""
    side = row[0].right >= gutter
    for other in others:
        for piece in other:
            if (piece.right >= gutter) == side:
                return abs(piece.y - row[0].y) <= _LEADING * row[0].size and abs(piece.size - row[0].size) < 1
    return False


def _is_list(rows: Sequence[Sequence[Piece]], gutter: float) -> bool:
    left, right = ([p for row in rows for p in row if (p.right >= gutter) == side] for side in (False, True))
    return is_list(left, right)


def _is_prose(rows: Sequence[Sequence[Piece]], gutter: float) -> bool:
    sides = [[p for row in rows for p in row if (p.right >= gutter) == side] for side in (False, True)]
    for side in sides:
        lines = [piece for piece in side if piece.letters > 3]  # a raised number is none
        if len(lines) < _FEWEST:
            return False
        width = max(piece.right for piece in lines) - min(piece.left for piece in lines)
        if median(piece.right - piece.left for piece in lines) < _FULL * width:
            return False
        if median(piece.letters for piece in lines) < _LETTERS:
            return False
    return not _are_in_step(*sides)


def _are_in_step(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether new paragraphs begin at the same height on both sides though they differ in length, as in a table."""
    begins = [[b.y for a, b in pairwise(side) if a.y - b.y > _LEADING * b.size] for side in (left, right)]
    same = [y for y in begins[0] if any(abs(y - other) <= _STEP for other in begins[1])]
    if len(same) < 2 or 2 * len(same) < max(map(len, begins)):  # once may be by chance
        return False
    unlike = 0
    for above, below in zip(same, [*same[1:], float("-inf")], strict=True):
        counts = [sum(below + _STEP < piece.y <= above + _STEP for piece in side) for side in (left, right)]
        unlike += counts[0] != counts[1]
    return 3 * unlike >= len(same)
