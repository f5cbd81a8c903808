"""Where does a document say where and when it was written? In a line below its title, "Marsabit Herald, 9 June 2024",
or with the first words of its text, "GENEVA (3 May 2024) – Experts …"."""

import datetime as dt
from collections.abc import Sequence

from corpus.document import Role
from corpus.layout import mastheads, shapes
from corpus.layout.dates import names_day
from corpus.layout.paragraphs import Piece
from corpus.layout.words import words
from corpus.text.patterns import lazily

_DATELINE = lazily(
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]+(?:, [A-Z][\w. -]+)?(?:\s*\([^)\n]{1,40}\)|,\s*[^–—\n]{1,40})?\s*(?:[–—]|-{1,2})\s"
    r"|[A-ZÀ-Þ][\w.'’-]*+(?:[ /][A-ZÀ-Þ][\w.'’-]*+){0,2}\s?(?:,\s[^–—\n(]{0,30}\d[^–—\n(]{0,10})?"
    r"(?:\([A-Z][^)\n]{1,30}\))?(?<=[\d) ])\s?(?:[–—]|-{1,2})\s"
    r"(?=(?:\S+\s+){7})"
)
_AGENCY = lazily(r"\([A-Z][^)\d\n]{1,30}\)")
_NAMED_WITHIN = 3  # words after the dash among which the kind of document stands: "Preliminary report of …"
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


def is_dateline(text: str) -> bool:
    """Whether a paragraph begins with the place where it was written: "GENEVA (3 May 2024) – ", "Lurn (Agency) – ".

    A title may have a dash after its first words as well, "Mine Safety Inspectorate – Accident at Garrow Deep"; where
    no day and no agency stands before the dash, or a kind of document after it, a sentence has to end after it.
    """
    found = _DATELINE.match(text)
    if found is None or (_names_document(text[found.end() :]) and not shapes.ends_sentence(text)):
        return False
    return names_day(found[0]) or _AGENCY.search(found[0]) is not None or shapes.ends_sentence(text)


def _names_document(text: str) -> bool:
    """Whether a text opens with what kind of document it is."""
    opening = (word.strip(",:;").lower() for word in text.split()[:_NAMED_WITHIN])
    return not words()["documents"].isdisjoint(opening)
