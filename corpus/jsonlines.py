"""Files of one JSON object a line. Says which line is at fault; what an object means is for others to know."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus.errors import FileError, FileLineError


def objects(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Each object of the file with the number of its line, counted from 1; blank lines are passed over.

    Raises ``FileError`` where the file cannot be opened, and ``FileLineError`` at a line that is no JSON object in
    UTF-8.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _object(path, number, line)
    except OSError as error:
        raise FileError(file=str(path), problem=f"it cannot be opened: {error.strerror}") from None


def _object(path: Path, number: int, line: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # a number of 5,000 digits is a ValueError as well
        raise FileLineError(file=str(path), line=number, problem="it is not JSON in UTF-8") from None
    if not isinstance(found, dict):
        raise FileLineError(file=str(path), line=number, problem="it is JSON, but no object")
    return found
