"""Headings that number what stands under them: "Article 2", "Rule 7 – Wells", "Recommendation 12"."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.text.patterns import lazily

_FEWEST = 2  # headings of one kind that number a document
_LONGEST = 16  # words of one with its title
_NAMED = lazily(
    rf"[#*_ ]*(?P<kind>{shapes.NAMED})\s+(?P<number>\d{{1,4}}(?:\s?(?:bis|ter|quater))?)\b(?P<rest>.*)", re.IGNORECASE
)
_TITLE = lazily(r"\W*|\s*[.:–—(-]+\s*[^\W\d_][^.:;]*|\s+[A-ZÀ-Þ][^.:;]*")


def articles(pieces: Sequence[Piece]) -> None:
    """Headings of that form, and what they number: where the paragraphs under them count anew, or have no number."""
    found = [place for place, piece in enumerate(pieces[:-1]) if _is_article(piece)]
    kinds = Counter(_kind(pieces[place]) for place in found)
    for place in found:
        piece = pieces[place]
        if kinds[_kind(piece)] >= _FEWEST or piece.role is Role.HEADING:
            piece.role, piece.level = Role.HEADING, piece.level or 1
            piece.heading = piece.heading or " ".join(piece.text.split()).strip("*_# ")
            _title(piece, pieces[place + 1], pieces[place + 2 : place + 3])
    headings = [piece for piece in pieces if piece.role is Role.HEADING and _is_article(piece)]
    if len(headings) >= _FEWEST and _count_anew(pieces):
        for piece in pieces:
            if piece.role is Role.HEADING and (told := _NAMED.match(piece.heading or piece.text)):
                piece.number = " ".join(told["number"].split())


def _is_article(piece: Piece) -> bool:
    """Whether a piece is nothing but that, with a title or without."""
    text = piece.text
    if piece.role not in (Role.TEXT, Role.HEADING) or len(text) > 160 or not any(map(str.isdecimal, text[:40])):
        return False
    told = _NAMED.match(text)
    is_short = told is not None and len(text.split()) <= _LONGEST and not shapes.ends_open(text)
    return told is not None and is_short and _TITLE.fullmatch(told["rest"].rstrip(" *_")) is not None


def _kind(piece: Piece) -> str:
    told = _NAMED.match(piece.text)
    return told["kind"].lower()[:3] if told else ""


def _title(piece: Piece, after: Piece, then: Sequence[Piece]) -> None:
    """A line right under the number is the title of what it numbers."""
    told = _NAMED.match(piece.text)
    is_bare = told is not None and not told["rest"].strip(" .:*_")
    is_line = after.role in (Role.TEXT, Role.HEADING) and not after.number and len(after.lines) == 1
    if (
        is_bare
        and is_line
        and then
        and shapes.may_be_heading(after.text.strip("*_# "))
        and _stands_over(after, then[0])
    ):
        after.role, after.level = Role.HEADING, (piece.level or 1) + 1
        after.heading = f"{piece.heading} {' '.join(after.text.split()).strip('*_# ')}"


def _stands_over(piece: Piece, after: Piece) -> bool:
    return after.role in (Role.TEXT, Role.ITEM) and (not piece.lines[0].gap_before or piece.role is Role.HEADING)


def _count_anew(pieces: Sequence[Piece]) -> bool:
    """Whether the paragraphs under such headings count from one, or have no numbers, rather than run on."""
    firsts: list[str] = []
    is_open = False
    for piece in pieces:
        if piece.role is Role.HEADING:
            is_open = is_open or _is_article(piece)
        elif is_open and piece.role is Role.TEXT and piece.number and not shapes.is_small_number(piece.number):
            firsts.append(piece.number)
            is_open = False
    return 2 * firsts.count("1") >= len(firsts)
