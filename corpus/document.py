"""What every reader gives back, and the decoding that all of them share."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from corpus.clause import Clause, ClauseError
from corpus.files.opening import shown_size
from corpus.passage import Span

# Report texts are far smaller; a larger file is a mistake or an attack, and would make every passage table huge.
MAX_BYTES = 10 * 1024 * 1024

_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}
# Every control character but tab, line feed, form feed (a page break) and the line break of mainframes.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x84\x86-\x9f]")


class UnreadableError(ClauseError):
    """There is no text to read, and the clause says why. Becomes a ``ReadError`` with the file's name."""


class Role(StrEnum):
    """What part a block plays in its document, as far as its reader can tell."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table
    NOTE = "note"  # a footnote or an endnote
    TITLE = "title"
    SUBTITLE = "subtitle"
    CAPTION = "caption"
    CONTENTS = "contents"  # a line of a table of contents
    MASTHEAD = "masthead"  # symbol, distribution, "Original: English", banners
    RUNNING = "running"  # running heads and feet, page numbers
    SPEAKER = "speaker"  # a label on a line of its own
    LINKS = "links"
    FURNITURE = "furniture"  # none of the report's words: front matter, comments, ornaments


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that belongs together: a paragraph, a list item, a heading.

    ``level`` is the level of a heading from 1, ``heading`` its words without marks; ``page`` counts from 1 where the
    format knows pages. ``number`` is the number that is printed at its beginning, as it is cited ("12", "12 bis",
    "7.2", "(a)"). ``lead`` is the place in ``Document.blocks`` of the block whose words this one's are quoted with:
    what opens its list, the heads of its table's columns, its speaker. ``torn`` says whether the block begins, and
    whether it ends, inside a sentence whose other part is not there.
    """

    span: Span
    role: Role = Role.TEXT
    level: int | None = None
    heading: str = ""
    page: int | None = None
    number: str = ""
    lead: int | None = None
    torn: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself, each where it does. ``language`` is a BCP 47 tag."""

    title: str = ""
    subtitle: str = ""
    symbol: str | None = None
    date: dt.date | None = None
    publisher: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader extracted, and its blocks in order; between blocks there is white space only, and none around the
    text.

    ``facts`` are what the document says of itself; its title is empty where it begins with prose. ``marks`` are the
    spans of the text that are calls of footnotes: the "3" in "petitions3". ``pictures`` are the pages, from 1, on which
    something is printed that is no text, as a scanner leaves them.
    """

    text: str
    blocks: tuple[Block, ...]
    facts: Facts = Facts()
    marks: tuple[Span, ...] = ()
    pictures: tuple[int, ...] = ()


class Reader(Protocol):
    """Bytes of one kind of file to a ``Document``."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The ends of file names it reads, in lower case."""
        ...

    @property
    def at_once(self) -> int:
        """The size in bytes up to which it takes no more than about a second, whatever the file holds.

        A larger file is read in a process of its own, which is ended where it takes too much.
        """
        ...

    @property
    def most(self) -> int:
        """The size in bytes of the largest file that it reads."""
        ...

    @property
    def times(self) -> int:
        """How many times as long as a text of its size a file of it may take."""
        ...

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        ...


def too_large(most: int = MAX_BYTES) -> Clause:
    """What to say of a file of more than ``most`` bytes."""
    return Clause("reading.too_large", size=shown_size(most))


def decode(data: bytes) -> str:
    """The text in UTF-8 ``data``: byte order mark off, line ends as line feeds, no white space around it.

    Raises ``UnreadableError`` for too many bytes, another encoding, control characters, or nothing but white space.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError.of(too_large())
    for mark, name in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise UnreadableError("reading.other_encoding", encoding=name)
    if b"\x00" in data:
        raise UnreadableError("reading.nul_bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError("reading.no_utf8", line=line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableError("reading.control_character", line=line, character=f"U+{ord(control[0]):04X}")
    text = text.strip()
    if not text:
        raise UnreadableError("reading.empty")
    return text
