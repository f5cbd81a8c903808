"""What of an error is nobody's business on Discord: where on the server a folder, a file or a database lies.

The log and the terminal have the whole.
"""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath

_PLACES = frozenset({"file", "folder", "directory", "where", "problem"})  # fields that no person on Discord has written
# How an absolute path begins: with a slash after neither a word nor an address, a drive, or two backslashes.
_ABSOLUTE = r"(?<![\w/:.~\\])(?:/(?!/)|[A-Za-z]:[\\/]|\\\\)"
_PATH = re.compile(rf"{_ABSOLUTE}[^\s\"'`“”‘’<>(),;:]*")


def discreet(fields: Mapping[str, str | int]) -> dict[str, str | int]:
    """The ``fields`` of an error with no more than the last part of each absolute path in them."""
    return {name: _shortened(value) if name in _PLACES else value for name, value in fields.items()}


def _shortened(value: str | int) -> str | int:
    if not isinstance(value, str):
        return value
    if "\n" not in value and (PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()):
        return _last(value)  # the whole of it is one path, spaces and all
    return _PATH.sub(lambda found: _last(found[0]), value)


def _last(path: str) -> str:
    return re.split(r"[/\\]", path.rstrip("/\\"))[-1] or "…"
