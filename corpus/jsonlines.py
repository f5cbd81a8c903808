"""Files of one JSON object a line. Says which line is at fault; what an object means is for others to know."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.clause import Clause
from corpus.errors import FileError, FileLineError
from corpus.files import shown_size

LONGEST_LINE = 64 * 1024 * 1024  # bytes; a report of 10 MiB, each character of it written as an escape


def objects(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each object of the file with the number of its line, counted from 1; blank lines are passed over.

    The file may be a pipe. Raises ``FileError`` where it cannot be opened, and ``FileLineError`` at a line that is no
    JSON object in UTF-8, or longer than any could be.
    """
    try:
        with path.open("rb") as lines:
            number = 0
            while line := lines.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    problem = Clause("lines.too_long", size=shown_size(LONGEST_LINE))
                    raise FileLineError(file=str(path), line=number, problem=problem)
                if line.strip():
                    yield number, _object(path, number, line)
    except OSError as error:
        raise FileError(file=str(path), problem=Clause("file.unopened", problem=error.strerror or "")) from None


def _object(path: Path, number: int, line: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError as well
        raise FileLineError(file=str(path), line=number, problem=Clause("lines.no_json")) from None
    if not isinstance(found, dict):
        raise FileLineError(file=str(path), line=number, problem=Clause("lines.no_object"))
    return found
