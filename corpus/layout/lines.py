"""The lines of a document with what is known of their place."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Role
from corpus.text.patterns import lazily

_FILLED = lazily(r"[^\n\f]+")
_TAB = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words, without white space around it.

    ``indent`` counts blanks before it, ``gap_before`` the blank lines. ``size`` and ``bold`` are those of its letters,
    where the format knows them. ``role`` is what a line is where the format tells, and
    ``is_jump`` says that it does not stand under the one before it: it begins a column. ``before`` is the white space
    between it and the line before, where there is a source to keep it of.
    """

    text: str
    page: int | None = None
    indent: int = 0
    gap_before: int = 0
    size: float | None = None
    bold: bool = False
    before: str = ""
    role: Role | None = None
    is_jump: bool = False


def lines_of(text: str) -> Iterator[Line]:
    """The lines of plain text; a form feed begins a page."""
    page = 1 if "\f" in text else None
    end = 0
    for found in _FILLED.finditer(text):
        words = found[0].strip()
        if not words:
            continue
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        before = text[end:start]
        if page is not None:
            page += before.count("\f")
        indent = len(text[found.start() : start].expandtabs(_TAB))
        yield Line(words, page, indent, max(0, before.count("\n") - 1), before=before)
        end = start + len(words)
