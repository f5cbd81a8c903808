"""A ``Reply`` as rows of text: what follows what, what stands in a row of its own, and what a row is made of.

For a terminal, a pipe or a file; how bold and dim are drawn is the business of whoever draws. Every character of a
quote stays as it is; only where there is a width are lines wrapped, at spaces.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from bot.saying.brevity import Naming, named, told
from bot.saying.reply import Heading, Line, Note, Part, Paste, Quote, Reply, Subheading
from bot.saying.text import columns, visible, wrapped
from corpus.passage import Span

OMISSION = "[…]"
QUOTE_PREFIX = "> "
SOURCE_PREFIX = "  "
BULLETS = ("• ", "– ")  # what an entry of a list may begin with; the rows it goes on in are set in after it


class Weight(Enum):
    """How strongly a run of text is drawn, where that can be."""

    PLAIN = "plain"
    BOLD = "bold"
    DIM = "dim"


class Run(NamedTuple):
    """Text that is safe to draw, all of one weight."""

    text: str
    weight: Weight = Weight.PLAIN


Row = tuple[Run, ...]
_EMPTY: Row = ()


def plain(reply: Reply, width: int | None = None) -> str:
    """The whole reply without any weight, ending with a line break."""
    return "".join("".join(run.text for run in row) + "\n" for row in rows(reply, width))


def rows(reply: Reply, width: int | None = None) -> Iterator[Row]:
    """The rows of the whole reply, in ``width`` columns (``None``: as long as they come). Longer words stand out."""
    links: set[str] = set()
    before: Part | None = None
    for part, naming in named(reply.parts):
        if before and not (isinstance(part, Line) and part.item and isinstance(before, Line)):
            yield _EMPTY
        yield from _part(part, naming, width)
        url = part.url if isinstance(part, Line | Quote) else None
        if url and not (isinstance(part, Quote) and url in links):  # once for all quotes of one report
            yield Run(SOURCE_PREFIX), Run(_unbroken(url), Weight.DIM)
            links.add(url)
        before = part
    for suggestion in reply.suggestions:
        yield from block(suggestion.otherwise, width)
    if reply.addition:
        yield from block(reply.addition.otherwise, width)
    if reply.removal:
        yield from block(reply.removal.otherwise, width)
    if reply.menu:
        yield _EMPTY
        yield from block(reply.menu.otherwise, width)
    if reply.footer:
        yield _EMPTY
        yield from block(reply.footer, width, weight=Weight.DIM)


def block(
    text: str,
    width: int | None,
    prefix: str = "",
    *,
    weight: Weight = Weight.PLAIN,
    bold: Sequence[Span] = (),
) -> Iterator[Row]:
    """The rows of ``text``, each after ``prefix``; ``bold`` are spans of ``text``."""
    start = 0
    for line in text.split("\n"):
        hang = " " * len(BULLETS[0]) if line.startswith(BULLETS) else ""
        room = None if width is None else width - len(prefix)
        for first, last in _hanging(line, room, len(hang)):
            before = prefix + (hang if first else "")
            runs = _runs(text, Span(start + first, start + last), weight, bold)
            yield _row((Run(before, weight), *runs), wraps=width is not None)
        start += len(line) + 1


def _part(part: Part, naming: Naming, width: int | None) -> Iterator[Row]:
    match part:
        case Heading(text) | Subheading(text):
            yield from block(text, width, weight=Weight.BOLD)
        case Line(text):
            yield from block(text, width)
        case Note(text):
            yield from block(text, width, weight=Weight.DIM)
        case Quote():
            yield from _quote(part, width)
            yield from _source(part, naming, width)
        case Paste(text, label):
            yield from block(label, width, weight=Weight.DIM) if label else ()
            yield from block(text, None)


def _quote(quote: Quote, width: int | None) -> Iterator[Row]:
    before = quote.lead + (f"{OMISSION} " if quote.cut_before else "")
    after = f" {OMISSION}" if quote.cut_after else ""
    matches = [Span(start + len(before), end + len(before)) for start, end in quote.matches]
    yield from block(before + quote.text + after, width, QUOTE_PREFIX, bold=matches)


def _source(quote: Quote, naming: Naming, width: int | None) -> Iterator[Row]:
    """The citation line and its key: in one row where lines are not wrapped or it is short, else in a row each."""
    room = None if width is None else width - len(SOURCE_PREFIX)
    number = "" if quote.number is None else f"{quote.number}. "
    line = number + told(quote.source, naming, None if room is None else max(1, room - len(number)))
    key = Run(f"[{_unbroken(quote.key)}]", Weight.DIM)
    (*rest, last) = block(line, width, SOURCE_PREFIX)
    yield from rest
    if room is None or (naming is Naming.PLACE and columns(f"{line} {key.text}") <= room):
        yield (*last, Run(" "), key)
        return
    yield last
    yield (Run(SOURCE_PREFIX), key)


def _unbroken(text: str) -> str:
    """A link or a key, which is one row however long it is: it is copied as a whole."""
    return visible(text).replace("\t", " ").replace("\n", " ")


def _hanging(line: str, width: int | None, hang: int) -> Iterator[Span]:
    """As ``wrapped``, with ``hang`` columns less for all rows but the first."""
    if width is None or not hang:
        yield from wrapped(line, width)
        return
    first = next(wrapped(line, width))
    yield first
    start = len(line) - len(line[first.end :].lstrip(" \t"))
    if start < len(line):
        yield from (Span(start + begin, start + end) for begin, end in wrapped(line[start:], width - hang))


def _runs(text: str, line: Span, weight: Weight, bold: Sequence[Span]) -> Iterator[Run]:
    place = line.start
    for start, end in sorted(bold):
        start, end = max(start, place), min(end, line.end)
        if start < end:
            yield Run(visible(text[place:start]), weight)
            yield Run(visible(text[start:end]), Weight.BOLD)
            place = end
    yield Run(visible(text[place : line.end]), weight)


def _row(runs: Sequence[Run], *, wraps: bool) -> Row:
    """One row of ``runs``, those of one weight put together; in a width, tabs are spaces and none stands at the end."""
    row: list[Run] = []
    for run in runs:
        text = run.text.replace("\t", " ") if wraps else run.text
        if row and row[-1].weight is run.weight:
            row[-1] = Run(row[-1].text + text, run.weight)
        elif text:
            row.append(Run(text, run.weight))
    while wraps and row and (shorter := row[-1].text.rstrip(" ")) != row[-1].text:
        row[-1:] = [Run(shorter, row[-1].weight)] if shorter else []
    return tuple(row)
