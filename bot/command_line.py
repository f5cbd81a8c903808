"""The command line as a whole: which command is meant, with which arguments; its help and its version.

Building a parser for every command costs as much as answering a question, so only the one in use is built.
"""

import argparse
from collections.abc import Sequence

from bot.arguments import COMMANDS, PROGRAM
from bot.grammar import Grammar, surplus, unknown

EXIT_CODES = """\
exit codes:
  0    a reply was given, whatever it says
  1    the operation failed: a file, the database, a report or a citation that there is not,
       a line of --jsonl that could not be answered
  2    bad usage, a bad setting, or a question that cannot be asked
  130  interrupted with Ctrl-C
  141  whoever read the output went away

Answers go to standard output, everything else to standard error.
"""
_ABOUT = "Answers questions about reports with the reports' own words: whole sentences, cut out and cited."
_EXAMPLES = """\
examples:
  rapporteur ask Where were the bodies found?
  rapporteur chat
  rapporteur summary --about investigations --length 3
  rapporteur passage un-experts-mali-2025:3
  rapporteur reports --reports ~/my-reports
  rapporteur corpus refresh
  rapporteur run

`rapporteur COMMAND --help` says more about each.
"""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace with ``command``.

    Raises ``UsageError``, and ``SystemExit`` after it has printed help or the version.
    """
    first = arguments[0] if arguments else ""
    if first in COMMANDS:
        grammar = _grammar(first)
        parsed = gathered(first, *grammar.parsed(arguments[1:]), grammar.prog)
        parsed.command = first
        return parsed
    if first and not first.startswith("-"):
        raise unknown(f"{PROGRAM} {first}", f"{PROGRAM} ", COMMANDS, PROGRAM)
    return _outline().parsed(arguments)[0]


def _grammar(name: str) -> Grammar:
    """The arguments of one command, and its help."""
    command = COMMANDS[name]
    grammar = Grammar(
        prog=f"{PROGRAM} {name}",
        description=command.summary[:1].upper() + command.summary[1:] + ".",
        epilog=f"examples:\n{command.examples}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.arguments(grammar)
    return grammar


def gathered(name: str, parsed: argparse.Namespace, more: Sequence[str], prog: str) -> argparse.Namespace:
    """``parsed`` with further words put where they belong: options may stand between those of a question, a citation
    or a title. Raises ``UsageError`` where a command takes no words."""
    if not more:
        return parsed
    if name == "ask":
        parsed.question = [*parsed.question, *more]
    elif name == "passage":
        parsed.citation = [*parsed.citation, *more]
    elif name == "summary" and parsed.report is not None:
        parsed.report = " ".join([parsed.report, *more])
    else:
        raise surplus(more, prog)
    return parsed


def _outline() -> Grammar:
    """What stands before any command: help with the list of commands, and the version."""
    grammar = Grammar(
        prog=PROGRAM,
        description=_ABOUT,
        epilog=f"{_EXAMPLES}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    grammar.add_argument("--version", action=_Version, help="show the version and leave")
    commands = grammar.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.summary)
    return grammar


class _Version(argparse.Action):
    """``--version``, which looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002  # argparse's name
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and leave."""
        from importlib.metadata import version  # as slow to import as the rest of the command line

        print(PROGRAM, version(PROGRAM))
        parser.exit()
