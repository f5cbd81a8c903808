"""A folder of report files to an edition: the one public pipeline.

The same files give the same edition, byte for byte. Nothing is written, and no file is opened outside the folder.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import manifest, tongue
from corpus.edition import Edition
from corpus.errors import EmptyCorpusError, NoFolderError, NotFolderError, ReadError
from corpus.files import NoFileError, TooLargeError, read_file, shown_name
from corpus.manifest import Entry
from corpus.parsing import Budget, Parsed, parse, reader_for
from corpus.passed_over import PassedOver, is_misnamed, passed_over
from corpus.readers import SUFFIXES
from corpus.readers.document import UnreadableError, too_large
from corpus.report import Report

if TYPE_CHECKING:  # few folders hold a file that is large enough for it
    from corpus.apart import Apart

BUNDLED = Path(__file__).parent / "reports"
BUDGET = Budget()
_NO_ID = re.compile(r"[^\w.-]+")

# Told after each file: how many are done, of how many, and the name of the last.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An edition, the errors of the files that it had to do without, and what lies beside its files and is not read.

    ``languages`` are the names of the files for which the manifest gives a language, and its tag. ``contradicted`` are
    those of them whose words speak for another language: the name, the tag given, and that of the other.
    """

    edition: Edition
    refused: tuple[ReadError, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to be read. ``entry`` is what the manifest says of it; ``problem`` why it is refused unread."""

    path: Path
    id: str
    entry: Entry | None = None
    problem: str | None = None

    @property
    def name(self) -> str:
        """What people know the file by."""
        return shown_name(self.entry.file if self.entry else self.path.name)


def ingest(
    folder: Path, *, skip_unreadable: bool = False, progress: Progress | None = None, budget: Budget = BUDGET
) -> Ingested:
    """The edition that the files of ``folder`` make: those of its ``reports.toml`` in that order, else all by name.

    ``budget`` is what a large file may take to read. Raises ``ManifestError``, ``EmptyCorpusError``, and ``ReadError``
    for the first file that cannot be read; with ``skip_unreadable`` only if none can.
    """
    try:
        sources = _sources(folder)
        beside = _beside(folder, sources)
    except OSError as error:
        raise ReadError(file=str(folder), problem=f"the folder cannot be opened: {error.strerror}") from None
    reports: list[Report] = []
    refused: list[ReadError] = []
    contradicted: list[tuple[str, str, str]] = []
    with closing(_Desk(budget)) as desk:
        for done, source in enumerate(sources, start=1):
            try:
                report, other = _report(folder, source, desk)
                reports.append(report)
                if other:
                    contradicted.append((source.name, report.language, other))
            except ReadError as error:
                if not skip_unreadable:
                    raise
                refused.append(error)
            if progress:
                progress(done, len(sources), source.name)
    if not reports:
        raise refused[0] if refused else EmptyCorpusError(folder=str(folder))
    given = ((source.name, source.entry.language) for source in sources if source.entry)
    languages = tuple((name, tag) for name, tag in given if tag)
    return Ingested(Edition(tuple(reports)), tuple(refused), beside, languages, tuple(contradicted))


def _sources(folder: Path) -> Sequence[_Source]:
    if not folder.exists():
        raise NoFolderError(folder=str(folder))
    if not folder.is_dir():
        raise NotFolderError(folder=str(folder))
    entries = manifest.load(folder)
    if entries is not None:
        return [_Source(folder / entry.file, entry.id, entry) for entry in entries]
    with os.scandir(folder) as found:
        names = sorted(child.name for child in found if _is_report(child))
    holders: dict[str, str] = {}
    return [_unlisted(folder / name, holders) for name in names]


def _beside(folder: Path, sources: Sequence[_Source]) -> tuple[PassedOver, ...]:
    """What is not read."""
    has_manifest = any(source.entry for source in sources)
    listed = {Path(os.path.realpath(source.path)) for source in sources} if has_manifest else None
    return passed_over(folder, SUFFIXES, manifest.NAME, listed)


def _is_report(child: os.DirEntry[str]) -> bool:
    if child.name.startswith(".") or not child.name.lower().endswith(SUFFIXES):
        return False
    if is_misnamed(child.name, SUFFIXES, manifest.NAME):  # "reports.toml.txt"
        return False
    try:
        return not child.is_dir()
    except OSError:  # told when it is opened
        return True


def _unlisted(path: Path, holders: dict[str, str]) -> _Source:
    """A file without a manifest; ``holders`` knows which file an id was given to."""
    report_id = _id(path.stem)
    problem = None
    if not report_id:
        problem = "its name has no letter or digit to make an id of; rename it"
    elif holders.setdefault(report_id, path.name) != path.name:
        problem = f"it would be the report {report_id}, as {shown_name(holders[report_id])} is; rename one of them"
    return _Source(path, report_id, problem=problem)


def _id(stem: str) -> str:
    """The file name as it can stand in a citation: what is no letter, digit, ".", "_" or "-" becomes "-"."""
    return _NO_ID.sub("-", unicodedata.normalize("NFC", stem)).lstrip("._-")[:100].rstrip(".-")


def _report(folder: Path, source: _Source, desk: "_Desk") -> tuple[Report, str | None]:
    """Read and split one file; and the language that its words speak for, where the manifest gives another.

    Raises ``ReadError``.
    """
    try:
        parsed = desk.parse(folder, source)
    except TooLargeError:
        raise ReadError(file=source.name, problem=too_large(reader_for(source.path.suffix).most)) from None
    except (UnreadableError, NoFileError) as error:
        raise ReadError(file=source.name, problem=str(error)) from None
    except OSError as error:
        raise ReadError(file=source.name, problem=f"it cannot be opened: {error.strerror}") from None
    entry = source.entry
    told = tongue.told([passage.text for passage in parsed.passages])
    if entry is None:
        facts = parsed.facts
        language = facts.language or told or tongue.UNTOLD
        return Report(
            id=source.id,
            title=facts.title or source.id,
            passages=parsed.passages,
            language=language,
            publisher=facts.publisher,
            date=facts.date,
            url=facts.url,
            symbol=facts.symbol,
            source=parsed.source,
        ), None
    report = Report(
        id=source.id,
        title=entry.title,
        passages=parsed.passages,
        language=entry.language or parsed.facts.language or told or tongue.UNTOLD,
        publisher=entry.publisher or parsed.facts.publisher,
        date=entry.date or parsed.facts.date,
        url=entry.url or parsed.facts.url,
        symbol=entry.symbol or parsed.facts.symbol,
        note=entry.note,
        source=parsed.source,
    )
    return report, told if told and tongue.primary(report.language) != told else None


class _Desk:
    """Parses small files on the spot and large ones apart, in a process that is started with the first of them."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._apart: Apart | None = None

    def close(self) -> None:
        """End what was started."""
        if self._apart is not None:
            self._apart.close()

    def parse(self, folder: Path, source: _Source) -> Parsed:
        """What a file says. Raises ``UnreadableError``, ``NoFileError`` and ``OSError``."""
        if source.problem:
            raise UnreadableError(source.problem)
        suffix = source.path.suffix
        reader = reader_for(suffix)
        data = read_file(source.path, reader.most, folder=folder)
        if len(data) <= reader.at_once:
            return parse(data, suffix, source.id)
        if self._apart is None:
            from corpus.apart import Apart

            self._apart = Apart(self._budget)
        return self._apart.parse(data, suffix, source.id)
