"""Which line below the title says whose the document is, and of when? "Marsabit Herald, 9 June 2024"."""

import datetime as dt
from collections.abc import Sequence

from corpus.layout import mastheads, shapes
from corpus.layout.paragraphs import Piece
from corpus.readers.document import Role

_MOST_BELOW = 3  # pieces below the title among which it is


def issued(below: Sequence[Piece]) -> dt.date | None:
    """The date of the line that says, among the first pieces ``below`` the title, of when the document is; it gets its
    role.

    Where several lines of a document are so they are the headings of what happened on each day.
    """
    for place, piece in enumerate(below[:_MOST_BELOW]):
        if len(piece.lines) > 1 or piece.lines[0].role not in (None, Role.TEXT) or shapes.ends_sentence(piece.text):
            return None
        if (date := mastheads.issued(piece.text)) is not None:
            if any(len(later.lines) == 1 and mastheads.issued(later.text) for later in below[place + 1 :]):
                return None
            piece.role, piece.number, piece.level, piece.heading = Role.MASTHEAD, "", None, ""
            return date
    return None
