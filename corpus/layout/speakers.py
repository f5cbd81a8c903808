"""Whose words follow? Labels on lines of their own and before what is said: "Norland:", "THE CHAIR: I open …"."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.passage import Span
from corpus.patterns import lazily
from corpus.readers.document import Role

_FEWEST = 2  # speakers of a record
_SHARE = 0.5  # of what stands behind the first label, so much begins with one: else they are keys and values
_INLINE = lazily(r"(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?(?P<label>[^:\n]{1,80}:(?:\*\*|__)?)\s+(?=[\w“\"«‘'(¿¡*])")
_OWN_WORDS = lazily(r"\b(?:I|we|my|our|us|je|nous|notre|nos)\b|\bj[’']", re.IGNORECASE)
_CAPITALS = lazily(r"[^\W\d_a-z][^\d_a-z]{2,40}")
_MOST_CAPITALS = 4  # words of a label in capitals that nothing else marks


def parted(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, where labels of speakers before their words are pieces of their own."""
    found = {place: label for place, piece in enumerate(pieces) if (label := _label(piece))}
    names = {pieces[place].text[:end].strip("*_ ") for place, end in found.items()}
    if len(names) < _FEWEST or not _is_record(pieces, sorted(found)):
        return list(pieces)
    told: list[Piece] = []
    for place, piece in enumerate(pieces):
        told += _split(piece, found[place]) if place in found else [piece]
    return told


def speakers(pieces: Sequence[Piece]) -> None:
    """Labels on lines of their own, where there are several of them: what follows one is quoted with it."""
    labels = [
        piece
        for piece, after in zip(pieces, [*pieces[1:], None], strict=False)
        if after is not None and (piece.role is Role.SPEAKER or (_is_alone(piece) and not _is_item(after)))
    ]
    counts = Counter(piece.text for piece in labels)
    labels = [piece for piece in labels if counts[piece.text] > 1 or re.search(r"[:|\[]", piece.text)]
    if len({piece.text for piece in labels}) < _FEWEST:
        labels = _in_capitals(pieces)
    if len({piece.text for piece in labels}) < _FEWEST:
        return
    for piece in labels:
        piece.role, piece.number, piece.level, piece.heading = Role.SPEAKER, "", None, ""
    speaker: Piece | None = None
    for piece in pieces:
        if piece.role is Role.SPEAKER:
            speaker = piece
        elif piece.role is Role.HEADING:
            speaker = None
        elif piece.role in (Role.TEXT, Role.ITEM):
            piece.lead = speaker


def _label(piece: Piece) -> int:
    """Where the label that a piece begins with ends; 0 without one."""
    found = _INLINE.match(piece.text)
    if piece.role is not Role.TEXT or piece.number or found is None or not shapes.is_speaker(found["label"]):
        return 0
    is_said = shapes.ends_sentence(piece.text) and not shapes.is_key(found["label"])
    return found.end("label") if is_said else 0


def _is_record(pieces: Sequence[Piece], places: Sequence[int]) -> bool:
    """Whether the labels at ``places`` are those of a record of what was said."""
    texts = [piece for piece in pieces[places[0] :] if piece.role is Role.TEXT]
    return len(places) >= _SHARE * len(texts)


def _split(piece: Piece, end: int) -> list[Piece]:
    """A piece as the label that it begins with and what is said."""
    said = piece.text[end:]
    words = said.lstrip()
    start = end + len(said) - len(words)
    marks = None if piece.marks is None else [Span(mark.start - start, mark.end - start) for mark in piece.marks]
    label = Piece(piece.lines[:1], Role.SPEAKER, text=piece.text[:end], broken=piece.broken)
    return [label, Piece(piece.lines, text=words, marks=marks, glue=piece.text[end:start])]


def _in_capitals(pieces: Sequence[Piece]) -> list[Piece]:
    """Short lines in capitals, some of them again and again, under which people speak of themselves."""
    labels = [
        (piece, after)
        for piece, after in pairwise(pieces)
        if len(piece.lines) == 1
        and piece.role in (Role.TEXT, Role.HEADING)
        and _CAPITALS.fullmatch(piece.text)
        and len(piece.text.split()) <= _MOST_CAPITALS
        and not shapes.is_key(piece.text)
    ]
    counts = Counter(piece.text for piece, _ in labels)
    own = sum(_OWN_WORDS.search(after.text) is not None for _, after in labels)
    if not labels or max(counts.values()) < 2 or 2 * own < len(labels):  # once more; half of them
        return []
    return [piece for piece, _ in labels]


def _is_alone(piece: Piece) -> bool:
    """Whether a piece is a line that may be a label."""
    return piece.role in (Role.TEXT, Role.HEADING) and len(piece.lines) == 1 and shapes.is_speaker(piece.text)


def _is_item(piece: Piece) -> bool:
    return shapes.is_bullet(piece.text) or shapes.is_small_number(piece.number)
