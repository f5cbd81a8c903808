"""What is printed on a page of a PDF: runs of letters with their place, size and weight.

Everything that knows pypdfium2 stands here and in ``opening``. Coordinates are points, ``y`` is that of the baseline
and grows upwards; pages that are turned, or set sideways, are turned back.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, hypot, pi
from typing import Any

MOST_LETTERS = 100_000  # of one page; a page of small print has 10,000
_BLANKS = frozenset((0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x200A, 0x202F, 0x3000))
# Nothing is seen of these: zero width, joiners, directions, the byte order mark, what pdfium has no letter for.
_UNSEEN = frozenset((0, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFD, 0xFFFF))
_LINE_END_HYPHENS = frozenset((0x02, 0xFFFE))  # what pdfium writes for a hyphen at the end of a line
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BOLD = 600  # the weight of a font from which it is bold
_IS_BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd")
_TOUCHES = 0.18  # of the size: a gap up to that parts no words
_SAME_LINE = 0.12  # of the size: how far two letters of one line stand apart in height
_QUARTERS = 4
_COVERS = 0.8  # of a page: a picture that is larger is the page
_MOST_OBJECTS = 200  # of a page that are looked at: a scan is one, or a few stripes
_ORNAMENTS = re.compile(r"dingbat|wingding|webding")
_SURROGATES = (0xD800, 0xDFFF)
_PRIVATE = (0xE000, 0xF8FF)  # where such fonts keep their signs


@dataclass(frozen=True, slots=True)
class Run:
    """Letters that touch, of one size and weight, on one line. ``is_apart`` says that a blank stands before them, and
    ``is_typed`` that the file has it, not that pdfium found the gap wide enough for one."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    is_apart: bool = True
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    is_ornament: bool  # a font of signs, whose letters are bullets and the like
    turn: int  # quarters of a circle, counter-clockwise


class TooManyLettersError(Exception):
    """A page holds more letters than a page can."""


def runs(page: Any) -> tuple[list[Run], str]:
    """What is printed on a ``pypdfium2.PdfPage``, in the order of the file, and the words that stand across it.

    Those are a watermark or the label of an axis. Raises ``TooManyLettersError``.
    """
    from pypdfium2 import raw  # 28 ms: PDFium, an extra

    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MOST_LETTERS:
            raise TooManyLettersError
        found = list(_runs(raw, textpage, count))
    finally:
        textpage.close()
    turns = Counter[int]()
    for run, turn in found:
        turns[turn] += len(run.text)
    upright = max(turns, key=lambda turn: (turns[turn], -turn)) if turns else 0
    across = " ".join(run.text for run, turn in found if turn != upright)
    return [run for run, turn in found if turn == upright], across


def is_picture(page: Any, *, is_empty: bool) -> bool:
    """Whether a page shows a picture that covers it, or, where it is ``is_empty`` of letters, anything at all."""
    from pypdfium2 import raw  # 29 ms: PDFium, an extra

    count = raw.FPDFPage_CountObjects(page)
    if is_empty:
        return bool(count)
    width, height = page.get_size()
    edges = [ctypes.c_float() for _ in range(4)]
    for place in range(min(count, _MOST_OBJECTS)):
        found = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(found, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if (right - left) * (top - bottom) >= _COVERS * width * height:
                return True
    return False


def _runs(raw: Any, textpage: Any, count: int) -> Iterator[tuple[Run, int]]:
    """The runs with the quarters of a circle that each is turned by. Called for every letter: it has to be quick."""
    styles: dict[int, tuple[_Style, float]] = {}
    box = raw.FS_RECTF()
    told = ctypes.byref(box)
    object_of, box_of, code_of = raw.FPDFText_GetTextObject, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetUnicode
    is_made = raw.FPDFText_IsGenerated
    letters: list[str] = []
    begin = end = base = 0.0
    style, is_apart, was_apart = _Style(0, bold=False, is_ornament=False, turn=0), True, True
    is_typed = was_typed = False
    found = style, base
    level = edges = (0.0, 0.0)
    key, last = 0, -1

    def finished() -> tuple[Run, int]:
        run = Run(
            text="".join(letters),
            left=begin,
            right=end,
            y=base,
            size=style.size,
            bold=style.bold,
            is_apart=was_apart,
            is_typed=was_typed,
        )
        return run, style.turn

    for place in range(count):
        code = code_of(textpage, place)
        if code in _BLANKS:
            is_apart = True
            is_typed = is_typed or not is_made(textpage, place)
            continue
        if code in _UNSEEN or _SURROGATES[0] <= code <= _SURROGATES[1]:
            continue
        box_of(textpage, place, told)
        edges = (box.top, box.bottom)
        if is_apart or edges != level:  # within a word of one height nothing changes
            level = edges
            key = ctypes.cast(object_of(textpage, place), ctypes.c_void_p).value or 0
            known = styles.get(key)
            if known is None:  # the letters of one text object have one style and one baseline
                known = styles[key] = _style(raw, textpage, place)
            found = known
        left, right = (box.left, box.right) if not found[0].turn else _edges(found[0].turn, box)
        is_same = key == last or (
            style.turn == found[0].turn
            and abs(style.size - found[0].size) < 0.5  # points
            and style.bold == found[0].bold
            and abs(base - found[1]) <= _SAME_LINE * style.size
        )
        if not (is_same and not is_apart and -style.size < left - end <= _TOUCHES * style.size):
            if letters:
                yield finished()
            letters, begin, end, was_apart, was_typed = [], left, right, is_apart, is_typed
            style, base = found
        letters.append(_letter(code, is_ornament=found[0].is_ornament))
        end = max(end, right)
        last, is_apart, is_typed = key, False, False
    if letters:
        yield finished()


def _is_control(code: int) -> bool:
    """Whether a code is no letter: what is printed there is a sign that the file has no name for."""
    return code < 0x20 or 0x7F <= code <= 0x9F  # the control characters


def _letter(code: int, *, is_ornament: bool) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    if _is_control(code) or (is_ornament and chr(code).isalnum()) or _PRIVATE[0] <= code <= _PRIVATE[1]:
        return "•"
    return _LIGATURES.get(code) or chr(code)


def _style(raw: Any, textpage: Any, place: int) -> tuple[_Style, float]:
    """Size, weight and direction of the letter at ``place`` and of those that are printed with it; and the height."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, place, name, 128, flags)
    label = name.value.decode("latin-1", "replace").lower()
    bold = raw.FPDFText_GetFontWeight(textpage, place) >= _BOLD or _IS_BOLD.search(label) is not None
    size = raw.FPDFText_GetFontSize(textpage, place)
    matrix = raw.FS_MATRIX()
    turn = 0
    if raw.FPDFText_GetMatrix(textpage, place, matrix):
        size *= hypot(matrix.c, matrix.d) or 1
        turn = round(atan2(matrix.b, matrix.a) / (pi / 2)) % _QUARTERS
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, place, x, y)
    is_ornament = _ORNAMENTS.search(label) is not None
    return _Style(round(abs(size), 1), bold, is_ornament, turn), (y.value, -x.value, -y.value, x.value)[turn]


def _edges(turn: int, box: Any) -> tuple[float, float]:
    """Left and right edge of a letter, turned upright."""
    if not turn:
        return box.left, box.right
    found = ((box.bottom, box.top), (-box.right, -box.left), (-box.top, -box.bottom))[turn - 1]
    return min(found), max(found)
