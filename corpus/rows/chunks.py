"""Long lists kept in pieces, each piece once: what a report's passages are, and what an edition's reports are.

As git keeps its trees: a list that differs from another in one entry shares every piece but one with it. Where a piece
ends depends on its entries alone, so that an entry which comes in or goes does not move all the pieces behind it.
A list is then the numbers of its pieces, as text: "17 18 19". Knows nothing of what the entries mean.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, func, insert, select, update

from corpus.rows.tables import chunks

# A chunk ends behind an entry whose number can be divided by this, or with so many entries: both ours. 16 places of
# passages are about a kilobyte.
_DIVISOR = 16
_LONGEST = 64
# Digests asked for in one statement, and numbers, which are cheaper.
DIGESTS_AT_ONCE = 500
NUMBERS_AT_ONCE = 5_000
_DENSE = 1.25  # rows read for each that is wanted

Entry = list[Any]  # its number, and what else it is


def keep_lists(connection: Connection, lists: Iterable[Sequence[Entry]]) -> list[str]:
    """Keep lists; of each the numbers of its chunks, as text."""
    divided = [[_written(piece) for piece in _divided(entries)] for entries in lists]
    texts = {digest_of(text): text for pieces in divided for text in pieces}
    numbers = keep_texts(connection, chunks, texts)
    return [" ".join(str(numbers[digest_of(text)]) for text in pieces) for pieces in divided]


def read_lists(connection: Connection, lists: Sequence[str | None]) -> list[list[Entry] | None]:
    """The entries of lists that were kept; ``None`` for one that is no longer what it was."""
    numbers = [_numbers_in(one) for one in lists]
    needed = {number for some in numbers for number in some or ()}
    pieces = {row[0]: _read(row[1]) for row in numbered(connection, chunks.c.number, [chunks.c.text], needed)}
    found: list[list[Entry] | None] = []
    for some in numbers:
        parts = None if some is None else [pieces.get(number) for number in some]
        found.append(None if parts is None or None in parts else [entry for part in parts if part for entry in part])
    return found


def keep_texts(connection: Connection, table: Table, texts: Mapping[str, str]) -> dict[str, int]:
    """Keep texts in a table where each stands once; their numbers. ``texts`` are by their digests.

    One that is there, and is no longer what its digest says, is mended, so that nothing new is built on it.
    """
    numbers: dict[str, int] = {}
    for batch in batches(list(texts), DIGESTS_AT_ONCE):
        rows = connection.execute(select(table).where(table.c.digest.in_(batch))).all()
        for number, digest, text in rows:
            numbers[digest] = number
            if text != texts[digest]:
                connection.execute(update(table).where(table.c.number == number).values(text=texts[digest]))
    last: int = connection.scalar(select(func.max(table.c.number))) or 0
    new = [digest for digest in texts if digest not in numbers]
    numbers.update((digest, number) for number, digest in enumerate(new, last + 1))
    if new:
        made = [{"number": numbers[digest], "digest": digest, "text": texts[digest]} for digest in new]
        connection.execute(insert(table), made)
    return numbers


def numbered(
    connection: Connection, column: Column[Any], values: Sequence[ColumnElement[Any]], numbers: Iterable[int]
) -> Iterator[Sequence[Any]]:
    """Rows by a ``column`` of numbers: the number and ``values`` of each; none for a number that is not there, and now
    and then one that was not asked for."""
    for batch in batches(sorted(numbers), NUMBERS_AT_ONCE):
        least, most = batch[0], batch[-1]
        is_run = most - least < _DENSE * len(batch)  # as after a first refresh: to name them all would take longer
        wanted = column.between(least, most) if is_run else column.in_(batch)
        yield from connection.execute(select(column, *values).where(wanted)).all()


def batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """``items``, so many at once."""
    return (items[start : start + size] for start in range(0, len(items), size))


def digest_of(text: str) -> str:
    """The SHA-256 of a text, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def _divided(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    start = 0
    for end, entry in enumerate(entries, 1):
        if entry[0] % _DIVISOR == 0 or end - start == _LONGEST or end == len(entries):
            yield entries[start:end]
            start = end


def _written(piece: Sequence[Entry]) -> str:
    return json.dumps(piece, ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> list[Entry] | None:
    """The entries of a chunk; ``None`` for what is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_list = isinstance(found, list) and all(type(one) is list and one and type(one[0]) is int for one in found)
    return found if is_list else None


def _numbers_in(text: str | None) -> list[int] | None:
    try:
        return [int(number) for number in (text or "").split()]
    except (ValueError, AttributeError):
        return None
