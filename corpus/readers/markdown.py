"""Markdown: the parser tells where blocks begin and end; the text stays the source's own characters, marks and all."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.passage import Span
from corpus.readers.document import Block, Document, Facts, Role, decode, title_in

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Blocks whose lines are taken whole; lists and quotes only hold them.
_LEAVES = frozenset(["heading_open", "paragraph_open", "fence", "code_block", "html_block", "hr", "table_open"])
_BREAKS = frozenset(("softbreak", "hardbreak"))
# Keys and values between rules at the very beginning; where a blank line is among them, the rules are but rules.
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?=[\w-]+:)(?:[^\n]*\S[^\n]*\n)*?(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)")
_COMMENT = re.compile(r"\s*(?:<!--(?>(?:(?!-->).)*)-->\s*+)+", re.DOTALL)


class MarkdownReader:
    """Markdown files: CommonMark and tables."""

    suffixes = (".md", ".markdown")
    at_once = 32 * 1024  # the parser takes the square of the time for some files, rows of brackets for one

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        text = decode(data)
        starts = [0, *(found.end() for found in re.finditer("\n", text)), len(text)]
        # A form feed or another rare blank is a paragraph to the parser, and nothing to us.
        blocks = tuple(block for block in _blocks(text, starts) if text[slice(*block.span)].strip())
        return Document(text, blocks, Facts(_title(text, blocks)))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _blocks(text: str, starts: list[int]) -> Iterator[Block]:
    """The leaves of the parse; lines that the parser leaves out, such as link definitions, are blocks of their own."""
    matter = _FRONT_MATTER.match(text)
    body = matter.end() if matter else 0
    if matter:
        yield Block(Span(0, len(matter[0].rstrip())), Role.FURNITURE)
    # Blank lines instead of the front matter keep the parser's line numbers those of the text.
    tokens = _parser().parse("\n" * text.count("\n", 0, body) + text[body:])
    line = text.count("\n", 0, body) if matter else 0
    for number, token in enumerate(tokens):
        if token.type not in _LEAVES or token.map is None or token.map[0] < line:
            continue
        yield from _left_out(text, starts, line, token.map[0])
        line = max(token.map[1], token.map[0] + 1)
        yield _leaf(text, _span(text, starts, token.map[0], line), token, tokens[number + 1 : number + 2])
    yield from _left_out(text, starts, line, len(starts) - 1)


def _title(text: str, blocks: Sequence[Block]) -> str:
    """The heading that the document begins with, else its first one of level 1, else its first line."""
    words = [block for block in blocks if block.role is not Role.FURNITURE][:1]
    top = [block for block in blocks if block.level == 1][:1]
    for block in words + top:
        if block.heading:
            return block.heading
    return title_in(text[slice(*words[0].span)]) if words else ""


def _span(text: str, starts: list[int], first: int, after: int) -> Span:
    words = text[starts[first] : starts[after]].rstrip()
    return Span(starts[first], starts[first] + len(words))


def _left_out(text: str, starts: list[int], first: int, after: int) -> Iterator[Block]:
    """What stands on lines that no leaf covers, if it is more than white space."""
    span = _span(text, starts, first, after) if first < after else Span(0, 0)
    if span.start < span.end:
        yield Block(span)


def _leaf(text: str, span: Span, token: "Token", inline: "list[Token]") -> Block:
    if token.type == "heading_open":
        children = inline[0].children or [] if inline else []
        words = "".join(" " if child.type in _BREAKS else child.content for child in children)
        return Block(span, Role.HEADING, level=int(token.tag[1:]), heading=" ".join(words.split()))
    comment = token.type == "html_block" and _COMMENT.fullmatch(text, *span) is not None
    return Block(span, Role.FURNITURE if comment else Role.TEXT)
