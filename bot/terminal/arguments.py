"""The commands of the command line: what each is for, and which arguments it takes.

What a command does with them stands in ``bot.terminal.commands``.
"""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bot.terminal.grammar import number, one_of

PROGRAM = "rapporteur"


class Command(NamedTuple):
    """One command: what it is for, examples of it, and what adds its arguments."""

    summary: str
    examples: str
    arguments: Callable[[argparse.ArgumentParser], None]


class Action(NamedTuple):
    """One thing that `rapporteur corpus` does: what it is, and an example of it."""

    summary: str
    example: str


def _reports(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reports",
        action="append",
        metavar="DIR|FILE",
        help="use the reports of this folder and the folders within, or this file; may be given several times, also as "
        "--reports A.pdf B.pdf (default: RAPPORTEUR_REPORTS, else the bundled reports)",
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
    length = "number of sentences, 1 to 15 (default: 5)"
    parser.add_argument("--length", type=number("--length", 1, lowest=-999), default=5, metavar="N", help=length)
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
COMMANDS = {
    "ask": Command(
        "answer a question with the reports' own words",
        '  rapporteur ask Where were the bodies found?\n  rapporteur ask --json "Who was killed?"\n'
        "  rapporteur ask --explain Where was the car?\n"
        '  rapporteur ask --reports ~/reports --reports annual.txt "How many wells were drilled?"\n'
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
        "".join(
            f"  {name:9}{CORPUS_ACTIONS[name].summary}\n           {CORPUS_ACTIONS[name].example}\n"
            for name in CORPUS_ACTIONS
        ),
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
