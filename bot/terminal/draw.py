"""A ``Reply`` drawn for where it goes: a terminal, a pipe or a file.

The one place that writes escape sequences. What a report says never becomes one: ``bot.saying.layout`` makes all of it
visible.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO

from bot.saying.layout import Row, Weight, block, rows
from bot.saying.reply import Reply

NARROWEST, WIDEST = 20, 100  # columns; longer lines are hard to read
UNKNOWN_WIDTH = 80
# Select Graphic Rendition, ECMA-48 8.3.117: how each weight begins, and what ends both.
_BEGIN = {Weight.PLAIN: "", Weight.BOLD: "\x1b[1m", Weight.DIM: "\x1b[2m"}
_END = "\x1b[22m"


@dataclass(frozen=True, slots=True)
class Style:
    """Lines of ``width`` columns (``None``: as long as they come), with or without bold and dim."""

    width: int | None = None
    colour: bool = False

    @classmethod
    def of(cls, stream: TextIO, environ: Mapping[str, str]) -> "Style":
        """The style that fits where ``stream`` goes: only a terminal has a width."""
        colour = _has_colour(stream.isatty(), environ)
        return cls(_width(stream, environ) if stream.isatty() else None, colour)


def _has_colour(is_terminal: bool, environ: Mapping[str, str]) -> bool:
    """Whether bold and dim are wanted; what was refused by name stays refused.

    ``NO_COLOR`` is as no-color.org has it, ``FORCE_COLOR`` as force-color.org, ``CLICOLOR`` and ``CLICOLOR_FORCE`` as
    bixense.com/clicolors; 0 takes a demand back.
    """
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    refused = environ.get("CLICOLOR") == "0" or environ.get("FORCE_COLOR") == "0"
    return is_terminal and not refused and environ.get("TERM", "") not in ("", "dumb")


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    try:
        width = int(columns) if columns.isdecimal() else os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        width = UNKNOWN_WIDTH
    return max(NARROWEST, min(width or UNKNOWN_WIDTH, WIDEST))  # some terminals say 0 where they do not know


def drawn(reply: Reply, style: Style) -> str:
    """The whole reply, ending with a line break."""
    return _drawn(rows(reply, style.width), style)


def written(text: str, style: Style, prefix: str = "", *, weight: Weight = Weight.PLAIN) -> str:
    """Text that is no reply, such as an error's sentence, each line after ``prefix``; ends with a line break."""
    return _drawn(block(text, style.width, prefix, weight=weight), style)


def _drawn(found: Iterable[Row], style: Style) -> str:
    return "".join("".join(_run(text, weight, style) for text, weight in row) + "\n" for row in found)


def _run(text: str, weight: Weight, style: Style) -> str:
    if not (style.colour and text and weight is not Weight.PLAIN):
        return text
    return f"{_BEGIN[weight]}{text}{_END}"
