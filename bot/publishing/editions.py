"""Editions as files that are mapped: what a bot starts from within a moment, and what a refresh need not find again.

They lie beside the database, one for each edition that was live last, and are made of it at any time: whatever is wrong
with one, it is made anew, and where none can be written, all goes on without.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
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
from corpus import arrays
from corpus.edition import Edition
from corpus.errors import ArraysError
from corpus.packed import Packed, packed
from retrieval.prepared import Prepared, prepared

KIND = "edition"
SUFFIX = ".edition"
FOLDER = "editions"
_FORGOTTEN = 3600.0  # seconds after which nobody writes a file any more that is not whole
# What reads files and finds words besides our own code.
_LIBRARIES = ("PyStemmer", "defusedxml", "lxml", "markdown-it-py", "pypdfium2", "readability-lxml")


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition whose passages are made when they are looked at, and what is known of it."""

    edition: Edition
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Editions:
    """Those in ``folder``, which need not be there yet."""

    folder: Path

    @classmethod
    def beside(cls, data: Path) -> "Editions":
        """Those of a data directory."""
        return cls(data / FOLDER)

    def opened(self, digest: str) -> Opened | None:
        """The edition with that digest; ``None`` where it has to be made anew."""
        try:
            found = arrays.opened(self._path(digest), KIND)
            if found.facts.get("version") != version():
                return None
            reports = Packed(found)
            edition = Edition(reports.reports)
            return Opened(edition, Prepared(reports, found)) if edition.digest == digest else None
        except ArraysError:
            return None

    def write(self, edition: Edition, read_with: Sequence[str] = (), before: Opened | None = None) -> Opened:
        """Keep an edition; what is known of the one ``before`` is not found again. Slow.

        ``read_with`` is what each report was read with; without it, every file is read at the next refresh. Raises
        ``OSError`` where it cannot be written, or read again.
        """
        keys = read_with or [""] * len(edition.reports)
        whole = packed(edition.reports, keys) | prepared(edition.reports, before.prepared if before else None)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        arrays.write(self._path(edition.digest), KIND, {"version": version()}, whole)
        opened = self.opened(edition.digest)
        if opened is None:
            raise OSError(0, "what was written cannot be read")
        return opened

    def prune(self, keep: Iterable[str]) -> None:
        """Remove all but the editions with these digests, and what was never finished. Raises nothing."""
        kept = {self._path(digest).name for digest in keep}
        for path in self._files():
            with suppress(OSError):
                is_old = time.time() - path.stat().st_mtime > _FORGOTTEN
                if path.name not in kept and (path.suffix == SUFFIX or is_old):
                    path.unlink()

    def size(self) -> int:
        """The bytes that they take on the disk. Raises nothing."""
        total = 0
        for path in self._files():
            with suppress(OSError):
                total += path.stat().st_size
        return total

    def _files(self) -> Iterator[Path]:
        try:
            found = list(self.folder.iterdir())
        except OSError:
            return
        yield from (path for path in found if path.suffix in (SUFFIX, arrays.NEW))

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}{SUFFIX}"


@cache
def version() -> str:
    """A digest over all that decides what is read in a file and found in a text: our code, its data, libraries. Files
    are taken by their size and time: reading all of them would take as long as the rest of a start."""
    found = sha256(f"{version_info} {unidata_version}".encode())
    for library in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            found.update(f" {library} {metadata.version(library)}".encode())
    for package in (corpus, retrieval):
        for root in map(Path, package.__path__):
            for path in sorted((*root.rglob("*.py"), *root.rglob("*.toml"))):
                status = path.stat()
                found.update(f"\n{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}".encode())
    return found.hexdigest()
