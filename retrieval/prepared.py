"""What has to be known of all passages of an edition before the first question, as arrays beside the edition's own.

Made once for an edition, most of it out of what was made for the edition before.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.packed import Body, Packed, PackedPassages, Parts
from corpus.report import Report
from retrieval import speakers
from retrieval.aim import names_of
from retrieval.counted import Counted, count, spliced
from retrieval.headings import Above
from retrieval.mapped import MappedIndex, arrays_of, mapped
from retrieval.terms import analyzer_of
from retrieval.words import Frequencies

_GONE = -1


class Prepared:
    """What the arrays hold that ``prepared`` has made for the reports of ``packed``. Raises ``ArraysError``."""

    def __init__(self, packed: Packed, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.packed = packed
        self._arrays = arrays
        self.body = Body(packed)
        self.starts: Sequence[int] = self.body.starts.tolist()
        self.index = mapped("index", arrays)
        self._names = Counted.of(arrays, "names")

    def naming(self, key: str) -> frozenset[str]:
        """The ids of the reports that a word names."""
        number = self._names.words.get(key)
        if number is None:
            return frozenset()
        found = self._names.numbers[self._names.starts[number] : self._names.starts[number + 1]]
        return frozenset(self.packed.reports[report].id for report in found.tolist())

    @cached_property
    def counted(self) -> Counted:
        """What the index was made of."""
        return self.index.counted

    @cached_property
    def above(self) -> Above:
        """What stands above the passages."""
        return Above.read(self._arrays)

    @cached_property
    def frequencies(self) -> Frequencies:
        """How many passages hold each word, and for those that stand above passages alone, how many of these do."""
        told: Mapping[str, int] = json.loads(self._arrays["above.only"].tobytes())
        return self.index.frequencies.beside(told)

    @cached_property
    def sentences(self) -> int:
        """How many sentences the passages have."""
        return int(self.packed.sentences[self.packed.is_ranked].sum())


def prepared(reports: Sequence[Report], before: Prepared | None = None) -> dict[str, Parts]:
    """The arrays of what is known of ``reports``; what was known ``before`` of some of them is not found again."""
    counted = _counted(reports, before)
    above = Above.over(reports, lambda texts: MappedIndex(count(texts)))
    arrays: dict[str, Parts] = {**arrays_of("index", MappedIndex(counted)), **above.arrays()}
    only = {key: n for key, n in above.terms() if key not in counted.words}
    arrays |= {f"names.{name}": array for name, array in count(names_of(reports)).arrays().items()}
    return arrays | {"above.only": np.frombuffer(json.dumps(only, ensure_ascii=False).encode(), np.uint8)}


def _counted(reports: Sequence[Report], before: Prepared | None) -> Counted:
    numbers = [_number(report, before) for report in reports]
    kept = [number for number in numbers if number is not None]
    if before is None or not kept or any(a >= b for a, b in zip(kept, kept[1:], strict=False)):
        return count(keys for report in reports for keys in _keys(report))
    was = before.body.starts
    sizes = [
        sum(1 for _ in report.body) if number is None else int(was[number + 1] - was[number])
        for report, number in zip(reports, numbers, strict=True)
    ]
    starts = np.cumsum([0, *sizes])
    places = np.full(len(before.body), _GONE, np.int64)
    new: dict[int, Sequence[str]] = {}
    for n, (report, number) in enumerate(zip(reports, numbers, strict=True)):
        if number is None:
            new |= dict(enumerate(_keys(report), start=int(starts[n])))
        else:
            places[was[number] : was[number + 1]] = np.arange(starts[n], starts[n + 1])
    return spliced(before.counted, places, new, int(starts[-1]), _Terms(reports, starts))


def _number(report: Report, before: Prepared | None) -> int | None:
    """The number that a report had before; ``None`` where it was not there."""
    passages = report.passages
    is_known = before is not None and isinstance(passages, PackedPassages) and passages.packed is before.packed
    return passages.number if is_known and isinstance(passages, PackedPassages) else None


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of a passage by its number; those of one report are found together, and that of the last is kept."""

    reports: Sequence[Report]
    starts: NDArray[np.int64]
    last: dict[int, Sequence[Sequence[str]]] = field(default_factory=dict)

    def __call__(self, number: int) -> Sequence[str]:
        report = int(np.searchsorted(self.starts, number, "right")) - 1
        if report not in self.last:
            self.last.clear()
            self.last[report] = list(_keys(self.reports[report]))
        return self.last[report][number - int(self.starts[report])]


def _keys(report: Report) -> Iterator[Sequence[str]]:
    """The keys of the terms of each body passage."""
    terms: Callable[[str], Sequence[Any]] = analyzer_of(report.language).terms
    return ([term.key for term in terms(said)] for said in speakers.searched(report))
