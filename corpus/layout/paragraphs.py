"""Which lines belong together? Those that read as one sentence, wherever the line, the page or the column ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.lines import Line
from corpus.passage import Span
from corpus.text.patterns import lazily

_WRAP_WIDTH = 100  # the widest line that editors and mail programs wrap prose at
# A document separates its paragraphs by blank lines if it has some blocks and most of them are a single line.
_FEW_BLOCKS = 4
_MOST_BLOCKS = 0.75
_PROSE = 8  # words that a piece of prose has at least
_FEW = 4
_GOES_ON = ")],;0123456789"  # no paragraph begins so
_YEARS = range(1000, 2200)
_UNDERLINE = lazily(r"(?:=|-|~|\*){3,}")
_INSERTED = lazily(r"- [a-zà-ÿ][^;]* -(?:\s|\Z)")  # "- or lent them - to the traders"
_PARTED = lazily(r"\w[-\u2010\u00ad\u00ac]\Z")
_SENTENCE_END = lazily(r"[.!?…:][\"”’»)\]]*$")


@dataclass(slots=True)
class Piece:
    """Lines that belong together, and what is found out about them. ``broken`` says that something stood within or
    before it that tore the text: a page's end, a note."""

    lines: list[Line]
    role: Role = Role.TEXT
    number: str = ""
    level: int | None = None
    heading: str = ""
    text: str = ""
    broken: bool = False
    torn: tuple[bool, bool] = (False, False)
    lead: "Piece | None" = None
    marks: list[Span] | None = None  # calls of footnotes, where the format tells them
    glue: str = ""  # the white space before it, where it was one with the piece before

    @property
    def last(self) -> str:
        """Its last line."""
        return self.lines[-1].text


class Flow:
    """The lines of a document's running text, and how they were set."""

    def __init__(self, lines: Sequence[Line], broken: Sequence[bool]) -> None:
        self.lines = lines
        self.broken = broken  # for each line, whether the text was torn before it
        pairs = [(a, b) for a, b in pairwise(lines) if not shapes.is_columns(a.text)]
        mids = [(a, b) for a, b in pairs if shapes.begins_small(b.text) and not shapes.ends_clause(a.text)]
        self.is_wrapped = any(not b.gap_before for _, b in mids)
        # Every line has a blank one after it.
        spaced = sum(b.gap_before == 1 for _, b in mids)
        self.is_spaced = spaced > 1 and spaced > sum(not b.gap_before for _, b in mids)
        self._widths = sorted(a.indent + len(a.text) for a, _ in mids)

    @cached_property
    def width(self) -> int:
        """How wide most of the lines are set that go on on the next."""
        return self._widths[int(0.9 * (len(self._widths) - 1))] if self._widths else 0

    def is_full(self, before: Line, after: Line) -> bool:
        """Whether the first word of ``after`` had no room at the end of ``before``."""
        return bool(self.width) and before.indent + len(before.text) + 1 + len(after.text.split()[0]) > self.width

    def pieces(self) -> list[Piece]:
        """The paragraphs, items and headings."""
        blocks = self._blocks()
        single = sum(len(block) == 1 for block in blocks)
        by_blanks = len(blocks) >= _FEW_BLOCKS and single >= _MOST_BLOCKS * len(blocks) and not self.is_spaced
        found: list[Piece] = []
        for block in blocks:
            texts = [self.lines[place].text for place in block]
            is_joined = by_blanks or looks_wrapped(texts)
            if len(block) == 2 and _UNDERLINE.fullmatch(texts[1]):  # a line and what is under it
                head = Piece([self.lines[place] for place in block], Role.HEADING, level=1, heading=texts[0])
                found.append(head)
                continue
            for place in block:
                self._add(found, place, is_joined)
        return found

    def _blocks(self) -> list[list[int]]:
        """The lines of every run of lines without a blank one among them, or anything else that was taken out."""
        blocks: list[list[int]] = []
        for place, line in enumerate(self.lines):
            is_new_page = bool(place) and (line.page != self.lines[place - 1].page or line.is_jump)
            if not blocks or line.gap_before or is_new_page or self.broken[place]:
                blocks.append([])
            blocks[-1].append(place)
        return blocks

    def _add(self, found: list[Piece], place: int, is_joined: bool) -> None:
        line = self.lines[place]
        before = self.lines[place - 1] if place else None
        is_broken = self.broken[place] or (before is not None and before.page != line.page) or line.is_jump
        if before is None or not found or found[-1].role is Role.HEADING:
            found.append(Piece([line], number=shapes.number_of(line.text)))
            return
        piece = found[-1]
        if before.role is not line.role or line.role is Role.ROW:
            found.append(Piece([line], number=shapes.number_of(line.text), broken=is_broken))
            return
        if line.role is not None and not line.gap_before:
            piece.lines.append(line)
            return
        if self._joins(piece, line, is_broken, is_joined):
            piece.lines.append(line)
            return
        found.append(Piece([line], number=shapes.number_of(line.text), broken=is_broken))

    def _joins(self, piece: Piece, line: Line, is_broken: bool, is_joined: bool) -> bool:
        """Whether a line goes on with a piece."""
        before, text = piece.last, line.text
        if (
            _stands_alone(piece)
            or any(map(_is_kept_apart, (before, text)))
            or (self._parts(piece, text) and not (not line.gap_before and not is_broken and _is_amid(piece, text)))
        ):
            return False
        if _begins_section(piece, text):
            return False
        if is_broken:
            return self._crosses(piece, text)
        if line.gap_before:
            return self._leaps(piece, line)
        if self._is_title(piece) and not shapes.begins_small(text):
            return self.is_wrapped and self.is_full(piece.lines[0], line) and not shapes.is_heading(before)
        if shapes.ends_sentence(before) or (shapes.ends_clause(before) and not shapes.bare(before).endswith(",")):
            return is_joined or shapes.begins_small(text) or self._is_filled(piece, line)
        if is_joined or shapes.begins_small(text) or _is_cut(piece) or _INSERTED.match(text):
            return True
        if not shapes.ends_clause(before) and text[0] in _GOES_ON:
            return True
        return self.is_wrapped and not shapes.is_heading(before)

    def _crosses(self, piece: Piece, text: str) -> bool:
        """Whether a piece goes on after the end of a page, or after what was taken out."""
        before = piece.last
        if (shapes.ends_clause(before) and not shapes.bare(before).endswith(",")) or self._is_title(piece):
            return False
        if shapes.begins_small(text) or (shapes.ends_open(before) and _has_words(piece)):
            return True
        return _is_prose(piece) and not shapes.is_heading(text) and not shapes.is_heading(before)

    def _leaps(self, piece: Piece, line: Line) -> bool:
        """Whether a piece goes on after a blank line, which mostly ends it."""
        before = piece.last
        if (before.endswith(".") and not self.is_spaced) or self._is_title(piece):
            return False
        if shapes.ends_clause(before) and not shapes.bare(before).endswith(","):
            return False
        if shapes.begins_small(line.text):
            return not shapes.is_heading(before)
        if shapes.ends_clause(before):
            return False
        if shapes.ends_open(before) and _has_words(piece):
            return piece.lines != [self.lines[0]]  # that is a title, whatever it ends with
        return self.is_spaced and _is_prose(piece) and self.is_full(piece.lines[-1], line)

    def _is_title(self, piece: Piece) -> bool:
        """Whether a piece may be the document's title: the first line, alone so far."""
        return piece.lines[0] is self.lines[0] and len(piece.lines) == 1 and not shapes.ends_open(piece.last)

    def _is_filled(self, piece: Piece, line: Line) -> bool:
        """Whether a line stands where the next of the same paragraph would: the one before is full, and it is not
        indented."""
        last = piece.lines[-1]
        return self.is_wrapped and self.is_full(last, line) and line.indent <= last.indent + 1

    def _parts(self, piece: Piece, text: str) -> bool:
        """Whether a bullet or a number begins a new piece; a wrapped line may begin so too: "by article / 5. of"."""
        is_ended = shapes.ends_clause(piece.last)
        if _INSERTED.match(text) and not is_ended and not shapes.is_bullet(piece.lines[0].text):
            return False
        if shapes.is_bullet(text):
            return is_ended or not shapes.is_dash(text)
        if not shapes.number_of(text):
            return False
        is_small = shapes.begins_small(shapes.after_number(text)) and not _follows(piece.number, shapes.number_of(text))
        return is_ended or not (shapes.ends_counted(piece.last) or is_small)


def _is_kept_apart(text: str) -> bool:
    """Whether a line is an entry of a table of contents, or a row of a table."""
    return shapes.is_contents_line(text) or shapes.is_columns(text)


def _begins_section(piece: Piece, text: str) -> bool:
    """Whether a line is a heading after a piece. One letter and a stop may also be a name: "Mr. / A. Diallo"."""
    if shapes.begins_part(text) and not shapes.ends_open(piece.last):
        above = piece.lines[0].text
        return (
            text[1:2] != "." or shapes.ends_clause(piece.last) or shapes.begins_part(above) or shapes.is_heading(above)
        )
    return shapes.is_heading(text) and shapes.ends_sentence(piece.last)


def _is_prose(piece: Piece) -> bool:
    """Whether a piece is rather running text than a heading or a label."""
    return len(piece.lines) > 1 or len(piece.last.split()) >= _PROSE or bool(piece.number)


def _is_cut(piece: Piece) -> bool:
    """Whether a piece ends within a word, or with one that wants another: "South-", "Mr."."""
    return _PARTED.search(piece.last) is not None or (shapes.ends_open(piece.last) and _has_words(piece))


def _is_amid(piece: Piece, text: str) -> bool:
    """Whether a number ends a sentence of which a line is wrapped before it: "there were / 14. The"."""
    number = shapes.number_of(text)
    if not number.isdigit() or _follows(piece.number, number) or not _has_words(piece):
        return False
    return shapes.ends_open(piece.last) or (is_year(number) and not shapes.ends_clause(piece.last))


def _follows(before: str, number: str) -> bool:
    """Whether a number may be the next one of a list: of items any, "4" after "3", "3.2" and "3.1.1" after "3.1"."""
    if not before or shapes.is_small_number(number):
        return bool(before)
    *prefix, last = before.split(".")
    *own, digits = number.split(".")
    is_next = own == prefix and last.isdigit() and digits.isdigit() and int(digits) == int(last) + 1
    return is_next or own == [*prefix, last]


def is_year(number: str) -> bool:
    """Whether a number may as well be a year."""
    return len(number) == 4 and number.isdecimal() and int(number) in _YEARS


def _has_words(piece: Piece) -> bool:
    """Whether a piece is more than a word or two, such as "See also", and no item of a list."""
    is_item = shapes.is_bullet(piece.lines[0].text)
    return not is_item and (len(piece.lines) > 1 or len(piece.last.split()) >= _FEW)


def _stands_alone(piece: Piece) -> bool:
    """Whether a piece is a heading, so that no line goes on with it."""
    return len(piece.lines) == 1 and shapes.is_heading(piece.last) and not _is_cut(piece)


def looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are prose wrapped at a width: narrow, seldom ending a sentence, and full."""
    width = max(map(len, lines))
    inner = lines[:-1]
    ended = sum(_SENTENCE_END.search(line) is not None for line in inner)
    full = sum(len(line) + 1 + len(after.split()[0]) > width for line, after in zip(inner, lines[1:], strict=False))
    return width <= _WRAP_WIDTH and 2 * ended <= len(inner) <= 2 * full
