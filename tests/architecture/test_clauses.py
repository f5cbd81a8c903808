"""What is wrong is raised as data: each clause names words that there are, and gives what they are filled in with."""

import ast
from collections.abc import Iterator

import pytest

from bot.saying.templates.keys import PLACEHOLDERS
from bot.saying.templates.problem_keys import PROBLEMS
from tests.architecture.sources import ROOMS, Source, sources

OWN = "corpus/clause.py"  # makes clauses of clauses
CLAUSE = "Clause"
READING = [source for source in sources(*ROOMS) if source.name != OWN]


def kinds() -> set[str]:
    """What takes the key of a clause and its fields: clauses, and the errors that are raised with one."""
    found = {CLAUSE, "ClauseError"}
    while True:
        more = {
            node.name
            for source in READING
            for node in ast.walk(source.tree)
            if isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id in found for b in node.bases)
        }
        if more <= found:
            return found
        found |= more


KINDS = kinds()


@pytest.mark.parametrize("source", READING, ids=lambda source: source.name)
def test_every_clause_has_its_words_and_what_fills_them_in(source: Source) -> None:
    assert [flaw for call in calls(source) for flaw in flaws(source, call)] == []


def test_every_word_for_a_clause_is_used() -> None:
    used = {key for source in READING for call in calls(source) for key in keys(call)}
    raised = {key for key in PROBLEMS if key.partition(".")[0] not in ("errors", "discreet")}
    assert raised - used == set()


@pytest.mark.parametrize(
    "call",
    [
        'Clause("reading.nothing_of_the_kind")',
        'Clause("reading.empty", line=1)',
        'UnreadableError("reading.no_utf8")',
        "Clause(problem)",
        'Clause(f"reading.{problem}")',
        'Clause("reading.no_utf8", **told)',
        'TooLargeError("it is too large")',
    ],
)
def test_a_clause_that_could_not_be_said_is_seen(call: str) -> None:
    source = Source("sample.py", call)
    assert [flaw for one in calls(source) for flaw in flaws(source, one)] != []


def calls(source: Source) -> Iterator[ast.Call]:
    """Where a clause is made."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
            yield node


def keys(call: ast.Call) -> list[str]:
    """The key that a clause is made with; none where that is no literal."""
    return [str(one.value) for one in call.args[:1] if isinstance(one, ast.Constant)]


def flaws(source: Source, call: ast.Call) -> Iterator[str]:
    """What is wrong with a clause."""
    for key in keys(call) or [""]:
        given = {field.arg for field in call.keywords}
        if key not in PLACEHOLDERS:
            yield f"{source.at(call)}: there are no words for {key or 'it'}"
        elif given != set(PLACEHOLDERS[key].split()):
            yield f"{source.at(call)}: {key} takes {PLACEHOLDERS[key] or 'nothing'}"
