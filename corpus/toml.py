"""TOML that people write by hand: its text, what it holds, and where it is at fault. What then is for others to say."""

import re
import tomllib
from typing import Any

_PLACE = re.compile(r"\s*\(at (line (\d+), column \d+|end of document)\)\s*$")


class TomlError(Exception):
    """What is wrong as a clause (``str()``); ``place`` as words, ``line`` counted from 1.

    Without a place the whole of it cannot be read, though each sign may be right.
    """

    def __init__(self, problem: str, place: str = "", line: int | None = None) -> None:
        super().__init__(problem)
        self.place, self.line = place, line


def decoded(data: bytes) -> str:
    """The text of a file, with line feeds alone. Raises ``TomlError`` where it is no UTF-8."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TomlError("it is not UTF-8 text", f"line {line}", line) from None


def parsed(source: str) -> dict[str, Any]:
    """The tables of ``source``, which has line feeds alone. Raises ``TomlError``."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        problem = str(error)[: found.start() if found else None]
        line = int(found[2]) if found and found[2] else source.count("\n") + 1
        raise TomlError(problem[:1].lower() + problem[1:], found[1] if found else f"line {line}", line) from None
    except RecursionError:
        raise TomlError("its brackets are nested too deep") from None
    except ValueError:  # what tomllib lets through of Python's own, such as a number of 5,000 digits
        raise TomlError("it holds a value that is none") from None
