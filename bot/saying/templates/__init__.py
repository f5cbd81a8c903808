"""Every sentence the bot can say, in either face: one folder of TOML files a language, each checked as it is read.

A sentence is a ``string.Template`` (``str.format`` would let a template reach into objects). Which keys there are and
what each may fill in stands in ``keys.py``; a file that leaves one out, adds one, or names another placeholder is
refused. A sentence that depends on a number is a table of the plural forms that CLDR has for the language (see
``cldr.py``), chosen by the field ``n``. What an error or a sentence is filled in with may be a clause, which has words
of its own here.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.errors.settings import UnknownLanguageError
from bot.saying.discretion import discreet
from bot.saying.templates.checked import Files
from bot.saying.templates.keys import PARTS, PLACEHOLDERS
from corpus.clause import Clause, Fact
from corpus.errors import RapporteurError

FOLDER = Path(__file__).parent
DEFAULT = "en"  # the language of whoever speaks none that there are sentences in
# Whatever str.splitlines takes for the end of a line, C0 controls as the signs that Unicode has for them.
_BREAKS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in (0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E)},
    **{code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)},
}
_PART_OF = {key: part for part in PARTS for key in PARTS[part]}


class Templates:
    """The sentences of one language. Make them with ``load`` or ``read``."""

    def __init__(self, files: Files, face: str, more: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._files, self._face, self._more = files, face, more or {}
        self._commands = files.commands(face)

    def __call__(self, key: str, /, **fields: Fact) -> str:
        """The sentence ``key``, filled in with ``fields``. Raises ``KeyError`` for a key that there is not.

        Nothing that is filled in ends its line, so that no file's name can make a line of its own: an end of line is
        shown as a sign.
        """
        sentences = self._files.sentences(_PART_OF[key])
        if "n" in fields:
            key = f"{key}.{self._files.locale.form(self._told(fields['n']))}"
        return sentences[key].substitute(self._commands, **{name: self._told(fact) for name, fact in fields.items()})

    def clause(self, clause: Clause) -> str:
        """The words of a clause."""
        return self._filled(clause.key, clause.fields)

    def facts(self, error: RapporteurError) -> dict[str, str | int]:
        """What an error carries, clauses as their words."""
        return self._words(error.fields)

    def error(self, error: RapporteurError) -> str:
        """The sentence for ``error``; a fact that it does not carry shows as a question mark, not as a second error."""
        return self._filled(f"errors.{error.key}", error.fields)

    def discreet(self, error: RapporteurError) -> str:
        """The same without where on the server something lies, for Discord."""
        key = f"discreet.{error.key}"
        fields = discreet(self.facts(error))
        if key not in PLACEHOLDERS:
            return self._filled(f"errors.{error.key}", fields)
        return self(key, **{name: fields.get(name, "?") for name in PLACEHOLDERS[key].split()})

    def _filled(self, key: str, fields: Mapping[str, Fact]) -> str:
        return self(key, **dict.fromkeys(PLACEHOLDERS[key].split(), "?") | dict(fields))

    def _words(self, fields: Mapping[str, Fact]) -> dict[str, str | int]:
        return {name: self.clause(fact) if isinstance(fact, Clause) else fact for name, fact in fields.items()}

    def _told(self, fact: Fact) -> str | int:
        if isinstance(fact, Clause):
            return self.clause(fact)
        return fact.translate(_BREAKS) if isinstance(fact, str) else fact

    def kept_error(self, detail: str) -> str:
        """The sentence for an error that the history keeps as ``detail``; ``detail`` itself where it fits none."""
        key, fields = RapporteurError.kept(detail) or ("", {})
        return self(f"errors.{key}", **fields) if _is_whole(f"errors.{key}", fields) else detail

    def kept_data(self, detail: str) -> str:
        """The same as data still, its clauses as their words."""
        key, fields = RapporteurError.kept(detail) or ("", {})
        if not _is_whole(f"errors.{key}", fields):
            return detail
        return json.dumps({"error": key, "fields": self._words(fields)}, sort_keys=True)

    def command(self, name: str) -> str:
        """What a command, or a group of them, is for. Raises ``KeyError`` where nothing says it."""
        return self.uses[name]["summary"]

    def option(self, command: str, option: str) -> str:
        """What an option of a command means. Raises ``KeyError`` where nothing says it."""
        return self.uses[command][option]

    def called(self, kind: str, word: str) -> str | None:
        """What Discord calls a ``command`` or an ``option`` in this language; ``None`` where it is called as in all."""
        return self._files.called().get(kind, {}).get(word)

    @property
    def uses(self) -> Mapping[str, Mapping[str, str]]:
        """What is said of each command, under ``summary``, and of its options, under their names."""
        return {**self._files.uses(), **self._more}

    def with_uses(self, uses: Mapping[str, Mapping[str, str]]) -> "Templates":
        """The same sentences with what is said of further commands."""
        return Templates(self._files, self._face, {**self._more, **uses})

    def check(self) -> None:
        """Read every file now: whoever serves for weeks does not want to stumble later. Raises ``TemplateError``."""
        for part in PARTS:
            self._files.sentences(part)
        self._files.uses()
        self._files.called()

    def date(self, date: dt.date) -> str:
        """A date in words, such as 15 March 2025."""
        return self._files.locale.written(date)

    def incomplete(self, year: int | None, month: int | None, day: int | None) -> str:
        """A date in words as far as it is known, such as March 2025 or 15 March."""
        return self._files.locale.partly(year, month, day)

    def number(self, number: float, decimals: int) -> str:
        """A number with so many decimals, such as 0.85."""
        return self._files.locale.number(number, decimals)

    def moment(self, moment: dt.datetime) -> str:
        """An aware ``moment`` in words, to the minute, in UTC."""
        utc = moment.astimezone(dt.UTC)
        return self("dates.moment", date=self.date(utc), time=f"{utc:%H:%M}")


@cache
def languages() -> tuple[str, ...]:
    """The languages there are sentences in."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/sentences.toml")))


@cache
def load(language: str = DEFAULT, face: str = "chat") -> Templates:
    """The sentences of ``language``; ``face``, one of ``FACES``, chooses how commands are named in them.

    Raises ``UnknownLanguageError`` and ``TemplateError``.
    """
    if language not in languages():
        raise UnknownLanguageError(language=language, known=", ".join(languages()))
    return read(FOLDER / language, face)


def of_log() -> Templates:
    """The sentences of the log: in English, whatever the bot speaks and to whom, so that one search finds an event."""
    return load("en")


def read(folder: Path, face: str = "chat") -> Templates:
    """The sentences of a folder of template files, which is named by its language. Raises ``TemplateError``."""
    files = Files(folder)
    files.sentences("sentences")
    return Templates(files, face)


def _is_whole(key: str, fields: Mapping[str, Fact]) -> bool:
    """Whether there is such a sentence, and ``fields`` are what it needs, each clause in them as well."""
    needed = PLACEHOLDERS.get(key)
    clauses = [fact for fact in fields.values() if isinstance(fact, Clause)]
    has_all = needed is not None and set(needed.split()) == set(fields)
    return has_all and all(_is_whole(clause.key, clause.fields) for clause in clauses)
