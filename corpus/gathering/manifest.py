"""``reports.toml``, the table of contents of a folder of reports, validated.

Every fault becomes one ``ManifestError`` that says in which entry and on which line it is, and what is wrong.
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

from corpus.clause import Clause, Fact
from corpus.errors import ManifestError
from corpus.files.opening import NoFileError, TooLargeError, read_file, shown_size
from corpus.files.toml import NotUtf8Error, TomlError, UnreadableTomlError, decoded, parsed
from corpus.text.legible import legible

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
_LONGEST_ID = 64  # characters of a bad id or key that an error repeats
_FILE = Clause("place.file")
# What is said of a value that has to be of a kind of its own.
_OF_ITS_KIND = {
    "id": Clause("manifest.bad_id"),
    "url": Clause("manifest.bad_url"),
    "date": Clause("manifest.bad_date"),
    "language": Clause("manifest.bad_language"),
}
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


def load(folder: Path) -> tuple[Entry, ...] | None:
    """The entries of the folder's ``reports.toml`` in their order, or ``None`` where there is no such file.

    Every file named is there, inside the folder. Raises ``ManifestError``.
    """
    path = folder / NAME
    if not os.path.lexists(path):  # nor does what has too long a path to be there
        return None
    source = _source(path)
    entries = _entries(_parsed(source))
    lines = list(_entry_lines(source))
    seen: dict[str, dict[object, int]] = {"id": {}, "file": {}}
    checked = []
    for number, raw in enumerate(entries, start=1):
        where = _place(number, raw.get("id"), lines[number - 1] if len(lines) == len(entries) else None)
        entry = _entry(raw, where)
        for key, value in (("id", entry.id), ("file", _file(folder, entry.file, where))):
            first = seen[key].setdefault(value, number)
            if first != number:
                raise _error(where, _twice(entry, key, first))
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


def _twice(entry: Entry, key: str, first: int) -> Clause:
    if key == "id":
        return Clause("manifest.same_id", id=entry.id, entry=first)
    return Clause("manifest.same_file", file=entry.file, entry=first)


def _place(number: int, report_id: object, line: int | None) -> Clause:
    """Where an entry is, as far as that can be told."""
    match report_id, line:
        case str(shown), int(at):
            return Clause("place.entry_id_line", entry=number, id=shown[:_LONGEST_ID], line=at)
        case str(shown), None:
            return Clause("place.entry_id", entry=number, id=shown[:_LONGEST_ID])
        case _, int(at):
            return Clause("place.entry_line", entry=number, line=at)
    return Clause("place.entry", entry=number)


def _error(where: Fact, problem: Clause) -> ManifestError:
    return ManifestError(file=NAME, where=where, problem=problem)


def _source(path: Path) -> str:
    """The text of the manifest, with line feeds alone."""
    try:
        data = read_file(path, _MAX_BYTES, folder=path.parent)
    except OSError as error:
        raise _error(_FILE, Clause("file.unopened", problem=error.strerror or "")) from None
    except TooLargeError:
        raise _error(_FILE, Clause("manifest.too_large", size=shown_size(_MAX_BYTES))) from None
    except NoFileError as error:
        raise _error(_FILE, error.clause) from None
    try:
        source = decoded(data)
    except NotUtf8Error as error:
        raise _error(Clause("place.line", line=error.line), Clause("manifest.no_utf8")) from None
    for number, written in enumerate(source.split("\n"), start=1):
        if len(written) > _LONGEST_LINE:
            raise _error(
                Clause("place.line", line=number), Clause("manifest.long_line", length=len(written), most=_LONGEST_LINE)
            )
        if written.count(".") >= _MOST_PARTS and _has_long_key(written):
            raise _error(Clause("place.line", line=number), Clause("manifest.long_key"))
    return source


def _has_long_key(line: str) -> bool:
    return re.search(_MANY_PARTS, re.sub(_STRING, '""', line).partition("#")[0]) is not None


def _parsed(source: str) -> dict[str, Any]:
    try:
        return parsed(source)
    except TomlError as error:
        raise _error(error.place, Clause("manifest.no_toml", problem=error.problem)) from None
    except UnreadableTomlError as error:
        raise _error(_FILE, Clause("manifest.unread_toml", problem=error.problem)) from None


def _entries(parsed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The raw ``[[report]]`` tables; there must be one, and nothing else."""
    for key in parsed:
        if key != "report":
            raise _error(f'"{key[:_LONGEST_ID]}"', Clause("manifest.strange_table"))
    entries = parsed.get("report")
    if isinstance(entries, dict):
        raise _error("[report]", Clause("manifest.one_bracket"))
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _error(_FILE, Clause("manifest.no_entry"))
    if not entries:
        raise _error(_FILE, Clause("manifest.no_entry"))
    return entries


def _entry(raw: Mapping[str, Any], where: Clause) -> Entry:
    try:
        return Entry(**_validator().validate_python(raw))
    except ValidationError as error:
        # A misspelt key explains why the right one is missing, so it comes first.
        problems = sorted(error.errors(include_url=False), key=lambda problem: problem["type"] != "extra_forbidden")
        kind, key = problems[0]["type"], str(problems[0]["loc"][0])
    raise _error(where, _problem(kind, key))


def _problem(kind: str, key: str) -> Clause:
    """What pydantic calls a ``kind`` of fault, of the value of a ``key``."""
    match kind, key:
        case "extra_forbidden", _ if close := _nearest(key.lower(), KEYS):
            return Clause("manifest.misspelt_key", key=key[:_LONGEST_ID], nearest=close)
        case "extra_forbidden", _:
            return Clause("manifest.unknown_key", key=key[:_LONGEST_ID], known=", ".join(KEYS))
        case "missing", _:
            return Clause("manifest.missing_key", key=key)
        case "string_type", _:
            return Clause("manifest.no_text", key=key)
        case _, _ if key in _OF_ITS_KIND:
            return _OF_ITS_KIND[key]
        case "string_too_short", _:
            return Clause("manifest.empty", key=key)
        case "string_too_long", _:
            return Clause("manifest.too_long", key=key)
        case "string_pattern_mismatch", _:
            return Clause("manifest.no_line", key=key)
    return Clause("manifest.bad_value", key=key)


def _file(folder: Path, name: str, where: Clause) -> Path:
    """The resolved path of the file that an entry names."""
    path = folder / name
    try:
        if leaves_folder(folder, path):
            raise _error(where, Clause("manifest.file_outside", file=name))
        if path.is_file():
            return Path(os.path.realpath(path))
        names = [child.name for child in folder.iterdir() if child.is_file()]
    except OSError as error:
        raise _error(where, Clause("manifest.unopened_file", file=name, problem=error.strerror or "")) from None
    close = _nearest(name, names)
    if close:
        raise _error(where, Clause("manifest.misspelt_file", file=name, nearest=close))
    raise _error(where, Clause("manifest.no_file", file=name))


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches  # 1 ms: needed for a mistake only

    return next(iter(get_close_matches(word, list(known), n=1)), None)
