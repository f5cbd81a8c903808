"""A ``Reply`` as text for a terminal, a pipe or a file.

Never runs what a report says: control characters are made visible. Every other character of a quote stays as it is;
only on a terminal are lines wrapped, at spaces, and matches bold.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from bot.saying.reply import Heading, Line, Note, Part, Quote, Reply, Subheading
from corpus.passage import Span

OMISSION = "[…]"
QUOTE_PREFIX = "> "
SOURCE_PREFIX = "  "
NARROWEST, WIDEST = 20, 100  # columns; longer lines are hard to read
# Everything that could move the cursor, change the screen, reverse the reading order or end a line: C0 and C1 controls,
# bidirectional embeddings, overrides and isolates (Unicode Standard Annex 9, section 2), line and paragraph separators;
# and lone surrogates, which no output can carry.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_PICTURES = 0x2400  # the block that shows C0 controls: ESC as ␛


@dataclass(frozen=True, slots=True)
class Style:
    """Lines of ``width`` columns (``None``: as long as they come), with or without bold and dim."""

    width: int | None = None
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str]) -> "Style":
        """The style that fits where ``stream`` goes. ``NO_COLOR`` (no-color.org) and a dumb terminal take bold away."""
        if not stream.isatty():
            return cls()
        colour = not environ.get("NO_COLOR") and environ.get("TERM", "") not in ("", "dumb")
        columns = environ.get("COLUMNS", "")
        try:
            width = int(columns) if columns.isdecimal() else os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            width = 80
        return cls(max(NARROWEST, min(width, WIDEST)), colour)


def render(reply: Reply, style: Style) -> str:
    """The whole reply, ending with a line break."""
    lines: list[str] = []
    before: Part | None = None
    for part in reply.parts:
        if before and not (isinstance(part, Line) and part.item and isinstance(before, Line)):
            lines.append("")
        lines += _part(part, style)
        if isinstance(part, Quote) and part.url and not (isinstance(before, Quote) and before.url == part.url):
            lines.append(SOURCE_PREFIX + visible(part.url))  # once for quotes in a row that have the same
        before = part
    if reply.menu:
        lines += ["", *_block(reply.menu.otherwise, style)]
    if reply.footer:
        lines += ["", *(_dim(line, style) for line in _block(reply.footer, style))]
    return "\n".join(lines) + "\n"


def visible(text: str) -> str:
    """``text`` with everything that a terminal would act on, but line breaks and tabs, as a sign that can be seen."""
    return _UNSAFE.sub(lambda found: _picture(found[0]), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04x}"


def _part(part: Part, style: Style) -> Iterator[str]:
    match part:
        case Heading(text) | Subheading(text):
            yield from (_bold(line, style) for line in _block(text, style))
        case Line(text, url):
            yield from _block(text, style)
            if url:
                yield SOURCE_PREFIX + visible(url)
        case Note(text):
            yield from (_dim(line, style) for line in _block(text, style))
        case Quote():
            yield from _quote(part, style)


def _quote(quote: Quote, style: Style) -> Iterator[str]:
    before = quote.lead + (f"{OMISSION} " if quote.cut_before else "")
    after = f" {OMISSION}" if quote.cut_after else ""
    matches = [Span(start + len(before), end + len(before)) for start, end in quote.matches]
    yield from _block(before + quote.text + after, style, QUOTE_PREFIX, matches)
    yield from _block(f"{quote.source} [{quote.key}]", style, SOURCE_PREFIX)


def _block(text: str, style: Style, prefix: str = "", bold: Sequence[Span] = ()) -> Iterator[str]:
    """The lines of ``text``, each behind ``prefix``; ``bold`` are spans of ``text``."""
    start = 0
    for line in text.split("\n"):
        width = None if style.width is None else style.width - len(prefix)
        for first, last in _wrapped(line, width):
            shown = _styled(text, Span(start + first, start + last), bold if style.colour else ())
            yield (prefix + shown).rstrip(" \t") if width is not None else prefix + shown
        start += len(line) + 1


def _styled(text: str, line: Span, bold: Sequence[Span]) -> str:
    pieces: list[str] = []
    place = line.start
    for start, end in sorted(bold):
        start, end = max(start, place), min(end, line.end)
        if start < end:
            pieces += visible(text[place:start]), "\x1b[1m", visible(text[start:end]), "\x1b[22m"
            place = end
    return "".join((*pieces, visible(text[place : line.end])))


def _wrapped(line: str, width: int | None) -> Iterator[Span]:
    """Spans of ``line`` that fit ``width`` columns, broken at spaces; a longer word stands alone."""
    if width is None or _columns(line) <= width:
        yield Span(0, len(line))
        return
    start = end = 0
    for word in re.finditer(r"[^ \t]+", line):
        if end > start and _columns(line[start : word.end()]) > width:
            yield Span(start, end)
            start = word.start()
        end = word.end()
    yield Span(start, len(line))


def _columns(text: str) -> int:
    """The columns a terminal needs for ``text``: two for a wide character, none for one that joins the last."""
    text = visible(text)
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _bold(line: str, style: Style) -> str:
    return f"\x1b[1m{line}\x1b[22m" if style.colour and line else line


def _dim(line: str, style: Style) -> str:
    return f"\x1b[2m{line}\x1b[22m" if style.colour and line else line
