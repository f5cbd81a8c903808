"""Quotation marks of a text: which open, which close, and whether a quotation is cut in half."""

import re

from corpus.passage import Passage, Span

WIDENED_BY = 2  # sentences at most that one takes in so that no quotation is cut in half
_QUOTATION_MARK = re.compile('[“”"«»]')


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


def whole_quotations(passage: Passage, number: int) -> range | None:
    """The sentences of ``passage`` that are quoted for sentence ``number``: itself, with what else there is of a
    quotation that it stands in. ``None`` where that is more than ``WIDENED_BY`` others, or is not all there."""
    first = last = number
    while last - first <= WIDENED_BY:
        ends, begins = cut_quotations(passage.cut(stretch(passage, range(first, last + 1))))
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
