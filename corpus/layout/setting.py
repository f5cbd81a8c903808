"""Pieces to a document: their words one after the other, with the white space that was between them."""

from collections.abc import Sequence

from corpus.document import Block, Document, Facts, Role
from corpus.layout.lines import Line
from corpus.layout.notes import calls
from corpus.layout.paragraphs import Piece
from corpus.passage import Span

_UNCALLED = (Role.RUNNING, Role.MASTHEAD, Role.CONTENTS, Role.ROW)  # no footnote is called there


def document(pieces: Sequence[Piece], lines: Sequence[Line], facts: Facts) -> Document:
    """The document that the pieces of ``lines`` make, in their order."""
    place_of = {id(line): place for place, line in enumerate(lines)}
    numbers = {id(piece): number for number, piece in enumerate(pieces)}
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Span] = []
    at, last = 0, -1
    for piece in pieces:
        first = piece.lines[0]
        if parts:
            is_next = place_of[id(first)] == last + 1
            parts.append(
                piece.glue or (first.before if is_next else "") or ("\n\n" if first.gap_before or not is_next else "\n")
            )
            at += len(parts[-1])
        parts.append(piece.text)
        span = Span(at, at + len(piece.text))
        lead = None if piece.lead is None else numbers[id(piece.lead)]
        blocks.append(
            Block(
                span=span,
                role=piece.role,
                level=piece.level,
                heading=piece.heading,
                page=first.page,
                number=piece.number,
                lead=lead,
                torn=piece.torn,
            )
        )
        if piece.role not in _UNCALLED or piece.marks:
            told = calls(piece.text) if piece.marks is None else piece.marks
            marks += (Span(at + call.start, at + call.end) for call in told)
        at, last = span.end, place_of[id(piece.lines[-1])]
    return Document("".join(parts), tuple(blocks), facts, tuple(marks))
