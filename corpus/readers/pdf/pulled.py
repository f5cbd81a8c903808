"""What stands beside the text in letters of its own: quotes pulled out of it, and words at its edge.

Text flows around them, so they are taken out before anybody looks for columns, and are read after the text of their
page. A quote that only says again what the text says is not quoted twice.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from corpus.layout import shapes
from corpus.readers.pdf.glyphs import Run
from corpus.readers.pdf.pieces import Piece, pieces_of, runs_of
from corpus.readers.pdf.rows import Row

_LARGER = 1.15  # times the size of the text, and a point at least
_APART = 2.0  # of its size: how far the lines of one such quote stand from one another
_FEWEST = 3  # lines of a quote
_FEWEST_WORDS = 8
_MOST_WORDS = 90
_BESIDE = 2  # lines of the text, beside it or both over and under it
_FEWEST_LINES = 10  # of the text on a page
_QUOTES = "\"“«‘„'"
_SELDOM = 0.05  # of the lines of the text: may stand over or under what is at its edge
_RUN = 4  # words that stand in one order
_AGAIN = 0.7  # of such runs: a quote that shares more with the text repeats it


def parted(runs: Sequence[Run], *, is_front: bool = False) -> tuple[list[Run], list[list[Run]]]:
    """The runs of a page without those that stand beside its text, and those, each as one.

    In front of a document its title may stand at the edge.
    """
    pieces = pieces_of(runs)
    sizes = Counter[int]()
    for piece in pieces:
        sizes[round(piece.size)] += piece.letters
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0)
    text = [piece for piece in pieces if abs(piece.size - usual) <= 1]
    if len(text) < _FEWEST_LINES:
        return list(runs), []
    larger = [piece for piece in pieces if piece.size >= max(_LARGER * usual, usual + 1)]
    found = [
        group
        for group in _groups(larger)
        if _is_quote(group, text) or (not is_front and _is_at_edge(group, text, pieces))
    ]
    held = {id(run) for group in found for run in runs_of(group)}
    return [run for run in runs if id(run) not in held], [runs_of(group) for group in found]


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Lines of one size under one another."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.left)):
        for group in found:
            last = group[-1]
            is_near = last.y - piece.y <= _APART * piece.size and abs(last.size - piece.size) <= 1
            if (
                is_near
                and piece.left < max(one.right for one in group)
                and min(one.left for one in group) < piece.right
            ):
                group.append(piece)
                break
        else:
            found.append([piece])
    return found


def _is_quote(group: Sequence[Piece], text: Sequence[Piece]) -> bool:
    """Whether these lines are prose that other text flows around; a heading is none."""
    words = " ".join(run.text for piece in group for run in piece.runs)
    if len(group) < _FEWEST or not _FEWEST_WORDS <= len(words.split()) <= _MOST_WORDS:
        return False
    if not (shapes.ends_sentence(words) or words[0] in _QUOTES) or words.isupper():
        return False
    left, right = min(piece.left for piece in group), max(piece.right for piece in group)
    top, bottom = group[0].y, group[-1].y
    beside = sum(bottom <= one.y <= top and (one.right <= left or one.left >= right) for one in text)
    within = [one for one in text if one.left < right and left < one.right]
    is_between = min(sum(one.y > top for one in within), sum(one.y < bottom for one in within)) >= _BESIDE
    return beside >= _BESIDE or is_between


def _is_at_edge(group: Sequence[Piece], text: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether these lines stand in the margin of the text, at its height; the number of a heading stands beside it."""
    held = set(map(id, group))
    others = [piece for piece in pieces if id(piece) not in held and abs(piece.size - group[0].size) <= 1]
    if any(abs(one.y - other.y) <= 1 for one in group for other in others):
        return False
    left, right = min(piece.left for piece in group), max(piece.right for piece in group)
    over = sum(one.left < right and left < one.right for one in text)
    top, bottom = group[0].y + group[0].size, group[-1].y - group[-1].size
    return over <= _SELDOM * len(text) and sum(bottom <= one.y <= top for one in text) >= _BESIDE


def is_prose(rows: Sequence[Row]) -> bool:
    """Whether what stands beside the text says something, and is no label at its edge."""
    words = " ".join(row.text for row in rows)
    return shapes.ends_sentence(words) or len(words.split()) >= _FEWEST_WORDS


def words_of(rows: Iterable[Row]) -> Iterator[str]:
    """The words of lines, for comparing."""
    for row in rows:
        for word in row.text.casefold().split():
            if plain := "".join(filter(str.isalnum, word)):
                yield plain


def repeats(rows: Sequence[Row], told: frozenset[int]) -> bool:
    """Whether lines say again what stands elsewhere; ``told`` is ``in_order`` of the words there."""
    runs = in_order(words_of(rows))
    return bool(runs) and len(runs & told) >= _AGAIN * len(runs)


def in_order(words: Iterable[str]) -> frozenset[int]:
    """Each few words that stand in one order, as a number."""
    held = list(words)
    return frozenset(crc32(" ".join(held[at : at + _RUN]).encode()) for at in range(len(held) - _RUN + 1))
