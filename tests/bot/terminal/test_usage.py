"""How the command line is used: its help, what it says of itself, and what was meant by what cannot be understood."""

import json
import re
from pathlib import Path

import pytest

from bot.commands.command import Face
from bot.commands.registry import Registry
from bot.terminal.arguments import CORPUS_ACTIONS, names
from bot.terminal.corpus_commands import OWN
from tests.bot.terminal.command_line import CAMPS, Ran, Run
from tests.said import TEMPLATES


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in names(Registry()))])
def test_help_teaches_by_example_and_names_the_exit_codes(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert "examples:\n" in ran.out
    assert "exit codes:\n" in ran.out
    if len(arguments) == 2:
        assert "--reports DIR" in ran.out
        assert f"rapporteur {arguments[0]}" in ran.out.split("examples:")[1]


def test_every_command_stands_in_the_help(run: Run) -> None:
    shown = run("--help").out
    assert all(re.search(rf"^    {name} ", shown, re.MULTILINE) for name in names(Registry()))


def test_the_version(run: Run) -> None:
    ran = run("--version")
    assert ran.code == 0
    assert re.fullmatch(r"rapporteur \d+\.\d+\.\d+\S*\n", ran.out)


ALL = "ask, chat, summary, timeline, facts, passage, quote, reports, about, corpus, evaluate, fit, run"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "COMMAND is missing. See: rapporteur --help"),
        ("aks who", "There is no `rapporteur aks`. Did you mean `rapporteur ask`? See: rapporteur --help"),
        ("Chat", "There is no `rapporteur Chat`. Did you mean `rapporteur chat`? See: rapporteur --help"),
        ("frobnicate", f"There is no `rapporteur frobnicate`; there are: {ALL}. See: rapporteur --help"),
        ("--nope", "There is no `rapporteur --nope`; there are: --help, --version, --language. See: rapporteur --help"),
        (
            "--nope ask Who?",
            "There is no `rapporteur --nope`; there are: --help, --version, --language. See: rapporteur --help",
        ),
        ("--vesion", "There is no `rapporteur --vesion`. Did you mean `rapporteur --version`? See: rapporteur --help"),
        (
            "ask --reprots=x Who?",
            (
                "There is no `rapporteur ask --reprots`. Did you mean `rapporteur ask --reports`? "
                "See: rapporteur ask --help"
            ),
        ),
        (
            "ask --jsn x",
            "There is no `rapporteur ask --jsn`. Did you mean `rapporteur ask --json`? See: rapporteur ask --help",
        ),
        (
            "passage --frob",
            (
                "There is no `rapporteur passage --frob`; there are: --help, --json, --reports, --language. "
                "See: rapporteur passage --help"
            ),
        ),
        ("ask --json --jsonl", "--jsonl and --json do not go together. See: rapporteur ask --help"),
        (
            "corpus",
            "check|refresh|status|history|equivalent|gaps|prune|verify is missing. See: rapporteur corpus --help",
        ),
        (
            "corpus drop",
            (
                "There is no `rapporteur corpus drop`; there are: check, refresh, status, history, equivalent, "
                "gaps, prune, verify. See: rapporteur corpus --help"
            ),
        ),
        (
            "corpus refesh --json",
            (
                "There is no `rapporteur corpus refesh`. Did you mean `rapporteur corpus refresh`? "
                "See: rapporteur corpus --help"
            ),
        ),
        ("passage", "CITATION is missing. See: rapporteur passage --help"),
        ("summary --length x", "--length should be a whole number from 1 on, not “x”."),
        ("summary --length", "--length needs a value after it. See: rapporteur summary --help"),
        ("reports of mine", "Nothing can be done with “of mine” here. See: rapporteur reports --help"),
        (
            "evaluate q.jsonl --without lexicn",
            (
                "There is no `rapporteur evaluate --without lexicn`. Did you mean `rapporteur evaluate --without "
                "lexicon`? See: rapporteur evaluate --help"
            ),
        ),
        ("ask --json=yes Who?", "Argument --json: ignored explicit argument 'yes'. See: rapporteur ask --help"),
    ],
)
def test_bad_usage_is_one_sentence_that_says_what_was_wrong_and_what_may_have_been_meant(
    run: Run, typed: str, sentence: str
) -> None:
    assert run(*typed.split()) == Ran(2, "", f"{sentence}\n")


def test_options_may_stand_between_the_words_of_a_question_a_citation_or_a_title(run: Run) -> None:
    assert json.loads(run("ask", "Which", "--json", "camp", "--report", "mission", "is", "it?").out)["question"] == (
        "Which camp is it?"
    )
    assert json.loads(run("passage", "Report,", "--json", "paragraph", "mission:2").out)["text"] == CAMPS
    assert json.loads(run("summary", "Report", "--json", "of", "the", "mission").out)["report"] == "mission"


@pytest.mark.parametrize("question", ["was it -5 or -0.5 degrees", "- who dug it", "is it", "-- --who dug it"])
def test_a_word_of_a_question_may_begin_with_a_hyphen_where_that_can_be_told(run: Run, question: str) -> None:
    assert json.loads(run("ask", "--json", *question.split()).out)["question"] == question.removeprefix("-- ")


def test_the_help_of_corpus_explains_each_action_and_gives_an_example(run: Run) -> None:
    assert set(CORPUS_ACTIONS) == {*OWN, *(one.verb for one in Registry().on(Face.TERMINAL) if one.group == "corpus")}
    shown = run("corpus", "--help").out.split("examples:")[1]
    for name, examples in CORPUS_ACTIONS.items():
        told = TEMPLATES(f"uses.corpus_{name}")
        assert re.search(rf"^  {name} +{re.escape(told)}\n +rapporteur {re.escape(examples[0])}$", shown, re.MULTILINE)
        assert all(example.startswith(f"corpus {name}") for example in examples)


def test_the_examples_that_about_names_are_answered(run: Run) -> None:
    examples = re.findall(r"^• `rapporteur ask` (.+)$", run("about").out, re.MULTILINE)
    assert examples
    for question in examples:
        assert json.loads(run("ask", "--json", question).out)["outcome"] == "answered"


def test_what_it_is_can_be_asked_without_any_reports(run: Run, tmp_path: Path) -> None:
    ran = run("about", "--reports", str(tmp_path / "nowhere"))
    assert (ran.code, ran.err) == (0, "")
    assert "No language model runs" in ran.out
    assert "to begin with" not in ran.out
