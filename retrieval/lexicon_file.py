"""An operator's own file of equivalents → lexicons that hold them beside the bundled ones.

The form is that of the bundled files, with a table for each language. Nothing of a file that has a fault is used: the
first one found is told with its line and what to do about it.
"""

import re
import tomllib
from pathlib import Path
from typing import NoReturn

from corpus.files import NoFileError, TooLargeError, read_file
from retrieval.errors import LexiconError, LexiconLineError
from retrieval.language import languages
from retrieval.lexicon import WEIGHTS, Lexicons
from retrieval.terms import Analyzer, analyzer_of

LONGEST_FILE = 1024 * 1024  # bytes; over thirty times the bundled English one
LONGEST_LINE = 1_000  # characters; tomllib takes the square of the time for a key of many parts
LONGEST_ITEM = 4  # words
SHOWN = 60  # characters of a bad item or name that an error message repeats
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")
_TABLES = ", ".join(WEIGHTS)
_EXAMPLE = "same = '''…'''"


def read(path: Path) -> Lexicons:
    """The bundled lexicons with what the file adds. Raises ``LexiconError``; ``LexiconLineError`` names a line."""
    return Lexicons(_File(path).tables())


class _File:
    """The text of a lexicon file, and what to say where it is at fault."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._source = self._read()

    def tables(self) -> dict[str, dict[str, str]]:
        """The checked tables by language, with their items in the words that reports are read in."""
        return {tag: self._language(tag, table) for tag, table in self._parsed().items()}

    def _read(self) -> str:
        try:
            data = read_file(self._path, LONGEST_FILE)
        except FileNotFoundError:
            self._refuse("there is no such file; correct its path, or take the setting out")
        except TooLargeError as error:
            self._refuse(f"{error}; keep the entries that you need")
        except (IsADirectoryError, NoFileError):
            self._refuse("it is a folder or a device; name a file")
        except OSError as error:
            self._refuse(f"it cannot be opened ({error.strerror}); make it readable for whoever runs this")
        try:
            source = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self._refuse("it is not UTF-8 text; save the file as UTF-8", data.count(b"\n", 0, error.start) + 1)
        for number, line in enumerate(source.split("\n"), start=1):
            if len(line) > LONGEST_LINE:
                self._refuse(f"it has {len(line)} characters, and may have {LONGEST_LINE}; write several lines", number)
        return source

    def _parsed(self) -> dict[str, object]:
        try:
            return tomllib.loads(self._source)
        except tomllib.TOMLDecodeError as error:
            problem, place = str(error), _TOML_PLACE.search(str(error))
            if place:
                problem = problem[: place.start()]
            line = int(place[1]) if place and place[1] else self._line(len(self._source))
            self._refuse(f"it is not TOML ({problem[:1].lower()}{problem[1:]}); write entries as {_EXAMPLE}", line)
        except (RecursionError, ValueError):  # brackets within brackets, and what tomllib lets through of Python's own
            self._refuse(f"it is not TOML that can be read; write entries as {_EXAMPLE}")

    def _language(self, tag: str, table: object) -> dict[str, str]:
        if tag in WEIGHTS:
            self._refuse(f"“{tag}” belongs to no language; write a line such as [en] above it", self._key_line(tag, 0))
        if not isinstance(table, dict):
            problem = f"“{tag[:SHOWN]}” is no table; write a line such as [en] and below it {_EXAMPLE}"
            self._refuse(problem, self._key_line(tag, 0) or self._table_line(tag))
        if tag not in languages():
            problem = f"there is no language “{tag[:SHOWN]}”; write one of {', '.join(languages())}"
            self._refuse(problem, self._table_line(tag))
        return {name: self._texts(tag, name, text) for name, text in table.items()}

    def _texts(self, tag: str, name: str, text: object) -> str:
        begin = self._table_at(tag) or 0
        if name not in WEIGHTS:
            problem = f"[{tag}] cannot hold “{name[:SHOWN]}”; write one of {_TABLES}"
            self._refuse(problem, self._key_line(name, begin))
        if not isinstance(text, str):
            self._refuse(f"“{name}” of [{tag}] is no text; write it as {_EXAMPLE}", self._key_line(name, begin))
        first = self._first_line(text, begin)
        analyzer = analyzer_of(tag)
        entries = (self._entry(line, analyzer, first and first + n) for n, line in enumerate(text.split("\n")))
        return "\n".join(entry for entry in entries if entry)

    def _entry(self, written: str, analyzer: Analyzer, line: int | None) -> str:
        """One line in the words that reports are read in; nothing where it holds only a comment."""
        content = written.partition("#")[0]
        if not content.strip():
            return ""
        sides = [[self._item(item, analyzer, line) for item in items] for items in self._sides(content, line)]
        for item in sides[-1]:
            if not any(analyzer.key(word, is_name=word.isupper()) for word in item.split()):
                problem = "holds only little words, by which nothing is found"
                self._refuse(f"“{_shown(item)}” {problem}; write it on the left of “>” alone, or take it out", line)
        return " > ".join(", ".join(items) for items in sides)

    def _sides(self, content: str, line: int | None) -> list[list[str]]:
        """The items on the left and on the right of the arrow, or all of them where there is none."""
        sides = [[item for item in map(str.strip, side.split(",")) if item] for side in content.split(">")]
        problem = ""
        if len(sides) > 2:
            problem = "has more than one “>”; write a line for each"
        elif len(sides) == 1 and len(sides[0]) < 2:
            problem = "stands alone; write what may stand for it behind a comma, or what it finds behind “>”"
        elif not sides[0]:
            problem = "has nothing on the left of “>”; write words of a question there"
        elif not sides[-1]:
            problem = "has nothing on the right of “>”; write words of reports there"
        if problem:
            self._refuse(f"“{_shown(content)}” {problem}", line)
        return sides

    def _item(self, written: str, analyzer: Analyzer, line: int | None) -> str:
        """The words of an item, folded; a little word in capitals stays, since it is a name."""
        words = analyzer.words(written)
        if not words:
            self._refuse(f"“{_shown(written)}” holds no word; take it out", line)
        if len(words) > LONGEST_ITEM:
            problem = f"has {len(words)} words, and an item may have {LONGEST_ITEM}; shorten it"
            self._refuse(f"“{_shown(written)}” {problem}", line)
        typed = [(word.text, written[word.start : word.end]) for word in words]
        return " ".join(
            surface if len(surface) > 1 and surface.isupper() and analyzer.key(folded) is None else folded
            for folded, surface in typed
        )

    def _refuse(self, problem: str, line: int | None = None) -> NoReturn:
        if line is None:
            raise LexiconError(file=str(self._path), problem=problem)
        raise LexiconLineError(file=str(self._path), line=line, problem=problem)

    # tomllib tells no places. Where a key or a text cannot be found as it is usually written, no line is named.

    def _table_at(self, tag: str) -> int | None:
        """Where the table of a language begins, in characters."""
        found = re.search(rf"^[ \t]*\[\[?[ \t]*[\"']?{re.escape(tag)}[\"']?[ \t]*\]", self._source, re.MULTILINE)
        return found.start() if found else None

    def _table_line(self, tag: str) -> int | None:
        at = self._table_at(tag)
        return None if at is None else self._line(at)

    def _key_line(self, key: str, begin: int) -> int | None:
        pattern = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=", re.MULTILINE)
        found = pattern.search(self._source, begin)
        return self._line(found.start()) if found else None

    def _first_line(self, text: str, begin: int) -> int | None:
        """The line of the file on which a value begins that is written without escapes."""
        for quotes in ("'''", '"""', "'", '"'):
            for opening in (f"{quotes}\n", quotes):
                at = self._source.find(opening + text + quotes, begin)
                if at >= 0:
                    return self._line(at + len(opening))
        return None

    def _line(self, at: int) -> int:
        return self._source.count("\n", 0, at) + 1


def _shown(text: str) -> str:
    return " ".join(text.split())[:SHOWN]
