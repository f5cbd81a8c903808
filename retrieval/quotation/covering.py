"""A quotation as the longest pieces that stand word for word in the reports, wherever they stand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpus.passage import Passage
from retrieval.quotation.tokens import Token

SHORTEST = 3  # tokens of a piece
_WORDS = 3  # words that it has at least


class Piece(NamedTuple):
    """Tokens ``[begin, end)`` of a quotation that stand from token ``at`` of a passage on, in one sentence."""

    begin: int
    end: int
    number: int
    at: int
    sentence: int

    @property
    def place(self) -> tuple[int, int]:
        """The sentence that it stands in."""
        return self.number, self.sentence


def pieces(quoted: Sequence[Token], read: Mapping[int, Sequence[Token]], passages: Sequence[Passage]) -> list[Piece]:
    """The longest pieces from left to right, none over the end of a sentence; of equal ones that beside the last.

    ``read`` has the tokens of the passages that are looked at, by their numbers in ``passages``.
    """
    starts: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, own in read.items():
        for at in range(len(own) - SHORTEST + 1):
            starts.setdefault(_texts(own, at), []).append((number, at))
    found: list[Piece] = []
    begin = 0
    while begin <= len(quoted) - SHORTEST:
        best: Piece | None = None
        for number, at in starts.get(_texts(quoted, begin), ()):
            piece = _piece(quoted, begin, read[number], at=at, number=number, passage=passages[number])
            if piece is None:
                continue
            is_beside = bool(found) and piece.place == found[-1].place
            if best is None or (piece.end, is_beside) > (best.end, bool(found) and best.place == found[-1].place):
                best = piece
        if best is None:
            begin += 1
        else:
            found.append(best)
            begin = best.end
    return found


def _texts(run: Sequence[Token], at: int) -> tuple[str, ...]:
    return tuple(token.text for token in run[at : at + SHORTEST])


def _piece(
    quoted: Sequence[Token], begin: int, own: Sequence[Token], at: int, number: int, passage: Passage
) -> Piece | None:
    """The longest piece that begins at ``begin`` and at token ``at`` of a passage."""
    sentence = sentence_at(passage, own[at].start)
    until = passage.sentences[sentence].end
    end = begin
    while (
        end < len(quoted)
        and at + end - begin < len(own)
        and quoted[end].text == own[at + end - begin].text
        and own[at + end - begin].start < until
    ):
        end += 1
    words = sum(token.is_word for token in quoted[begin:end])
    return Piece(begin=begin, end=end, number=number, at=at, sentence=sentence) if words >= _WORDS else None


def sentence_at(passage: Passage, at: int) -> int:
    """The number of the sentence that the code point at ``at`` stands in."""
    return next((n for n, span in enumerate(passage.sentences) if at < span.end), len(passage.sentences) - 1)
