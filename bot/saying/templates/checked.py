"""The files of one language, each read when one of its sentences is first needed, and checked whole by then.

Most commands say nothing of what ``problems.toml`` and ``usage.toml`` hold: reading them takes 5 ms.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from bot.errors.settings import TemplateError
from bot.saying.templates.cldr import Locale
from bot.saying.templates.keys import COMMANDS, FACES, PARTS
from corpus.clause import Clause

_COMMAND_FIELDS = frozenset(f"{command}_command" for command in COMMANDS)
# Of a file that has more than sentences: what stands beside them.
_TABLES = {"sentences": ("commands",), "usage": ("command", "called")}
# What Discord takes for the name of a command or an option: Application Command Naming.
_NAME = re.compile(r"[-_'\w]{1,32}")
_WHOLE = Clause("place.whole_file")


class Files:
    """A folder of template files, which is named by its language. Raises ``TemplateError`` that names file and key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[str, Mapping[str, object]] = {}
        self._sentences: dict[str, Mapping[str, Template]] = {}
        try:
            self.locale = Locale.of(folder.name)
        except KeyError:
            raise TemplateError(
                file=folder.name, where=_WHOLE, problem=Clause("template.no_locale", language=folder.name)
            ) from None

    def sentences(self, part: str) -> Mapping[str, Template]:
        """Every sentence of a file; one that depends on a number once for each plural form, as ``key.one``."""
        if part not in self._sentences:
            content = self._content(part)
            try:
                self._sentences[part] = dict(_sentences(content, part, self.locale.forms))
            except _FlawError as flaw:
                raise TemplateError(file=self._name(part), where=flaw.where, problem=flaw.problem) from None
        return self._sentences[part]

    def commands(self, face: str) -> Mapping[str, str]:
        """The commands' names of one face, as fields that any sentence may use."""
        content = self._content("sentences")
        try:
            return {name: _commands(content, name) for name in FACES}[face]
        except _FlawError as flaw:
            raise TemplateError(file=self._name("sentences"), where=flaw.where, problem=flaw.problem) from None

    def uses(self) -> Mapping[str, Mapping[str, str]]:
        """What is said of each command and of its options."""
        content = self._content("usage")
        try:
            return _uses(content)
        except _FlawError as flaw:
            raise TemplateError(file=self._name("usage"), where=flaw.where, problem=flaw.problem) from None

    def called(self) -> Mapping[str, Mapping[str, str]]:
        """What Discord calls commands and options in this language, where that is not what they are called in all."""
        content = self._content("usage")
        try:
            return _called(content.get("called", {}))
        except _FlawError as flaw:
            raise TemplateError(file=self._name("usage"), where=flaw.where, problem=flaw.problem) from None

    def _name(self, part: str) -> str:
        return f"{self._folder.name}/{part}.toml"

    def _content(self, part: str) -> Mapping[str, object]:
        if part not in self._contents:
            try:
                text = (self._folder / f"{part}.toml").read_text(encoding="utf-8")
                self._contents[part] = tomllib.loads(text)
            except (OSError, ValueError) as error:
                raise TemplateError(file=self._name(part), where=_WHOLE, problem=str(error)) from None
        return self._contents[part]


class _FlawError(Exception):
    """What is wrong with a template file, and at which key."""

    def __init__(self, where: str, problem: Clause) -> None:
        super().__init__(where, problem)
        self.where, self.problem = where, problem


def _commands(content: Mapping[str, object], face: str) -> dict[str, str]:
    found = _at(content, f"commands.{face}")
    if not isinstance(found, dict) or set(found) != set(COMMANDS):
        raise _FlawError(f"commands.{face}", Clause("template.commands", known=", ".join(COMMANDS)))
    return {f"{command}_command": str(name) for command, name in found.items()}


def _uses(content: Mapping[str, object]) -> Mapping[str, Mapping[str, str]]:
    found = content.get("command")
    if not isinstance(found, dict):
        raise _FlawError("command", Clause("template.no_uses"))
    for name, texts in found.items():
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text for text in texts.values()):
            raise _FlawError(f"command.{name}", Clause("template.no_texts"))
        if "summary" not in texts:
            raise _FlawError(f"command.{name}", Clause("template.no_summary"))
    return found


def _called(found: object) -> Mapping[str, Mapping[str, str]]:
    if not isinstance(found, dict) or not set(found) <= {"command", "option"}:
        raise _FlawError("called", Clause("template.no_names"))
    for kind, names in found.items():
        if not isinstance(names, dict):
            raise _FlawError(f"called.{kind}", Clause("template.no_names"))
        for word, name in names.items():
            if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
                raise _FlawError(f"called.{kind}.{word}", Clause("template.bad_name"))
    return found


def _sentences(content: Mapping[str, object], part: str, forms: Sequence[str]) -> Iterator[tuple[str, Template]]:
    known = PARTS[part]
    for key in _keys(content):
        if key not in known and key.partition(".")[0] not in _TABLES.get(part, ()):
            raise _FlawError(key, Clause("template.unknown_key"))
    for key, placeholders in known.items():
        needed = frozenset(placeholders.split())
        found = _at(content, key)
        if "n" not in needed:
            yield key, _template(key, found, needed, needed)
            continue
        if not isinstance(found, dict) or not set(found) <= set(forms):
            raise _FlawError(key, Clause("template.forms", known=", ".join(forms)))
        for form in forms:
            yield f"{key}.{form}", _template(f"{key}.{form}", found.get(form), needed, needed - {"n"})


def _template(key: str, text: object, allowed: frozenset[str], needed: frozenset[str]) -> Template:
    if not isinstance(text, str) or not text:
        raise _FlawError(key, Clause("template.missing"))
    template = Template(text)
    if not template.is_valid():
        raise _FlawError(key, Clause("template.dollar"))
    used = frozenset(template.get_identifiers())
    if unknown := used - allowed - _COMMAND_FIELDS:
        raise _FlawError(key, Clause("template.unknown_field", field=f"${min(unknown)}"))
    if missing := needed - used:
        raise _FlawError(key, Clause("template.unsaid", field=f"${min(missing)}"))
    return template


def _at(content: Mapping[str, object], key: str) -> object:
    """What stands at a dotted key, or ``None``."""
    section, _, name = key.partition(".")
    table = content.get(section)
    return table.get(name) if isinstance(table, dict) else None


def _keys(content: Mapping[str, object]) -> Iterator[str]:
    for section, table in content.items():
        if isinstance(table, dict):
            yield from (f"{section}.{name}" for name in table)
        else:
            yield section
