"""The command line as a whole: which command is meant, with which arguments; its help and its version.

Building a parser for every command costs as much as answering a question, so only the one in use is built.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from bot.commands.registry import Registry
from bot.errors import BadUsageError
from bot.errors.usage import ApartError
from bot.saying.templates import Templates
from bot.terminal.arguments import CORPUS_ACTIONS, OWN, PROGRAM, add_arguments, in_words, names
from bot.terminal.grammar import Grammar, surplus, unknown
from bot.terminal.help import Help, summaries
from bot.terminal.languages import OPTION, after_language
from corpus.clause import Clause

REPORTS = "--reports"
_WORDLESS = ("chat", "reports", "about", "corpus", "run")  # commands that take no words of their own
_TAKES_WORDS = ("check", "equivalent")  # of what `corpus` does
_PAIR = ("word", "means")  # what `corpus equivalent` takes
# Options that only some of what `corpus` does can do something with.
_ONLY_FOR = {
    "passages": ("check",),
    "apply": ("equivalent", "prune"),
    "remove": ("equivalent",),
    "older_than": ("prune",),
}
_OTHER_FILES = ("evaluate", "fit")  # commands whose own argument is a file


def parse(arguments: Sequence[str], registry: Registry, templates: Templates) -> argparse.Namespace:
    """The arguments as a namespace with ``command``.

    Raises ``UsageError``, and ``SystemExit`` after it has printed help or the version.
    """
    arguments = after_language(arguments)
    first = arguments[0] if arguments else ""
    if first in OWN or (" " not in first and first in registry.names):
        grammar = _grammar(first, registry, templates)
        parsed = grammar.parsed(_apart(first, arguments[1:]))
        gathered(first, *parsed, grammar.prog, registry)
        parsed[0].command = first
        return parsed[0]
    if first and not first.startswith("-"):
        raise unknown(f"{PROGRAM} {first}", f"{PROGRAM} ", names(registry), PROGRAM)
    return _outline(registry, templates).parsed(arguments)[0]


def _apart(name: str, arguments: Sequence[str]) -> Sequence[str]:
    """``--reports A B`` as ``--reports A --reports B``, as a shell makes it of ``--reports *.pdf``.

    What follows the first value is one more where it is there and looks like a place: for a command that takes words
    of its own, which may also be the names of folders, it has a slash or an ending.
    """
    if name in _OTHER_FILES:
        return arguments
    taken: list[str] = []
    before, may_follow = "", False
    for number, word in enumerate(arguments):
        if word == "--":  # from here on everything is a word
            return [*taken, *arguments[number:]]
        is_value = before == REPORTS
        if may_follow and not is_value and not word.startswith("-") and _is_place(name, word):
            taken.append(REPORTS)
        else:
            may_follow = is_value or word.startswith(f"{REPORTS}=")
        taken.append(word)
        before = word
    return taken


def _is_place(name: str, word: str) -> bool:
    if name in _WORDLESS and word not in CORPUS_ACTIONS:
        return Path(word).exists()
    return (os.sep in word or bool(Path(word).suffix)) and Path(word).exists()


def _grammar(name: str, registry: Registry, templates: Templates) -> Grammar:
    """The arguments of one command, and its help."""
    grammar = Grammar(f"{PROGRAM} {name}", Help(name, registry, templates))
    add_arguments(grammar, name, registry)
    return grammar


def gathered(name: str, parsed: argparse.Namespace, more: Sequence[str], prog: str, registry: Registry) -> None:
    """Put further words into ``parsed`` where they belong: options may stand between those of a question, a citation
    or a title. Raises ``UsageError`` where a command takes no words."""
    if name == "corpus":
        parsed.places = [*parsed.places, *more]
        _only_for_some(parsed, prog)
        return
    if not more:
        return
    option = None if name in OWN else in_words(registry[name])
    if option is not None:
        setattr(parsed, option.name, [*getattr(parsed, option.name), *more])
    else:
        raise surplus(more, prog)


def _only_for_some(parsed: argparse.Namespace, prog: str) -> None:
    """Raise ``UsageError`` for what the action can do nothing with."""
    if parsed.places and parsed.action not in _TAKES_WORDS:
        raise surplus(parsed.places, prog)
    if parsed.action == "equivalent":
        if len(parsed.places) > len(_PAIR):
            raise surplus(parsed.places[len(_PAIR) :], prog)
        if parsed.apply and parsed.remove:
            raise ApartError(option="--apply", other="--remove", command=prog)
    for option, actions in _ONLY_FOR.items():
        if getattr(parsed, option) and parsed.action not in actions:
            name = f"--{option.replace('_', '-')}"
            first, *others = (f"{prog} {action}" for action in actions)
            problem = Clause("usage.only_for_one", option=name, action=first)
            if others:  # no option goes with more than two
                problem = Clause("usage.only_for_two", option=name, action=first, other=others[0])
            raise BadUsageError(problem=problem, command=prog)


def _outline(registry: Registry, templates: Templates) -> Grammar:
    """What stands before any command: help with the list of commands, and the version."""
    grammar = Grammar(PROGRAM, Help("", registry, templates))
    grammar.add_argument("--version", action=_Version, help="arguments.version")
    grammar.add_argument(OPTION, metavar="LANG", help="arguments.language")
    commands = grammar.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in summaries(registry, templates).items():
        commands.add_parser(name, help=summary.replace("%", "%%"))
    return grammar


class _Version(argparse.Action):
    """``--version``, which looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002  # argparse's name
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and leave."""
        from importlib.metadata import version  # 25 ms: for --version

        print(PROGRAM, version(PROGRAM))
        parser.exit()
