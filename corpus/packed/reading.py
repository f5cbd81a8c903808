"""Reports out of arrays, whose passages are made when somebody looks at them; ``writing`` makes the arrays.

A passage is a piece of its report's text and one line of JSON, beside which their checksum stands: nothing is quoted
that was not written so. What has to be known of all passages at once, such as their kinds, stands in columns.
"""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArraysError
from corpus.files.arrays import Arrays
from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Passages, Report

KEPT = 1_000  # passages that were looked at last
_LABELS_KEPT = 64  # reports of which it is known which passage a label names
KINDS = tuple(Kind)
NOBODY = -1
FIELDS = ("id", "title", "language", "publisher", "date", "url", "symbol", "note", "source")
# A number for each passage, and runs of bytes, of which each passage has so many by the columns named.
COLUMNS = (
    *("record_sizes", "text_sizes", "tail_sizes", "label_sizes", "number_sizes"),
    *("sums", "kinds", "sentences", "voices", "sections"),
)
RUNS = {
    "records": ("record_sizes",),
    "texts": ("text_sizes", "tail_sizes"),
    "labels": ("label_sizes",),
    "numbers": ("number_sizes",),
}


class Packed:
    """The reports of the arrays of a file. Raises ``ArraysError`` where they are none.

    ``kinds`` and ``sentences`` have for each passage the number of its kind in ``KINDS``, and how many sentences it
    has; ``starts`` is the first passage of each report, and after them all how many there are; ``ids`` are those of the
    reports.

    Its passages refer to it and it to none of them: a file whose reports nobody has any more is closed at once, without
    waiting for Python's collector to come upon it.
    """

    def __init__(self, arrays: Arrays) -> None:
        try:
            self.arrays = arrays
            self.columns: Mapping[str, NDArray[Any]] = {name: arrays[f"passages.{name}"] for name in COLUMNS}
            self.kinds, self.sentences = self.columns["kinds"], self.columns["sentences"]
            self.begins = {name: self._begins(name) for name in RUNS}
            self.starts: Sequence[int] = arrays["reports.starts"].tolist()
            self.is_ranked: NDArray[np.bool_] = np.array([kind.is_ranked for kind in KINDS])[self.kinds]
            self._kept: OrderedDict[int, Passage] = OrderedDict()
            self._labels: OrderedDict[int, Mapping[str, int]] = OrderedDict()
            self._told: Sequence[Mapping[str, Any]] = json.loads(arrays["reports.told"].tobytes())
            self.read_with: Sequence[str] = [one["read_with"] for one in self._told]
            self.ids: Sequence[str] = [one["id"] for one in self._told]
            self._headed: Sequence[Sequence[str]] = json.loads(arrays["reports.sections"].tobytes())
            self._require_bounds()
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise ArraysError(repr(error)) from None

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports, made for whoever asks. Raises ``ArraysError``."""
        try:
            return tuple(self._report(number, told) for number, told in enumerate(self._told))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise ArraysError(repr(error)) from None

    def _begins(self, run: str) -> NDArray[Any]:
        """Where the bytes of each passage begin in a run, and where those of the last one end: in 32 bits where that is
        enough, since all of it stays in memory."""
        sizes = sum(self.columns[name].astype(np.int64) for name in RUNS[run])
        begins = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        return begins.astype(np.uint32) if begins[-1] < 1 << 32 else begins

    def _require_bounds(self) -> None:
        if {len(column) for column in self.columns.values()} != {len(self)}:
            raise ValueError("columns of different lengths")
        if any(begins[-1] != len(self.arrays[f"passages.{run}"]) for run, begins in self.begins.items()):
            raise ValueError("passages leave their array")
        if not len(self.starts) - 1 == len(self._headed) == len(self._told):
            raise ValueError("reports differ in number")
        rises = all(first <= last for first, last in pairwise(self.starts))
        if not rises or (self.starts[0], self.starts[-1]) != (0, len(self)):
            raise ValueError("reports leave their passages")

    def _report(self, number: int, told: Mapping[str, Any]) -> Report:
        passages = PackedPassages(self, number)
        values = {name: told.get(name) for name in FIELDS}
        if values["date"]:
            values["date"] = dt.date.fromisoformat(values["date"])
        report = Report(passages=passages, **values)  # type: ignore[arg-type]  # as they were written
        start, end = self.starts[number], self.starts[number + 1]
        voices = Voices(passages, self.columns["voices"][start:end] if told["is_voiced"] else None)
        known = {name: told[name] for name in ("digest", "paragraphs", "unranked")}
        vars(report).update(known, voices=voices)  # which are found but once
        return report

    def passage(self, number: int, report: int) -> Passage:
        """The passage of that number among all, of the report of that number. Raises ``ArraysError``."""
        kept = self._kept.get(number)
        if kept is not None:
            return kept
        record, text = self.bytes_of("records", number, number + 1), self.bytes_of("texts", number, number + 1)
        if crc32(text, crc32(record)) != self.columns["sums"][number]:
            raise ArraysError(f"passage {number}")
        words = int(self.columns["text_sizes"][number])
        told = text[:words].decode(), text[words:].decode()
        kind = KINDS[self.kinds[number]]
        found = self._kept[number] = _passage(self.ids[report], kind, told, json.loads(record))
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def labels(self, report: int) -> Mapping[str, int]:
        """Which of its passages each label of a report names, counted from its first."""
        found = self._labels.get(report)
        if found is None:
            labels = self.lines("labels", *self.span(report))
            found = self._labels[report] = dict(zip(labels, range(len(labels)), strict=True))
            if len(self._labels) > _LABELS_KEPT:
                self._labels.popitem(last=False)
        return found

    def bytes_of(self, run: str, first: int, last: int) -> bytes:
        """What the passages from ``first`` up to, not including, ``last`` have of a run."""
        begins = self.begins[run]
        return self.arrays.piece(f"passages.{run}", int(begins[first]), int(begins[last]))

    def lines(self, run: str, first: int, last: int) -> list[str]:
        """The same of a run that has a line for each."""
        return self.bytes_of(run, first, last).decode().split("\n")[:-1]

    def span(self, report: int) -> tuple[int, int]:
        """The first passage of a report, and the first after it."""
        return self.starts[report], self.starts[report + 1]

    def sections(self, report: int) -> tuple[Sequence[str], NDArray[Any]]:
        """The sections of a report, and for each of its passages the number of its own."""
        start, end = self.span(report)
        return self._headed[report], self.columns["sections"][start:end]


class PackedPassages(Passages):
    """The passages of one report, made when they are looked at, and forgotten again. They are what they say: two with
    the same words in the same place are equal, and need not be the same object."""

    __slots__ = ("number", "packed")

    def __init__(self, packed: Packed, number: int) -> None:
        self.packed, self.number = packed, number

    def __len__(self) -> int:
        start, end = self.packed.span(self.number)
        return end - start

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        first = self.packed.starts[self.number]
        if isinstance(at, slice):
            return tuple(self._all(range(*at.indices(len(self)))))
        return self.packed.passage(first + range(len(self))[at], self.number)

    def __iter__(self) -> Iterator[Passage]:
        return self._all(range(len(self)))

    def _all(self, places: Iterable[int]) -> Iterator[Passage]:
        first = self.packed.starts[self.number]
        return (self.packed.passage(first + place, self.number) for place in places)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return self is other or (len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True)))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[object, ...]:
        """What another process needs of them: the passages, not the file."""
        return tuple, (tuple(self),)

    def __repr__(self) -> str:
        return f"{len(self)} passages"

    @property
    def text(self) -> str:
        """See ``Passages``."""
        return self.packed.bytes_of("texts", *self.packed.span(self.number)).decode()

    def labelled(self, label: str) -> Passage | None:
        """See ``Passages``."""
        at = self.packed.labels(self.number).get(label)
        return None if at is None else self[at]

    def of_kind(self, kind: Kind) -> Iterable[Passage]:
        """See ``Passages``."""
        start, end = self.packed.span(self.number)
        return self._all(np.flatnonzero(self.packed.kinds[start:end] == KINDS.index(kind)).tolist())

    def under(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """See ``Passages``."""
        headings, numbers = self.packed.sections(self.number)
        meant = [number for number, heading in enumerate(headings) if heading and is_meant(heading)]
        return self._all(np.flatnonzero(np.isin(numbers, meant)).tolist() if meant else ())

    def numbered(self, is_meant: Callable[[str], bool]) -> Iterable[Passage]:
        """See ``Passages``."""
        start, end = self.packed.span(self.number)
        ranked = self.packed.is_ranked[start:end].tolist()
        printed = zip(self.packed.lines("numbers", start, end), ranked, strict=True)
        return self._all(place for place, (one, is_body) in enumerate(printed) if one and is_body and is_meant(one))


class Voices(Mapping[str, Passage]):
    """Who says what each passage of a report says; see ``Report.voices``."""

    def __init__(self, passages: PackedPassages, numbers: NDArray[Any] | None) -> None:
        self._passages, self._numbers = passages, numbers

    def __reduce__(self) -> tuple[object, ...]:
        return dict, (dict(self),)

    def __getitem__(self, label: str) -> Passage:
        if self._numbers is None:
            raise KeyError(label)
        number = int(self._numbers[self._passages.packed.labels(self._passages.number)[label]])
        if number == NOBODY:
            raise KeyError(label)
        return self._passages[number]

    def __iter__(self) -> Iterator[str]:
        if self._numbers is not None:
            yield from (self._passages[int(n)].locator.label for n in np.flatnonzero(self._numbers != NOBODY))

    def __len__(self) -> int:
        return 0 if self._numbers is None else int(np.count_nonzero(self._numbers != NOBODY))


def _passage(report: str, kind: Kind, told: tuple[str, str], fields: Sequence[Any]) -> Passage:
    label, paragraph, part, page, section, ends, *few = fields
    lead, torn, marks = few or (None, (False, False), ())
    return Passage(
        report=report,
        locator=Locator(label, paragraph, part, page, section=section),
        kind=kind,
        text=told[0],
        tail=told[1],
        sentences=tuple(map(Span, (0, *ends), ends)),
        lead=lead,
        torn=tuple(torn),
        marks=tuple(Span(*mark) for mark in marks),
    )
