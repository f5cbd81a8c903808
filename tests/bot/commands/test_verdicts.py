"""The check of quotations in its faces: a command, a file of prose, a chat, a message on Discord."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest

from bot.__main__ import main
from bot.commands import quote
from bot.commands.command import Context, Upkeep, Values
from bot.commands.registry import Registry
from bot.discord.tasks import Tasks
from bot.discord.voices import Voices
from bot.errors.serving import EmptyMessageError
from bot.publishing.keeper import Keeper
from bot.saying.reply import Heading, Line, Quote, Reply
from bot.saying.templates import load
from bot.service.service import Service
from bot.terminal.chat import chat
from retrieval.errors import EmptyQuotationError, LongQuotationError
from retrieval.quotation.given import QUOTATION_LIMIT

TEMPLATES = load()
REPORT = "The mission\n\nThe wells were reportedly poisoned in May. “Nobody came,” said Ms. Norland, a teacher.\n"
PROSE = """The report says that “the wells were reportedly poisoned”.

“Nobody came,” said the mayor.

Elsewhere: "The wells were poisoned in May."

> Nobody came
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    (made / "mission.txt").write_text(REPORT, "utf-8")
    return made


@pytest.fixture
def service(folder: Path) -> Service:
    return Service.of_folder(folder)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `rapporteur quote`; its exit code, and what it printed."""

    def started(*arguments: str) -> tuple[int, str, str]:
        code = main(["quote", *arguments, "--reports", str(folder)], {})
        return code, *capsys.readouterr()

    return started


def test_the_limit_is_the_same_wherever_it_stands() -> None:
    assert quote.QUOTATION_LIMIT == QUOTATION_LIMIT


def test_a_dropped_hedge_for_programs(run: Run) -> None:
    code, out, _ = run("--json", "The wells were poisoned in May")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["verdict", "cut_off", "differences", "excerpts", "quotation", "edition", "ms"]
    assert found["verdict"] == "altered"
    assert found["differences"] == [
        {"kind": "word", "quoted": "", "true": "reportedly", "passage": "mission:1", "start": 15, "end": 25}
    ]
    (excerpt,) = found["excerpts"]
    assert (excerpt["passage"], excerpt["text"]) == ("mission:1", "The wells were reportedly poisoned in May.")


def test_what_was_altered_is_what_stands_out(service: Service) -> None:
    context = Context(service.snapshot, cast("Upkeep", None), TEMPLATES, "test")

    def bold(text: str) -> list[str]:
        reply = quote.COMMAND.reply(context, quote.COMMAND.begin(context, Values({"text": text}))())
        return [
            part.text[match.start : match.end]
            for part in reply.parts
            if isinstance(part, Quote)
            for match in part.matches
        ]

    assert bold("The wells were reportedly poisoned in June.") == ["May"]
    assert bold("The wells were poisoned in May") == ["reportedly"]


def test_another_speaker_for_people(service: Service) -> None:
    context = Context(service.snapshot, cast("Upkeep", None), TEMPLATES, "test")
    found = quote.COMMAND.begin(context, Values({"text": "“Nobody came,” said the mayor"}))()
    reply = quote.COMMAND.reply(context, found)
    told = [part.text for part in reply.parts if isinstance(part, Line)]
    assert told == [
        "“Nobody came,” stands in the reports, but somebody else is named as the speaker.",
        "• Named as the speaker: “said the mayor”. The report has: “said Ms. Norland”.",
        "Cut off beside it, and part of what it means:",
        "• “said Ms. Norland”",
    ]
    assert [part.text for part in reply.parts if isinstance(part, Quote)] == [
        "“Nobody came,” said Ms. Norland, a teacher."
    ]


def test_a_file_of_prose_is_checked_whole(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "article.md"
    file.write_text(PROSE, "utf-8")
    code, out, _ = run("--file", str(file), "--json")
    assert code == 1
    assert [(one["line"], one["verdict"]) for one in json.loads(out)] == [
        (1, "typographic"),
        (3, "altered"),
        (5, "altered"),
        (7, "exact"),
    ]
    code, out, _ = run(str(file))
    assert code == 1
    assert "4 quotations; not in the reports as they are given: 2." in out


def test_a_file_whose_quotations_are_all_true(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text("They were “reportedly poisoned in May”.", "utf-8")
    assert run(str(file))[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "code"), [("none.txt", b"Nothing is quoted.", 2), ("bad.txt", b"\xff\xfe\x00", 1)]
)
def test_a_file_that_cannot_be_checked_gets_one_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    (tmp_path / name).write_bytes(content)
    found, out, told = run("--file", str(tmp_path / name))
    assert (found, out, len(told.splitlines())) == (code, "", 1)


@pytest.mark.parametrize("given", [(), ("",), ("“ ”",), ("a " * QUOTATION_LIMIT,), ("--file", "x.txt", "words")])
def test_what_cannot_be_checked_is_misuse(run: Run, given: tuple[str, ...]) -> None:
    code, out, told = run(*given)
    assert (code, out, len(told.splitlines())) == (2, "", 1)


def test_a_chat_takes_the_line_as_it_is_typed(service: Service) -> None:
    shown, told = list[Reply](), io.StringIO()
    context = Context(service.snapshot, cast("Upkeep", None), TEMPLATES, "chat")
    chat(context, Registry(), iter(['/quote "nobody came," said Norland', "/quote"]), shown.append, told)
    assert shown[0].parts[:2] == (
        Heading("Word for word, but for marks, spaces or capitals"),
        Line("“nobody came,” stands in the reports word for word; only marks, spaces or capitals differ."),
    )
    assert told.getvalue() == TEMPLATES.error(EmptyQuotationError()) + "\n"


@dataclass
class Kept:
    service: Service


def test_the_quotations_of_a_message_are_checked(service: Service) -> None:
    tasks = Tasks(cast("Keeper", Kept(service)), Voices.of("en"))
    task = tasks.check_quotes(PROSE)
    message = task.begin()()
    assert (task.name, task.private) == ("quote", True)
    assert dict(message.facts) | {"edition": ""} == {
        "outcome": "quotations",
        "edition": "",
        "quotations": 4,
        "wrong": 2,
    }
    assert "Line 3, altered" in "".join(text.markdown for text in message.page.texts).replace("\\", "")


def test_a_message_without_quotation_marks_is_checked_whole(service: Service) -> None:
    tasks = Tasks(cast("Keeper", Kept(service)), Voices.of("en"))
    assert tasks.check_quotes("the wells were reportedly poisoned").begin()().facts["outcome"] == "typographic"
    with pytest.raises(EmptyMessageError):
        tasks.check_quotes(" ").begin()
    with pytest.raises(LongQuotationError):
        tasks.check_quotes("a " * QUOTATION_LIMIT).begin()


CAUTIOUS = """The inquiry

These acts may amount to arson. The mayor branded the claims “absurd”.

Nobody came back.
"""


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = tmp_path / "cautious"
    made.mkdir()
    (made / "inquiry.txt").write_text(CAUTIOUS, "utf-8")
    return Context(Service.of_folder(made).snapshot, cast("Upkeep", None), TEMPLATES, "test")


def reply_to(context: Context, text: str) -> Reply:
    return quote.COMMAND.reply(context, quote.COMMAND.begin(context, Values({"text": text}))())


@pytest.mark.parametrize(
    ("text", "heading", "lines"),
    [
        (
            "These acts […] amount to arson",
            "Cut so that it says something else",
            ["Cut out of it, and part of what it means:", "• “may”"],
        ),
        (
            "“These acts […] amount to arson”, the bishop said",
            "Cut so that it says something else",
            [
                "• Named as the speaker: “the bishop said”. The report names nobody: the words are its own.",
                "Cut out of it, and part of what it means:",
                "• “may”",
            ],
        ),
        (
            "“These acts,” said the bishop",
            "The report's own words",
            [
                "• Named as the speaker: “said the bishop”. The report names nobody: the words are its own.",
                "Cut off beside it, and part of what it means:",
                "• “may”",
            ],
        ),
        (
            "The bishop called them “absurd”.",
            "Another speaker",
            ["• Named as the speaker: “The bishop called them”. The report has: “The mayor branded the claims”."],
        ),
        (
            "“absurd” “and mad”",
            "Not found",
            ["What comes closest, and is not the same:"],
        ),
    ],
)
def test_what_misleads_is_not_headed_word_for_word(context: Context, text: str, heading: str, lines: list[str]) -> None:
    reply = reply_to(context, text)
    assert reply.parts[0] == Heading(heading)
    assert [part.text for part in reply.parts if isinstance(part, Line)][1:] == lines


def test_words_that_stand_apart_and_others_are_both_told_of(context: Context) -> None:
    reply = reply_to(context, "These acts may amount to arson, the mayor branded the claims false")
    assert reply.parts[0] == Heading("Words that stand apart, and others")


def test_each_passage_that_has_the_words_is_shown(context: Context) -> None:
    """Also where they go over the end of a paragraph; nothing is told of a passage that is not shown."""
    reply = reply_to(context, "The mayor branded the claims “absurd”. Nobody came back.")
    shown = [part.text for part in reply.parts if isinstance(part, Quote)]
    assert [text.split()[-1] for text in shown] == ["“absurd”.", "back."]


@pytest.mark.usefixtures("context")
def test_a_file_with_a_hedge_cut_out_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "article.txt"
    file.write_text("It says: “These acts … amount to arson”.", "utf-8")
    reports = str(tmp_path / "cautious")
    assert main(["quote", "--file", str(file), "--json", "--reports", reports], {}) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["cut_off"], found["cut_within"]) == ("exact", ["may"], ["may"])
    assert main(["quote", str(file), "--reports", reports], {}) == 1
    assert "Line 1, cut: “These acts … amount to arson”" in capsys.readouterr().out


def test_help_tells_when_a_checked_file_fails(capsys: pytest.CaptureFixture[str]) -> None:
    main(["quote", "--help"], {})
    told = " ".join(capsys.readouterr().out.split())
    assert "with `quote --file`, a quotation does not stand in the reports as it is given" in told
