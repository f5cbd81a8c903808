"""Documents tell the truth: links lead somewhere, files exist, and what people are told to type can be typed."""

import ast
import json
import os
import re
import shlex
import sqlite3
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot.commands.registry import Registry
from bot.saying.templates import load
from bot.terminal.arguments import CORPUS_ACTIONS, names
from bot.terminal.command_line import parse
from retrieval.question.query import Query
from retrieval.words.lexicon_file import read
from tests.architecture.markdown import Markdown
from tests.architecture.sources import CHECKOUT
from tests.tools.docs.documents import documents
from tests.tools.docs.playground import Playground
from tests.tools.docs.typed import can_run, commands, of_program
from tests.tools.pictures.__main__ import PICTURES
from tests.tools.pictures.scenes import SCENES

REGISTRY = Registry()
DOCUMENTS = documents()
README = DOCUMENTS["README.md"]
LONGEST_README = 10_000  # bytes
MOST_OF_PICTURES = 600_000  # bytes
DRAWN = "docs/pictures/search.svg"  # by tests.benchmarks.search
LEAST_SAID = 40  # characters that say what a picture shows
_OUR_PATH = re.compile(r"(?:bot|corpus|retrieval|tests|docs|deploy|\.ci|\.github)/[\w./-]*")
_OUR_FILE = re.compile(r"[A-Z][\w-]*(?:\.md)?|\.dockerignore|pyproject\.toml|requirements[\w-]*\.lock")
_MODULE = re.compile(r"python3? -m ((?:bot|corpus|retrieval|tests)(?:\.\w+)*)")
_SAID = re.compile(r"rapporteur ([a-z]+)(?: ([a-z]+)\b)?")
_OF_MACHINES = re.compile(r"/work/|/root/|/home/\w")

each = pytest.mark.parametrize("name", DOCUMENTS)


def test_the_front_door_is_short() -> None:
    assert len(README.text.encode()) <= LONGEST_README


@each
def test_every_link_leads_somewhere(name: str) -> None:
    page, folder = DOCUMENTS[name], (CHECKOUT / name).parent
    missing = []
    for link in page.links():
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = Path(os.path.normpath(folder / file)) if file else CHECKOUT / name
        path = target.relative_to(CHECKOUT).as_posix()
        anchored = not anchor or (path in DOCUMENTS and anchor in DOCUMENTS[path].anchors())
        if not target.exists() or not anchored:
            missing.append(link)
    assert missing == []


def test_every_picture_is_shown_and_every_picture_that_is_shown_is_there() -> None:
    """With words for whoever does not see it, and small enough to be read on the way."""
    shown = [
        (Path(os.path.normpath(Path(name).parent / path)).as_posix(), said)
        for name, page in DOCUMENTS.items()
        for path, said in page.pictures()
    ]
    assert all(len(said) >= LEAST_SAID for _, said in shown), shown
    files = {file.relative_to(CHECKOUT).as_posix(): file.stat().st_size for file in PICTURES.iterdir()}
    made = [*(f"docs/pictures/{one.name}.png" for one in SCENES), DRAWN]
    assert sorted(path for path, _ in shown) == sorted(files) == sorted(made)
    assert sum(files.values()) < MOST_OF_PICTURES


@each
def test_every_file_that_is_named_exists(name: str) -> None:
    page = DOCUMENTS[name]
    spans = {span for span in page.spans() if _OUR_PATH.fullmatch(span)}
    spans |= {span for span in page.spans() if _OUR_FILE.fullmatch(span) and ("." in span or span.istitle())}
    assert [span for span in sorted(spans) if not (CHECKOUT / span).exists()] == []


@each
def test_every_program_that_is_named_exists(name: str) -> None:
    assert [module for module in sorted(set(_MODULE.findall(DOCUMENTS[name].text))) if not program(module)] == []


@each
def test_a_table_has_as_many_cells_in_every_row(name: str) -> None:
    """A stray ``|`` would shift a row, and a browser would drop what is behind it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(DOCUMENTS[name].text)
    assert len([token for token in tokens if token.type == "table_open"]) == len(DOCUMENTS[name].tables())
    for table in DOCUMENTS[name].tables():
        assert [row for row in table if len(row) != len(table[0])] == []


@each
def test_no_document_tells_of_somebodys_machine(name: str) -> None:
    assert _OF_MACHINES.findall(DOCUMENTS[name].text) == []


@each
def test_what_is_to_be_typed_can_be_read(name: str) -> None:
    """Every command in a block is one that there is, with arguments that its grammar takes; also where none is run."""
    for language, code in DOCUMENTS[name].fenced():
        if language != "sh":
            continue
        for words in of_program(code):
            parse(words, REGISTRY, load("en", "terminal"))


@each
def test_every_command_that_is_named_exists(name: str) -> None:
    said = [found for span in DOCUMENTS[name].spans() if (found := _SAID.match(span))]
    assert [found[0] for found in said if found[1] not in names(REGISTRY)] == []
    assert [found[0] for found in said if found[1] == "corpus" and found[2] not in (*CORPUS_ACTIONS, None)] == []


@pytest.mark.parametrize(("name", "calls"), [("ask", ".venv/bin/rapporteur ask"), ("test", ".venv/bin/pytest")])
def test_the_command_for_it_is_the_one_that_ci_runs(name: str, calls: str) -> None:
    block = README.marked()[name]
    shown = subprocess.run([CHECKOUT / ".ci/run", "--show", name], capture_output=True, text=True, check=False)
    assert (shown.returncode, shown.stdout) == (0, block), shown.stderr
    assert "python3 -m venv .venv" in block
    assert calls in block


def test_the_lexicon_that_is_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = toml("docs/lexicon.md")
    (tmp_path / "lexicon.toml").write_text(shown, encoding="utf-8")
    query = Query.of("boreholes of the tontine", "en", lexicons=read(tmp_path / "lexicon.toml"))
    assert [set(found) for found in query.equivalents] == [{("tube", "well")}, {("save", "group"), ("mutual", "fund")}]


def test_the_table_of_contents_that_is_shown_lists_the_reports_beside_it() -> None:
    (shown,) = toml("docs/reports.md")
    with Playground() as playground:
        folder = playground.root / "my-reports"
        (folder / "reports.toml").write_text(shown, encoding="utf-8")
        told = json.loads(playground.run("rapporteur corpus check --json my-reports"))
    assert [document["id"] for document in told["documents"]] == ["water-2024", "minutes-2024-06"]
    assert told["passed_over"] == []


def test_the_statements_that_take_a_person_out_of_the_history_are_sql_of_the_database() -> None:
    code = next(c for _, c in DOCUMENTS["docs/privacy.md"].fenced() if c.startswith("sqlite3"))
    ((_, _, statements),) = commands(code)
    with Playground() as playground:
        playground.run("RAPPORTEUR_DATA=data rapporteur corpus refresh")
        connection = sqlite3.connect(playground.root / "data/rapporteur.db")
        account = re.findall(r"'(discord:\d+)'", statements)[0]
        for table in ("audit", "live"):
            connection.execute(f"UPDATE {table} SET actor = ?", (account,))
        connection.executescript(statements)
        for table in ("audit", "live"):
            assert {row[0] for row in connection.execute(f"SELECT actor FROM {table}")} == {"removed"}
        connection.close()


def test_what_can_be_run_is_told_from_what_cannot() -> None:
    assert can_run("printf '%s\\n' '{}' | rapporteur ask --jsonl  # a | b\n")
    assert not can_run("rapporteur run\n")
    assert not can_run("rapporteur corpus status\nrapporteur evaluate questions.jsonl\n")
    assert not can_run("DATABASE_URL=postgresql://host/name rapporteur corpus verify\n")
    assert not can_run(".venv/bin/pytest\n")
    assert [*of_program("TOKEN=… .venv/bin/rapporteur run > log &&\nrapporteur ask 'a b'")] == [["run"], ["ask", "a b"]]
    assert shlex.join(commands("a 'b\n c' \\\n d")[0]) == "a 'b\n c' d"


def toml(name: str) -> list[str]:
    """The blocks of TOML on a page."""
    return [code for language, code in DOCUMENTS[name].fenced() if language == "toml"]


def program(name: str) -> bool:
    """Whether ``python -m name`` would run something."""
    path = CHECKOUT / name.replace(".", "/")
    file = path / "__main__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        return False
    tests = [node.test for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.If)]
    return any(ast.unparse(test) == "__name__ == '__main__'" for test in tests)


def test_a_page_is_read_as_it_is_meant() -> None:
    page = Markdown("1. a\n\n   ```sh\n   x\n   ```\n\n[b](c#d)\n")
    assert (page.fenced(), page.links()) == ([("sh", "x\n")], ["c#d"])
