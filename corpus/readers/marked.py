"""What the readers of marked-up files have in common: words to paragraphs, and paragraphs to a document.

Such a file says which words make a paragraph and where a footnote is called, so that nothing of that is guessed here;
what it does not say, as which paragraph is a heading by its shape alone, ``corpus.layout`` judges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.document import Document, Facts, Role
from corpus.layout import shapes
from corpus.layout.datelines import issued
from corpus.layout.dates import date_in
from corpus.layout.lines import Line
from corpus.layout.mending import mended
from corpus.layout.paragraphs import Piece
from corpus.layout.setting import document
from corpus.layout.structure import structured
from corpus.passage import Span
from corpus.readers.words import Words

_SILENT = Facts()
_LONGEST_HEADING = 30  # words
_SENTENCE = 4  # words
_MOST_COLUMNS = 100
_LONGEST_NAME = 60  # characters of the name of a column
_MOST_BEFORE = 16  # paragraphs that stand before a title


def paragraph(
    words: Words, role: Role = Role.TEXT, *, label: str = "", level: int | None = None, gap: int = 1
) -> Piece | None:
    """A paragraph, with the number or bullet before it that whoever shows the file computes; none without words."""
    text = words.text()
    if not text:
        return None
    before = f"{label} " if label else ""
    if role is Role.HEADING and (is_prose(text) or shapes.is_lead_in(before + text)):
        role, level = Role.TEXT, None
    marks = [Span(start + len(before), end + len(before)) for start, end in words.marks]
    text = before + text
    number = _number(text, label) if role is Role.TEXT else ""
    heading = text if role is Role.HEADING else ""
    return Piece(
        lines=[Line(text, gap_before=gap)],
        role=role,
        number=number,
        level=level,
        heading=heading,
        text=text,
        marks=marks,
    )


def _number(text: str, label: str) -> str:
    """The number that a paragraph begins with; what is computed is one even without a stop after it."""
    return shapes.number_of(text) or (label if label.isdecimal() else "")


def paragraphs(words: Words, role: Role = Role.TEXT, *, label: str = "", level: int | None = None) -> list[Piece]:
    """A paragraph, or several where its lines read so."""
    parts = words.lines() if role in (Role.TEXT, Role.ITEM) else [words]
    found = [paragraph(part, role, label="" if n else label, level=level) for n, part in enumerate(parts)]
    return [piece for piece in found if piece is not None]


def is_prose(text: str) -> bool:
    """Whether a paragraph that is set as a heading is none: Word's lists of numbered paragraphs often are."""
    return (
        len(text.split()) > _LONGEST_HEADING
        or shapes.is_lead_in(text)
        or (shapes.ends_clause(text) and len(text.split()) >= _SENTENCE)
    )


def note(words: Words, number: str) -> Piece | None:
    """A footnote with its number before it."""
    found = paragraph(words, Role.NOTE, label=number)
    if found is not None:
        found.number = number
    return found


def table(rows: Sequence[Sequence[str]], *, is_headed: bool = False) -> list[Piece]:
    """The rows of a table, each quoted with the first one where that names the columns: it is said, or looks so.

    What is said to be the heads is no row; ``corpus.readers.heads`` judges what only looks so.
    """
    found: list[Piece] = []
    role = Role.CAPTION if is_headed and len(rows) > 1 else Role.ROW
    is_headed = is_headed or (len(rows) > 1 and _names_columns(rows[0]))
    for cells in rows:
        words = Words()
        words.add(" | ".join(cells if is_headed else filter(None, cells)).strip(" |"))
        if any(map(str.isalnum, words.text())):
            piece = paragraph(words, Role.ROW if found else role, gap=0 if found else 1)
            assert piece is not None  # noqa: S101  # it has words
            piece.number = _row_number(cells)
            piece.lead = found[0] if found and is_headed else None
            found.append(piece)
    return found


def heads(rows: Sequence[Sequence[tuple[str, int]]]) -> list[str]:
    """The heads of columns that stand in several rows, as one: a cell and how many columns it spans are over each."""
    columns: list[list[str]] = []
    for row in rows:
        spread = [text for text, span in row for _ in range(min(max(span, 1), _MOST_COLUMNS))]
        columns += [[] for _ in range(len(spread) - len(columns))]
        for column, text in zip(columns, spread, strict=False):
            if text and text not in column:
                column.append(text)
    return [" ".join(column) for column in columns]


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
    *,
    kept_out: Sequence[Piece] = (),
) -> Document:
    """The document of these paragraphs.

    ``notes`` are the footnotes that each line, by its ``id``, calls: they stand after their paragraph. ``running`` is
    what is printed on every page. ``facts`` are what the file says of itself; the rest is told by its words.
    ``kept_out`` is none of the text and stands after it.
    """
    body = mended(pieces)
    front = _front(body)
    below = issued(body[front:]) if front else None
    told = structured(body[front:], is_wrapped=False)
    if front and body[front - 1].role is Role.TITLE:
        told = replace(told, title=body[front - 1].text)
    ordered: list[Piece] = []
    for piece in body:
        ordered.append(piece)
        for line in piece.lines:
            ordered += notes.get(id(line), ())
    ordered += [*running, *kept_out]
    lines = [line for piece in ordered for line in piece.lines]
    symbols = [shapes.symbol_in(line.text) for piece in [*body[:front], *running] for line in piece.lines]
    dates = [date_in(line.text) for piece in body[:front] for line in piece.lines]
    told = replace(
        told,
        symbol=told.symbol or next(filter(None, symbols), None),
        date=next(filter(None, dates), None) or below or told.date,
    )
    return document(ordered, lines, merged(merged(facts, told), otherwise))


def _front(body: Sequence[Piece]) -> int:
    """How many paragraphs stand up to a title that the file says is one; what is before it and no prose is no text."""
    place = next((n for n, piece in enumerate(body[:_MOST_BEFORE]) if piece.role is Role.TITLE), None)
    if place is None:
        return 0
    for piece in body[:place]:
        if piece.role is Role.TEXT and not is_prose(piece.text):
            piece.role, piece.number = Role.MASTHEAD, ""
    return place + 1


def merged(facts: Facts, told: Facts) -> Facts:
    """The first of both to say a thing is believed."""
    return Facts(
        title=facts.title or told.title,
        subtitle=facts.subtitle or told.subtitle,
        symbol=facts.symbol or told.symbol,
        date=facts.date or told.date,
        publisher=facts.publisher or told.publisher,
        language=facts.language or told.language,
        url=facts.url or told.url,
    )
