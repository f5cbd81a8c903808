"""Plain text: paragraphs are separated by blank lines or are single lines.

The file does not say which, so the shape of its lines has to: a block of several lines is one paragraph where it looks
like wrapped prose, or where the rest of the document keeps each paragraph on one line with a blank line behind it.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.passage import Span
from corpus.readers.document import Block, Document, Facts, Role, decode, title_in

# The widest line that editors and mail programs wrap prose at.
_WRAP_WIDTH = 100
# A document separates its paragraphs by blank lines if it has some blocks and most of them are a single line.
_FEW_BLOCKS = 4
_MOST_BLOCKS = 0.75
# Longer lines in capitals are emphasis, not headings; shorter ones are often tags or initials.
_HEADING_LENGTH = range(4, 101)

_BULLET = re.compile(r"\s*[-*•‣▪◦·]\s")
_NUMBER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)]|[–—])\s")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’»)\]]*$")
_CLAUSE_END = re.compile(r"[.!?…:;,][\"”’»)\]]*$|\b(?:and|or)$")
_UNDERLINE = re.compile(r"\s*(?:=|-|~|\*){3,}\s*")


class PlainReader:
    """Text files."""

    suffixes = (".txt",)
    at_once = 64 * 1024

    def read(self, data: bytes) -> Document:
        """The document in ``data``; a form feed begins a page. Raises ``UnreadableError``."""
        text = decode(data)
        blocks = _blocks(text)
        single = sum(len(lines) == 1 for lines in blocks)
        blank_lines_separate = len(blocks) >= _FEW_BLOCKS and single >= _MOST_BLOCKS * len(blocks)
        paragraphs = (
            paragraph for lines in blocks for paragraph in _paragraphs(text, lines, joined=blank_lines_separate)
        )
        found = tuple(_paged(text, paragraphs))
        return Document(text, found, Facts(title_in(text[slice(*found[0].span)])))


def _blocks(text: str) -> list[list[Span]]:
    """The lines of every run of lines without a blank one among them."""
    blocks: list[list[Span]] = []
    start = 0
    begun = False
    for line in text.split("\n"):
        filled = bool(line) and not line.isspace()
        if filled and not begun:
            blocks.append([])
        if filled:
            blocks[-1].append(Span(start, start + len(line)))
        begun = filled
        start += len(line) + 1
    return blocks


def _paragraphs(text: str, lines: Sequence[Span], *, joined: bool) -> Iterator[Span]:
    """The paragraphs of a block. ``joined``: lines belong together unless a list begins."""
    words = [text[line.start : line.end].rstrip() for line in lines]
    if len(lines) == 2 and _UNDERLINE.fullmatch(words[1]):
        yield Span(lines[0].start, lines[1].end)
        return
    joined = joined or _looks_wrapped(words)
    first = 0
    for number in range(1, len(lines)):
        if _begins_item(words[first], words[number - 1], words[number]) or not (
            joined or _breaks_off(words[number - 1], words[number])
        ):
            yield Span(lines[first].start, lines[number - 1].end)
            first = number
    yield Span(lines[first].start, lines[-1].end)


def _looks_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines are prose wrapped at a width: narrow, seldom ending a sentence, and full."""
    width = max(map(len, lines))
    inner = lines[:-1]
    ended = sum(_SENTENCE_END.search(line) is not None for line in inner)
    full = sum(len(line) + 1 + len(after.split()[0]) > width for line, after in zip(inner, lines[1:], strict=False))
    return width <= _WRAP_WIDTH and 2 * ended <= len(inner) <= 2 * full


def _begins_item(paragraph: str, before: str, line: str) -> bool:
    """Whether ``line`` begins a list item; a number or a dash may also begin a wrapped line ("article", "5. The")."""
    if _BULLET.match(line):
        return True
    return _NUMBER.match(line) is not None and bool(_NUMBER.match(paragraph) or _CLAUSE_END.search(before))


def _breaks_off(before: str, line: str) -> bool:
    """Whether a line break stands in the middle of a sentence, as in formulas copied from a page ("UO", "2 is")."""
    return _CLAUSE_END.search(before) is None and (line[0].islower() or line[0].isdigit() or line[0] in ")],;")


def _paged(text: str, paragraphs: Iterator[Span]) -> Iterator[Block]:
    page = 1 if "\f" in text else None
    seen = 0
    for span in paragraphs:
        if page is not None:
            page += text.count("\f", seen, span.start + 1)
            seen = span.start + 1
        heading = _heading(text[span.start : span.end])
        role, level = (Role.HEADING, 1) if heading else (Role.TEXT, None)
        yield Block(span, role, level, heading, page)


def _heading(paragraph: str) -> str:
    """The words of a heading, or nothing: only underlined lines and lines in capitals are clear enough."""
    line, _, underline = paragraph.strip().partition("\n")
    if underline:
        return line if _UNDERLINE.fullmatch(underline) else ""
    clear = line.isupper() and len(line) in _HEADING_LENGTH and not _SENTENCE_END.search(line)
    return line if clear and not _BULLET.match(line) else ""
