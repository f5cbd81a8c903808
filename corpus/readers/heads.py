"""The heads of a table's columns lead its rows and are no row themselves: they say nothing that could be an answer.

Where a format does not tell which row holds the heads, the first one is taken for it by its looks, and may be a row
like any other: a list of names has no heads. It is set apart only where the rows under it differ from it, in figures or
in length.
"""

import re
from collections import defaultdict
from dataclasses import replace

from corpus.document import Block, Document, Role

_LONGER = 1.5  # times the length of the heads: what rows of prose have
_MOST = 0.5  # of the rows
_CELLS = re.compile(r"\s{3,}|\t+|\s\|\s")
_LONGEST_HEAD = 60  # letters


def apart(document: Document) -> Document:
    """The document with the rows that are heads of columns as captions, and every row led by those over it."""
    texts = [document.text[slice(*block.span)] for block in document.blocks]
    blocks = _led(document.blocks, texts)
    led: defaultdict[int, list[str]] = defaultdict(list)
    for block, text in zip(blocks, texts, strict=True):
        if block.role is Role.ROW and block.lead is not None and blocks[block.lead].role is Role.ROW:
            led[block.lead].append(text)
    for place, rows in led.items():
        if _differ(texts[place], rows):
            blocks[place] = replace(blocks[place], role=Role.CAPTION, number="")
    return replace(document, blocks=tuple(blocks)) if led else document


def _led(blocks: tuple[Block, ...], texts: list[str]) -> list[Block]:
    """The blocks, the rows of typed tables with the first one as what leads them, where that may hold heads."""
    found = list(blocks)
    head: int | None = None
    for place, block in enumerate(blocks):
        if block.role is not Role.ROW or block.lead is not None:
            head = None
        elif place == 0 or blocks[place - 1].role is not Role.ROW:
            head = place if _may_head(texts[place]) else None
        elif head is not None and len(_CELLS.split(texts[place])) == len(_CELLS.split(texts[head])):
            found[place] = replace(block, lead=head)
        else:
            head = None
    return found


def _may_head(text: str) -> bool:
    cells = _CELLS.split(text)
    return len(cells) > 1 and not any(map(str.isdecimal, text)) and max(map(len, cells)) <= _LONGEST_HEAD


def _differ(head: str, rows: list[str]) -> bool:
    """Whether most rows are unlike what leads them; a label such as "Head of state:" is of its own row."""
    if any(map(str.isdecimal, head)) or any(cell.rstrip().endswith(":") for cell in _CELLS.split(head)):
        return False
    unlike = sum(any(map(str.isdecimal, row)) or len(row) >= _LONGER * len(head) for row in rows)
    return unlike > _MOST * len(rows)
