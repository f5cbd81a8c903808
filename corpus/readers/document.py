"""What every reader gives back, and the decoding that all of them share."""

import re
from dataclasses import dataclass
from typing import Protocol

from corpus.files import shown_size
from corpus.passage import Span

# Report texts are far smaller; a larger file is a mistake or an attack, and would make every passage table huge.
MAX_BYTES = 10 * 1024 * 1024

_OTHER_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}
# Every control character but tab, line feed, form feed (a page break) and the line break of mainframes.
_CLOSERS = '"”’»)]'
_STOPS = (".", "…", ":", ";", ",")
_SENTENCE_WORDS = 8  # "Report of the Committee." has fewer
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f-\x84\x86-\x9f]")


class UnreadableError(Exception):
    """There is no text to read; ``str()`` is the problem as a clause. Becomes a ``ReadError`` with the file's name."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document that belongs together: a paragraph, a list item, a heading.

    ``level`` is the level of a heading from 1, ``heading`` its words without marks; ``page`` counts from 1 where the
    format knows pages. ``furniture`` marks what holds none of the report's words (front matter, comments).
    """

    span: Span
    level: int | None = None
    heading: str = ""
    page: int | None = None
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The decoded source and its blocks in order; between blocks there is white space only, and none around the text.

    ``title`` is what the document calls itself, in its first heading or first line; empty where it begins with prose.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str


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

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        ...


def too_large() -> str:
    """What to say of a file of more than ``MAX_BYTES``."""
    return f"it is larger than {shown_size(MAX_BYTES)}; split it into several reports"


def title_in(block: str) -> str:
    """The title that a document's first block is or begins with; none where that is a sentence, or its second line goes
    on with one."""
    line, _, rest = block.strip().partition("\n")
    if not rest.lstrip()[:1].islower():
        return "" if is_sentence(line) else line.strip()
    return "" if block.rstrip().endswith((".", "!", "?", "”", '"')) else " ".join(block.split())


def is_sentence(line: str) -> bool:
    """Whether a line is rather a sentence than a title: it has a few words and ends, or leads on, as sentences do."""
    return line.rstrip().rstrip(_CLOSERS).endswith(_STOPS) and len(line.split()) >= _SENTENCE_WORDS


def decode(data: bytes) -> str:
    """The text in UTF-8 ``data``: byte order mark off, line ends as line feeds, no white space around it.

    Raises ``UnreadableError`` for too many bytes, another encoding, control characters, or nothing but white space.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(too_large())
    for mark, name in _OTHER_ENCODINGS.items():
        if data.startswith(mark):
            raise UnreadableError(f"it is {name} text; save it as UTF-8")
    if b"\x00" in data:
        raise UnreadableError("it is not text, since it holds NUL bytes; save the report as UTF-8 text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"it is not UTF-8 text, see line {line}; save it as UTF-8") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableError(f"line {line} holds the control character U+{ord(control[0]):04X}")
    text = text.strip()
    if not text:
        raise UnreadableError("it is empty")
    return text
