"""Which files are there to read, and which reports they make: of folders with all that is within, and of single files.

A folder's ``reports.toml`` says what is read of it and of the folders within that have none of their own. Where there
is none, every readable file is a report, and its id is made of its name with the folders on the way to it, so that the
same file in the same folder always makes the same id, whatever lies beside it.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from corpus.clause import Clause
from corpus.edition import LISTED
from corpus.errors import ManifestError, NoFolderError, NoPlaceError, UnknownOfManyError, UnknownReportError
from corpus.files.opening import shown_name
from corpus.gathering import manifest
from corpus.gathering.manifest import Entry
from corpus.gathering.passed_over import PassedOver, Reason, is_misnamed
from corpus.gathering.walk import Found, Parts, Tree, shown, walk
from corpus.readers import SUFFIXES
from corpus.text.legible import legible

# Ours: an id fits a citation, a button and the choices of a command. What a name alone makes was never shorter.
_LONGEST_ID, _LONGEST_WITHIN, _TELLING = 100, 64, 8
_NO_ID = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read, by the ``name`` that people know it by; ``folder`` is what links may not lead out of, ``real``
    where it is when every link has been followed.

    ``entry`` is what the manifest says of it; ``problem`` why it is refused unread. ``holder`` is the file that has its
    id already, where that is the problem.
    """

    path: Path
    real: str
    name: str
    id: str
    folder: Path | None = None
    entry: Entry | None = None
    problem: Clause | None = None
    holder: "Source | None" = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to be read, in order, and what lies beside them."""

    sources: tuple[Source, ...]
    passed_over: tuple[PassedOver, ...] = ()


def gather(places: Sequence[Path]) -> Gathered:
    """What the folders and files ``places`` hold, in their order; a file that several of them hold is taken once.

    Raises ``ManifestError``, ``NoFolderError``, and ``ReadError`` for a folder that cannot be opened.
    """
    sources: list[Source] = []
    beside: list[PassedOver] = []
    known: set[str] = set()
    for place in places:
        found = _of_place(place, is_one_of_many=len(places) > 1)
        new = [source for source in found.sources if source.real not in known]
        known.update(source.real for source in new)
        sources += new
        beside += found.passed_over
    return Gathered(tuple(_each_of_its_own(sources)), tuple(beside))


def only(gathered: Gathered, name: str) -> Gathered:
    """The one file whose report ``name`` is: by its id, its own name or the title that a manifest gives it.

    Raises ``UnknownReportError``.
    """
    wanted = legible(name).casefold()
    for source in gathered.sources:
        names = source.id, source.name, source.entry.title if source.entry else ""
        if wanted in (legible(each).casefold() for each in names if each):
            return Gathered((source,))
    known = [source.id for source in gathered.sources if source.id]
    named, more = ", ".join(known[:LISTED]), len(known) - LISTED
    if more > 0:
        raise UnknownOfManyError(report=legible(name), known=named, n=more)
    raise UnknownReportError(report=legible(name), known=named)


def _of_place(place: Path, *, is_one_of_many: bool) -> Gathered:
    if place.is_dir() or place.name == manifest.NAME:
        folder = place if place.is_dir() else place.parent
        return _of_folder(folder, (Path(os.path.realpath(folder)).name,) if is_one_of_many else ())
    if not place.exists() and not place.is_symlink():
        raise (NoPlaceError if place.suffix else NoFolderError)(folder=str(place))
    return Gathered((_unlisted(place, os.path.realpath(place), (place.name,), parts=(place.name,), folder=None),))


def _of_folder(root: Path, before: Parts) -> Gathered:
    """``before`` is what stands before the names in the folder, where there are several."""
    tree = walk(root)
    manifests = dict(_manifests(tree))
    taken = dict(_listed(tree, manifests, before))
    listed = {source.real for source in taken.values()}
    names: dict[str, Parts] = {}
    same: list[PassedOver] = []
    # Of several names of one file the one with the fewest folders counts, as before folders within were looked into.
    for file in sorted(tree.files, key=lambda file: (len(file.parts), file.is_link, file.parts)):
        if _governing(file.parts, manifests) is not None or not _is_report(file.parts[-1]):
            continue
        real = tree.real(file)
        if real in listed:
            continue
        if names.setdefault(real, file.parts) != file.parts:
            same.append(PassedOver(shown((*before, *file.parts)), Reason.SAME, other=shown((*before, *names[real]))))
            continue
        taken[file.parts, 0] = _unlisted(
            tree.path(file.parts), real, (*before, *file.parts), parts=file.parts, folder=root
        )
    for parts, problem in tree.closed.items():
        taken[parts, 0] = Source(
            tree.path(parts), tree.real_folder(parts), shown((*before, *parts)), "", problem=problem
        )
    beside = sorted((*same, *_beside(tree, manifests, taken, before)), key=lambda one: one.file)
    return Gathered(tuple(taken[key] for key in sorted(taken)), tuple(beside))


def _manifests(tree: Tree) -> Iterator[tuple[Parts, tuple[Entry, ...]]]:
    for parts in tree.folders:
        try:
            entries = manifest.load(tree.path(parts))
        except ManifestError as error:
            raise ManifestError(**error.fields | {"file": shown((*parts, manifest.NAME))}) from None
        if entries is not None:
            yield parts, entries


def _listed(
    tree: Tree, manifests: Mapping[Parts, tuple[Entry, ...]], before: Parts
) -> Iterator[tuple[tuple[Parts, int], Source]]:
    """The files that are listed, by where and in which order; one that two manifests list counts where it is above."""
    known: set[str] = set()
    for parts, entries in sorted(manifests.items()):
        folder = tree.path(parts)
        for number, entry in enumerate(entries):
            path = folder / entry.file
            if (real := os.path.realpath(path)) not in known:
                known.add(real)
                name = shown((*before, *parts, entry.file))
                yield (parts, number), Source(path=path, real=real, name=name, id=entry.id, folder=folder, entry=entry)


def _governing(parts: Parts, manifests: Mapping[Parts, object]) -> Parts | None:
    """The folder whose manifest says whether that file is read: the nearest one above it; ``None`` without any."""
    return next((parts[:depth] for depth in range(len(parts) - 1, -1, -1) if parts[:depth] in manifests), None)


def _is_report(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) and not is_misnamed(name, SUFFIXES, manifest.NAME)


def _beside(
    tree: Tree, manifests: Mapping[Parts, object], taken: Mapping[tuple[Parts, int], Source], before: Parts
) -> Iterator[PassedOver]:
    """What is not read. Of a folder within that has nothing which is read, the folder is told of and not each file."""
    read = {source.real for source in taken.values()}
    alive = _folders_of(read)
    whole: dict[Parts, list[PassedOver]] = {}
    for file in tree.files:
        one = _judged(tree, file, manifests, read=read, before=before)
        if one is None:
            continue
        above = (file.parts[:depth] for depth in range(1, len(file.parts)))
        dead = next((parts for parts in above if tree.real_folder(parts) not in alive), None)
        if dead is None or one.reason is Reason.MISNAMED:
            yield one
        else:
            whole.setdefault(dead, []).append(one)
    for parts, ones in whole.items():
        name = shown((*before, *parts))
        unlisted = [one for one in ones if one.reason is Reason.UNLISTED]
        if unlisted:
            yield PassedOver(name, Reason.UNLISTED_FOLDER, len(unlisted), unlisted[0].other)
        else:
            yield PassedOver(name, Reason.FOLDER, len(ones))
    for parts in tree.links:
        yield PassedOver(shown((*before, *parts)), Reason.LINK)


def _judged(
    tree: Tree, file: Found, manifests: Mapping[Parts, object], read: set[str], before: Parts
) -> PassedOver | None:
    """Why a file is not read; ``None`` where it is, and for what is nobody's report."""
    name, path = file.parts[-1], tree.path(file.parts)
    shown_as = shown((*before, *file.parts))
    if is_misnamed(name, SUFFIXES, manifest.NAME):
        # Where large and small letters are one to the file system, "Reports.toml" is the manifest.
        right = path.with_name(manifest.NAME)
        return None if right.exists() and right.samefile(path) else PassedOver(shown_as, Reason.MISNAMED)
    if tree.real(file) in read:
        return None
    if name.lower().endswith(SUFFIXES):
        by = _governing(file.parts, manifests)
        told = shown((*before, *(by or ()), manifest.NAME))
        return None if by is None else PassedOver(shown_as, Reason.UNLISTED, other=told)
    # Tables of settings and of words are no reports, whoever put them there.
    return None if name.endswith(Path(manifest.NAME).suffix) else PassedOver(shown_as, Reason.KIND)


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder above one of the ``paths``."""
    found: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in found:
            found.add(path)
    return found


def _unlisted(path: Path, real: str, shown_parts: Parts, parts: Parts, folder: Path | None) -> Source:
    """A file that no manifest lists."""
    report_id = _id(parts)
    problem = None if report_id else Clause("file.no_id")
    return Source(path=path, real=real, name=shown(shown_parts), id=report_id, folder=folder, problem=problem)


def _id(parts: Parts) -> str:
    """The file name, after those of its folders, as it can stand in a citation: what is no letter, digit, ".", "_"
    or "-" becomes "-". A long one is cut, and ends in digits of its own so that it stays one of its kind."""
    *folders, name = parts
    stem = Path(name).stem
    if not _plain(stem):
        return ""
    if not folders:
        return _plain(stem)[:_LONGEST_ID].rstrip(".-")
    whole = _plain("-".join((*folders, stem)))
    if len(whole) <= _LONGEST_WITHIN:
        return whole.rstrip(".-")
    telling = sha256(unicodedata.normalize("NFC", "/".join(parts)).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{whole[: _LONGEST_WITHIN - _TELLING - 1].rstrip('.-')}-{telling[:_TELLING]}"


def _plain(name: str) -> str:
    return _NO_ID.sub("-", unicodedata.normalize("NFC", name)).lstrip("._-")


def _each_of_its_own(sources: Sequence[Source]) -> Iterator[Source]:
    """The same, but that one whose id another has already is refused. What a manifest gives comes first, then the file
    with the fewest folders above it."""
    holders: dict[str, Source] = {}
    for source in sorted(sources, key=lambda source: (source.entry is None, source.name.count("/"))):
        if source.problem is None:
            holders.setdefault(source.id, source)
    for source in sources:
        holder = holders.get(source.id, source)
        if holder is source or source.problem is not None:
            yield source
            continue
        yield replace(source, problem=_taken(source, shown_name(holder.name)), holder=holder)


def _taken(source: Source, other: str) -> Clause:
    """The id that a file would have is that of another."""
    if source.entry:
        return Clause("file.same_id", id=source.id, other=other)
    return Clause("file.same_name", id=source.id, other=other)


def beside_unread(source: Source, holder: Source) -> Clause:
    """The same where that other file cannot be read itself: its id stays its own, for whoever mends it."""
    other = shown_name(holder.name)
    if source.entry:
        return Clause("file.same_id_unread", id=source.id, other=other)
    return Clause("file.same_name_unread", id=source.id, other=other)
