"""Where a text quotes: the spans between its quotation marks, and what says outside of them who speaks."""

import re
from collections.abc import Iterator

from corpus.passage import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’"}
_STRAIGHT = '"'
_OUTER = re.compile(r"[\s\"“”„‟«»‹›‘’'′`*_~|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)


def bare(text: str) -> str:
    """``text`` without the quotation marks and white space around it."""
    start, end = 0, len(text)
    if found := _OUTER.match(text):
        start = found.end()
    while end > start and _OUTER.fullmatch(text[end - 1]):
        end -= 1
    return text[start:end]


def quoted(text: str) -> Iterator[Span]:
    """The spans between quotation marks, without the marks; none within another, none over a blank line."""
    for paragraph in _PARAGRAPH.finditer(text):
        yield from _quoted(text, paragraph.start(), paragraph.end())


def _quoted(text: str, place: int, end: int) -> Iterator[Span]:
    while place < end:
        mark = text[place]
        close = None
        if mark == _STRAIGHT:
            close = _straight(text, place, end)
        elif mark == "‘" and not text[place - 1 : place].isalnum():
            close = _single(text, place, end)
        elif mark in _PAIRS and mark != "‘":
            close = _closing(text, place, end)
        if close is None:
            place += 1
            continue
        if bare(text[place + 1 : close]):
            yield Span(place + 1, close)
        place = close + 1


def _closing(text: str, place: int, end: int) -> int:
    """Where the quotation that ``place`` opens is closed; at the end of its paragraph where it is not."""
    opening, closing = text[place], _PAIRS[text[place]]
    depth = 0
    for at in range(place, end):
        if text[at] in closing and at > place:
            depth -= 1
            if not depth:
                return at
        elif text[at] == opening:
            depth += 1
    return end


def _straight(text: str, place: int, end: int) -> int | None:
    """The same for a straight mark, which opens and closes alike: it opens before a word and after a blank."""
    depth = 0
    for at in range(place, end):
        if text[at] != _STRAIGHT:
            continue
        before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
        opens = (not before or before.isspace() or before in "([—–-") and bool(after) and not after.isspace()
        if at == place or (opens and depth):
            depth += 1
        else:
            depth -= 1
        if not depth:
            return at
    other = text.find(_STRAIGHT, place + 1, end)
    return None if other < 0 else other


def _single(text: str, place: int, end: int) -> int | None:
    """The same for a single mark, which is an apostrophe as well."""
    ends = [at for at in range(place + 2, end) if text[at] == "’" and not text[at + 1 : at + 2].isalnum()]
    after_sign = [at for at in ends if text[at - 1] in ",.!?;…" or text[at + 1 : at + 2] in ("", ",", ".", ";", ":")]
    close = next(iter(after_sign or ends), None)
    return close if close is not None and " " in text[place:close] else None
