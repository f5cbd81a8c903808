"""Which arguments each command takes in a terminal: those of the registry, and those that there are only here.

What a command does with them stands in ``bot.commands`` and in ``bot.terminal.commands``.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.commands.ask import JSONL
from bot.commands.command import AnyCommand, Face, Option, OptionKind, Values
from bot.commands.quote import FILE
from bot.commands.registry import Registry
from bot.saying.templates import Templates
from bot.terminal.grammar import number, one_of

PROGRAM = "rapporteur"
LOWEST = -999  # a number below its bounds is let pass to where it is refused with more to say


class Usage(NamedTuple):
    """How one command is used: what it is for, examples of it, and what adds its arguments."""

    summary: str
    examples: str
    arguments: Callable[[argparse.ArgumentParser], None]


class Action(NamedTuple):
    """One thing that `rapporteur corpus` does: what it is, and an example of it."""

    summary: str
    example: str


def usage(name: str, registry: Registry, templates: Templates) -> Usage:
    """How the command ``name`` is used. Raises ``KeyError`` for one that there is not."""
    if name in OWN:
        return OWN[name]
    command = registry[name]
    examples = "".join(f"  {PROGRAM} {example}\n" for example in command.examples)
    return Usage(templates.command(name), examples, lambda parser: _shared(parser, command, templates))


def names(registry: Registry) -> tuple[str, ...]:
    """The names of all commands, in the order in which they are listed."""
    shared = [command.name for command in registry.on(Face.TERMINAL) if command.group is None]
    return (*shared[:1], "chat", *shared[1:], *(name for name in OWN if name != "chat"))


def values(command: AnyCommand, parsed: argparse.Namespace) -> Values:
    """What was given for the options of a command of the registry."""
    given = {option.name: getattr(parsed, option.name) for option in command.options_on(Face.TERMINAL)}
    return Values({name: _joined(value) for name, value in given.items() if value not in (None, [])})


def in_words(command: AnyCommand) -> Option | None:
    """The option that takes the words that no other takes."""
    return next((option for option in command.options_on(Face.TERMINAL) if option.in_words), None)


def _joined(value: str | int | bool | list[str]) -> str | int | bool:
    return " ".join(value) if isinstance(value, list) else value


def _shared(parser: argparse.ArgumentParser, command: AnyCommand, templates: Templates) -> None:
    """The arguments of a command of the registry."""
    form: argparse._ActionsContainer = parser.add_mutually_exclusive_group() if command.name == "ask" else parser
    for option in command.options_on(Face.TERMINAL):
        text = _help(templates.option(command.name, option.name), option)
        if option.in_words:
            has_other_way = any(other.name in (JSONL, FILE) for other in command.options)
            count = "+" if option.required and not has_other_way else "*"
            parser.add_argument(option.name, nargs=count, metavar=option.name.upper(), help=text)
        elif option.kind is OptionKind.FLAG:
            (form if option.name == JSONL else parser).add_argument(f"--{option.name}", action="store_true", help=text)
        elif option.kind is OptionKind.NUMBER:
            read = number(f"--{option.name}", option.least, lowest=LOWEST)
            parser.add_argument(f"--{option.name}", type=read, default=option.default, metavar="N", help=text)
        else:
            parser.add_argument(f"--{option.name}", metavar=option.name.upper(), help=text)
    if command.record is not None:
        _json(form)
    _reports(parser)


def _clause(sentence: str) -> str:
    """A sentence as what a list says of its entry."""
    return (sentence[:1].lower() + sentence[1:]).removesuffix(".")


def _help(text: str, option: Option) -> str:
    """What an option means, with its bounds where it is a number."""
    told = _clause(text)
    if option.kind is OptionKind.NUMBER:
        told += f", {option.least} to {option.most}" + (f" (default: {option.default})" if option.default else "")
    return told.replace("%", "%%")


def _reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports",
        action="append",
        metavar="DIR|FILE",
        help="use the reports of this folder and the folders within, or this file; may be given several times, also as "
        "--reports A.pdf B.pdf (default: RAPPORTEUR_REPORTS, else the bundled reports)",
    )


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON for programs")


def _chat(parser: argparse.ArgumentParser) -> None:
    _reports(parser)


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        type=one_of(f"{PROGRAM} corpus", "", CORPUS_ACTIONS),
        choices=tuple(CORPUS_ACTIONS),
        metavar="|".join(CORPUS_ACTIONS),
        help="what to do, see the examples",
    )
    place = "with check: the folders and files to look at (default: those of --reports)"
    parser.add_argument("places", nargs="*", default=[], metavar="DIR|FILE", help=place)
    parser.add_argument("--passages", action="store_true", help="with check: show every passage as it was divided")
    _json(parser)
    _reports(parser)


def _collection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports",
        action="append",
        metavar="DIR|FILE",
        help="a folder or a file of reports, also several times, or one file of "
        '{"report_id", "title", "paragraphs"} a line '
        "(default: RAPPORTEUR_REPORTS, else the bundled reports)",
    )


def _drawn(parser: argparse.ArgumentParser, seed: int) -> None:
    limit, seeded = "take N of the questions, drawn by the seed", f"seed of everything drawn (default: {seed})"
    parser.add_argument("--limit", type=number("--limit", 1), metavar="N", help=limit)
    parser.add_argument("--seed", type=number("--seed", 0), default=seed, metavar="N", help=seeded)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "questions", type=Path, metavar="QUESTIONS.jsonl", help="labelled questions, one JSON object a line"
    )
    _collection(parser)
    parser.add_argument(
        "--without",
        type=one_of(f"{PROGRAM} evaluate", "--without", PARTS),
        choices=PARTS,
        metavar="|".join(PARTS),
        help="take a part of the ranking out, to measure what it is worth: equivalents, near words, titles and "
        "headings, the kind of thing asked for, the sentences around, the learned weights "
        "(the confidence is not fitted anew)",
    )
    parser.add_argument(
        "--misses", type=number("--misses", 0), default=0, metavar="N", help="list N misses, the surest first"
    )
    _drawn(parser, seed=0)
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
    _drawn(parser, seed=7)


def _run(parser: argparse.ArgumentParser) -> None:
    _reports(parser)


PARTS = ("lexicon", "near", "titles", "kinds", "facets", "neighbours", "typing", "weights")  # of the ranking
CORPUS_ACTIONS = {
    "check": Action(
        "show how each document was understood, before anything goes live: title, date, numbers, what is kept out",
        "rapporteur corpus check ~/reports\n           rapporteur corpus check --passages annual.txt | less",
    ),
    "refresh": Action(
        "read the report files again and make them the bot's live edition",
        "rapporteur corpus refresh --reports ~/reports",
    ),
    "status": Action(
        "show which reports there are, what is kept out of answers, and whether the bot has the same edition live",
        "rapporteur corpus status",
    ),
    "history": Action("show what was done to the bot's corpus, when and by whom", "rapporteur corpus history --json"),
    "verify": Action("compare every edition that is kept with what was once saved", "rapporteur corpus verify"),
}
OWN: Mapping[str, Usage] = {
    "chat": Usage("Ask one question after another.", "  rapporteur chat\n", _chat),
    "corpus": Usage(
        "Look after the bot's corpus.",
        "".join(
            f"  {name:9}{CORPUS_ACTIONS[name].summary}\n           {CORPUS_ACTIONS[name].example}\n"
            for name in CORPUS_ACTIONS
        ),
        _corpus,
    ),
    "evaluate": Usage(
        "Measure how well labelled questions are answered, beside plain BM25 in the same run.",
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
    "fit": Usage(
        "Fit the weights of the ranking and of its confidence on labelled questions (development; needs SciPy).",
        "  rapporteur fit train-questions.jsonl --reports train-reports.jsonl --output retrieval/weights.toml\n",
        _fit,
    ),
    "run": Usage("Run the Discord bot.", "  DISCORD_TOKEN=… rapporteur run\n", _run),
}
