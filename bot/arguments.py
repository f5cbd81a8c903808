"""The command line's grammar and its help. Says nothing about what a command does with its arguments.

Building a parser for every command costs as much as answering a question, so only the one in use is built.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

PROGRAM = "rapporteur"
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


class Command(NamedTuple):
    """One command: what it is for, examples of it, and what adds its arguments."""

    summary: str
    examples: str
    arguments: Callable[[argparse.ArgumentParser], None]


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments as a namespace with ``command``.

    Raises ``SystemExit`` after it has printed help, the version, or what is wrong.
    """
    in_use = arguments[0] if arguments and arguments[0] in COMMANDS else None
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description=_ABOUT,
        epilog=f"{_EXAMPLES}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, help="show the version and leave")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        if in_use in (None, name):
            command.arguments(_add(commands, name, command))
    first = arguments[0] if arguments else ""
    if first.startswith("-") and first not in ("-", "--", "-h", "--help", "--version"):
        parser.error(f"there is no option {first}")  # argparse would only miss the command
    return parser.parse_args(arguments)


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, command: Command
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=command.summary,
        description=command.summary[:1].upper() + command.summary[1:] + ".",
        epilog=f"examples:\n{command.examples}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


class _Version(argparse.Action):
    """``--version``, which looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:  # noqa: A002  # argparse's name
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Print the version and leave."""
        from importlib.metadata import version  # as slow to import as the rest of the command line

        print(PROGRAM, version(PROGRAM))
        parser.exit()


def _reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports",
        metavar="DIR",
        help="use the reports of this folder (default: RAPPORTEUR_REPORTS, else the bundled reports)",
    )


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def _report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", metavar="ID", help="ask this report only: its id or title")


def _ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question; its words are joined")
    parser.add_argument("--explain", action="store_true", help="say why each excerpt was chosen")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the answer as JSON for programs")
    form.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id", "question", "report"?} a line from standard input, write one answer a line, in order',
    )
    _report(parser)
    _reports(parser)


def _chat(parser: argparse.ArgumentParser) -> None:
    _reports(parser)


def _summary(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", nargs="?", metavar="REPORT", help="its id or title; may be left out if there is one")
    parser.add_argument("--about", metavar="TOPIC", help="keep to a topic")
    parser.add_argument("--length", type=int, default=5, metavar="N", help="number of sentences, 1 to 15 (default: 5)")
    _json(parser)
    _reports(parser)


def _passage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("citation", nargs="+", metavar="CITATION", help="the key of a citation, or the whole line")
    _json(parser)
    _reports(parser)


def _list(parser: argparse.ArgumentParser) -> None:
    _json(parser)
    _reports(parser)


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=("refresh", "status", "history"),
        metavar="refresh|status|history",
        help="refresh: read the reports again and make them the bot's live edition; "
        "status: what there is and what is kept out of answers; history: what was done to the corpus",
    )
    _json(parser)
    _reports(parser)


def _collection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports",
        metavar="DIR|FILE",
        help='a folder of reports, or a file of {"report_id", "title", "paragraphs"} a line '
        "(default: RAPPORTEUR_REPORTS, else the bundled reports)",
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions", type=Path, metavar="QUESTIONS.jsonl", help="labelled questions, one JSON object a line"
    )
    _collection(parser)
    parser.add_argument(
        "--without",
        choices=["lexicon", "kinds", "neighbours", "weights"],
        help="take a part of the ranking out, to measure what it is worth: equivalents, the kind of thing asked for, "
        "the sentences around, the learned weights (the confidence is not fitted anew)",
    )
    parser.add_argument("--misses", type=_from(0), default=0, metavar="N", help="list N misses, the surest first")
    parser.add_argument("--limit", type=_from(1), metavar="N", help="ask N of the questions, drawn by the seed")
    parser.add_argument("--seed", type=_from(0), default=0, metavar="N", help="seed of everything drawn (default: 0)")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FILE",
        help="compare with the --json result of an earlier run, made with other settings or another version: "
        "question by question, those with the same id, words and kind of label in both; won, lost, tied, and the "
        "difference of the means with its 95 %% interval",
    )
    _json(parser)


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="labelled questions, as for `evaluate`")
    _collection(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        required=True,
        help="where to write the weights, as retrieval/weights.toml",
    )
    parser.add_argument("--limit", type=_from(1), metavar="N", help="fit on N of the questions, drawn by the seed")
    parser.add_argument("--seed", type=_from(0), default=7, metavar="N", help="seed of everything drawn (default: 7)")


def _from(least: int) -> Callable[[str], int]:
    """Reads a whole number that is not below ``least``."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and int(text) >= least):
            raise argparse.ArgumentTypeError(f"it should be a whole number from {least} on, not {text!r}")
        return int(text)

    return read


def _run(parser: argparse.ArgumentParser) -> None:
    _reports(parser)


COMMANDS = {
    "ask": Command(
        "answer a question with the reports' own words",
        '  rapporteur ask Where were the bodies found?\n  rapporteur ask --json "Who was killed?"\n'
        "  rapporteur ask --explain Where was the car?\n"
        '  echo \'{"id": 1, "question": "Who was killed?"}\' | rapporteur ask --jsonl\n',
        _ask,
    ),
    "chat": Command("ask one question after another", "  rapporteur chat\n", _chat),
    "summary": Command(
        "show the sentences that carry a report",
        "  rapporteur summary\n  rapporteur summary un-experts-mali-2025 --about investigations --length 3\n",
        _summary,
    ),
    "passage": Command(
        "show the passage that a citation names, also in a wording that is no longer live",
        "  rapporteur passage un-experts-mali-2025:3\n",
        _passage,
    ),
    "reports": Command(
        "list the reports that can be asked", "  rapporteur reports\n  rapporteur reports --json\n", _list
    ),
    "corpus": Command(
        "look after the bot's corpus",
        "  rapporteur corpus refresh\n  rapporteur corpus status\n  rapporteur corpus history --json\n",
        _corpus,
    ),
    "evaluate": Command(
        "measure how well labelled questions are answered, beside plain BM25 in the same run",
        "  rapporteur evaluate questions.jsonl\n"
        "  rapporteur evaluate questions.jsonl --reports reports.jsonl --misses 20\n"
        "  rapporteur evaluate questions.jsonl --json > before.json\n"
        "  rapporteur evaluate questions.jsonl --against before.json\n\n"
        'a question: {"id", "question", "gold", "outcome"?, "report"?, "group"?, "kind"?}\n'
        "  gold: a list of texts, any of which the right sentence covers, or of places\n"
        '        {"report_id", "par", "spans": [[start, end]]}, counted from 0 in code points;\n'
        "        without it the reports do not answer the question\n"
        "  outcome: answered, closest or silent; report: ask this report only;\n"
        "  group: measures are given apart for each;\n"
        "  kind: answerable, unanswerable_ontopic or unanswerable_offtopic; outcomes are counted apart for each\n"
        "  gold_spans, report_id and style are other names of gold, report and group\n",
        _evaluate,
    ),
    "fit": Command(
        "fit the weights of the ranking and of its confidence on labelled questions (development; needs SciPy)",
        "  rapporteur fit train-questions.jsonl --reports train-reports.jsonl --output retrieval/weights.toml\n",
        _fit,
    ),
    "run": Command("run the Discord bot", "  DISCORD_TOKEN=… rapporteur run\n", _run),
}
