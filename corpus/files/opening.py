"""The one way to open a file that somebody else has put there: never waited for, never endless, never out of a folder.

What is opened is looked at after it is open, so that nothing can be put in its place between the look and the reading.
"""

import os
from errno import EISDIR, ENOENT, ENXIO
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from corpus.clause import ClauseError

# Not waiting for whoever writes into a pipe, and a terminal does not become ours.
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_PIECE = 1 << 16  # bytes that are read at once of what is longer than it says
_LONGEST_NAME = 500  # characters of a name, with those of its folders, that are said


class NoFileError(ClauseError):
    """What is there is no file to read, and the clause says why."""


class TooLargeError(NoFileError):
    """The file is larger than it may be. Fields: ``size``, which it may have, in words."""


def read_file(path: Path, limit: int, *, folder: Path | None = None) -> bytes:
    """The bytes of an ordinary file, at most ``limit`` of them.

    Where a ``folder`` is given, a file outside it is refused, also one that a link leads to. Raises ``NoFileError``,
    ``TooLargeError``, and ``OSError`` where it cannot be opened or read.
    """
    try:
        descriptor = os.open(path, _FLAGS) if folder is None else _open_within(folder, path)
    except OSError as error:
        if error.errno == ENXIO:  # a socket
            raise NoFileError("file.strange") from None
        raise
    except ValueError:  # a NUL in its name, which no file has
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT)) from None
    try:
        status = os.fstat(descriptor)
        if S_ISDIR(status.st_mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        if not S_ISREG(status.st_mode):
            raise NoFileError("file.strange")
        # Some files are longer than they say, those of /proc for one.
        data = b"" if status.st_size > limit else _read(descriptor, status.st_size, limit + 1)
    finally:
        os.close(descriptor)
    if status.st_size > limit or len(data) > limit:
        raise TooLargeError("file.too_large", size=shown_size(limit))
    return data


def _read(descriptor: int, size: int, most: int) -> bytes:
    """At most so many bytes; ``size`` is how many there should be. Room for the most that a file may have would take
    longer to make than most files to read."""
    pieces = [os.read(descriptor, min(size + 1, most))]
    left = most - len(pieces[-1])
    while left and pieces[-1]:
        pieces.append(os.read(descriptor, min(left, _PIECE)))
        left -= len(pieces[-1])
    return b"".join(pieces)


def _open_within(folder: Path, path: Path) -> int:
    """A descriptor of the file that ``path`` leads to, reached from ``folder`` step by step and through no link."""
    # realpath() goes on where links run in a circle; opening such a file says so.
    real, root = os.path.realpath(path), os.path.realpath(folder)
    begin = os.path.join(root, "")  # noqa: PTH118  # with the slash; pathlib takes longer than the file to read
    if real != root and not real.startswith(begin):
        raise NoFileError("file.link_out")
    *folders, name = (real[len(begin) :] or ".").split("/")
    step = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in folders:
            within = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=step)
            os.close(step)
            step = within
        return os.open(name, _FLAGS | os.O_NOFOLLOW, dir_fd=step)
    finally:
        os.close(step)


def shown_size(size: int) -> str:
    """A number of bytes in words, such as ``10 MiB`` or ``64 KiB``."""
    return f"{size // 2**20} MiB" if size >= 2**20 else f"{size // 2**10} KiB"


def shown_name(name: str) -> str:
    """A file's name as it can be said: each sign that would end a line, move a cursor or turn the reading direction, or
    that cannot be seen at all, is a question mark."""
    if not name.isprintable():
        name = "".join(sign if sign.isprintable() else "?" for sign in name)
    return name[:_LONGEST_NAME]
