"""Which arguments each command takes in a terminal: those of the registry, and those that there are only here.

What a command does with them stands in ``bot.commands`` and in ``bot.terminal.commands``, what --help says of them in
``bot.terminal.help``.
"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from bot.commands.ask import JSONL
from bot.commands.command import AnyCommand, Face, Option, OptionKind, Values
from bot.commands.quote import FILE
from bot.commands.registry import Registry
from bot.terminal.grammar import number, one_of, place
from bot.terminal.languages import OPTION

PROGRAM = "rapporteur"
LOWEST = -999  # a number below its bounds is let pass to where it is refused with more to say


class Own(NamedTuple):
    """A command that there is only here: what may be typed for it, and what adds its arguments."""

    examples: tuple[str, ...]
    arguments: Callable[[argparse.ArgumentParser], None]


def add_arguments(parser: argparse.ArgumentParser, name: str, registry: Registry) -> None:
    """Give a parser what the command ``name`` takes. Raises ``KeyError`` for one that there is not."""
    if name in OWN:
        OWN[name].arguments(parser)
    else:
        _shared(parser, registry[name])
    parser.add_argument(OPTION, metavar="LANG", help="arguments.language")


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


def _shared(parser: argparse.ArgumentParser, command: AnyCommand) -> None:
    """The arguments of a command of the registry."""
    form: argparse._ActionsContainer = parser.add_mutually_exclusive_group() if command.name == "ask" else parser
    for option in command.options_on(Face.TERMINAL):
        if option.in_words:
            has_other_way = any(other.name in (JSONL, FILE) for other in command.options)
            count = "+" if option.required and not has_other_way else "*"
            parser.add_argument(option.name, nargs=count, metavar=option.name.upper())
        elif option.kind is OptionKind.FLAG:
            (form if option.name == JSONL else parser).add_argument(f"--{option.name}", action="store_true")
        elif option.kind is OptionKind.NUMBER:
            read = number(f"--{option.name}", option.least, lowest=LOWEST)
            parser.add_argument(f"--{option.name}", type=read, default=option.default, metavar="N")
        else:
            parser.add_argument(f"--{option.name}", metavar=option.name.upper())
    if command.record is not None:
        _json(form)
    _reports(parser)


# What is said of an argument has its key in the templates for a help: it is looked up when somebody asks for it.


def _reports(parser: argparse.ArgumentParser, told: str = "arguments.reports") -> None:
    parser.add_argument("--reports", action="append", type=place("--reports"), metavar="DIR|FILE", help=told)


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="arguments.json")


def _corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        type=one_of(f"{PROGRAM} corpus", "", CORPUS_ACTIONS),
        choices=tuple(CORPUS_ACTIONS),
        metavar="|".join(CORPUS_ACTIONS),
        help="arguments.action",
    )
    parser.add_argument("places", nargs="*", default=[], metavar="DIR|FILE|WORD", help="arguments.places")
    parser.add_argument("--passages", action="store_true", help="arguments.passages")
    parser.add_argument("--apply", action="store_true", help="arguments.apply")
    parser.add_argument("--remove", action="store_true", help="arguments.remove")
    days = number("--older-than", 1)
    parser.add_argument("--older-than", type=days, metavar="DAYS", help="arguments.older_than")
    _json(parser)
    _reports(parser)


def _drawn(parser: argparse.ArgumentParser, seed: int) -> None:
    parser.add_argument("--limit", type=number("--limit", 1), metavar="N", help="arguments.limit")
    parser.add_argument("--seed", type=number("--seed", 0), default=seed, metavar="N", help="arguments.seed")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="arguments.questions")
    _reports(parser, "arguments.collection")
    parser.add_argument(
        "--without",
        type=one_of(f"{PROGRAM} evaluate", "--without", PARTS),
        choices=PARTS,
        metavar="|".join(PARTS),
        help="arguments.without",
    )
    parser.add_argument("--misses", type=number("--misses", 0), default=0, metavar="N", help="arguments.misses")
    _drawn(parser, seed=0)
    parser.add_argument("--against", type=Path, metavar="FILE", help="arguments.against")
    _json(parser)


def _fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="arguments.same_questions")
    _reports(parser, "arguments.collection")
    parser.add_argument("--output", type=Path, metavar="FILE", required=True, help="arguments.output")
    _drawn(parser, seed=7)


PARTS = (
    "lexicon",
    "near",
    "likeness",
    "titles",
    "kinds",
    "facets",
    "neighbours",
    "typing",
    "weights",
)  # of the ranking
# What `rapporteur corpus` does, with what may be typed for each.
CORPUS_ACTIONS: Mapping[str, tuple[str, ...]] = {
    "check": ("corpus check ~/reports", "corpus check --passages annual.txt | less"),
    "refresh": ("corpus refresh --reports ~/reports",),
    "status": ("corpus status",),
    "history": ("corpus history --json",),
    "equivalent": ("corpus equivalent lorry truck", "corpus equivalent lorry truck --apply"),
    "gaps": ("corpus gaps",),
    "prune": ("corpus prune", "corpus prune --older-than 730 --apply"),
    "verify": ("corpus verify",),
}
OWN: Mapping[str, Own] = {
    "chat": Own(("chat",), _reports),
    "corpus": Own((), _corpus),
    "evaluate": Own(
        (
            "evaluate questions.jsonl",
            "evaluate questions.jsonl --reports reports.jsonl --misses 20",
            "evaluate questions.jsonl --json > before.json",
            "evaluate questions.jsonl --against before.json",
        ),
        _evaluate,
    ),
    "fit": Own(
        ("fit train-questions.jsonl --reports train-reports.jsonl --output retrieval/evidence/weights.toml",), _fit
    ),
    "run": Own(("run",), _reports),
}
