"""Where a text quotes: the spans between its quotation marks, and what says outside of them who speaks."""

import re
from collections.abc import Iterator

from corpus.passage import Span
from retrieval.quotation.tokens import tokens
from retrieval.quotation.wording import TAGS, wording
from retrieval.quotation_marks import opens_single

_PAIRS = {"“": "”", "„": "“”", "«": "»"}
SINGLES = {"‘": "’'", "'": "'"}  # each is an apostrophe as well
_STRAIGHT = '"'
_ENDING = ("’", "'")
_LONGEST = 24  # characters that are looked at for a word
_OUTER = re.compile(r"[\s\"“”„‟«»‹›‘’'′`*_~|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_NOTHING = re.compile(_OUTER.pattern[:-1] + "*")
_PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)


def bare(text: str) -> str:
    """``text`` without the quotation marks and white space around it.

    A single mark stays whose other one stands within: labelled 'false'.
    """
    start, end = 0, len(text)
    if found := _OUTER.match(text):
        start = found.end()
    while end > start and _OUTER.fullmatch(text[end - 1]):
        end -= 1
    if text[end : end + 1] in _ENDING and any(span.end == end - start for span in quoted(text[start : end + 1])):
        end += 1
    if start and text[start - 1] in SINGLES:
        first = next(quoted(text[start - 1 : end + 1]), None)
        if first is not None and first.start == 1 and first.end <= end - start:
            start -= 1
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
        elif mark in SINGLES:
            close = _single(text, place, end)
        elif mark in _PAIRS:
            close = _closing(text, place, end)
        if close is None:
            place += 1
            continue
        if not _NOTHING.fullmatch(text, place + 1, close):
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
    """The same for a single mark, straight or not, which is an apostrophe as well: it opens before a word, and is
    closed before another one opens."""
    if not _opens_single(text, place):
        return None
    ends: list[int] = []
    for at in range(place + 1, end):
        if at > place + 1 and _closes_single(text, place, at):
            ends.append(at)
        elif text[at] == text[place] and _opens_single(text, at):
            break
    after_sign = [at for at in ends if text[at - 1] in ",.!?;…" or text[at + 1 : at + 2] in ("", ",", ".", ";", ":")]
    return next(iter(after_sign or ends), None)


def _closes_single(text: str, place: int, at: int) -> bool:
    """Whether the character at ``at`` may close what the single mark at ``place`` opens."""
    return text[at] in SINGLES[text[place]] and not text[at + 1 : at + 2].isalnum() and not text[at - 1].isspace()


def _opens_single(text: str, at: int) -> bool:
    """Whether a single mark may open a quotation, and stands for no letters that are left out: "'em"."""
    if not opens_single(text, at):
        return False
    first = next((token.text for token in tokens(text[at + 1 : at + _LONGEST])), "")
    return not any(first in wording(tag).clipped for tag in TAGS)
