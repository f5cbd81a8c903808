"""TOML that people write by hand: its text, what it holds, and where it is at fault. What then is for others to say."""

import re
import tomllib
from typing import Any

from corpus.clause import Clause

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)\s*$")


class NotUtf8Error(Exception):
    """The text is no UTF-8 at ``line``, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TomlError(Exception):
    """The text is no TOML at ``line``, counted from 1, and ``place``; ``problem`` is the parser's own words."""

    def __init__(self, problem: str, place: Clause, line: int) -> None:
        super().__init__(problem)
        self.problem, self.place, self.line = problem, place, line


class UnreadableTomlError(Exception):
    """The whole of it cannot be read, though each sign may be right; ``problem`` says why."""

    def __init__(self, problem: Clause) -> None:
        super().__init__(problem)
        self.problem = problem


def decoded(data: bytes) -> str:
    """The text of a file, with line feeds alone. Raises ``NotUtf8Error``."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotUtf8Error(data.count(b"\n", 0, error.start) + 1) from None


def parsed(source: str) -> dict[str, Any]:
    """The tables of ``source``, which has line feeds alone. Raises ``TomlError`` and ``UnreadableTomlError``."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        problem = str(error)[: found.start() if found else None]
        last = source.count("\n") + 1
        place, line = Clause("place.end"), last
        if found and found[1]:
            line = int(found[1])
            place = Clause("place.line_column", line=line, column=int(found[2]))
        raise TomlError(problem[:1].lower() + problem[1:], place, line) from None
    except RecursionError:
        raise UnreadableTomlError(Clause("toml.too_deep")) from None
    except ValueError:  # what tomllib lets through of Python's own, such as a number of 5,000 digits
        raise UnreadableTomlError(Clause("toml.no_value")) from None
