"""``reports.toml``, the table of contents of a folder of reports, validated.

Every fault becomes one ``ManifestError`` that says in which entry and on which line it is, and in plain words what
is wrong.
"""

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import SchemaValidator, ValidationError

from corpus.errors import ManifestError
from corpus.files import NoFileError, TooLargeError, read_file
from corpus.legible import legible
from corpus.toml import TomlError, decoded, parsed

NAME = "reports.toml"
# An id stands in citations, button ids and file names.
ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
# A manifest is written by hand; a larger file is something else.
_MAX_BYTES = 1024 * 1024
_LONGEST_LINE = 2_000  # characters, twice those of the longest value
# tomllib takes the square of the time for a key of many parts; this looks for one outside strings and comments.
_MOST_PARTS = 8
_STRING = r"\"(?>(?:[^\"\\]|\\.)*)\"|'[^']*+'"
_MANY_PARTS = rf"(?<![\w\"-])(?:[\w\"-]++\s*+\.\s*+){{{_MOST_PARTS}}}"

_ENTRY = re.compile(r"^[^\S\n]*\[\[\s*[\"']?report[\"']?\s*\]\]", re.MULTILINE)
_NEEDED = ("file", "id", "title")
_LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


@dataclass(frozen=True, slots=True)
class Entry:
    """One ``[[report]]``: a file of the folder and its metadata.

    ``language`` is a BCP 47 tag, or ``None`` where it is to be told by the words of the file; ``symbol`` is a UN
    document symbol, ``note`` a content note that goes with every quote.
    """

    file: str
    id: str
    title: str
    publisher: str | None = None
    date: dt.date | None = None
    url: str | None = None
    language: str | None = None
    symbol: str | None = None
    note: str | None = None


KEYS = tuple(field.name for field in fields(Entry))


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"[\s<>\"]", url):
        raise ValueError
    return url


def _seen(value: object) -> object:
    return legible(value) if isinstance(value, str) else value


@cache
def _validator() -> SchemaValidator:
    """Pydantic's core alone: importing ``BaseModel`` as well would take a quarter of a whole ``rapporteur ask``."""
    line = {
        "type": "str",
        "strip_whitespace": True,
        "min_length": 1,
        "max_length": 500,
        "pattern": r"^[^\x00-\x1f\x7f]*$",
    }
    address = {
        "type": "function-after",
        "function": {"type": "no-info", "function": _web_address},
        "schema": {"type": "str", "max_length": 1000},
    }
    seen = {"type": "function-before", "function": {"type": "no-info", "function": _seen}, "schema": line}
    kinds: dict[str, Any] = {
        "file": line,  # as it is called, whatever that shows
        "id": {"type": "str", "pattern": ID_PATTERN},
        "date": {"type": "date"},
        "url": address,
        "language": {"type": "str", "pattern": _LANGUAGE_PATTERN},
    }
    rules: dict[str, Any] = {
        key: {"type": "typed-dict-field", "schema": kinds.get(key, seen), "required": key in _NEEDED} for key in KEYS
    }
    return SchemaValidator({"type": "typed-dict", "fields": rules, "extra_behavior": "forbid"})


# What pydantic calls a problem, and what it is in plain words.
_PROBLEMS = {
    "missing": 'the key "{key}" is missing',
    "string_type": '"{key}" must be text in quotation marks',
    "string_too_short": '"{key}" is empty',
    "string_too_long": '"{key}" is too long',
    "string_pattern_mismatch": '"{key}" must be one line of text without control characters',
}
_KEY_PROBLEMS = {
    "id": '"id" must be 1 to 64 of the signs a-z, 0-9, ".", "_" and "-", and begin with a letter or digit',
    "url": '"url" must be a web address that begins with http:// or https://',
    "date": '"date" must be a date such as 2025-03-15',
    "language": '"language" must be a language tag such as en or fr',
}


def load(folder: Path) -> tuple[Entry, ...] | None:
    """The entries of the folder's ``reports.toml`` in their order, or ``None`` where there is no such file.

    Every file named is there, inside the folder. Raises ``ManifestError``.
    """
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return None
    source = _source(path)
    entries = _entries(_parsed(source))
    lines = list(_entry_lines(source))
    seen: dict[str, dict[object, int]] = {"id": {}, "file": {}}
    checked = []
    for number, raw in enumerate(entries, start=1):
        where = f"entry {number}"
        if isinstance(raw.get("id"), str):
            where += f' ("{raw["id"][:64]}")'
        if len(lines) == len(entries):
            where += f", line {lines[number - 1]}"
        entry = _entry(raw, where)
        for key, value in (("id", entry.id), ("file", _file(folder, entry.file, where))):
            first = seen[key].setdefault(value, number)
            if first != number:
                raise _error(where, f'the {key} "{getattr(entry, key)}" already stands in entry {first}')
        checked.append(entry)
    return tuple(checked)


def _entry_lines(source: str) -> Iterator[int]:
    """The line of every ``[[report]]``, counted from 1."""
    line = at = 0
    for found in _ENTRY.finditer(source):
        line += source.count("\n", at, found.start())
        at = found.start()
        yield line + 1


def leaves_folder(folder: Path, path: Path) -> bool:
    """Whether ``path`` leads out of ``folder``, by its parts or through a symbolic link."""
    # realpath() goes on where links run in a circle; such a file is refused when it is opened.
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _error(where: str, problem: str) -> ManifestError:
    return ManifestError(file=NAME, where=where, problem=problem)


def _source(path: Path) -> str:
    """The text of the manifest, with line feeds alone."""
    try:
        data = read_file(path, _MAX_BYTES, folder=path.parent)
    except OSError as error:
        raise _error("the file", f"it cannot be opened: {error.strerror}") from None
    except TooLargeError as error:
        raise _error("the file", f"{error}, and so no table of contents") from None
    except NoFileError as error:
        raise _error("the file", str(error)) from None
    try:
        source = decoded(data)
    except TomlError as error:
        raise _error(error.place, f"{error}; save it as UTF-8") from None
    for number, written in enumerate(source.split("\n"), start=1):
        if len(written) > _LONGEST_LINE:
            raise _error(f"line {number}", f"it has {len(written)} characters, and may have {_LONGEST_LINE}")
        if written.count(".") >= _MOST_PARTS and _has_long_key(written):
            raise _error(f"line {number}", "it has a key of many parts, and the keys of this file have one")
    return source


def _has_long_key(line: str) -> bool:
    return re.search(_MANY_PARTS, re.sub(_STRING, '""', line).partition("#")[0]) is not None


def _parsed(source: str) -> dict[str, Any]:
    try:
        return parsed(source)
    except TomlError as error:
        problem = f"it is not TOML: {error}" if error.place else f"it is not TOML that can be read: {error}"
        raise _error(error.place or "the file", problem) from None


def _entries(parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The raw ``[[report]]`` tables; there must be one, and nothing else."""
    for key in parsed:
        if key != "report":
            raise _error(f'"{key[:64]}"', "it is no part of this file, in which every entry begins with [[report]]")
    entries = parsed.get("report")
    if isinstance(entries, dict):
        raise _error("[report]", "an entry begins with two brackets on each side: [[report]]")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _error("the file", "it has no [[report]] entry")
    if not entries:
        raise _error("the file", "it has no [[report]] entry")
    return entries


def _entry(raw: Mapping[str, Any], where: str) -> Entry:
    try:
        return Entry(**_validator().validate_python(raw))
    except ValidationError as error:
        # A misspelt key explains why the right one is missing, so it comes first.
        problems = sorted(error.errors(include_url=False), key=lambda problem: problem["type"] != "extra_forbidden")
        kind, key = problems[0]["type"], str(problems[0]["loc"][0])
    if kind == "extra_forbidden":
        close = _nearest(key.lower(), KEYS)
        hint = f'the nearest one is "{close}"' if close else f"the keys are {', '.join(KEYS)}"
        raise _error(where, f'there is no key "{key[:64]}"; {hint}')
    plain = _PROBLEMS.get(kind) if kind in ("missing", "string_type") else _KEY_PROBLEMS.get(key, _PROBLEMS.get(kind))
    raise _error(where, (plain or '"{key}" is not as it should be').format(key=key))


def _file(folder: Path, name: str, where: str) -> Path:
    """The resolved path of the file that an entry names."""
    path = folder / name
    try:
        if leaves_folder(folder, path):
            raise _error(where, f'the file "{name}" lies outside this folder; copy it here')
        if path.is_file():
            return Path(os.path.realpath(path))
        names = [child.name for child in folder.iterdir() if child.is_file()]
    except OSError as error:
        raise _error(where, f'the file "{name}" cannot be opened: {error.strerror}') from None
    close = _nearest(name, names)
    raise _error(
        where, f'there is no file "{name}"' + (f'; the nearest one is "{close}"' if close else " in this folder")
    )


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # needed for a mistake only

    return next(iter(get_close_matches(word, list(known), n=1)), None)
