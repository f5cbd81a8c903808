"""Paragraphs that a format has parted within a sentence, joined again."""

from collections.abc import Iterable

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.passage import Span

_FEW = 3  # words: fewer may be a label
_BETWEEN = (Role.RUNNING, Role.FURNITURE, Role.NOTE)


def mended(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, where one goes on in another as one; what stood between the two is set after them."""
    found: list[Piece] = []
    between: list[Piece] = []
    for piece in pieces:
        if piece.role in _BETWEEN and found:
            between.append(piece)
            continue
        if found and _goes_on(found[-1], piece):
            _move(piece.marks, len(found[-1].text) + 1, found[-1].marks)
            found[-1].text = f"{found[-1].text} {piece.text}"
            found[-1].lines += piece.lines
        else:
            found += [*between, piece]
            between = []
    return [*found, *between]


def _move(marks: list[Span] | None, by: int, to: list[Span] | None) -> None:
    if marks is not None and to is not None:
        to += (Span(start + by, end + by) for start, end in marks)


def _goes_on(before: Piece, after: Piece) -> bool:
    """Whether two pieces of running text read as one sentence."""
    if not before.role is after.role is Role.TEXT or after.number or shapes.is_bullet(after.text):
        return False
    if len(before.text.split()) < _FEW or not after.text[0].isalnum():
        return False
    if shapes.is_contents_line(before.text) or shapes.is_heading(before.text):
        return False
    last = shapes.bare(before.text)
    is_open = not shapes.ends_clause(last) or last.endswith(",")
    return is_open and (shapes.begins_small(after.text) or (not shapes.ends_clause(last) and shapes.ends_open(last)))
