"""What the readers of marked-up files have in common: words as they are shown, and paragraphs to a document.

Such a file says which words make a paragraph and where a footnote is called, so that nothing of that is guessed here;
what it does not say, as which paragraph is a heading by its shape alone, ``corpus.layout`` judges.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.layout import shapes
from corpus.layout.lines import Line
from corpus.layout.mending import mended
from corpus.layout.paragraphs import Piece
from corpus.layout.setting import document
from corpus.layout.structure import structured
from corpus.passage import Span
from corpus.readers.document import Document, Facts, Role

BULLET = "•"
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"(?:\d|\b[^\W\d_]{1,2})\Z")  # "m²", "10⁶"
_SILENT = Facts()
_LONGEST_HEADING = 30  # words
_SENTENCE = 4  # words
_LONGEST_NAME = 60  # characters of the name of a column
_SHORT = 12  # words of a line that may be a title or a label
_MOST_BEFORE = 16  # paragraphs that stand before a title


class Words:
    """Words as they come, one blank between them, and which of them call a footnote."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._ends_blank = True
        self.marks: list[Span] = []
        self._breaks: list[int] = []

    def add(self, words: str) -> None:
        """More of the text; white space of any kind and length is one blank."""
        found = _SPACE.sub(" ", words)
        if self._ends_blank:
            found = found.removeprefix(" ")
        if found:
            self._parts.append(found)
            self._length += len(found)
            self._ends_blank = found.endswith(" ")

    def call(self, sign: str) -> None:
        """The call of a footnote: digits are raised, other signs stay what they are."""
        if self._ends_blank and self._parts:  # the page has it behind the word
            self._parts[-1] = self._parts[-1].removesuffix(" ")
            self._length = sum(map(len, self._parts))
            self._ends_blank = False
        start = self._length
        self.add(raised(sign))
        self.marks.append(Span(start, self._length))

    def raise_(self, words: str) -> None:
        """Raised words: digits behind a word or a stop call a footnote, behind a unit they are a power."""
        if not words.strip().isdecimal():
            self.add(words)
        elif _POWER.search("".join(self._parts[-2:])):
            self.add(raised(words))
        else:
            self.call(words.strip())

    def __len__(self) -> int:
        return self._length

    def end_line(self) -> None:
        """The line ends here, but not the paragraph."""
        self.add(" ")
        self._breaks.append(self._length)

    def lines(self) -> "list[Words]":
        """The words, parted where a line ends that reads as whole: a sentence or, short, a title or a label."""
        whole, found, start = "".join(self._parts), [], 0
        for end in [*self._breaks, self._length]:
            line = whole[start:end].strip()
            if end < self._length and not _is_whole(line, whole[end:]):
                continue
            found.append(self._slice(whole, start, end))
            start = end
        return found

    def _slice(self, whole: str, start: int, end: int) -> "Words":
        found = Words()
        found.add(whole[start:end])
        lost = len(whole[start:end]) - len(whole[start:end].lstrip())
        found.marks = [Span(a - start - lost, b - start - lost) for a, b in self.marks if start <= a and b <= end]
        return found

    def append(self, words: "Words") -> None:
        """Other words behind these."""
        at = self._length
        self._parts += words._parts
        self._length += words._length
        self._ends_blank = words._ends_blank if words._parts else self._ends_blank
        self._breaks += (place + at for place in words._breaks)
        self.marks += (Span(start + at, end + at) for start, end in words.marks)

    def text(self) -> str:
        """All of them, without white space around."""
        return "".join(self._parts).rstrip()


def _is_whole(line: str, rest: str) -> bool:
    """Whether what stands behind the end of a line begins something else."""
    if shapes.ends_sentence(line) or shapes.bare(line).endswith((":", ";")):
        return True
    return len(line.split()) <= _SHORT and not shapes.ends_open(line) and not shapes.begins_small(rest)


def raised(digits: str) -> str:
    """Digits as they are printed above the line."""
    return digits.translate(_RAISED)


def paragraph(
    words: Words, role: Role = Role.TEXT, *, label: str = "", level: int | None = None, gap: int = 1
) -> Piece | None:
    """A paragraph, with the number or bullet before it that whoever shows the file computes; none without words."""
    text = words.text()
    if not text:
        return None
    before = f"{label} " if label else ""
    if role is Role.HEADING and is_prose(text):
        role, level = Role.TEXT, None
    marks = [Span(start + len(before), end + len(before)) for start, end in words.marks]
    text = before + text
    number = _number(text, label) if role is Role.TEXT else ""
    heading = text if role is Role.HEADING else ""
    return Piece([Line(text, gap_before=gap)], role, number, level, heading, text, marks=marks)


def _number(text: str, label: str) -> str:
    """The number that a paragraph begins with; what is computed is one even without a stop behind it."""
    return shapes.number_of(text) or (label if label.isdecimal() else "")


def paragraphs(
    words: Words, role: Role = Role.TEXT, *, label: str = "", level: int | None = None
) -> list[Piece]:
    """A paragraph, or several where its lines read so."""
    parts = words.lines() if role in (Role.TEXT, Role.ITEM) else [words]
    found = [paragraph(part, role, label="" if n else label, level=level) for n, part in enumerate(parts)]
    return [piece for piece in found if piece is not None]


def is_prose(text: str) -> bool:
    """Whether a paragraph that is set as a heading is none: Word's lists of numbered paragraphs often are."""
    return len(text.split()) > _LONGEST_HEADING or (shapes.ends_clause(text) and len(text.split()) >= _SENTENCE)


def note(words: Words, number: str) -> Piece | None:
    """A footnote with its number before it."""
    found = paragraph(words, Role.NOTE, label=number)
    if found is not None:
        found.number = number
    return found


def table(rows: Sequence[Sequence[str]], *, is_headed: bool = False) -> list[Piece]:
    """The rows of a table, each quoted with the first one where that names the columns: it is said, or looks so."""
    found: list[Piece] = []
    is_headed = is_headed or (len(rows) > 1 and _names_columns(rows[0]))
    for cells in rows:
        words = Words()
        words.add(" | ".join(cells if is_headed else filter(None, cells)).strip(" |"))
        if any(map(str.isalnum, words.text())):
            piece = paragraph(words, Role.ROW, gap=0 if found else 1)
            assert piece is not None  # noqa: S101  # it has words
            piece.number = _row_number(cells)
            piece.lead = found[0] if found and is_headed else None
            found.append(piece)
    return found


def _names_columns(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and all(
        0 < len(cell) <= _LONGEST_NAME and not shapes.ends_sentence(cell) and not cell[0].isdigit() for cell in cells
    )


def _row_number(cells: Sequence[str]) -> str:
    """The number of a row that is a paragraph of its own: "140.7 Ratify …", not a figure."""
    number = shapes.number_of(cells[0]) if cells else ""
    return number if "." in number else ""


def marked(
    pieces: Sequence[Piece],
    notes: Mapping[int, Sequence[Piece]],
    running: Sequence[Piece],
    facts: Facts,
    otherwise: Facts = _SILENT,
) -> Document:
    """The document of these paragraphs.

    ``notes`` are the footnotes that each line, by its ``id``, calls: they stand behind their paragraph. ``running`` is
    what is printed on every page. ``facts`` are what the file says of itself; the rest is told by its words.
    """
    body = mended(pieces)
    front = _front(body)
    told = structured(body[front:], is_wrapped=False)
    if front and body[front - 1].role is Role.TITLE:
        told = replace(told, title=body[front - 1].text)
    ordered: list[Piece] = []
    for piece in body:
        ordered.append(piece)
        for line in piece.lines:
            ordered += notes.get(id(line), ())
    ordered += running
    lines = [line for piece in ordered for line in piece.lines]
    symbols = [shapes.symbol_in(line.text) for piece in [*body[:front], *running] for line in piece.lines]
    told = replace(told, symbol=told.symbol or next(filter(None, symbols), None))
    return document(ordered, lines, _merged(_merged(facts, told), otherwise))


def _front(body: Sequence[Piece]) -> int:
    """How many paragraphs stand up to a title that the file says is one; what is before it is no text of its own."""
    place = next((n for n, piece in enumerate(body[:_MOST_BEFORE]) if piece.role is Role.TITLE), None)
    if place is None:
        return 0
    for piece in body[:place]:
        if piece.role is Role.TEXT:
            piece.role, piece.number = Role.MASTHEAD, ""
    return place + 1


def _merged(facts: Facts, told: Facts) -> Facts:
    return Facts(
        title=facts.title or told.title,
        subtitle=facts.subtitle or told.subtitle,
        symbol=facts.symbol or told.symbol,
        date=facts.date or told.date,
        publisher=facts.publisher or told.publisher,
        language=facts.language or told.language,
        url=facts.url or told.url,
    )
