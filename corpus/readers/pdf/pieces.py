"""Lines, parted where a gap is wide: what columns, asides and tables are told by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.glyphs import Run

_WORD_GAP = 0.9  # of the size: a wider gap parts a line


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line without a wide gap in it."""

    runs: tuple[Run, ...]
    left: float
    right: float
    y: float
    size: float
    letters: int


def runs_of(pieces: Iterable[Piece]) -> list[Run]:
    """The runs of these pieces, in their order."""
    return [run for piece in pieces for run in piece.runs]


def pieces_of(runs: Sequence[Run]) -> list[Piece]:
    """The lines, parted at wide gaps; what is raised stands in pieces of its own."""
    found: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (-round(run.y), run.left)):
        last = found[-1][-1] if found else None
        gap = run.left - last.right if last else 0.0
        size = max(run.size, last.size) if last else 0.0
        if last and abs(last.y - run.y) <= 1 and -size <= gap <= _WORD_GAP * size:
            found[-1].append(run)
        else:
            found.append([run])
    return [
        Piece(
            runs=tuple(piece),
            left=min(run.left for run in piece),
            right=max(run.right for run in piece),
            y=piece[0].y,
            size=max(run.size for run in piece),
            letters=sum(len(run.text) for run in piece),
        )
        for piece in found
    ]
