"""No sentence that people read stands in code: words stand in the templates, where they are checked and translated."""

import ast
import builtins
import re
from collections.abc import Iterator

import pytest

from bot.commands.registry import Registry
from tests.architecture.sources import ROOMS, Source, sources

# Two words of English beside each other, as no key, name or number has them.
_PHRASE = re.compile(r"(?<![\w/.-])[A-Za-z][a-z'’]+[,;:”\"]? [“\"(]?[a-z][a-z'’]+(?![\w/=-])")
# What is no English whatever it looks like: patterns, statements of SQL, programs for another interpreter.
_PATTERN = re.compile(r"\(\?|\\|\||\.\*|//")
_STATEMENT = re.compile(r"[A-Z]{3,} ")
_PROGRAM = re.compile(r"import \w+;")
# Errors of Python's own are for developers: they say that the program is wrong, and nobody is told in a sentence.
_PROGRAMMING = {name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, Exception)}
_COMMANDS = {*Registry().names, *(f"rapporteur {name}" for name in Registry().names)}

# Phrases that stand in code all the same, each by how it begins, with the reason.
ALLOWED = {
    "bot/cluster/documents.py": {"return query.boost": "of a script that OpenSearch runs"},
    "bot/discord/courier.py": {"too many replies": "what became of a request, as a value of a log line"},
    "bot/discord/desk.py": {"direct message": "where a request came from, as a value of a log line"},
    "bot/discord/pending.py": {"answered elsewhere": "what became of a request, as a value of a log line"},
    "bot/discord/outages.py": {
        "a fault while names": "stands in for a line that discord.py logs in English",
        "stopped responding": "what discord.py logs, to be known by",
        "Failed to connect": "what discord.py logs, to be known by",
    },
    "bot/discord/render.py": {
        "a quote cannot be": "of an error that ends a reply: only the log has it, with its traceback",
        "the message shows": "of an error that ends a reply: only the log has it, with its traceback",
    },
    "bot/metrics/meters.py": dict.fromkeys(
        (
            "Requests that are",
            "From a question",
            "Answers that Discord",
            "Answers of Discord",
            "Reading the reports",
            "How late the",
            "Servers that this",
            "Connections that",
            "Since the live",
        ),
        "what Prometheus shows beside the name of a metric, which is English too",
    ),
    "bot/publishing/refresh.py": {"and the audit could": "a note to a traceback, which is logged in English"},
    "bot/service/findings.py": {"first start": "who is on record in the database; what is said of it is a template"},
    "bot/settings/values.py": {"no encryption": "pydantic wants a message; the error says its own sentence"},
    "bot/terminal/arguments.py": {
        "corpus ": "what may be typed for it",
        "evaluate questions": "what may be typed for it",
    },
    "bot/terminal/chat.py": {"tab: complete": "what the line editor is told"},
    "bot/terminal/evaluate.py": {
        "rapporteur fit": "what was typed",
        "`…` on": "a comment in a file of weights, which stays with the code",
    },
    "bot/terminal/help.py": {
        "ask Where": "what may be typed: a question to the bundled report",
        "corpus check": "what may be typed",
    },
    "corpus/layout/judgments.py": {"on appeal": "how a line of a judgment begins"},
    "corpus/database/sqlite.py": {
        "file is not": "what SQLite says, to be known by",
        "unable to": "what SQLite says, to be known by",
        "disk is full": "what SQLite says, to be known by",
    },
    "retrieval/evaluation/fitting.py": {
        "The bundled weights": "a comment in a file of weights, which stays with the code",
        "# ": "a comment in a file of weights, which stays with the code",
    },
}
READING = [source for source in sources(*ROOMS) if not source.name.endswith("keys.py")]  # which list names of fields


@pytest.mark.parametrize("source", READING, ids=lambda source: source.name)
def test_what_people_read_stands_in_the_templates(source: Source) -> None:
    allowed = tuple(ALLOWED.get(source.name, ()))
    found = [f"{place}: {text}" for place, text in phrases(source) if not text.startswith(allowed)]
    assert found == [], "move it into bot/saying/templates, or give the reason in ALLOWED"


def test_nothing_is_allowed_that_is_no_longer_there() -> None:
    unused = [
        (source.name, start)
        for source in READING
        for start in ALLOWED.get(source.name, ())
        if not any(text.startswith(start) for _, text in phrases(source))
    ]
    assert unused == []
    assert set(ALLOWED) <= {source.name for source in READING}


@pytest.mark.parametrize(
    "code",
    [
        'problem = "it cannot be opened"',
        'problem = f"it has {length} characters, and may have {most}"',
        'raise FileError(file=path, problem="it holds no question")',
        'raise BadUsageError(f"--{option} does not work in a chat.")',
        'parser.add_argument("--json", help="print JSON for programs")',
        'where = "the file"',
        'text = ("It is larger " "than it may be")',
    ],
)
def test_words_in_code_are_seen(code: str) -> None:
    assert list(phrases(Source("sample.py", code))) != []


@pytest.mark.parametrize(
    "code",
    [
        '"""It cannot be opened."""',
        'def f():\n    """It cannot be opened."""',
        'raise ValueError("it cannot be opened")',
        'raise AssertionError(f"{name} has no time zone")',
        'connection.execute("SELECT count(*) FROM sqlite_schema where it is")',
        'pattern = r"(?:also )?read more"',
        'Command(examples=("ask Where were the bodies found?",))',
        'def f(x: "tuple of things") -> "another thing": ...',
        'name = "corpus history"',
        'key = "reading.no_text"',
    ],
)
def test_what_nobody_reads_is_let_be(code: str) -> None:
    assert list(phrases(Source("sample.py", code))) == []


def phrases(source: Source) -> Iterator[tuple[str, str]]:
    """Where English stands in a module, and what; of a text with values in it, without them."""
    passed_over = {id(inner) for node in ast.walk(source.tree) for part in exempt(node) for inner in ast.walk(part)}
    for node in ast.walk(source.tree):
        if id(node) in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "…".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            passed_over |= {id(part) for part in node.values}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if is_english(text):
            yield source.at(node), text


def is_english(text: str) -> bool:
    """Whether it has words that somebody could read."""
    if text in _COMMANDS or _STATEMENT.match(text) or _PROGRAM.match(text) or _PATTERN.search(text):
        return False
    return _PHRASE.search(text) is not None


def exempt(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that nobody reads: docstrings, annotations, programming errors, examples of what is typed."""
    match node:
        case ast.Expr(value=ast.Constant()):
            yield node.value
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in _PROGRAMMING and node.exc is not None:
            yield node.exc
        case ast.keyword(arg="examples"):
            yield node.value
        case ast.arg() | ast.AnnAssign() if node.annotation is not None:
            yield node.annotation
        case ast.FunctionDef() | ast.AsyncFunctionDef() if node.returns is not None:
            yield node.returns
        case ast.Subscript():
            yield node.slice
