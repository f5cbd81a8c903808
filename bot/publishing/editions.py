"""Editions as files that are mapped: what a bot starts from within a moment, and what a refresh need not find again.

They lie in the data directory and can be made of the database at any time: whatever is wrong with one, it is made anew,
and where none can be written, all goes on without. Nobody has to keep them, and no backup needs them.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from sys import version_info
from unicodedata import unidata_version

import corpus
import retrieval
from bot.logs import event
from bot.saying.templates import of_log
from corpus.edition import Edition
from corpus.errors import ArraysError
from corpus.files import arrays
from corpus.ingest.memory import Memory
from corpus.ingest.pipeline import Ingested
from corpus.packed.reading import Packed
from corpus.packed.writing import packed
from retrieval.search.prepared import Prepared, prepared

KIND = "edition"
SUFFIX = ".edition"
FOLDER = "editions"  # in the data directory
_JUST_WRITTEN = 60.0  # seconds in which whoever had it written may not have opened it yet
_FORGOTTEN = 3600.0  # seconds after which nobody writes a file any more that is not whole
# What reads files and finds words besides our own code.
_LIBRARIES = ("PyStemmer", "defusedxml", "lxml", "markdown-it-py", "pypdfium2", "rank-bm25", "readability-lxml")


class _OlderError(ArraysError):
    """It was written by another version of the program."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition whose passages are made when they are looked at, and what is known of it."""

    edition: Edition
    prepared: Prepared

    @property
    def memory(self) -> Memory:
        """What need not be read again."""
        return Memory(self.edition.reports, self.prepared.packed.read_with)

    def is_of(self, ingested: Ingested) -> bool:
        """Whether it is what was read now, file by file."""
        read_with = self.prepared.packed.read_with
        known = [(report.source, key) for report, key in zip(self.edition.reports, read_with, strict=True)]
        now = zip(ingested.edition.reports, ingested.read_with, strict=True)
        return self.edition.digest == ingested.edition.digest and known == [(one.source, key) for one, key in now]


@dataclass(frozen=True, slots=True)
class Editions:
    """Those in ``folder``, which need not be there yet."""

    folder: Path

    @classmethod
    def beside(cls, data: Path) -> "Editions":
        """Those of a data directory."""
        return cls(data / FOLDER)

    def opened(self, digest: str, compared: arrays.Stamp | None = None) -> Opened | None:
        """The edition with that digest; ``None`` where it has to be made anew. Why, where there is a file, is logged.
        ``compared`` is what ``stamp`` has given of it. Raises nothing."""
        path = self._path(digest)
        try:
            return self._open(path, compared)
        except FileNotFoundError:
            pass
        except _OlderError:
            _log("older", path)
        except ArraysError:
            _log("damaged", path)
        except OSError as error:
            _log("unread", path, problem=error.strerror or type(error).__name__)
        return None

    def newest(self) -> Opened | None:
        """The edition that was written last; without a word where it cannot be used, since whoever asks has the report
        files. Raises nothing."""
        found = []
        for path in self._files():
            with suppress(OSError):
                if path.suffix == SUFFIX:
                    found.append((path.stat().st_mtime_ns, path))
        with suppress(OSError, ArraysError):
            return self._open(max(found)[1]) if found else None
        return None

    def compared(self) -> tuple[int, Sequence[str]]:
        """How many of them were compared with their checksums, and the names of those that are not whole or cannot be
        read. One of another version of the program is not looked at: it is made anew. Raises nothing."""
        count, damaged = 0, []
        for path in sorted(path for path in self._files() if path.suffix == SUFFIX):
            try:
                self._open(path)
            except (FileNotFoundError, _OlderError):
                continue
            except (ArraysError, OSError):
                damaged.append(path.name)
            count += 1
        return count, damaged

    def stamp(self, digest: str) -> arrays.Stamp | None:
        """Compare the file of an edition, so that another process need not; ``None`` where it cannot be, and whoever
        opens it says why. Raises nothing."""
        with suppress(OSError, ArraysError):
            return arrays.opened(self._path(digest), KIND).stamp
        return None

    def _open(self, path: Path, compared: arrays.Stamp | None = None) -> Opened:
        """Raises ``OSError``, and ``ArraysError`` where it is not what its name says."""
        found = arrays.opened(path, KIND, compared)
        if found.facts.get("version") != version():
            raise _OlderError
        reports = Packed(found)
        opened = Opened(Edition(reports.reports), Prepared(reports, found))
        if self._path(opened.edition.digest) != path:
            raise ArraysError(opened.edition.digest)
        return opened

    def write(self, edition: Edition, read_with: Sequence[str] = (), before: Opened | None = None) -> None:
        """Keep an edition; what is known of the one ``before`` is not found again. Slow.

        ``read_with`` is what each report was read with; without it, every file is read at the next refresh. Raises
        ``OSError`` where it cannot be written.
        """
        keys = read_with or [""] * len(edition.reports)
        whole = packed(edition.reports, keys) | prepared(edition.reports, before.prepared if before else None)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        arrays.write(self._path(edition.digest), KIND, {"version": version()}, whole)

    def remove(self, digest: str) -> None:
        """Remove one that will not be live. Raises nothing."""
        with suppress(OSError):
            self._path(digest).unlink()

    def prune(self, keep: str) -> None:
        """Remove all but the edition with that digest and what may still be wanted. Raises nothing.

        Whoever has one open goes on with it: its pages stay until nobody has.
        """
        kept = self._path(keep).name
        for path in self._files():
            with suppress(OSError):
                age = time.time() - path.stat(follow_symlinks=False).st_mtime
                if path.name != kept and age > (_JUST_WRITTEN if path.suffix == SUFFIX else _FORGOTTEN):
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        try:
            found = list(self.folder.iterdir())
        except OSError:
            return
        yield from (path for path in found if path.suffix in (SUFFIX, arrays.NEW))

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}{SUFFIX}"


def _log(why: str, path: Path, **fields: str) -> None:
    event("edition", logging.WARNING, problem=of_log()(f"database.edition_{why}", file=path.name, **fields))


@cache
def version() -> str:
    """A digest over all that decides what is read in a file and found in a text: our code, its data, libraries."""
    found = sha256(f"{version_info} {unidata_version}".encode())
    for library in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found.update(f" {library} {metadata.version(library)}".encode())
    for package in (corpus, retrieval):
        for root in map(Path, package.__path__):
            for path in sorted((*root.rglob("*.py"), *root.rglob("*.toml"))):
                found.update(f"\n{path.relative_to(root)} {sha256(path.read_bytes()).hexdigest()}".encode())
    return found.hexdigest()
