"""Markdown: the parser tells where blocks begin and end; the text stays the source's own characters, marks and all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile
from typing import TYPE_CHECKING

from corpus.document import MAX_BYTES, Block, Document, Facts, Role, decode
from corpus.layout import judgments, shapes
from corpus.layout.lines import Line
from corpus.layout.mending import mended
from corpus.layout.paragraphs import Piece
from corpus.layout.setting import document
from corpus.layout.speakers import parted
from corpus.layout.structure import structured, title_in
from corpus.passage import Span
from corpus.readers import matter
from corpus.readers.tags import is_web_page

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Blocks whose lines are taken whole; lists and quotes only hold them.
_LEAVES = frozenset(["heading_open", "paragraph_open", "fence", "code_block", "html_block", "hr", "table_open"])
# Footnotes as Pandoc and GitHub write them; the parser takes a note for the definition of a link, or for text.
_NOTE = re.compile(r"\[\^([\w-]{1,20})\]:\s")
_CALL = re.compile(r"(?<=\S)\[\^[\w-]{1,20}\](?!:)")
_UNMARKED = str.maketrans("", "", "*_")
_NEAR = 40  # characters within which a number ends
_BREAKS = frozenset(("softbreak", "hardbreak"))
_COMMENT = re.compile(r"\s*(?:<!--(?>(?:(?!-->).)*)-->\s*+)+", re.DOTALL)
# Lines that begin with a dotted number, which no parser takes for a list: each is a clause of its own.
_CLAUSE = re.compile(r"^[^\S\n]*(?=\d{1,4}(?:\.\d{1,4})+\.?[^\S\n]+\S)", re.MULTILINE)


class MarkdownReader:
    """Markdown files: CommonMark and tables."""

    suffixes = (".md", ".markdown")
    at_once = 32 * 1024  # the parser takes the square of the time for some files, rows of brackets for one
    most = MAX_BYTES
    times = 1

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        text = decode(data)
        if is_web_page(text):
            from corpus.readers import webpage  # 5 ms: see ``tags``

            return webpage.read(text)
        front = matter.front_matter(text)
        lines, found = _pieces(text, list(_blocks(text, len(front))))
        pieces = parted(mended(found))
        body = [piece for piece in pieces if piece.role is not Role.FURNITURE]
        is_judgment = judgments.front(body) is not None
        told = structured(body, is_wrapped=False)
        facts = matter.facts(front, told if is_judgment else replace(told, title=_title(body, told)))
        return document(pieces, lines, facts)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # 27 ms: for the first Markdown file

    return MarkdownIt("commonmark").enable("table")


def _blocks(text: str, body: int) -> Iterator[Block]:
    """The leaves of the parse; lines that the parser leaves out, such as link definitions, are blocks of their own.

    Up to ``body`` there is front matter.
    """
    starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
    if body:
        yield Block(Span(0, len(text[:body].rstrip())), Role.FURNITURE)
    # Blank lines instead of the front matter keep the parser's line numbers those of the text.
    tokens = _parser().parse("\n" * text.count("\n", 0, body) + text[body:])
    line = text.count("\n", 0, body)
    for number, token in enumerate(tokens):
        if token.type not in _LEAVES or token.map is None or token.map[0] < line:
            continue
        yield from _left_out(text, starts, line, token.map[0])
        line = max(token.map[1], token.map[0] + 1)
        span = _span(text, starts, token.map[0], line)
        yield from _leaf(text, span, token, tokens[number + 1 : number + 2])
    yield from _left_out(text, starts, line, len(starts) - 1)


def _title(body: Sequence[Piece], told: Facts) -> str:
    """The heading that the document begins with, else its first one of level 1, else its first line."""
    top = [piece.heading for piece in body if piece.level == 1 and piece.lines[0].text.startswith("#")][:1]
    body = list(dropwhile(lambda piece: piece.role is Role.MASTHEAD, body))
    if body and body[0].heading:
        return body[0].heading
    return top[0] if top else told.title or (title_in(body[0].text) if body else "")


def _span(text: str, starts: list[int], first: int, after: int) -> Span:
    words = text[starts[first] : starts[after]].rstrip()
    return Span(starts[first], starts[first] + len(words))


def _left_out(text: str, starts: list[int], first: int, after: int) -> Iterator[Block]:
    """What stands on lines that no leaf covers, if it is more than white space."""
    span = _span(text, starts, first, after) if first < after else Span(0, 0)
    if span.start < span.end:
        yield Block(span)


def _leaf(text: str, span: Span, token: "Token", inline: "list[Token]") -> Iterator[Block]:
    """The blocks of a leaf: rows of a table and clauses with dotted numbers are blocks of their own."""
    if token.type == "heading_open":
        children = inline[0].children or [] if inline else []
        words = "".join(" " if child.type in _BREAKS else child.content for child in children)
        yield Block(span, Role.HEADING, level=int(token.tag[1:]), heading=" ".join(words.split()))
    elif token.type == "table_open":
        yield from _parted(text, span, re.compile("^", re.MULTILINE), Role.ROW)
    elif token.type == "hr" or (token.type == "html_block" and _COMMENT.fullmatch(text, *span)):
        yield Block(span, Role.FURNITURE)
    else:
        yield from _parted(text, span, _CLAUSE, Role.TEXT)


def _parted(text: str, span: Span, at: re.Pattern[str], role: Role) -> Iterator[Block]:
    """``span`` cut where ``at`` matches."""
    cuts = [found.start() for found in at.finditer(text, *span) if found.start() > span.start]
    for start, end in zip([span.start, *cuts], [*cuts, span.end], strict=True):
        if text[start:end].strip():
            yield Block(Span(start, end), role)


def _calls(words: str) -> list[Span] | None:
    """The calls of footnotes, where a paragraph has them as Markdown writes them."""
    return [Span(*found.span()) for found in _CALL.finditer(words)] or None


def _number(words: str) -> str:
    """The printed number of a paragraph, which may be set in bold: "**29.** The council"."""
    return shapes.number_of(words[:_NEAR].translate(_UNMARKED).lstrip() if words[0] in "*_" else words)


def _pieces(text: str, blocks: Sequence[Block]) -> tuple[list[Line], list[Piece]]:
    """The blocks as pieces, with the white space before each; what holds nothing but that is none."""
    lines: list[Line] = []
    pieces: list[Piece] = []
    end = 0
    heads: Piece | None = None  # the row of a table that the others are quoted with
    for block in blocks:
        words = text[slice(*block.span)].strip()
        if not words:
            continue
        start = text.index(words, block.span.start)
        before = text[end:start]
        line = Line(words, gap_before=max(0, before.count("\n") - 1), before=before)
        number = _number(words) if block.role is Role.TEXT else ""
        role, number = (Role.NOTE, told[1]) if (told := _NOTE.match(words)) else (block.role, number)
        piece = Piece(
            lines=[line],
            role=role,
            number=number,
            level=block.level,
            heading=block.heading,
            text=words,
            marks=_calls(words),
        )
        if block.role is Role.ROW:
            piece.lead, heads = heads, heads or piece
        else:
            heads = None
        lines.append(line)
        pieces.append(piece)
        end = start + len(words)
    return lines, pieces
