"""Every sentence the bot can say, in either face: one TOML file a language, checked whole when it is loaded.

A sentence is a ``string.Template`` (``str.format`` would let a template reach into objects). Which keys there are and
what each may fill in stands in ``keys.py``; a file that leaves one out, adds one, or names another placeholder is
refused. A sentence that depends on a number is a table of the plural forms that CLDR has for the language (see
``cldr.py``), chosen by the field ``n``.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

from bot.errors.settings import TemplateError, UnknownLanguageError
from bot.saying.discretion import discreet
from bot.saying.templates.cldr import Locale
from bot.saying.templates.keys import COMMANDS, FACES, PLACEHOLDERS
from corpus.errors import RapporteurError

FOLDER = Path(__file__).parent
# Whatever str.splitlines takes for the end of a line, C0 controls as the signs that Unicode has for them.
_BREAKS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in (0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E)},
    **{code: f"\\u{code:04x}" for code in (0x85, 0x2028, 0x2029)},
}
_COMMAND_FIELDS = frozenset(f"{command}_command" for command in COMMANDS)


class Templates:
    """The sentences of one language, checked. Make them with ``load`` or ``read``."""

    def __init__(
        self,
        sentences: Mapping[str, Template],
        locale: Locale,
        commands: Mapping[str, str],
        uses: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._sentences = sentences
        self._locale = locale
        self._commands = commands
        self._uses = uses

    def __call__(self, key: str, /, **fields: str | int) -> str:
        """The sentence ``key``, filled in with ``fields``. Raises ``KeyError`` for a key that there is not.

        Nothing that is filled in ends its line, so that no file's name can make a line of its own: an end of line is
        shown as a sign.
        """
        if "n" in fields:
            key = f"{key}.{self._locale.form(fields['n'])}"
        facts = {name: fact.translate(_BREAKS) if isinstance(fact, str) else fact for name, fact in fields.items()}
        return self._sentences[key].substitute(self._commands, **facts)

    def error(self, error: RapporteurError) -> str:
        """The sentence for ``error``; a fact that it does not carry shows as a question mark, not as a second error."""
        return self._filled(error.key, error.fields)

    def discreet(self, error: RapporteurError) -> str:
        """The same without where on the server something lies, for Discord."""
        key = f"discreet.{error.key}"
        if key not in PLACEHOLDERS:
            return self._filled(error.key, discreet(error.fields))
        fields = discreet(error.fields)
        return self(key, **{name: fields.get(name, "?") for name in PLACEHOLDERS[key].split()})

    def _filled(self, error: str, fields: Mapping[str, str | int]) -> str:
        key = f"errors.{error}"
        return self(key, **dict.fromkeys(PLACEHOLDERS[key].split(), "?") | dict(fields))

    def kept_error(self, detail: str) -> str:
        """The sentence for an error that the history keeps as ``detail``; ``detail`` itself where it fits none."""
        key, fields = RapporteurError.kept(detail) or ("", {})
        needed = PLACEHOLDERS.get(f"errors.{key}")
        return detail if needed is None or set(needed.split()) != set(fields) else self(f"errors.{key}", **fields)

    def command(self, name: str) -> str:
        """What a command, or a group of them, is for. Raises ``KeyError`` where nothing says it."""
        return self._uses[name]["summary"]

    def option(self, command: str, option: str) -> str:
        """What an option of a command means. Raises ``KeyError`` where nothing says it."""
        return self._uses[command][option]

    @property
    def uses(self) -> Mapping[str, Mapping[str, str]]:
        """What is said of each command, under ``summary``, and of its options, under their names."""
        return self._uses

    def with_uses(self, uses: Mapping[str, Mapping[str, str]]) -> "Templates":
        """The same sentences with what is said of further commands."""
        return Templates(self._sentences, self._locale, self._commands, {**self._uses, **uses})

    def date(self, date: dt.date) -> str:
        """A date in words, such as 15 March 2025."""
        return self._locale.written(date)

    def incomplete(self, year: int | None, month: int | None, day: int | None) -> str:
        """A date in words as far as it is known, such as March 2025 or 15 March."""
        return self._locale.partly(year, month, day)

    def moment(self, moment: dt.datetime) -> str:
        """An aware ``moment`` in words, to the minute, in UTC."""
        utc = moment.astimezone(dt.UTC)
        return self("dates.moment", date=self.date(utc), time=f"{utc:%H:%M}")


def languages() -> tuple[str, ...]:
    """The languages there are sentences in."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


@cache
def load(language: str = "en", face: str = "chat") -> Templates:
    """The sentences of ``language``; ``face`` (``chat`` or ``terminal``) chooses how commands are named in them.

    Raises ``UnknownLanguageError`` and ``TemplateError``.
    """
    if language not in languages():
        raise UnknownLanguageError(language=language, known=", ".join(languages()))
    return read(FOLDER / f"{language}.toml", face)


def read(file: Path, face: str = "chat") -> Templates:
    """The sentences of a template file, which is named by its language. Raises ``TemplateError`` that names the key at
    fault."""
    try:
        locale = Locale.of(file.stem)
    except KeyError:
        problem = f"cldr.json lacks the language {file.stem}; python -m tests.tools.cldr adds it"
        raise TemplateError(file=file.name, where="the whole file", problem=problem) from None
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TemplateError(file=file.name, where="the whole file", problem=str(error)) from None
    try:
        commands = {name: _commands(content, name) for name in FACES}
        sentences = dict(_sentences(content, locale.forms))
        uses = _uses(content)
    except _FlawError as flaw:
        raise TemplateError(file=file.name, where=flaw.where, problem=flaw.problem) from None
    return Templates(sentences, locale, commands[face], uses)


class _FlawError(Exception):
    """What is wrong with a template file, and at which key."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where, self.problem = where, problem


def _commands(content: dict[str, object], face: str) -> dict[str, str]:
    """The commands' names of one face, as fields that any sentence may use."""
    found = _at(content, f"commands.{face}")
    if not isinstance(found, dict) or set(found) != set(COMMANDS):
        raise _FlawError(f"commands.{face}", f"it should name {', '.join(COMMANDS)} and nothing else")
    return {f"{command}_command": str(name) for command, name in found.items()}


def _uses(content: dict[str, object]) -> dict[str, dict[str, str]]:
    """What is said of each command and of its options."""
    found = content.get("command")
    if not isinstance(found, dict):
        raise _FlawError("command", "it should be a table with one table for each command")
    for name, texts in found.items():
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
            raise _FlawError(f"command.{name}", "it should be a table of texts")
        if "summary" not in texts:
            raise _FlawError(f"command.{name}", "it lacks the summary")
    return found


def _sentences(content: dict[str, object], forms: Sequence[str]) -> Iterator[tuple[str, Template]]:
    """Every sentence; one that depends on a number once for each of the plural ``forms``, as ``key.one`` and so on."""
    for key in _keys(content):
        if key not in PLACEHOLDERS and key.partition(".")[0] not in ("commands", "command"):
            raise _FlawError(key, "there is no such key")
    for key, placeholders in PLACEHOLDERS.items():
        needed = frozenset(placeholders.split())
        found = _at(content, key)
        if "n" not in needed:
            yield key, _template(key, found, needed, needed)
            continue
        if not isinstance(found, dict) or not set(found) <= set(forms):
            raise _FlawError(key, f"it should be a table of the forms {', '.join(forms)}")
        for form in forms:
            yield f"{key}.{form}", _template(f"{key}.{form}", found.get(form), needed, needed - {"n"})


def _template(key: str, text: object, allowed: frozenset[str], needed: frozenset[str]) -> Template:
    if not isinstance(text, str) or not text:
        raise _FlawError(key, "it is missing or is not text")
    template = Template(text)
    if not template.is_valid():
        raise _FlawError(key, "it holds a dollar sign without a name; write two for a plain one")
    used = frozenset(template.get_identifiers())
    if unknown := used - allowed - _COMMAND_FIELDS:
        raise _FlawError(key, f"nothing fills in ${min(unknown)}")
    if missing := needed - used:
        raise _FlawError(key, f"it does not say ${min(missing)}")
    return template


def _at(content: dict[str, object], key: str) -> object:
    """What stands at a dotted key, or ``None``."""
    section, _, name = key.partition(".")
    table = content.get(section)
    return table.get(name) if isinstance(table, dict) else None


def _keys(content: dict[str, object]) -> Iterator[str]:
    for section, table in content.items():
        if isinstance(table, dict):
            yield from (f"{section}.{name}" for name in table)
        else:
            yield section
