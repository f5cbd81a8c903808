"""Whose words follow? Labels on lines of their own and before what is said: "Norland:", "THE CHAIR: I open …".

What a label is, is told by all of them: those of a record come again, or name people by their titles, or people speak
under them of themselves. Keys with their values do none of that.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.document import Role
from corpus.layout import labels, shapes
from corpus.layout.paragraphs import Piece
from corpus.passage import Span
from corpus.text.patterns import lazily

_FEWEST = 2  # speakers of a record
_SHARE = 0.5  # of what stands after the first label, so much begins with one: else they are keys and values
_LONGEST = 90  # characters within which a label before what is said ends
_INLINE = lazily(
    r"(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?(?:(?P<label>[^:\n]{1,80}:(?:\*\*|__)?)"
    r"|(?P<dotted>[A-Z][\w.]{1,14}(?: [A-Z][a-z.]{1,12})? [A-Z][A-Z’'-]{2,20}(?: of [A-Z][a-z]+)?\.))"
    r"\s+(?=[\w“\"«‘'(¿¡*])"
)
_OWN_WORDS = lazily(r"\b(?:I|we|my|our|us|je|nous|notre|nos)\b|\bj[’']", re.IGNORECASE)
_CAPITALS = lazily(r"[^\W\d_a-z][^\d_a-z]{2,40}")
_MARKED = lazily(r"[|\[]")
_MOST_CAPITALS = 4  # words of a label in capitals that nothing else marks


def parted(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, where labels of speakers before their words are pieces of their own."""
    found = {place: label for place, piece in enumerate(pieces) if (label := _label(piece))}
    told = {place: pieces[place].text[:end] for place, end in found.items()}
    if not _is_record(pieces, sorted(found)):  # long speeches have many paragraphs; only clear labels part them
        found = {place: end for place, end in found.items() if labels.is_titled(told[place])}
    said = [(told[place], pieces[place].text[end:]) for place, end in found.items()]
    if len({label.strip("*_ ") for label, _ in said}) < _FEWEST or not _are_said(said):
        return list(pieces)
    parts: list[Piece] = []
    for place, piece in enumerate(pieces):
        parts += _split(piece, found[place]) if place in found else [piece]
    return parts


def speakers(pieces: Sequence[Piece]) -> None:
    """Labels on lines of their own, where there are several of them: what follows one is quoted with it."""
    found = _alone(pieces) or _headings(pieces) or _in_capitals(pieces)
    if not found:
        return
    level: int | None = None
    for piece in found:
        level = piece.level
        piece.role, piece.number, piece.level, piece.heading = Role.SPEAKER, "", None, ""
    speaker: Piece | None = None
    for piece in pieces:
        if piece.role is Role.SPEAKER:
            speaker = piece
        elif piece.role is Role.HEADING:
            is_below = level is not None and piece.level is not None and piece.level > level
            speaker = speaker if is_below else None
        elif piece.role in (Role.TEXT, Role.ITEM):
            piece.lead = speaker


def _alone(pieces: Sequence[Piece]) -> list[Piece]:
    """Labels on lines of their own, and those that were parted from what is said."""
    found = [
        (piece, after)
        for piece, after in pairwise(pieces)
        if piece.role is Role.SPEAKER or (_is_alone(piece) and not _is_item(after))
    ]
    counts = Counter(piece.text for piece, _ in found)
    found = [
        (piece, after)
        for piece, after in found
        if counts[piece.text] > 1 or re.search(r"[:|\[]", piece.text) or labels.is_titled(piece.text)
    ]
    told = [piece for piece, _ in found]
    is_sure = any(piece.role is Role.SPEAKER for piece in told)
    if len(set(_names(told))) < _FEWEST or not (is_sure or _are_said([(p.text, after.text) for p, after in found])):
        return []
    return told


def _headings(pieces: Sequence[Piece]) -> list[Piece]:
    """Headings of one level that name those whose words stand under them."""
    levels: dict[int, list[tuple[Piece, Piece]]] = {}
    counts = Counter(piece.level for piece in pieces if piece.role is Role.HEADING)
    for piece, after in pairwise(pieces):
        if piece.role is Role.HEADING and piece.level and _is_name(piece.heading) and after.role is not Role.HEADING:
            levels.setdefault(piece.level, []).append((piece, after))
    for level, found in sorted(levels.items()):
        told = [piece for piece, _ in found]
        titled = sum(labels.is_titled(piece.heading) for piece in told)
        comes_again = len(told) > len(set(_names(told))) and _speak_of_themselves([after.text for _, after in found])
        is_all = 2 * len(found) >= counts[level] and (2 * titled >= len(found) or comes_again)
        if not is_all:  # others stand among them
            told = [piece for piece in told if labels.is_titled(piece.heading)]
        if len(set(_names(told))) >= _FEWEST:
            return told
    return []


def _is_name(heading: str) -> bool:
    return bool(heading) and labels.may_name(heading) and labels.names_somebody(heading)


def _names(pieces: Sequence[Piece]) -> Iterator[str]:
    return ((piece.heading or piece.text).strip(" :*_#") for piece in pieces)


def _are_said(found: Sequence[tuple[str, str]]) -> bool:
    """Whether labels, each with what follows it, are those of a record of what was said."""
    names = [label.strip(" :*_") for label, _ in found]
    texts = [text for _, text in found]
    sentences = sum(map(shapes.ends_clause, texts))
    return (
        any(map(_MARKED.search, names))
        or 2 * sum(map(labels.is_titled, names)) >= len(names)
        or _speak_of_themselves(texts)
        or (len(set(names)) < len(names) and 2 * sentences >= len(names))
    )


def _speak_of_themselves(texts: Sequence[str]) -> bool:
    return 2 * sum(_OWN_WORDS.search(text) is not None for text in texts) >= len(texts)


def _label(piece: Piece) -> int:
    """Where the label that a piece begins with ends; 0 without one."""
    if piece.role is not Role.TEXT or piece.number or not ("." in (near := piece.text[:_LONGEST]) or ":" in near):
        return 0
    found = _INLINE.match(piece.text)
    if found is None or not shapes.ends_clause(piece.text):
        return 0
    if dotted := found["dotted"]:
        return found.end("dotted") if labels.is_titled(dotted) else 0
    is_name = labels.is_label(found["label"]) and labels.names_somebody(found["label"])
    return found.end("label") if is_name else 0


def _is_record(pieces: Sequence[Piece], places: Sequence[int]) -> bool:
    """Whether the labels at ``places`` are those of a record of what was said."""
    texts = [piece for piece in pieces[places[0] :] if piece.role is Role.TEXT] if places else []
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
    found = [
        (piece, after)
        for piece, after in pairwise(pieces)
        if len(piece.lines) == 1
        and piece.role in (Role.TEXT, Role.HEADING)
        and _CAPITALS.fullmatch(piece.text)
        and len(piece.text.split()) <= _MOST_CAPITALS
        and labels.names_somebody(piece.text)
    ]
    counts = Counter(piece.text for piece, _ in found)
    is_record = len(counts) >= _FEWEST and max(counts.values()) > 1
    return [piece for piece, _ in found] if is_record and _speak_of_themselves([a.text for _, a in found]) else []


def _is_alone(piece: Piece) -> bool:
    """Whether a piece is a line that may be a label."""
    is_line = piece.role in (Role.TEXT, Role.HEADING) and len(piece.lines) == 1
    return is_line and labels.is_label(piece.text) and labels.names_somebody(piece.text)


def _is_item(piece: Piece) -> bool:
    return shapes.is_bullet(piece.text) or shapes.is_small_number(piece.number)
