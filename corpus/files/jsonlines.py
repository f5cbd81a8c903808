"""One JSON object a line. Says which line of a file is at fault; what an object means is for others to know."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from corpus.clause import Clause
from corpus.errors import FileError, FileLineError
from corpus.files.opening import shown_size

LONGEST_LINE = 64 * 1024 * 1024  # bytes; a report of 10 MiB, each character of it written as an escape


class NotJsonError(Exception):
    """A line is no JSON in UTF-8."""


class NotObjectError(Exception):
    """A line is JSON, but no object."""


def json_object(line: bytes) -> dict[str, object]:
    """The object of one line. Raises ``NotJsonError`` or ``NotObjectError``."""
    try:
        found = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError as well
        raise NotJsonError from None
    if not isinstance(found, dict):
        raise NotObjectError
    return found


def objects(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each object of the file with the number of its line, counted from 1; blank lines are passed over.

    The file may be a pipe. Raises ``FileError`` where it cannot be opened, and ``FileLineError`` at a line that is no
    JSON object in UTF-8, or longer than any could be.
    """
    number = 0
    try:
        with path.open("rb") as lines:
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    problem = Clause("lines.too_long", size=shown_size(LONGEST_LINE))
                    raise FileLineError(file=str(path), line=number, problem=problem)
                if line.strip():
                    yield number, json_object(line)
    except NotJsonError:
        raise FileLineError(file=str(path), line=number, problem=Clause("lines.no_json")) from None
    except NotObjectError:
        raise FileLineError(file=str(path), line=number, problem=Clause("lines.no_object")) from None
    except OSError as error:
        raise FileError(file=str(path), problem=Clause("file.unopened", problem=error.strerror or "")) from None


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON, whatever Python's reader thinks: RFC 8259, section 6."""
    raise ValueError(constant)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value
