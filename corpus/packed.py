"""Reports as arrays, and arrays as reports whose passages are made when somebody looks at them.

A passage is one line of JSON, beside which its checksum stands: nothing is quoted that was not written so. What has
to be known of all passages at once, such as their kinds, stands in columns of its own.
"""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArraysError
from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Passages, Report

# An array, or its parts in their order.
Parts = NDArray[Any] | Sequence[NDArray[Any]]

KEPT = 2_000  # passages that were looked at last
_LABELS_KEPT = 64  # reports of which it is known which passage a label names
_KINDS = tuple(Kind)
_RANKED = np.array([kind.is_ranked for kind in _KINDS])
_NOBODY = -1
_FIELDS = ("id", "title", "language", "publisher", "date", "url", "symbol", "note", "source")


class Packed:
    """The reports of arrays that ``packed`` has made. Raises ``ArraysError`` where they are none.

    ``kinds``, ``sentences`` and ``starts`` are columns over all passages and (``starts``) reports: the number of a
    kind in ``Kind``, how many sentences a passage has, and which is the first passage of each report.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        try:
            self._records, self._begins, self._sums = (arrays[f"passages.{n}"] for n in ("records", "begins", "sums"))
            self.kinds, self.sentences, self._voices = (
                arrays[f"passages.{n}"] for n in ("kinds", "sentences", "voices")
            )
            self.starts: Sequence[int] = arrays["reports.starts"].tolist()
            told = json.loads(arrays["reports.told"].tobytes())
            self._sections = arrays["passages.sections"]
            self._names, self._name_sizes = arrays["passages.names"], arrays["passages.name_sizes"]
            self.arrays = arrays
            self.is_ranked: NDArray[np.bool_] = _RANKED[self.kinds]
            self._kept: OrderedDict[int, Passage] = OrderedDict()
            self._labels: OrderedDict[int, Mapping[str, int]] = OrderedDict()
            self.digests = [one["digest"] for one in told]
            self.read_with = [one["read_with"] for one in told]
            self._ids = [one["id"] for one in told]
            self.reports = tuple(self._report(number, one) for number, one in enumerate(told))
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise ArraysError(f"no reports: {error!r}") from None

    def __len__(self) -> int:
        return len(self.kinds)

    def _report(self, number: int, told: Mapping[str, Any]) -> Report:
        passages = PackedPassages(self, number)
        values = {name: told.get(name) for name in _FIELDS}
        if values["date"]:
            values["date"] = dt.date.fromisoformat(values["date"])
        report = Report(passages=passages, **values)  # type: ignore[arg-type]  # as they were written
        start, end = self.starts[number], self.starts[number + 1]
        voices = Voices(passages, self._voices[start:end] if told["is_voiced"] else None)
        vars(report).update(digest=told["digest"], voices=voices)  # which are found but once
        return report

    def passage(self, number: int, report: int) -> Passage:
        """The passage of that number among all, of the report of that number. Raises ``ArraysError``."""
        kept = self._kept.get(number)
        if kept is not None:
            return kept
        data = self._records[self._begins[number] : self._begins[number + 1]].tobytes()
        if crc32(data) != self._sums[number]:
            raise ArraysError(f"passage {number} is damaged")
        found = self._kept[number] = _passage(self._ids[report], json.loads(data), _KINDS[self.kinds[number]])
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def labels(self, report: int) -> Mapping[str, int]:
        """Which of its passages each label of a report names, counted from its first."""
        found = self._labels.get(report)
        if found is None:
            passages = self.reports[report].passages
            found = self._labels[report] = {p.locator.label: n for n, p in reversed(list(enumerate(passages)))}
            if len(self._labels) > _LABELS_KEPT:
                self._labels.popitem(last=False)
        return found

    def with_kind(self, kind: Kind) -> list[int]:
        """See ``with_kind``."""
        found = np.flatnonzero(self.kinds == _KINDS.index(kind))
        reports: list[int] = np.unique(np.searchsorted(np.asarray(self.starts), found, "right") - 1).tolist()
        return reports

    def parts(self, first: int, last: int) -> dict[str, NDArray[Any]]:
        """The arrays of the passages of the reports from ``first`` up to, not including, ``last``."""
        start, end = self.starts[first], self.starts[last]
        begin, finish = int(self._begins[start]), int(self._begins[end])
        return {
            "records": self._records[begin:finish],
            "sizes": np.diff(self._begins[start : end + 1]),
            "sums": self._sums[start:end],
            "kinds": self.kinds[start:end],
            "sentences": self.sentences[start:end],
            "voices": self._voices[start:end],
            "sections": self._sections[start:end],
            "names": self._names[int(self._name_begins[start]) : int(self._name_begins[end])],
            "name_sizes": self._name_sizes[start:end],
        }

    @cached_property
    def _name_begins(self) -> NDArray[np.int64]:
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self._name_sizes, dtype=np.int64)))

    @property
    def names(self) -> list[str]:
        """The labels of all passages."""
        return self._names.tobytes().decode().split("\n")[:-1]

    @cached_property
    def _headed(self) -> Sequence[Sequence[str]]:
        """The sections of each report: asked for where an edition is made of this one."""
        found: Sequence[Sequence[str]] = json.loads(self.arrays["reports.sections"].tobytes())
        return found

    def sections(self, report: int) -> tuple[Sequence[str], NDArray[Any]]:
        """See ``sections_of``."""
        found = self._sections[self.starts[report] : self.starts[report + 1]]
        return self._headed[report], found[found != _NOBODY]


class PackedPassages(Passages):
    """The passages of one report of ``packed``, made when they are looked at, and forgotten again."""

    __slots__ = ("number", "packed")

    def __init__(self, packed: Packed, number: int) -> None:
        self.packed, self.number = packed, number

    def __len__(self) -> int:
        return self.packed.starts[self.number + 1] - self.packed.starts[self.number]

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        first = self.packed.starts[self.number]
        if isinstance(at, slice):
            return tuple(self.packed.passage(first + n, self.number) for n in range(*at.indices(len(self))))
        return self.packed.passage(first + range(len(self))[at], self.number)

    def __iter__(self) -> Iterator[Passage]:
        start, end = self.packed.starts[self.number], self.packed.starts[self.number + 1]
        return (self.packed.passage(n, self.number) for n in range(start, end))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return self is other or (len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True)))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{len(self)} passages"

    def labelled(self, label: str) -> Passage | None:
        """See ``Passages``."""
        at = self.packed.labels(self.number).get(label)
        return None if at is None else self[at]

    def of_kind(self, kind: Kind) -> Iterable[Passage]:
        """See ``Passages``."""
        start, end = self.packed.starts[self.number], self.packed.starts[self.number + 1]
        found = np.flatnonzero(self.packed.kinds[start:end] == _KINDS.index(kind))
        return (self[n] for n in found.tolist())


class Voices(Mapping[str, Passage]):
    """Who says what each passage of a report says; see ``Report.voices``."""

    def __init__(self, passages: PackedPassages, numbers: NDArray[Any] | None) -> None:
        self._passages, self._numbers = passages, numbers

    def __getitem__(self, label: str) -> Passage:
        if self._numbers is None:
            raise KeyError(label)
        number = int(self._numbers[self._passages.packed.labels(self._passages.number)[label]])
        if number == _NOBODY:
            raise KeyError(label)
        return self._passages[number]

    def __iter__(self) -> Iterator[str]:
        if self._numbers is not None:
            yield from (self._passages[int(n)].locator.label for n in np.flatnonzero(self._numbers != _NOBODY))

    def __len__(self) -> int:
        return 0 if self._numbers is None else int(np.count_nonzero(self._numbers != _NOBODY))


class Body(Sequence[Passage]):
    """The passages of ``packed`` that are ranked, in the order of the reports."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._numbers = np.flatnonzero(packed.is_ranked)
        counts = np.concatenate((np.zeros(1, np.int64), np.cumsum(packed.is_ranked)))
        self.starts: NDArray[np.int64] = counts[np.asarray(packed.starts)]  # the first of each report

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(at, slice):
            return tuple(self[n] for n in range(*at.indices(len(self))))
        number = range(len(self))[at]
        return self._packed.passage(int(self._numbers[number]), self.report(number))

    def report(self, number: int) -> int:
        """The number of the report of a passage."""
        return int(np.searchsorted(self.starts, number, "right")) - 1


class Reused(NamedTuple):
    """Reports of another ``packed``, from ``first`` up to, not including, ``last``: they need not be packed again."""

    packed: Packed
    first: int
    last: int


def sections_of(report: Report) -> tuple[Sequence[str], NDArray[Any]]:
    """The sections that the ranked passages of a report stand in, in order, "" among them where some stand in none; and
    for each of these passages the number of its own."""
    if isinstance(report.passages, PackedPassages):
        return report.passages.packed.sections(report.passages.number)
    found: dict[str, int] = {}
    numbers = [found.setdefault(passage.locator.section or "", len(found)) for passage in report.body]
    return list(found), np.array(numbers, np.int32)


def whole(reports: Sequence[Report]) -> Packed | None:
    """What ``reports`` are all of; ``None`` where they are not just that."""
    first = reports[0].passages if reports else None
    found = first.packed if isinstance(first, PackedPassages) else None
    return found if found is not None and reports is found.reports else None


def with_kind(reports: Sequence[Report], kind: Kind) -> list[int]:
    """The numbers of those of the ``reports`` that have a passage of a kind."""
    if (found := whole(reports)) is not None:
        return found.with_kind(kind)
    return [number for number, report in enumerate(reports) if any(True for _ in report.of_kind(kind))]


def packed(reports: Sequence[Report], read_with: Sequence[str]) -> dict[str, Parts]:
    """The arrays of ``reports``, each with what it was ``read_with``; those of another ``Packed`` as they are there."""
    pieces = [_pieces(run) for run in _runs(reports)]
    whole = {name: [piece[name] for piece in pieces] for name in (pieces[0] if pieces else _packed(()))}
    sizes = np.concatenate([np.zeros(1, np.int64), *whole.pop("sizes", [])])
    starts = np.cumsum([0, *(len(report.passages) for report in reports)])
    told = [_told(report, key) for report, key in zip(reports, read_with, strict=True)]
    found: dict[str, Parts] = {f"passages.{name}": parts for name, parts in whole.items()}
    return found | {
        "passages.begins": np.cumsum(sizes),
        "reports.starts": starts.astype(np.int64),
        "reports.sections": _json([sections_of(report)[0] for report in reports]),
        "reports.told": _json(told),
    }


def _json(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value, ensure_ascii=False).encode(), np.uint8)


def _runs(reports: Sequence[Report]) -> Iterator[Reused | Report]:
    """The reports, those that stand one after the other in another ``Packed`` as one run."""
    run: Reused | None = None
    for report in reports:
        passages = report.passages
        if not isinstance(passages, PackedPassages):
            if run:
                yield run
            run = None
            yield report
        elif run and run.packed is passages.packed and run.last == passages.number:
            run = run._replace(last=passages.number + 1)
        else:
            if run:
                yield run
            run = Reused(passages.packed, passages.number, passages.number + 1)
    if run:
        yield run


def _pieces(run: Reused | Report) -> dict[str, NDArray[Any]]:
    return run.packed.parts(run.first, run.last) if isinstance(run, Reused) else _packed((run,))


def _packed(reports: Sequence[Report]) -> dict[str, NDArray[Any]]:
    passages = [passage for report in reports for passage in report.passages]
    records = [_record(passage) for passage in passages]
    voices = [number for report in reports for number in _voices(report)]
    names = [f"{passage.locator.label}\n".encode() for passage in passages]
    return {
        "records": np.frombuffer(b"".join(records), np.uint8),
        "sizes": np.array([len(record) for record in records], np.int64),
        "sums": np.array([crc32(record) for record in records], np.uint32),
        "kinds": np.array([_KINDS.index(passage.kind) for passage in passages], np.uint8),
        "sentences": np.array([len(passage.sentences) for passage in passages], np.uint32),
        "voices": np.array(voices, np.int32),
        "names": np.frombuffer(b"".join(names), np.uint8),
        "name_sizes": np.array([len(name) for name in names], np.uint16),
        "sections": np.array([number for report in reports for number in _sections(report)], np.int32),
    }


def _sections(report: Report) -> Iterator[int]:
    """The number of the section of each passage; of those that are not ranked, none."""
    numbers = iter(sections_of(report)[1].tolist())
    return (next(numbers) if passage.kind.is_ranked else _NOBODY for passage in report.passages)


def _voices(report: Report) -> list[int]:
    if not report.voices:
        return [_NOBODY] * len(report.passages)
    places = {passage.locator.label: n for n, passage in enumerate(report.passages)}
    said = (report.voices.get(passage.locator.label) for passage in report.passages)
    return [_NOBODY if voice is None else places[voice.locator.label] for voice in said]


def _told(report: Report, read_with: str) -> dict[str, Any]:
    values = {name: getattr(report, name) for name in _FIELDS}
    values["date"] = report.date.isoformat() if report.date else None
    short = {name: value for name, value in values.items() if value is not None}
    return {**short, "digest": report.digest, "read_with": read_with, "is_voiced": bool(report.voices)}


def _record(passage: Passage) -> bytes:
    place = passage.locator
    few = [passage.lead, passage.torn, passage.marks]
    fields = [
        place.label,
        place.paragraph,
        place.part,
        place.page,
        place.section,
        passage.text,
        passage.tail,
        [end for _, end in passage.sentences],
        *(few if passage.lead is not None or any(passage.torn) or passage.marks else ()),
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _passage(report: str, fields: Sequence[Any], kind: Kind) -> Passage:
    label, paragraph, part, page, section, text, tail, ends, *few = fields
    lead, torn, marks = few or (None, (False, False), ())
    return Passage(
        report=report,
        locator=Locator(label, paragraph, part, page, section),
        kind=kind,
        text=text,
        tail=tail,
        sentences=tuple(map(Span, (0, *ends), ends)),
        lead=lead,
        torn=tuple(torn),
        marks=tuple(Span(*mark) for mark in marks),
    )
