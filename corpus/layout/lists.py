"""Which words open a list? Each of its items is quoted with them, in lists within lists and in quotations too."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.text.patterns import lazily

_QUOTES = '“"«‘„ '
_ROMAN = lazily(r"x{0,3}(?:ix|iv|v?i{1,3}|v|x)")


@dataclass(slots=True)
class _List:
    """A list that is open: the piece before its first item, how its items are marked, and the mark of the last one."""

    opening: Piece
    kind: str = ""
    last: str = ""


def lists(pieces: Sequence[Piece]) -> None:
    """Items get the words that open their list: those that end with a colon, or the item that they stand under."""
    open_: list[_List] = []
    item: Piece | None = None  # the piece before, if it is one
    for piece in pieces:
        if piece.role is not Role.TEXT:
            if piece.role is not Role.RUNNING:
                open_, item = [], None
            continue
        mark, is_item = _mark(piece)
        kind = _kind(mark, open_) if is_item else "plain" if piece.number else ""
        if not _belongs(piece, kind, mark, open_=open_, item=item):
            open_ = []
        if is_item:
            piece.role = Role.ITEM
        if shapes.bare(piece.text).endswith(":"):
            open_.append(_List(piece))
        item = piece if is_item else None


def _belongs(piece: Piece, kind: str, mark: str, open_: list[_List], item: Piece | None) -> bool:
    """Whether a piece is an item of a list that is open, or opens one under an item; lists below that one end."""
    if not kind:
        return False
    while open_ and not open_[-1].kind and any(found.kind == kind for found in open_[:-1]):
        open_.pop()  # the next item of the list around, not one of a list that its last item opens
    place = next((place for place in range(len(open_) - 1, -1, -1) if open_[place].kind == kind), None)
    if place is not None:
        del open_[place + 1 :]
    elif open_ and not open_[-1].kind and (kind != "plain" or not open_[-1].opening.number):
        open_[-1].kind = kind
    elif item is not None and open_ and kind != "plain" and not shapes.ends_sentence(item.text):
        open_.append(_List(item, kind))
    else:
        return kind != "plain" and bool(open_)  # an item of another list, in which nothing opens it
    piece.lead, open_[-1].last = open_[-1].opening, mark
    return True


def _mark(piece: Piece) -> tuple[str, bool]:
    """What an item is marked with, past the sign that opens a quotation; and whether the piece is one."""
    if shapes.is_bullet(piece.text):
        return piece.text[0], True
    if not piece.number and piece.text[:1] in _QUOTES:
        number = shapes.number_of(piece.text.lstrip(_QUOTES))
        if shapes.is_small_number(number):
            piece.number = number
    return piece.number.strip("()"), shapes.is_small_number(piece.number)


def _kind(mark: str, open_: Sequence[_List]) -> str:
    """How a list is marked whose items are marked so. "(i)" follows "(h)", or it is a Roman one."""
    if not mark.isalnum():
        return mark
    if mark.isdigit():
        return "digits"
    follows = any(found.kind == "letters" and _is_next(found.last, mark) for found in open_)
    return "roman" if _ROMAN.fullmatch(mark) and not follows else "letters"


def _is_next(before: str, mark: str) -> bool:
    return len(before) == len(mark) == 1 and ord(mark) == ord(before) + 1
