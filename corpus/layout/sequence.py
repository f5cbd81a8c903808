"""Is a number at the beginning of a paragraph the paragraph's own? Only where it runs on with the others.

A year may begin a line, and whatever stands in quotation marks has the numbers of the document that is quoted.
"""

from collections.abc import Sequence

from corpus.document import Role
from corpus.layout.paragraphs import Piece, is_year

_REACH = 16  # pieces that a quotation may go on for, whose end is not seen


def believe(pieces: Sequence[Piece]) -> None:
    """Take the numbers from pieces whose own they are not."""
    numbered = [piece for piece in pieces if piece.role is Role.TEXT and piece.number.isdecimal()]
    if not numbered:
        return
    for piece in _quoted(pieces):
        piece.number = ""
    _strays([piece for piece in numbered if piece.number])


def _quoted(pieces: Sequence[Piece]) -> list[Piece]:
    """The numbered pieces that stand within a quotation which began in a piece before."""
    found: list[Piece] = []
    last = since = depth = 0
    for place, piece in enumerate(pieces):
        is_numbered = piece.role is Role.TEXT and piece.number.isdecimal()
        if piece.role is Role.HEADING or since > _REACH:
            depth = 0
        if is_numbered and depth:
            if int(piece.number) != last + 1 or _comes_again(pieces[place:], last + 1):
                found.append(piece)
                is_numbered = False
            else:
                depth = 0
        if is_numbered:
            last = int(piece.number)
        since = since + 1 if depth else 0
        # Each paragraph of a quotation begins with the sign, and only the last one ends with it.
        opened = piece.text.count("“") - (depth > 0 and piece.text[:1] == "“")
        depth = max(0, depth + opened - piece.text.count("”"))
    return found


def _comes_again(pieces: Sequence[Piece], number: int) -> bool:
    """Whether a number stands once more after the end of the quotation that the first of the pieces is in."""
    is_over = False
    for piece in pieces[:_REACH]:
        if is_over and piece.number == str(number):
            return True
        is_over = is_over or "”" in piece.text
    return False


def _strays(numbered: Sequence[Piece]) -> None:
    """Take the number from what leaps out of a sequence that goes on after it, and from years that are in none."""
    before = 0
    numbers = [int(piece.number) for piece in numbered]
    for piece, number, after in zip(numbered, numbers, [*numbers[1:], None], strict=True):
        leaps = after == before + 1 and number > after and before > 0
        is_alone = is_year(piece.number) and number != before + 1 and after != number + 1
        if leaps or is_alone:
            piece.number = ""
        else:
            before = number
