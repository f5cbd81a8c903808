"""What lies in a folder of reports and is not read, so that nobody takes it for read: which file, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# Files for programs, which nobody takes for a report.
_FOR_PROGRAMS = (".cfg", ".ini", ".json", ".jsonl", ".lock", ".log", ".toml", ".yaml", ".yml")
_NEAR = 0.8  # of 1: how alike a file's name and that of the manifest are where one is meant for the other


class Reason(StrEnum):
    """Why a file is not read, or not as it might be."""

    KIND = "kind"  # no reader takes files of that name
    UNLISTED = "unlisted"  # there is a manifest, which does not list it
    FOLDER = "folder"  # a folder within that holds nothing a reader takes
    UNLISTED_FOLDER = "unlisted_folder"  # a folder within of which the manifest lists nothing
    LINK = "link"  # a link to a folder: what is behind it is not looked into
    SAME = "same"  # another name of a file that is read already
    MISNAMED = "misnamed"  # it is called nearly as the manifest has to be
    LANGUAGE = "language"  # it is read, but nothing is known of its language
    PICTURES = "pictures"  # it is read, but pages of it are pictures without text
    CONTRADICTED = "contradicted"  # it is read as the manifest says, but its words speak for another language


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or folder within, by its name as it can be said, with the folders on the way to it.

    ``count`` is how many files a folder holds, of one that is not listed those that could be read. ``other`` is the
    name under which the same file is read, or the manifest that does not list it. ``language`` is the one that the
    manifest gives, ``spoken`` the one that its words speak for. ``pages`` are those without text, each run of them as
    its first and last.
    """

    file: str
    reason: Reason
    count: int = 0
    other: str = ""
    language: str = ""
    spoken: str = ""
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def is_for_programs(self) -> bool:
        """Whether it is obviously no report, so that nobody has to be told of it who asks a question."""
        return self.reason is Reason.KIND and self.file.lower().endswith(_FOR_PROGRAMS)


def runs(pages: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Numbers, in order, as runs that follow one another, each as its first and last."""
    found: list[tuple[int, int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1] = found[-1][0], page
        else:
            found.append((page, page))
    return tuple(found)


def is_misnamed(name: str, suffixes: tuple[str, ...], manifest: str) -> bool:
    """Whether a file is called nearly, but not quite, as ``manifest``: "Reports.toml", "report.toml.txt"."""
    low = name.lower()
    for suffix in suffixes:
        low = low.removesuffix(suffix)
    if name == manifest or not Path(low).suffix.startswith(Path(manifest).suffix[:2]):
        return False
    from difflib import SequenceMatcher  # 1 ms: hardly a folder holds such a file

    return SequenceMatcher(None, low, manifest).ratio() >= _NEAR
