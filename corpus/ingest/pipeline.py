"""Folders and files of reports to an edition: the one public pipeline.

The same files give the same edition, byte for byte. Nothing is written, and no file is opened outside the folders.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.edition import Edition
from corpus.errors import EmptyCorpusError, NothingReadError, ReadError
from corpus.gathering.passed_over import PassedOver
from corpus.gathering.sources import Gathered, Source, beside_unread, gather, only
from corpus.ingest.memory import Memory, Remembered, read_with
from corpus.ingest.understanding import Desk, Understood
from corpus.parsing.parse import Budget
from corpus.readers import SUFFIXES
from corpus.report import Report

BUNDLED = Path(__file__).parents[1] / "reports"
BUDGET = Budget()

# Told after each file: how many are done, of how many, and the name of the last.
Progress = Callable[[int, int, str], None]


# What comes of a file.
Found = Understood | Remembered | ReadError


# Told of each file how it is understood, or why it cannot be read.
Look = Callable[[Understood | ReadError], object]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An edition, the errors of the files that it had to do without, and what lies beside its files and is not read.

    ``languages`` are the names of the files for which the manifest gives a language, and its tag. ``contradicted`` are
    those of them whose words speak for another language: the name, the tag given, and that of the other. ``files`` are
    the ids of the reports and the names of the files that made them. ``pictures`` are names of files and the pages of
    them that are pictures without text. ``read_with`` has what each report was read with; see ``memory``.
    """

    edition: Edition
    refused: tuple[ReadError, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, tuple[int, ...]], ...] = ()
    read_with: tuple[str, ...] = field(default=(), compare=False)


def ingest(
    places: Path | Sequence[Path],
    *,
    skip_unreadable: bool = False,
    progress: Progress | None = None,
    budget: Budget = BUDGET,
    memory: Memory | None = None,
) -> Ingested:
    """The edition that the files of ``places`` make: a folder with all that is within, a file, or several of them.

    ``budget`` is what a large file may take to read; what ``memory`` has of a file is not read again. Raises
    ``ManifestError``, ``EmptyCorpusError``, and ``ReadError`` for the first file that cannot be read; with
    ``skip_unreadable`` only if none can.
    """
    gathered = gather(named(places))
    reports: list[Report] = []
    files: list[tuple[str, str]] = []
    refused: list[ReadError] = []
    contradicted: list[tuple[str, str, str]] = []
    pictures: list[tuple[str, tuple[int, ...]]] = []
    keys: list[str] = []
    every = _each(gathered, memory, progress, budget)
    for source, found in zip(gathered.sources, every, strict=True):
        if isinstance(found, ReadError):
            if not skip_unreadable:
                raise found
            refused.append(found)
            continue
        reports.append(found.report)
        files.append((found.report.id, found.file))
        keys.append(read_with(source, found))
        if found.pictures:
            pictures.append((found.file, found.pictures))
        if other := found.contradicts:
            contradicted.append((found.file, found.report.language, other))
    if not reports:
        raise refused[0] if refused else nothing_in(named(places), gathered)
    given = ((source.name, source.entry.language) for source in gathered.sources if source.entry)
    languages = tuple((name, tag) for name, tag in given if tag)
    told = (languages, tuple(contradicted), tuple(files), tuple(pictures), tuple(keys))
    return Ingested(Edition(tuple(reports)), tuple(refused), gathered.passed_over, *told)


def read_each(
    gathered: Gathered, *, progress: Progress | None = None, budget: Budget = BUDGET
) -> Iterator[Understood | ReadError]:
    """Each file that was gathered, as it is understood or with why it cannot be read, one by one."""
    for found in _each(gathered, None, progress, budget):
        if not isinstance(found, Remembered):
            yield found


def _each(gathered: Gathered, memory: Memory | None, progress: Progress | None, budget: Budget) -> Iterator[Found]:
    """The same; what ``memory`` has of a file is not read again."""
    with closing(Desk(budget)) as desk:
        reading = _Reading(desk, memory)
        for done, source in enumerate(gathered.sources, start=1):
            found = reading.of(source)
            if progress:
                progress(done, len(gathered.sources), source.name)
            yield found


class _Reading:
    """Reads files, of which some have the id of another."""

    def __init__(self, desk: Desk, memory: Memory | None) -> None:
        self._desk, self._memory = desk, memory
        self._ahead: dict[str, Found] = {}  # those that were read before their turn
        self._refused: dict[str, bool] = {}

    def of(self, source: Source) -> Found:
        """What a file is understood as. One whose id another has already is refused; where that other cannot be read
        either, for what is wrong with it, if anything else is."""
        holder = source.holder
        if holder is None:
            return self._kept(source, self._ahead.pop(source.real, None))
        if holder.real not in self._refused:
            self._ahead[holder.real] = self._kept(holder)
        if self._refused[holder.real]:
            own = self._read(replace(source, problem=None, holder=None))
            if isinstance(own, ReadError):
                return own
            return ReadError(file=source.name, problem=beside_unread(source, holder))
        return self._read(source)

    def _kept(self, source: Source, found: Found | None = None) -> Found:
        found = found or self._read(source)
        self._refused[source.real] = isinstance(found, ReadError)
        return found

    def _read(self, source: Source) -> Found:
        try:
            return (self._memory and self._memory.recall(source)) or self._desk.read(source)
        except ReadError as error:
            return error


def look_at(places: Path | Sequence[Path], report: str | None, tell: Look) -> tuple[PassedOver, ...]:
    """Have ``tell`` look at each file of ``places`` as it is understood, or at the one of ``report``; what is not read.

    Raises ``ManifestError``, ``EmptyCorpusError`` and ``UnknownReportError``.
    """
    gathered = gather(named(places))
    if not gathered.sources:
        raise nothing_in(named(places), gathered)
    if report is not None:
        gathered = only(gathered, report)
    for found in read_each(gathered):
        tell(found)
    return gathered.passed_over


def named(places: Path | Sequence[Path]) -> Sequence[Path]:
    """The places, be they one or several."""
    return (places,) if isinstance(places, Path) else places


def nothing_in(places: Sequence[Path], gathered: Gathered) -> EmptyCorpusError:
    """The error for ``places`` that hold no report."""
    folder = ", ".join(map(str, places))
    if not gathered.passed_over:
        return EmptyCorpusError(folder=folder, suffixes=", ".join(SUFFIXES))
    first = gathered.passed_over[0].file
    return NothingReadError(folder=folder, file=first, n=len(gathered.passed_over), suffixes=", ".join(SUFFIXES))
