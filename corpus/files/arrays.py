"""Named arrays in one file, mapped into memory when they are asked for: what can be made anew at any time, kept.

A file is written beside its place and put there whole, so that whoever opens it finds the one before or this one. It
begins with a head in JSON that says what it is and where each array stands. All of it is compared with checksums as it
is opened, unless another process of ours has just done so and nobody has written to it since: what a crash, a full disk
or a person has left half is never believed, and nothing has to be forced onto the disk. Nothing in it is ever run. What
is not as it should be is one error, after which the file is made anew.
"""

import json
import mmap
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from math import prod
from pathlib import Path
from stat import S_ISREG
from struct import Struct, error
from typing import Any, NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArraysError

# An array, or its parts in their order.
Parts = NDArray[Any] | Sequence[NDArray[Any]]

MAGIC = b"rapporteur arrays 1\n"
NEW = ".new"  # the suffix of what is being written
_PRELUDE = Struct("<QI")  # bytes of the head, its checksum
_ALIGNED = 64  # bytes
_LONGEST_HEAD = 2**20
_MOST = 2**32 - 1  # of a checksum
_PIECE = 2**20  # bytes that have a checksum of their own, and are compared in one go
_THREADS = 2  # that compare
_TYPES = ("|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f4", "<f8")
_WRONG = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, error)


class _Place(NamedTuple):
    """Where an array begins in the file, and the checksums of its pieces."""

    offset: int
    size: int
    sums: Sequence[int]


class Stamp(NamedTuple):
    """What tells a file from every other, and from what it is once somebody has written to it: the times, in
    nanoseconds, are the system's, and the last one nobody can set."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, file: int) -> Self:
        """That of an open file."""
        now = os.fstat(file)
        return cls(now.st_dev, now.st_ino, now.st_size, modified=now.st_mtime_ns, changed=now.st_ctime_ns)


class Arrays(Mapping[str, NDArray[Any]]):
    """The arrays of an open file, which are only read, and the ``facts`` that stand with them.

    The file may be removed or replaced meanwhile: what was opened stays as it was. It must not be cut short in place.
    ``stamp`` is what it had before it was compared.
    """

    def __init__(
        self,
        file: int,
        facts: Mapping[str, Any],
        arrays: Mapping[str, NDArray[Any]],
        begins: Mapping[str, int],
        *,
        stamp: Stamp,
    ) -> None:
        self.facts = facts
        self.stamp = stamp
        self._file, self._arrays, self._begins = file, arrays, begins

    def __del__(self, close: Callable[[int], None] = os.close) -> None:  # also when Python ends and modules are gone
        close(self._file)

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._arrays)

    def __len__(self) -> int:
        return len(self._arrays)

    def piece(self, name: str, begin: int, end: int) -> bytes:
        """Some bytes of an array, read and not mapped: what is looked at once must not stay in memory."""
        size = self._arrays[name].nbytes
        if not 0 <= begin <= end <= size:
            raise IndexError(f"{begin} to {end} are not within {size} bytes")
        return os.pread(self._file, end - begin, self._begins[name] + begin)


def write(path: Path, kind: str, facts: Mapping[str, Any], arrays: Mapping[str, Parts]) -> int:
    """Put a file of that ``kind`` at ``path``, whole or not at all; its size in bytes. Raises ``OSError``.

    ``facts`` are what JSON can hold. Of an array in parts, each has one dimension.
    """
    from concurrent.futures import ThreadPoolExecutor  # 32 ms: for whoever keeps editions
    from tempfile import mkstemp

    told: dict[str, tuple[str, Sequence[int], int, list[int]]] = {}
    pieces: list[_Piece] = []
    offset = 0
    for name, given in arrays.items():
        parts = [np.ascontiguousarray(part) for part in ([given] if isinstance(given, np.ndarray) else given)]
        shape = parts[0].shape if isinstance(given, np.ndarray) else (sum(len(part) for part in parts),)
        own = list(_pieces(offset, [part.reshape(-1).view(np.uint8) for part in parts]))
        told[name] = parts[0].dtype.str, shape, offset, [_MOST] * len(own)
        pieces += own
        offset = _aligned(offset + sum(part.nbytes for part in parts))
    head = {"kind": kind, "facts": facts, "arrays": told, "size": offset}
    room = len(json.dumps(head))  # with the longest checksums; they are known only once all is written
    begin = _aligned(len(MAGIC) + _PRELUDE.size + room)
    file, new = mkstemp(NEW, f"{path.name}.", path.parent)  # a name that nobody else has, for its owner's eyes alone
    try:
        with _closing(file), ThreadPoolExecutor(_THREADS) as threads:
            os.ftruncate(file, begin + offset)
            sums = threads.map(lambda piece: piece.put(file, begin), pieces)
            for _, _, _, own_sums in told.values():
                own_sums[:] = islice(sums, len(own_sums))
            data = json.dumps(head).encode().ljust(room)
            _put(file, MAGIC + _PRELUDE.pack(room, crc32(data)) + data, 0)
        Path(new).replace(path)
    except BaseException:
        Path(new).unlink(missing_ok=True)
        raise
    return begin + offset


def opened(path: Path, kind: str, compared: Stamp | None = None) -> Arrays:
    """The file at ``path``, compared and mapped. Raises ``ArraysError`` for whatever is not a whole file of that kind,
    and ``OSError`` where it cannot be read; ``FileNotFoundError`` where there is none.

    ``compared`` is the stamp of a file that another process has just compared: where this is that one still, its
    arrays are not compared again. Links are not followed: nobody makes one here.
    """
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        return _read(file, kind, compared)
    except OSError:
        os.close(file)
        raise
    except _WRONG as problem:
        os.close(file)
        raise ArraysError(str(problem)) from None


def _read(file: int, kind: str, compared: Stamp | None) -> Arrays:
    stamp = Stamp.of(file)
    start = len(MAGIC) + _PRELUDE.size
    prelude = os.pread(file, start, 0) if S_ISREG(os.fstat(file).st_mode) else b""
    size, told = _PRELUDE.unpack_from(prelude, len(MAGIC))
    head = os.pread(file, min(size, _LONGEST_HEAD), start)
    if prelude[: len(MAGIC)] != MAGIC or len(head) != size or crc32(head) != told:
        raise ValueError("no such file, or cut off")
    read, begin = json.loads(head), _aligned(start + size)
    if read["kind"] != kind or begin + read["size"] != stamp.size:
        raise ValueError("something else, or cut off")
    places = {}
    for name, (dtype, shape, offset, sums) in read["arrays"].items():
        if dtype not in _TYPES or min(shape, default=0) < 0 or offset < 0:
            raise ValueError("an array that is none")
        size = prod(shape) * np.dtype(dtype).itemsize
        if offset + size > read["size"] or len(sums) != -(-size // _PIECE):
            raise ValueError("an array that leaves the file")
        places[name] = _Place(begin + offset, size, sums)
    if compared != stamp:
        _compare(file, list(places.values()))
    data = mmap.mmap(file, 0, access=mmap.ACCESS_READ)
    arrays = {
        name: np.frombuffer(data, dtype, prod(shape), begin + offset).reshape(shape)
        for name, (dtype, shape, offset, _) in read["arrays"].items()
    }
    begins = {name: place.offset for name, place in places.items()}
    return Arrays(file, read["facts"], arrays, begins, stamp=stamp)


def _compare(file: int, places: Sequence[_Place]) -> None:
    """Compare every piece with its checksum; read and not mapped, since not all of it will be looked at again."""
    from concurrent.futures import ThreadPoolExecutor  # 24 ms: for whoever keeps editions

    def is_right(piece: tuple[int, int, int]) -> bool:
        begin, size, told = piece
        data = os.pread(file, size, begin)
        return len(data) == size and crc32(data) == told

    pieces = [
        (place.offset + at, min(_PIECE, place.size - at), told)
        for place in places
        for at, told in zip(range(0, place.size, _PIECE), place.sums, strict=True)
    ]
    with ThreadPoolExecutor(_THREADS) as threads:
        if not all(threads.map(is_right, pieces)):
            raise ValueError("damaged")


class _Piece(NamedTuple):
    """Where a piece stands after the head, and the parts that it is made of."""

    offset: int
    parts: Sequence[NDArray[np.uint8]]

    def put(self, file: int, begin: int) -> int:
        """Write it; its checksum."""
        found, at = 0, begin + self.offset
        for part in self.parts:
            found = crc32(part.data, found)
            at = _put(file, part.data, at)
        return found


def _pieces(offset: int, raw: Sequence[NDArray[np.uint8]]) -> Iterator[_Piece]:
    """The bytes of an array in pieces."""
    parts, left = list[NDArray[np.uint8]](), _PIECE
    for part in raw:
        at = 0
        while at < len(part):
            taken = part[at : at + left]
            parts.append(taken)
            at, left = at + len(taken), left - len(taken)
            if not left:
                yield _Piece(offset, parts)
                offset, parts, left = offset + _PIECE, [], _PIECE
    if parts:
        yield _Piece(offset, parts)


def _put(file: int, data: bytes | memoryview, at: int) -> int:
    """Write all of it at a place; the place after it. Raises ``OSError``."""
    left = memoryview(data)
    while left:
        written = os.pwrite(file, left, at)
        left, at = left[written:], at + written
    return at


@contextmanager
def _closing(file: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(file)


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGNED) * _ALIGNED
