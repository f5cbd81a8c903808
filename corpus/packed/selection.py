"""What is asked of many passages at once, whether they are packed or not."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from corpus.packed.reading import KINDS, NOBODY, Packed, PackedPassages
from corpus.passage import Kind, Passage
from corpus.report import Report


class Picked(Sequence[Passage]):
    """Some passages of ``packed``, in order: those that ``are_meant``, which has one value for each.

    ``starts`` is the first of each report, and after them all how many there are.
    """

    def __init__(self, packed: Packed, are_meant: NDArray[np.bool_]) -> None:
        self._packed = packed
        self._numbers = np.flatnonzero(are_meant)
        self.are_ranked: NDArray[np.bool_] = packed.is_ranked[self._numbers]
        counts = np.concatenate((np.zeros(1, np.int64), np.cumsum(are_meant)))
        self.starts: Sequence[int] = counts[np.asarray(packed.starts)].tolist()

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        number = int(self._numbers[range(len(self))[at]])
        return self._packed.passage(number, bisect_right(self._packed.starts, number) - 1)


def whole(reports: Sequence[Report]) -> Packed | None:
    """What ``reports`` are all of; ``None`` where they are not just that."""
    first = reports[0].passages if reports else None
    if not isinstance(first, PackedPassages) or len(reports) != len(first.packed.ids):
        return None
    are_all = all(_stands(report, first.packed, number) for number, report in enumerate(reports))
    return first.packed if are_all else None


def _stands(report: Report, packed: Packed, number: int) -> bool:
    """Whether a report is the one of that number there."""
    own = report.passages
    return isinstance(own, PackedPassages) and own.packed is packed and own.number == number


def picked(reports: Sequence[Report], is_meant: Callable[[Kind], bool]) -> tuple[Sequence[Passage], Sequence[int]]:
    """The passages of ``reports`` that are of a kind that is meant, the number of the first of each report, and after
    them all how many there are."""
    if (packed := whole(reports)) is not None:
        found = Picked(packed, np.array([is_meant(kind) for kind in KINDS])[packed.kinds])
        return found, found.starts
    passages: list[Passage] = []
    starts = [0]
    for report in reports:
        passages += (passage for passage in report.passages if is_meant(passage.kind))
        starts.append(len(passages))
    return tuple(passages), starts


def ranked(passages: Sequence[Passage]) -> Sequence[bool]:
    """Of each passage that was picked whether it is ranked."""
    if isinstance(passages, Picked):
        are: list[bool] = passages.are_ranked.tolist()
        return are
    return [passage.kind.is_ranked for passage in passages]


def with_kind(reports: Sequence[Report], kind: Kind) -> list[int]:
    """The numbers of those of the ``reports`` that have a passage of a kind."""
    if (packed := whole(reports)) is not None:
        found = np.flatnonzero(packed.kinds == KINDS.index(kind))
        numbers: list[int] = np.unique(np.searchsorted(np.asarray(packed.starts), found, "right") - 1).tolist()
        return numbers
    return [number for number, report in enumerate(reports) if any(True for _ in report.of_kind(kind))]


def sections_of(report: Report) -> tuple[Sequence[str], NDArray[Any]]:
    """The sections that the ranked passages of a report stand in, in order, "" among them where some stand in none; and
    for each of these passages the number of its own."""
    if isinstance(report.passages, PackedPassages):
        own, numbers = report.passages.packed.sections(report.passages.number)
        return own, numbers[numbers != NOBODY]
    found: dict[str, int] = {}
    each = [found.setdefault(passage.locator.section or "", len(found)) for passage in report.body]
    return list(found), np.array(each, np.int32)
