"""Named arrays in one file, mapped into memory when they are asked for: what can be made anew at any time, kept.

A file is written beside its place and put there whole, so that a crash leaves the one before. It begins with a head in
JSON that says what it is and where each array stands; the head and the small arrays are compared with their checksums
as the file is opened, the others when somebody asks. Nothing in it is ever run: what is not as it should be is one
error, after which the file is made anew.
"""

import json
import mmap
import os
from collections.abc import Callable, Iterator, Mapping
from math import prod
from pathlib import Path
from struct import Struct, error
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArraysError
from corpus.packed import Parts

MAGIC = b"rapporteur arrays 1\n"
_PRELUDE = Struct("<QI")  # bytes of the head, its checksum
_ALIGNED = 64  # bytes
_LONGEST_HEAD = 2**20
_SMALL = 2**16  # bytes of an array that is compared with its checksum as the file is opened
_PIECE = 2**22  # bytes that are compared in one go: whoever waits for the interpreter gets it in between
_TYPES = ("|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4", "<f8")
NEW = ".new"  # the suffix of what is being written


class Arrays(Mapping[str, NDArray[Any]]):
    """The arrays of an open file, which are only read, and the ``facts`` that stand with them."""

    def __init__(
        self, path: Path, facts: Mapping[str, Any], arrays: Mapping[str, tuple[NDArray[Any], int, int]]
    ) -> None:
        self.path = path
        self.facts = facts
        self._arrays = arrays  # each with where it stands in the file, and its checksum

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def check(self, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Compare every array with its checksum, as long as it ``goes_on``. Raises ``ArraysError``.

        What is compared is read and not mapped: it must not fill the memory of whoever answers.
        """
        try:
            with self.path.open("rb") as file:
                for array, offset, told in self._arrays.values():
                    file.seek(offset)
                    found, left = 0, array.nbytes
                    while left and (piece := file.read(min(left, _PIECE))):
                        if not goes_on():
                            return
                        found, left = crc32(piece, found), left - len(piece)
                    if left or found != told:
                        raise ArraysError(f"{self.path.name} is damaged")
        except OSError as problem:
            raise ArraysError(f"{self.path.name}: {problem}") from None


def write(path: Path, kind: str, facts: Mapping[str, Any], arrays: Mapping[str, Parts]) -> int:
    """Put a file of that ``kind`` at ``path``, whole or not at all; its size in bytes. Raises ``OSError``.

    ``facts`` are what JSON can hold. Of an array in parts, each has one dimension.
    """
    told, offset, bodies = {}, 0, []
    for name, given in arrays.items():
        parts = [np.ascontiguousarray(part) for part in ([given] if isinstance(given, np.ndarray) else given)]
        shape = parts[0].shape if isinstance(given, np.ndarray) else (sum(len(part) for part in parts),)
        found = 0
        for part in parts:
            found = crc32(part.reshape(-1).view(np.uint8).data, found)
        told[name] = (parts[0].dtype.str, shape, offset, found)
        bodies.append((offset, parts))
        offset = _aligned(offset + sum(part.nbytes for part in parts))
    head = json.dumps({"kind": kind, "facts": facts, "arrays": told, "size": offset}).encode()
    begin = _aligned(len(MAGIC) + _PRELUDE.size + len(head))
    new = path.with_name(f"{path.name}.{os.getpid()}{NEW}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(MAGIC + _PRELUDE.pack(len(head), crc32(head)) + head)
            for place, parts in bodies:
                file.seek(begin + place)
                for part in parts:
                    file.write(part.reshape(-1).view(np.uint8).data)
            file.truncate(begin + offset)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    _sync(path.parent)
    return begin + offset


def opened(path: Path, kind: str) -> Arrays:
    """The file at ``path``, mapped. Raises ``ArraysError`` for whatever is not a whole file of that kind."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _read(path, data, kind)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, error) as problem:
        raise ArraysError(f"{path.name}: {problem}") from None


def _read(path: Path, data: mmap.mmap, kind: str) -> Arrays:
    start = len(MAGIC) + _PRELUDE.size
    size, told = _PRELUDE.unpack_from(data, len(MAGIC))
    head = data[start : start + min(size, _LONGEST_HEAD)]
    if data[: len(MAGIC)] != MAGIC or len(head) != size or crc32(head) != told:
        raise ArraysError(f"{path.name} is no such file, or was cut off")
    read = json.loads(head)
    begin = _aligned(start + size)
    if read["kind"] != kind or begin + read["size"] != len(data):
        raise ArraysError(f"{path.name} holds something else, or was cut off")
    arrays = {}
    for name, (dtype, shape, offset, checksum) in read["arrays"].items():
        if dtype not in _TYPES or min(shape, default=0) < 0 or offset < 0:
            raise ArraysError(f"{path.name} has an array that is none")
        array = np.frombuffer(data, dtype, prod(shape), begin + offset).reshape(shape)
        if array.nbytes <= _SMALL and crc32(array.reshape(-1).view(np.uint8).data) != checksum:
            raise ArraysError(f"{path.name} is damaged")
        arrays[name] = array, begin + offset, checksum
    return Arrays(path, read["facts"], arrays)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED


def _sync(folder: Path) -> None:
    """Have the folder remember its new entry, where the system can say so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some file systems cannot: the file is there, and would be made anew were it gone
        pass
    finally:
        os.close(descriptor)
