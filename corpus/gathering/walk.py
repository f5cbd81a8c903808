"""What a folder and the folders within it hold, by name: nothing is opened but folders, and no link is followed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from corpus.clause import Clause
from corpus.errors import ReadError
from corpus.files.opening import shown_name

MOST_ENTRIES = 100_000  # ours: of one place; whoever names a whole disk shall not wait for it
_NOBODYS = ("~$", "__MACOSX")  # what office programs leave beside open files, and archives beside their contents

Parts = tuple[str, ...]  # the names of the folders from the place down, and of what lies there


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it lies in the place, and whether it is a link."""

    parts: Parts
    is_link: bool = False


@dataclass
class Tree:
    """What is found under ``root``. ``folders`` are those looked into, the root as ``()`` among them.

    ``closed`` are folders that cannot be opened, with why; ``links`` lead to folders.
    """

    root: Path
    folders: list[Parts] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)
    links: list[Parts] = field(default_factory=list)
    closed: dict[Parts, Clause] = field(default_factory=dict)

    def path(self, parts: Parts) -> Path:
        """Where that is."""
        return self.root.joinpath(*parts)

    def real(self, file: Found) -> str:
        """Where that is when every link has been followed; there is none on the way to it."""
        if file.is_link:
            return os.path.realpath(self.path(file.parts))
        return self.real_folder(file.parts)

    def real_folder(self, parts: Parts) -> str:
        """The same of a folder within, or of what is no link."""
        return "/".join((self._real_root, *parts))

    @cached_property
    def _real_root(self) -> str:
        return os.path.realpath(self.root).rstrip("/")


def walk(root: Path) -> Tree:
    """Everything in ``root`` that is not hidden, in the order of names.

    Raises ``ReadError`` where the root cannot be opened or holds more than anybody means to have read.
    """
    tree, seen = Tree(root), 0
    todo: list[Parts] = [()]
    while todo:
        parts = todo.pop()
        try:
            children = list(_children(tree.path(parts)))
        except OSError as error:
            problem = Clause("file.unopened_folder", problem=error.strerror or "")
            if not parts:
                raise ReadError(file=str(root), problem=problem) from None
            tree.closed[parts] = problem
            continue
        tree.folders.append(parts)
        seen += len(children)
        if seen > MOST_ENTRIES:
            raise ReadError(file=str(root), problem=Clause("file.full_folder", most=MOST_ENTRIES))
        for child in children:
            _place(child, (*parts, child.name), tree, todo)
    tree.folders.sort()
    tree.files.sort(key=lambda file: file.parts)
    tree.links.sort()
    return tree


def shown(parts: Parts) -> str:
    """The way to a file as it can be said: ``2024/Report 3.txt``."""
    return shown_name("/".join(parts))


def _children(folder: Path) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as found:
        yield from (child for child in found if not child.name.startswith((".", *_NOBODYS)))


def _place(child: "os.DirEntry[str]", parts: Parts, tree: Tree, todo: list[Parts]) -> None:
    try:
        is_link, is_folder = child.is_symlink(), child.is_dir()
    except OSError:  # told when it is opened
        is_link, is_folder = True, False
    if not is_folder:
        tree.files.append(Found(parts, is_link))
    elif is_link:
        tree.links.append(parts)
    else:
        todo.append(parts)
