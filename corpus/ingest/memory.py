"""What was read before of files: a file with the same bytes, read the same way, need not be read again.

What a file is read with, besides its bytes and this code, are its suffix, its id and what a manifest says of it.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus.clause import ClauseError
from corpus.files.opening import read_file
from corpus.gathering.sources import Source
from corpus.parsing.parse import reader_for
from corpus.report import Report

if TYPE_CHECKING:
    from corpus.ingest.understanding import Understood


@dataclass(frozen=True, slots=True)
class Remembered:
    """A report as it was read before; the fields are those of ``Understood``."""

    file: str
    report: Report
    pictures: tuple[int, ...]
    contradicts: str | None


class Memory:
    """The ``reports`` of an edition by the bytes of their files and what each was ``read_with``."""

    def __init__(self, reports: Sequence[Report], read_with: Sequence[str]) -> None:
        self._held: Mapping[tuple[str | None, str], tuple[Report, str]] = {
            (report.source, told[:_DIGITS]): (report, told) for report, told in zip(reports, read_with, strict=True)
        }

    def recall(self, source: Source) -> Remembered | None:
        """The report of a file, if it was read before; ``None`` also for a file that cannot be read."""
        if source.problem is not None:
            return None
        try:
            data = read_file(source.path, reader_for(source.path.suffix).most, folder=source.folder)
        except (ClauseError, OSError):  # whoever reads it says why
            return None
        found = self._held.get((sha256(data).hexdigest(), _key(source)))
        if found is None:
            return None
        report, told = found
        pictures, other = json.loads(told[_DIGITS:])
        return Remembered(source.name, report, tuple(pictures), other)


_DIGITS = 64


def read_with(source: Source, found: "Understood | Remembered") -> str:
    """What a file was read with, and what was found of it besides its report, as ``Memory`` reads it."""
    return _key(source) + json.dumps([found.pictures, found.contradicts])


def _key(source: Source) -> str:
    entry = {name: _plain(value) for name, value in asdict(source.entry).items()} if source.entry else {}
    entry.pop("file", None)
    return sha256(json.dumps([source.path.suffix.lower(), source.id, entry], sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
