"""Reports to arrays, as ``reading`` reads them: those of arrays that are there already are copied as they are."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.files.arrays import Parts
from corpus.packed.reading import COLUMNS, FIELDS, KINDS, NOBODY, RUNS, Packed, PackedPassages
from corpus.packed.selection import sections_of
from corpus.passage import Passage
from corpus.report import Report


class _Reused(NamedTuple):
    """Reports of another ``packed``, from ``first`` up to, not including, ``last``."""

    packed: Packed
    first: int
    last: int


def packed(reports: Sequence[Report], read_with: Sequence[str]) -> dict[str, Parts]:
    """The arrays of ``reports``, each with what it was ``read_with``."""
    pieces = [_pieces(run) for run in _runs(reports)] or [_packed(())]
    found: dict[str, Parts] = {f"passages.{name}": [piece[name] for piece in pieces] for name in (*COLUMNS, *RUNS)}
    told = [_told(report, key) for report, key in zip(reports, read_with, strict=True)]
    return found | {
        "reports.starts": np.cumsum([0, *(len(report.passages) for report in reports)]).astype(np.int64),
        "reports.sections": _json([sections_of(report)[0] for report in reports]),
        "reports.told": _json(told),
    }


def _json(value: object) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


def _runs(reports: Sequence[Report]) -> Iterator[_Reused | Report]:
    """The reports, those that stand one after the other in another ``Packed`` as one run."""
    run: _Reused | None = None
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
            run = _Reused(passages.packed, passages.number, passages.number + 1)
    if run:
        yield run


def _pieces(run: _Reused | Report) -> dict[str, NDArray[Any]]:
    if not isinstance(run, _Reused):
        return _packed((run,))
    before = run.packed
    start, end = before.starts[run.first], before.starts[run.last]
    found = {name: before.columns[name][start:end] for name in COLUMNS}
    for name in RUNS:
        begins = before.begins[name]
        found[name] = before.arrays[f"passages.{name}"][int(begins[start]) : int(begins[end])]
    return found


def _packed(reports: Sequence[Report]) -> dict[str, NDArray[Any]]:
    passages = [passage for report in reports for passage in report.passages]
    records = [_record(passage) for passage in passages]
    texts, tails = ([getattr(passage, name).encode() for passage in passages] for name in ("text", "tail"))
    labels = [f"{passage.locator.label}\n".encode() for passage in passages]
    numbers = [_number(passage.locator.paragraph) for passage in passages]
    whole = [text + tail for text, tail in zip(texts, tails, strict=True)]
    sums = [crc32(text, crc32(record)) for text, record in zip(whole, records, strict=True)]
    voices = [number for report in reports for number in _voices(report)]
    return {
        "records": _joined(records),
        "record_sizes": _sizes(records),
        "texts": _joined(whole),
        "text_sizes": _sizes(texts),
        "tail_sizes": _sizes(tails),
        "labels": _joined(labels),
        "label_sizes": _sizes(labels),
        "numbers": _joined(numbers),
        "number_sizes": _sizes(numbers),
        "sums": np.array(sums, np.uint32),
        "kinds": np.array([KINDS.index(passage.kind) for passage in passages], np.uint8),
        "sentences": np.array([len(passage.sentences) for passage in passages], np.uint32),
        "voices": np.array(voices, np.int32),
        "sections": np.array([number for report in reports for number in _sections(report)], np.int32),
    }


def _joined(pieces: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(pieces), np.uint8)


def _sizes(pieces: Sequence[bytes]) -> NDArray[np.uint32]:
    return np.array([len(piece) for piece in pieces], np.uint32)


def _number(paragraph: int | str | None) -> bytes:
    """A printed paragraph number as a line."""
    return (" ".join(str(paragraph).split()) + "\n").encode() if paragraph is not None else b"\n"


def _sections(report: Report) -> Iterator[int]:
    """The number of the section of each passage; of those that are not ranked, none."""
    numbers = iter(sections_of(report)[1].tolist())
    return (next(numbers) if passage.kind.is_ranked else NOBODY for passage in report.passages)


def _voices(report: Report) -> list[int]:
    if not report.voices:
        return [NOBODY] * len(report.passages)
    places = {passage.locator.label: n for n, passage in enumerate(report.passages)}
    said = (report.voices.get(passage.locator.label) for passage in report.passages)
    return [NOBODY if voice is None else places[voice.locator.label] for voice in said]


def _told(report: Report, read_with: str) -> dict[str, Any]:
    values = {name: getattr(report, name) for name in FIELDS}
    values["date"] = report.date.isoformat() if report.date else None
    short = {name: value for name, value in values.items() if value is not None}
    known = {"digest": report.digest, "paragraphs": report.paragraphs, "unranked": report.unranked}
    return {**short, **known, "read_with": read_with, "is_voiced": bool(report.voices)}


def _record(passage: Passage) -> bytes:
    place = passage.locator
    few = [passage.lead, passage.torn, passage.marks]
    fields = [
        place.label,
        place.paragraph,
        place.part,
        place.page,
        place.section,
        [end for _, end in passage.sentences],
        *(few if passage.lead is not None or any(passage.torn) or passage.marks else ()),
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
