"""A folder of report files to an edition: the one public pipeline.

The same files give the same edition, byte for byte. Nothing is written, and no file is opened outside the folder.
"""

import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from corpus import manifest
from corpus.edition import Edition
from corpus.errors import EmptyCorpusError, NoFolderError, NotFolderError, ReadError
from corpus.legible import legible
from corpus.manifest import Entry, leaves_folder
from corpus.passage import Kind
from corpus.readers import READERS, SUFFIXES
from corpus.readers.document import MAX_BYTES, Document, UnreadableError, too_large
from corpus.report import Report
from corpus.split import split

BUNDLED = Path(__file__).parent / "reports"
# A longer first line is a paragraph, and the file has no title.
_TITLE_LIMIT = 300
_NO_ID = re.compile(r"[^\w.-]+")

# Told after each file: how many are done, of how many, and the name of the last.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """An edition, and the errors of the files that it had to do without."""

    edition: Edition
    refused: tuple[ReadError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to be read. ``entry`` is what the manifest says of it; ``problem`` why it is refused unread."""

    path: Path
    id: str
    entry: Entry | None = None
    problem: str | None = None

    @property
    def name(self) -> str:
        """What people know the file by; bytes of a name that are no text become question marks."""
        name = self.entry.file if self.entry else self.path.name
        return name.encode("utf-8", "replace").decode()


def ingest(folder: Path, *, skip_unreadable: bool = False, progress: Progress | None = None) -> Ingested:
    """The edition that the files of ``folder`` make: those of its ``reports.toml`` in that order, else all by name.

    Raises ``ManifestError``, ``EmptyCorpusError``, and ``ReadError`` for the first file that cannot be read; with
    ``skip_unreadable`` only if none can.
    """
    try:
        sources = _sources(folder)
    except OSError as error:
        raise ReadError(file=str(folder), problem=f"the folder cannot be opened: {error.strerror}") from None
    reports: list[Report] = []
    refused: list[ReadError] = []
    for done, source in enumerate(sources, start=1):
        try:
            reports.append(_report(source))
        except ReadError as error:
            if not skip_unreadable:
                raise
            refused.append(error)
        if progress:
            progress(done, len(sources), source.name)
    if not reports:
        raise refused[0] if refused else EmptyCorpusError(folder=str(folder))
    return Ingested(Edition(tuple(reports)), tuple(refused))


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


def _is_report(child: os.DirEntry[str]) -> bool:
    if child.name.startswith(".") or not child.name.lower().endswith(SUFFIXES):
        return False
    try:
        return not child.is_dir()
    except OSError:  # told when it is opened
        return True


def _unlisted(path: Path, holders: dict[str, str]) -> _Source:
    """A file without a manifest; ``holders`` knows which file an id was given to."""
    report_id = _id(path.stem)
    problem = None
    if path.is_symlink() and leaves_folder(path.parent, path):
        problem = "it is a link that leads out of the folder; copy the file itself"
    elif not report_id:
        problem = "its name has no letter or digit to make an id of; rename it"
    elif holders.setdefault(report_id, path.name) != path.name:
        problem = f"it would be the report {report_id}, as {holders[report_id]} is; rename one of them"
    return _Source(path, report_id, problem=problem)


def _id(stem: str) -> str:
    """The file name as it can stand in a citation: what is no letter, digit, ".", "_" or "-" becomes "-"."""
    return _NO_ID.sub("-", unicodedata.normalize("NFC", stem)).lstrip("._-")[:100].rstrip(".-")


def _report(source: _Source) -> Report:
    """Read and split one file. Raises ``ReadError``."""
    try:
        document = _document(source)
    except (UnreadableError, OSError) as error:
        problem = f"it cannot be opened: {error.strerror}" if isinstance(error, OSError) else str(error)
        raise ReadError(file=source.name, problem=problem) from None
    entry = source.entry
    title = entry.title if entry else _title(document, source.id)
    passages = split(document, source.id, title)
    if not any(passage.kind is Kind.BODY for passage in passages):
        raise ReadError(file=source.name, problem="it holds no paragraph beside title, headings and links")
    if entry is None:
        return Report(source.id, title, passages)
    return Report(
        id=source.id,
        title=title,
        passages=passages,
        language=entry.language,
        publisher=entry.publisher,
        date=entry.date,
        url=entry.url,
        symbol=entry.symbol,
        note=entry.note,
    )


def _document(source: _Source) -> Document:
    if source.problem:
        raise UnreadableError(source.problem)
    reader = READERS.get(source.path.suffix.lower())
    if reader is None:
        raise UnreadableError(f"only files that end in {', '.join(SUFFIXES)} can be read; convert it to text")
    status = source.path.stat()
    if not S_ISREG(status.st_mode):
        raise UnreadableError("it is no ordinary file")
    if status.st_size > MAX_BYTES:
        raise UnreadableError(too_large())
    return reader.read(source.path.read_bytes())


def _title(document: Document, report_id: str) -> str:
    """What the document calls itself, unless that is nothing, a whole paragraph, or all that it says."""
    title = " ".join(legible(document.title).split())
    all_it_says = " ".join(document.text.split()) == title
    return report_id if not title or all_it_says or len(title) > _TITLE_LIMIT else title
