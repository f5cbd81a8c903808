"""Quotation marks of a text: which open, which close, and whether a quotation is cut in half."""

import re
from collections.abc import Iterator

from corpus.passage import Passage, Span

WIDENED_BY = 2  # sentences at most that one takes in so that no quotation is cut in half
_QUOTATION_MARK = re.compile('[“”"«»]')
_SINGLE_MARK = re.compile("['‘’]")
_YEAR = re.compile(r"\d\ds?\b")  # "the '90s": an apostrophe before it
_BESIDE = '([{—–-/“„«"‘'  # before a straight mark that opens
_WITHIN = tuple('“„«"[(…')  # after a single mark that opens, besides letters and numbers
_SIGNS = ",.!?;…"  # before a single mark that closes and is no apostrophe


def cut_quotations(text: str) -> tuple[bool, bool]:
    """Whether a quotation ends in ``text`` that did not begin there, and whether one begins that does not end."""
    ends, open_marks = False, 0
    for found in _QUOTATION_MARK.finditer(text):
        if _opens(found.group(), text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]):
            open_marks += 1
        elif open_marks:
            open_marks -= 1
        else:
            ends = True
    return ends, open_marks > 0


def cuts(passage: Passage, at: Span) -> tuple[bool, bool]:
    """The same of a stretch of ``passage``, also of quotations between single marks, which are apostrophes as well: of
    such it takes the passage to tell."""
    ends, begins = cut_quotations(passage.cut(at))
    for one in _singles(passage.text):
        ends = ends or one.start < at.start < one.end <= at.end
        begins = begins or at.start <= one.start < at.end < one.end
    return ends, begins


def opens_single(text: str, at: int) -> bool:
    """Whether the single mark at ``at``, straight or not, may open a quotation: it stands before a word or a mark,
    and not within a word or before "90s"."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum() or (text[at] == "'" and before and not before.isspace() and before not in _BESIDE):
        return False
    if not after.isalnum() and after not in _WITHIN:
        return False
    return _YEAR.match(text, at + 1) is None or not text[max(0, at - 2) : at].rstrip()[-1:].isalnum()


def _singles(text: str) -> Iterator[Span]:
    """The quotations between single marks that close after a sign, marks included."""
    begin = None
    for found in _SINGLE_MARK.finditer(text):
        at = found.start()
        if found.group() != "’" and opens_single(text, at):
            begin = at
        elif begin is not None and text[at - 1] in _SIGNS and not text[at + 1 : at + 2].isalnum():
            yield Span(begin, at + 1)
            begin = None


def whole_quotations(passage: Passage, number: int) -> range | None:
    """The sentences of ``passage`` that are quoted for sentence ``number``: itself, with what else there is of a
    quotation that it stands in. ``None`` where that is more than ``WIDENED_BY`` others, or is not all there."""
    first = last = number
    while last - first <= WIDENED_BY:
        ends, begins = cuts(passage, stretch(passage, range(first, last + 1)))
        if not (ends or begins):
            return range(first, last + 1)
        first, last = first - ends, last + begins
        if first < 0 or last == len(passage.sentences):
            return None
    return None


def stretch(passage: Passage, sentences: range) -> Span:
    """Where these sentences of ``passage`` stand."""
    return Span(passage.sentence(sentences[0]).start, passage.sentence(sentences[-1]).end)


def _opens(mark: str, before: str, after: str) -> bool:
    """Whether a quotation mark opens: by its form, or as one that stands before a word. Some languages write «so»,
    others « so », and others »so«."""
    apart = not before or before.isspace() or before in "([’'"
    return mark == "“" or (apart and (mark in '"«' or (mark == "»" and after.isalnum())))
