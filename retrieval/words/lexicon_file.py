"""An operator's own file of equivalents → lexicons that hold them beside the bundled ones.

The form is that of the bundled files, with a table for each language. Nothing of a file that has a fault is used: the
first one found is told with its line and what to do about it.
"""

import re
from pathlib import Path
from typing import NoReturn

from corpus.clause import Clause
from corpus.files.opening import NoFileError, TooLargeError, read_file, shown_size
from corpus.files.toml import NotUtf8Error, TomlError, UnreadableTomlError, decoded, parsed
from retrieval.errors import LexiconError, LexiconLineError
from retrieval.language import languages
from retrieval.words.lexicon import WEIGHTS, Lexicons
from retrieval.words.lexicon_entry import SHOWN, BadEntryError, entry
from retrieval.words.terms import Analyzer, analyzer_of

LONGEST_FILE = 1024 * 1024  # bytes; over thirty times the bundled English one
LONGEST_LINE = 1_000  # characters; tomllib takes the square of the time for a key of many parts
_TABLES = ", ".join(WEIGHTS)
_EXAMPLE = "same = '''…'''"


def read(path: Path) -> Lexicons:
    """The bundled lexicons with what the file adds. Raises ``LexiconError``; ``LexiconLineError`` names a line."""
    return Lexicons(_File(path).tables())


class _File:
    """The text of a lexicon file, and what it is refused for."""

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
            self._refuse(Clause("lexicon.no_file"))
        except TooLargeError:
            self._refuse(Clause("lexicon.too_large", size=shown_size(LONGEST_FILE)))
        except (IsADirectoryError, NoFileError):
            self._refuse(Clause("lexicon.strange"))
        except OSError as error:
            self._refuse(Clause("lexicon.unopened", problem=error.strerror or ""))
        try:
            source = decoded(data)
        except NotUtf8Error as error:
            self._refuse(Clause("lexicon.no_utf8"), error.line)
        for number, line in enumerate(source.split("\n"), start=1):
            if len(line) > LONGEST_LINE:
                self._refuse(Clause("lexicon.long_line", length=len(line), most=LONGEST_LINE), number)
        return source

    def _parsed(self) -> dict[str, object]:
        try:
            return parsed(self._source)
        except TomlError as error:
            self._refuse(Clause("lexicon.no_toml", problem=error.problem, example=_EXAMPLE), error.line)
        except UnreadableTomlError:
            self._refuse(Clause("lexicon.deep_toml", example=_EXAMPLE))

    def _language(self, tag: str, table: object) -> dict[str, str]:
        if tag in WEIGHTS:
            self._refuse(Clause("lexicon.no_language", table=tag), self._key_line(tag, 0))
        if not isinstance(table, dict):
            problem = Clause("lexicon.no_table", table=tag[:SHOWN], example=_EXAMPLE)
            self._refuse(problem, self._key_line(tag, 0) or self._table_line(tag))
        if tag not in languages():
            problem = Clause("lexicon.unknown_language", language=tag[:SHOWN], known=", ".join(languages()))
            self._refuse(problem, self._table_line(tag))
        return {name: self._texts(tag, name, text) for name, text in table.items()}

    def _texts(self, tag: str, name: str, text: object) -> str:
        begin = self._table_at(tag) or 0
        if name not in WEIGHTS:
            problem = Clause("lexicon.unknown_table", language=tag, table=name[:SHOWN], known=_TABLES)
            self._refuse(problem, self._key_line(name, begin))
        if not isinstance(text, str):
            problem = Clause("lexicon.no_text", language=tag, table=name, example=_EXAMPLE)
            self._refuse(problem, self._key_line(name, begin))
        first = self._first_line(text, begin)
        analyzer = analyzer_of(tag)
        entries = (self._entry(line, analyzer, first and first + n) for n, line in enumerate(text.split("\n")))
        return "\n".join(entry for entry in entries if entry)

    def _entry(self, written: str, analyzer: Analyzer, line: int | None) -> str:
        """One line in the words that reports are read in; nothing where it holds only a comment."""
        try:
            return entry(written, analyzer)
        except BadEntryError as error:
            self._refuse(error.problem, line)

    def _refuse(self, problem: Clause, line: int | None = None) -> NoReturn:
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
