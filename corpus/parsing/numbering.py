"""What the passages of a report are called: by the printed numbers where the document prints them, else counted."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.document import Block
from corpus.passage import Kind, Locator

# With fewer numbers, or less of the text under one, they belong to a list rather than to the document's paragraphs.
_FEWEST = 2
_SHARE = 1 / 3
_PLAIN = re.compile(r"\d{1,6}")
_FULL = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,4}(?: ?[a-z]{1,9})?", re.IGNORECASE)
_SMALL = re.compile(r"\(?([^\W_]{1,6})[.)]?")


class Numbering:
    """Gives the blocks of one document their labels, one block after the other."""

    def __init__(self, blocks: Sequence[Block], kinds: Sequence[Kind]) -> None:
        self._is_printed = _prints_numbers(list(zip(blocks, kinds, strict=True)))
        self._counts: Counter[Kind] = Counter()
        self._taken: set[str] = set()
        self._number = self._base = ""  # the last full number and its label: what has none stands under it
        self._parts = 0
        self._over = self._over_base = ""  # the number of the heading, and its label, that numbers what is under it

    def places(self, block: Block, kind: Kind, parts: int, section: str | None) -> list[Locator]:
        """The places of the ``parts`` of a block of that kind."""
        self._counts[kind] += 1
        if kind is not Kind.BODY:
            return [
                Locator(label=self._other(block, kind), paragraph=None, part=None, page=block.page, section=section)
            ] * parts
        if self._is_printed:
            return self._printed(block, parts, section)
        number = self._counts[kind]
        if parts == 1:
            return [Locator(label=str(number), paragraph=number, part=None, page=block.page, section=section)]
        return [
            Locator(label=f"{number}.{part}", paragraph=number, part=part, page=block.page, section=section)
            for part in range(1, parts + 1)
        ]

    def _other(self, block: Block, kind: Kind) -> str:
        if kind is Kind.HEADING:
            self._head(block.number)
        if kind in (Kind.TITLE, Kind.DECK):
            return self._free(kind.value)
        is_printed = kind is Kind.NOTE and _PLAIN.fullmatch(block.number)
        return self._free(f"{kind.value}-{block.number if is_printed else self._counts[kind]}")

    def _head(self, number: str) -> None:
        """Begin what stands under a heading: an article has the heading's own number."""
        if number and number == self._over:  # its title, on a line of its own
            return
        self._over, self._over_base = number, self._free(_label(number)) if number and self._is_printed else ""
        self._number, self._base, self._parts = self._over, self._over_base, 0

    def _printed(self, block: Block, parts: int, section: str | None) -> list[Locator]:
        """By the block's own number, by its small one under the last full one, or as a further part of that."""
        number, base = block.number, _label(block.number)
        if _FULL.fullmatch(number):
            if self._over:
                number, base = f"{self._over} ({number})", f"{self._over_base}-{base}"
            self._number, self._base, self._parts = number, self._free(base), 0
            base = self._base
        elif self._number and (small := _SMALL.fullmatch(number)):
            number = f"{self._number} ({small[1]})"
            base = self._free(f"{self._base}-{_label(small[1])}" if small[1].isascii() else self._base)
            return [
                _place(base, number, part, parts=parts, block=block, section=section) for part in range(1, parts + 1)
            ]
        elif not self._number:
            count = self._counts[Kind.BODY]
            return [
                Locator(label=self._free(f"text-{count}"), paragraph=None, part=None, page=block.page, section=section)
                for _ in range(parts)
            ]
        first, self._parts = self._parts + 1, self._parts + parts
        several = 1 if self._parts == 1 else self._parts
        return [
            _place(self._base, self._number, part, parts=several, block=block, section=section)
            for part in range(first, self._parts + 1)
        ]

    def _free(self, label: str) -> str:
        """``label``, or where it is given away already, as in an annex that counts anew, the next one after it."""
        found, count = label, 1
        while found in self._taken:
            count += 1
            found = f"{label}-{count}"
        self._taken.add(found)
        return found


def is_full(number: str) -> bool:
    """Whether a printed number is that of a paragraph and not of an item: "12", "12 bis", "7.2"."""
    return _FULL.fullmatch(number) is not None


def _prints_numbers(blocks: Sequence[tuple[Block, Kind]]) -> bool:
    """Whether the numbers in the text are those of its paragraphs: enough of it stands under one, its own or that of
    the heading over it."""
    numbered = total = under = 0
    is_under = False
    for block, kind in blocks:
        if kind is Kind.HEADING:
            is_under = bool(block.number)
            numbered += is_under
        if kind is not Kind.BODY:
            continue
        length = block.span.end - block.span.start
        numbered += is_full(block.number)
        total += length
        under += length if block.number or is_under else 0
    return numbered >= _FEWEST and under >= _SHARE * total


def _place(base: str, number: str, part: int, parts: int, block: Block, section: str | None) -> Locator:
    paragraph = int(number) if _PLAIN.fullmatch(number) else number
    if parts == 1:
        return Locator(label=base, paragraph=paragraph, part=None, page=block.page, section=section)
    return Locator(
        label=base if part == 1 else f"{base}-p{part}", paragraph=paragraph, part=part, page=block.page, section=section
    )


def _label(number: str) -> str:
    """A printed number as it stands in a citation: "12-bis"."""
    return re.sub(r"(?<=\d) ?(?=[a-z])", "-", number.lower())
