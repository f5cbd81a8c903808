"""Printed lines to ``Line``s for the layout: where a paragraph begins, what is a running head, a heading, a note.

A page says by its setting what a text file can only hint at: a paragraph begins where the distance to the line above is
wider than usual, where the size changes, where a line is indented, or where the line above ends though the next word
had room.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.document import Role
from corpus.layout import Line, shapes
from corpus.readers.pdf import pulled
from corpus.readers.pdf.rows import Row

Region = Sequence[Row]
Page = Sequence[Region]

_WIDER = 1.25  # of the usual distance between two lines
_USUAL = 1.2  # of the size, where a size is too rare to tell
_INDENTED = 0.8  # of the size
_ROOM = 1.0  # of the size: what a line has left beside the next word where its paragraph ends
_EDGE = 3  # lines from the top and the bottom of a page among which its head and its foot are looked for
_PLACE = 4.0  # points: running heads stand at one height
_FEWEST = 2  # pages that a running head stands on
_MOST_HEADING = 3  # lines of a heading
_FEW_WORDS = 6
_BARCODE = re.compile(r"[*\d\s]{5,}|[A-Z]{2}\.\d\d-\d+.*|\d\d-\d{5}\b.{0,24}")
_RULE = re.compile(r"[_—–-]{5,}")  # as is printed over notes
_WORD = 3  # letters
_SMALL = 0.93  # of the size of the text: notes are smaller
_LETTER = 0.5  # of the size
_NUMERAL = re.compile(r"\d+|\b[ivxl]+\b", re.IGNORECASE)
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,3}\s?(?=\S)")
_STOPPED = re.compile(r"[.!?:;…][\"”’»)\]]*[⁰¹²³⁴-⁹]*$")


def lines(pages: Sequence[Page]) -> Iterator[Line]:
    """The lines of a document in the order of reading."""
    leading = _leading(pages)
    size = _usual([row for page in pages for region in page for row in region])
    running = _running(pages)
    again = _again(pages)
    held: list[Line] = []  # what stands beside the text waits for the end of a paragraph
    before: Line | None = None
    for number, page in enumerate(pages, start=1):
        for region in page:
            found = _region(region, number, leading, size=size, running=running)
            if any(row.is_aside for row in region):
                held += (replace(line, role=Role.FURNITURE) for line in found) if id(region) in again else found
                continue
            for line in found:
                if held and _may_part(before, line):
                    yield from held
                    held = []
                yield line
                before = before if line.role in (Role.RUNNING, Role.NOTE) else line
    yield from held


def _may_part(before: Line | None, line: Line) -> bool:
    """Whether something may stand between two lines of the text without tearing it."""
    if line.role in (Role.RUNNING, Role.NOTE) or not (line.gap_before or line.is_jump):
        return False
    return before is None or before.role is not None or _STOPPED.search(before.text) is not None


def _again(pages: Sequence[Page]) -> set[int]:
    """The regions, by identity, that stand beside the text and say what stands elsewhere, or hardly anything."""
    asides = [region for page in pages for region in page if any(row.is_aside for row in region)]
    if not asides:
        return set()
    text = (row for page in pages for region in page for row in region if not row.is_aside)
    told = pulled.in_order(pulled.words_of(text))
    return {id(region) for region in asides if not pulled.is_prose(region) or pulled.repeats(region, told)}


def _region(region: Region, page: int, leading: dict[float, float], size: float, running: set[int]) -> Iterator[Line]:
    margin = _margin(region)
    right = max((row.right for row in region), default=0.0)
    before: Row | None = None
    is_note = False
    heads = _headings(region, leading, margin, right)
    for row in region:
        if id(row) in running or _RULE.fullmatch(row.text):
            yield Line(row.text, page, gap_before=1, size=row.size, bold=row.bold, role=Role.RUNNING)
            continue
        gap = before is not None and _begins(before, row, leading, margin=margin, right=right)
        begins_note = row.size <= _SMALL * size and (row.is_note or _NOTE.match(row.text) is not None)
        is_note = begins_note or (is_note and row.size <= _SMALL * size and not _is_far(before, row, leading))
        indent = max(0, round((row.left - margin) / (_LETTER * row.size))) if row.size else 0
        yield Line(
            row.text,
            page,
            indent=indent,
            gap_before=int(begins_note if is_note else gap),
            size=row.size,
            bold=row.bold,
            role=Role.NOTE if is_note else _role(row, is_heading=id(row) in heads, is_apart=gap),
            is_jump=before is None,
        )
        before = row


def _role(row: Row, *, is_heading: bool, is_apart: bool) -> Role | None:
    if row.is_furniture:
        return Role.FURNITURE
    if shapes.is_contents_line(row.text):
        return Role.CONTENTS
    if row.is_table:
        return Role.ROW
    if is_apart and row.text[-1].isdigit() and not any(map(str.isalpha, row.text)):
        return Role.FURNITURE  # the figures of a chart
    return Role.HEADING if is_heading else None


def _begins(before: Row, row: Row, leading: dict[float, float], margin: float, right: float) -> bool:
    """Whether ``row`` begins a paragraph, as far as its place tells."""
    if abs(before.size - row.size) >= 1 or _is_far(before, row, leading):
        return True
    if before.is_table or row.is_table or (before.bold != row.bold and _STOPPED.search(before.text)):
        return True
    if (
        row.left - before.left >= _INDENTED * row.size
        and abs(before.left - margin) < row.size
        and _STOPPED.search(before.text)
    ):
        return True
    room = right - before.right - row.first
    return room > _ROOM * row.size and not row.bold and _STOPPED.search(before.text) is not None


def _is_far(before: Row | None, row: Row, leading: dict[float, float]) -> bool:
    if before is None:
        return True
    return before.y - row.y > _WIDER * leading.get(round(row.size), _USUAL * row.size) or row.y > before.y


def _leading(pages: Sequence[Page]) -> dict[float, float]:
    """The usual distance between two lines, for each size."""
    counts: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for page in pages:
        for region in page:
            for above, row in pairwise(region):
                distance = round(2 * (above.y - row.y)) / 2
                if round(above.size) == round(row.size) and 0.9 * row.size < distance < 3 * row.size:
                    counts[round(row.size)][distance] += 1
    # The smallest of those that are about as common as the commonest: that of lines within a paragraph.
    return {
        size: min(distance for distance, count in found.items() if 3 * count >= max(found.values()))
        for size, found in counts.items()
    }


def _usual(rows: Sequence[Row]) -> float:
    """The size of the text."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _margin(region: Region) -> float:
    """Where most of the lines begin; of two such places the left one."""
    lefts = Counter(round(row.left) for row in region)
    most = max(lefts.values(), default=0)
    return min((left for left, count in lefts.items() if 2 * count >= most), default=0)


def _running(pages: Sequence[Page]) -> set[int]:
    """The lines, by identity, that stand, numbers aside, at one height at the edge of several pages."""
    held: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
    for page in pages:
        rows = sorted((row for region in page for row in region if not row.is_furniture), key=lambda row: -row.y)
        for row in [*rows[:_EDGE], *rows[_EDGE:][-_EDGE:]]:
            words = _NUMERAL.sub("", row.text).strip()  # "xvi Report of the Committee"
            if not (shapes.number_of(row.text) or shapes.begins_small(words) or row.is_table):
                held[_NUMERAL.sub("#", row.text).casefold(), round(row.y / _PLACE)].append(row)
    # Letters at the edge by which a book is thumbed stand at one height on several pages.
    for row in (
        row for page in pages for region in page for row in region if row.text.isalpha() and len(row.text) < _WORD
    ):
        held[row.text, round(row.y / _PLACE)].append(row)
    found = {id(row) for rows in held.values() if len(rows) >= _FEWEST for row in rows}
    for page in pages:
        rows = sorted((row for region in page for row in region if not row.is_furniture), key=lambda row: -row.y)
        for edge in (rows[:_EDGE], rows[_EDGE:][: -_EDGE - 1 : -1]):
            for row in edge:
                if id(row) not in found and not shapes.is_running(row.text) and not _BARCODE.fullmatch(row.text):
                    break
                found.add(id(row))
    return found


def _headings(region: Region, leading: dict[float, float], margin: float, right: float) -> set[int]:
    """The lines, by identity, that are bold or larger as a whole, short, and stand over text that is neither."""
    found: set[int] = set()
    usual = _usual(region)
    held: list[Row] = []
    for before, row in zip([None, *region], [*region, None], strict=True):
        if held and (
            row is None
            or _is_plain(row, usual)
            or before is None
            or _begins(before, row, leading, margin=margin, right=right)
        ):
            text = " ".join(line.text for line in held)
            is_over = row is not None and row.size <= held[0].size
            if is_over and len(held) <= _MOST_HEADING and shapes.may_be_heading(text):
                found.update(map(id, held))
            held = []
        if (
            row is not None
            and not _is_plain(row, usual)
            and not row.is_table
            and (held or before is None or _may_begin(before))
        ):
            held.append(row)
    return found


def _is_plain(row: Row, usual: float) -> bool:
    return not row.bold and row.size <= usual + 1


def _may_begin(before: Row) -> bool:
    """Whether a heading may stand under a line: that one ends a sentence, or is short or bold itself."""
    return before.bold or _STOPPED.search(before.text) is not None or len(before.text.split()) <= _FEW_WORDS
