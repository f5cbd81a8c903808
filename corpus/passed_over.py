"""What lies in a folder of reports and is not read, so that nobody takes it for read: which file, and why.

Nothing is opened; folders within are only counted through, and no link is followed.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from corpus.files import shown_name

MOST_COUNTED = 1_000  # entries of a folder within that are looked at
_NEAR = 0.8  # of 1: how alike a file's name and that of the manifest are where one is meant for the other


class Reason(StrEnum):
    """Why a file is not read, or not as it might be."""

    KIND = "kind"  # no reader takes files of that name
    UNLISTED = "unlisted"  # there is a manifest, which does not list it
    FOLDER = "folder"  # folders within are not looked into
    MISNAMED = "misnamed"  # it is called nearly as the manifest has to be
    LANGUAGE = "language"  # it is read, but nothing is known of its language
    CONTRADICTED = "contradicted"  # it is read as the manifest says, but its words speak for another language


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or folder within, by its name as it can be said.

    ``count`` is how many files in it could be read; where it ``has_more``, not all of it was looked at. ``language`` is
    the one that the manifest gives, ``spoken`` the one that its words speak for.
    """

    file: str
    reason: Reason
    count: int = 0
    has_more: bool = False
    language: str = ""
    spoken: str = ""


def passed_over(
    folder: Path, suffixes: tuple[str, ...], manifest: str, listed: Collection[Path] | None
) -> tuple[PassedOver, ...]:
    """What of ``folder`` is not read, by name; hidden files are nobody's reports.

    ``listed`` are the real paths of the files that the ``manifest`` lists, ``None`` where there is none. Raises
    ``OSError``.
    """
    with os.scandir(folder) as found:
        children = sorted((child for child in found if not child.name.startswith(".")), key=lambda child: child.name)
    return tuple(one for child in children if (one := _judged(child, suffixes, manifest, listed)))


def is_misnamed(name: str, suffixes: tuple[str, ...], manifest: str) -> bool:
    """Whether a file is called nearly, but not quite, as ``manifest``: "Reports.toml", "report.toml.txt"."""
    low = name.lower()
    for suffix in suffixes:
        low = low.removesuffix(suffix)
    if name == manifest or not Path(low).suffix.startswith(Path(manifest).suffix[:2]):
        return False
    from difflib import SequenceMatcher  # hardly a folder holds such a file

    return SequenceMatcher(None, low, manifest).ratio() >= _NEAR


def _judged(
    child: "os.DirEntry[str]", suffixes: tuple[str, ...], manifest: str, listed: Collection[Path] | None
) -> PassedOver | None:
    name = shown_name(child.name)
    if _is_folder(child):
        files, is_whole = _within(child, suffixes)
        unread = [file for file in files if file not in (listed or ())]
        if files and not unread and is_whole:
            return None
        return PassedOver(name, Reason.FOLDER, len(unread), has_more=not is_whole)
    if is_misnamed(child.name, suffixes, manifest):
        # Where large and small letters are one to the file system, "Reports.toml" is the manifest.
        right = Path(child.path).with_name(manifest)
        return None if right.exists() and right.samefile(child.path) else PassedOver(name, Reason.MISNAMED)
    if listed is not None and Path(os.path.realpath(child.path)) in listed:
        return None
    if child.name.lower().endswith(suffixes):
        return None if listed is None else PassedOver(name, Reason.UNLISTED)
    # Tables of settings and of words are no reports, whoever put them there.
    return None if child.name.endswith(Path(manifest).suffix) else PassedOver(name, Reason.KIND)


def _is_folder(child: "os.DirEntry[str]") -> bool:
    try:
        return child.is_dir()
    except OSError:  # told when it is opened
        return False


def _within(folder: "os.DirEntry[str]", suffixes: tuple[str, ...]) -> tuple[list[Path], bool]:
    """The real paths of the files in a folder and below it that could be read, and whether all of it was looked at."""
    files: list[Path] = []
    todo = [] if folder.is_symlink() else [os.path.realpath(folder.path)]
    seen = 0
    while todo and seen < MOST_COUNTED:
        with os.scandir(todo.pop()) as found:
            for child in islice(found, MOST_COUNTED - seen):
                seen += 1
                if child.name.startswith("."):
                    continue
                if child.is_dir(follow_symlinks=False):
                    todo.append(child.path)
                elif child.name.lower().endswith(suffixes):
                    files.append(Path(child.path))
    return files, seen < MOST_COUNTED
