"""The bytes of one file to its passages: the reader that its suffix names, then the split, as one piece of work.

Nothing else is read and nothing written, so it can be done here or in a process of its own (``apart``) and
gives the same either way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from corpus.document import Block, Document, Facts, Reader, Role, UnreadableError
from corpus.parsing.numbering import is_full
from corpus.parsing.split import split
from corpus.passage import Kind, Passage
from corpus.readers import READERS, SUFFIXES, heads
from corpus.text.legible import legible

# A longer first line is a paragraph, and the file has no title.
_TITLE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class Budget:
    """What reading one file in a process of its own may take.

    ``seconds`` are for any file, ``seconds_per_mib`` come on top for each whole MiB of it. ``memory`` is that of the
    process, ``output`` that of what it gives back, in bytes. Ordinary prose of 10 MiB takes 4 seconds, 250 MiB and 15
    MiB; slow machines take several times as long.
    """

    seconds: int = 20
    seconds_per_mib: int = 4
    memory: int = 1024 * 1024 * 1024
    output: int = 48 * 1024 * 1024

    def time(self, size: int) -> int:
        """The seconds that a file of ``size`` bytes may take."""
        return self.seconds + self.seconds_per_mib * (size // 2**20)


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a document its passages do not tell: how many tables it has, the printed numbers of its paragraphs, in
    order, without those of items such as "(a)", and the pages that are pictures without text."""

    tables: int = 0
    numbers: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()

    @classmethod
    def of(cls, blocks: Iterable[Block], pictures: tuple[int, ...] = ()) -> Self:
        """The shape of a document. A row without heads over it begins a table where the row before has such heads."""
        tables, above = 0, None
        numbers = []
        for block in blocks:
            if block.role is Role.RUNNING:  # a table goes on after the end of a page
                continue
            if block.role is Role.ROW:
                tables += above is None or (block.lead is None and above.lead is not None)
            above = block if block.role is Role.ROW else None
            if block.role in (Role.TEXT, Role.ITEM) and is_full(block.number):
                numbers.append(block.number)
        return cls(tables, tuple(numbers), pictures)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file says: what it says of itself, with no title where it has none of its own, and its passages.

    ``source`` is the SHA-256 of its bytes, hexadecimal.
    """

    facts: Facts
    passages: tuple[Passage, ...]
    source: str
    shape: Shape = Shape()


def reader_for(suffix: str) -> Reader:
    """The reader of files whose names end so. Raises ``UnreadableError`` where there is none."""
    reader = READERS.get(suffix.lower())
    if reader is None:
        raise UnreadableError("reading.other_kind", suffixes=", ".join(SUFFIXES))
    return reader


def parse(data: bytes, suffix: str, report: str) -> Parsed:
    """The passages of a file, which carry the id ``report``. Raises ``UnreadableError``."""
    document = heads.apart(reader_for(suffix).read(data))
    title = _title(document)
    passages = split(document, report, title)
    if not any(passage.kind is Kind.BODY for passage in passages):
        raise UnreadableError("reading.no_paragraph")
    shape = Shape.of(document.blocks, document.pictures)
    return Parsed(replace(document.facts, title=title), passages, sha256(data).hexdigest(), shape)


def _title(document: Document) -> str:
    """What the document calls itself, unless that is a whole paragraph, or all that it says."""
    title = " ".join(legible(document.facts.title).split())
    all_it_says = " ".join(document.text.split()) == title
    return "" if all_it_says or len(title) > _TITLE_LIMIT else title
