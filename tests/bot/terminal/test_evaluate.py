"""`rapporteur evaluate`: a file of questions in, figures out; a bad line is named and nothing is asked."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.__main__ import main
from bot.terminal.bars import bar, sentences
from bot.terminal.draw import Style
from bot.terminal.tables import table
from tests.clock import Clock

REPORTS: list[dict[str, object]] = [
    {
        "report_id": "wells",
        "title": "Wells",
        "paragraphs": [
            "The mission found three wells near Niono. The wells were dry.",
            "A camp holds 900 families.",
            "No road was open.",
        ],
    },
    {
        "report_id": "ships",
        "title": "Ships",
        "paragraphs": ["The harbour of Oslo was closed.", "Eleven ships waited.", "It snowed."],
    },
]
WELLS = {"id": "w", "question": "Which wells were dry?", "report_id": "wells"}
QUESTIONS: list[dict[str, object]] = [
    WELLS | {"gold": [{"report_id": "wells", "par": 0, "spans": [[57, 60]]}], "group": "places"},
    {"id": "s", "question": "How many ships waited?", "report": "ships", "gold": ["Eleven"], "group": "texts"},
    {"id": "n", "question": "Who composed the symphony?", "outcome": "silent", "gold": [], "report": "ships"},
]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def lines(file: Path, records: list[dict[str, object]]) -> Path:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return file


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Evaluates questions on the two reports."""
    monkeypatch.chdir(tmp_path)
    lines(tmp_path / "reports.jsonl", REPORTS)

    def run(questions: list[dict[str, object]], *arguments: str, **environ: str) -> Ran:
        lines(tmp_path / "questions.jsonl", questions)
        code = main(["evaluate", "questions.jsonl", "--reports", "reports.jsonl", *arguments], environ)
        return Ran(code, *capsys.readouterr())

    return run


def test_the_record_holds_every_figure(run: Run) -> None:
    ran = run(QUESTIONS, "--json")
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    found = json.loads(ran.out)
    whole = {"value": 1.0, "low": 1.0, "high": 1.0}
    assert {name: found[name] for name in ("reports", "seed", "resampled", "answerable", "unanswerable")} == {
        "reports": 2,
        "seed": 0,
        "resampled": "report",
        "answerable": 2,
        "unanswerable": 1,
    }
    assert found["measures"]["rapporteur"] == dict.fromkeys(("s1", "s3", "p1", "mrr"), whole)
    assert found["measures"]["plain"]["s1"] == whole
    assert found["measures"]["lead"]["s1"] == {"value": 0.0, "low": 0.0, "high": 0.0}
    assert found["groups"]["places"]["s1"] == whole
    assert (found["unfindable"], found["misses"], found["against"]) == ([], [], None)
    assert found["silence"]["n"] == {"off_topic": 2, "removed": 2, "unanswerable": 1}
    assert found["outcomes"]["silent"] == {"answered": 0, "closest": 0, "silent": 1}
    assert [(each["id"], each["rank"], each["report"]) for each in found["each"]] == [
        ("w", 1, "wells"),
        ("s", 1, "ships"),
        ("n", 0, "ships"),
    ]


def test_the_text_says_the_same(run: Run) -> None:
    ran = run(QUESTIONS)
    assert ran.code == 0
    assert "Questions with an answer: 2; without: 1; reports: 2; edition " in ran.out
    assert "Rapporteur  100.0 % [100.0, 100.0]" in ran.out
    assert "plain BM25  100.0 % [100.0, 100.0]" in ran.out
    assert "\nplaces      100.0 % [100.0, 100.0]" in ran.out


def test_a_miss_is_shown_with_what_was_found_instead(run: Run) -> None:
    wrong = WELLS | {"gold": ["A camp\nholds"]}
    ran = run([wrong], "--misses", "1")
    assert ran.code == 0
    assert "\n\nw: Which wells were dry?\n" in ran.out
    assert "\n  expected: A camp\n  holds\n  found: The wells were dry. [wells:1@" in ran.out
    assert ran.err == "The answer given for 1 question stands nowhere in the reports, so it counts as missed: w.\n"


def test_everyday_questions_are_measured_apart_by_kind_and_style(run: Run) -> None:
    """Their fields have other names: ``gold_spans`` is the gold, ``style`` the group."""
    everyday: list[dict[str, object]] = [
        WELLS | {"gold_spans": ["were dry"], "kind": "answerable", "style": "plain"},
        {"id": "v", "question": "Eleven ships?", "gold_spans": ["Eleven"], "kind": "answerable", "style": "vague"},
        {"id": "o", "question": "best pizza", "report": "ships", "gold_spans": [], "kind": "unanswerable_offtopic"},
    ]
    found = json.loads(run(everyday, "--json").out)
    assert (found["answerable"], found["unanswerable"], found["unfindable"]) == (2, 1, [])
    assert {style: group["s1"]["value"] for style, group in found["groups"].items() if group["s1"]} == {
        "plain": 1.0,
        "vague": 1.0,
    }
    assert found["kinds"]["unanswerable_offtopic"] == {"answered": 0, "closest": 0, "silent": 1}
    assert sum(found["kinds"]["answerable"].values()) == 2
    assert "\nunanswerable_offtopic         0        0       1\n" in run(everyday).out


def test_misses_that_are_not_listed_are_counted(run: Run) -> None:
    wrong: list[dict[str, object]] = [
        {"id": n, "question": "Which wells were dry?", "report": "wells", "gold": ["900 families"]} for n in range(3)
    ]
    assert run(wrong, "--misses", "1").out.endswith("\n\nMisses that are not listed: 2.\n")
    assert "not listed" not in run(wrong, "--misses", "3").out
    assert "not listed" not in run(wrong).out


def test_an_operators_lexicon_is_measured_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_text("[en]\nsame = 'layette > camp'\n", encoding="utf-8")
    asked = [
        {"id": "l", "question": "What about the layette?", "report": "wells", "gold": ["A camp holds 900 families"]}
    ]
    bare, found = (
        json.loads(run(asked, "--json", **given).out)["each"][0]
        for given in ({}, {"RAPPORTEUR_LEXICON": "lexicon.toml"})
    )
    assert (bare["rank"] != 1, found["rank"]) == (True, 1)


def test_a_run_is_compared_with_an_earlier_one(run: Run, tmp_path: Path) -> None:
    first = run([WELLS | {"gold": ["three wells"]}, *QUESTIONS[1:]], "--json")
    (tmp_path / "earlier.json").write_text(first.out, encoding="utf-8")
    second = run(QUESTIONS[:2], "--json", "--against", "earlier.json")
    found = json.loads(second.out)["against"]
    assert (found["paired"], found["unpaired"]) == (2, 1)
    assert {name: found["measures"]["s1"][name] for name in ("won", "lost", "tied")} == {"won": 1, "lost": 0, "tied": 1}
    assert found["measures"]["s1"]["difference"] == {"value": 0.5, "low": 0.0, "high": 1.0}
    text = run(QUESTIONS[:2], "--against", "earlier.json").out
    assert "Against the earlier result: 2 questions in both, 1 in one of them only.\n" in text


def test_the_same_seed_gives_the_same_bytes_but_for_the_time(run: Run) -> None:
    def figures(*arguments: str) -> object:
        return {
            name: part
            for name, part in json.loads(run(QUESTIONS, "--json", *arguments).out).items()
            if "cpu" not in name
        }

    assert figures() == figures()
    assert figures("--limit", "2", "--seed", "3") == figures("--limit", "2", "--seed", "3")


def test_a_limit_draws_questions_and_keeps_their_order(run: Run) -> None:
    many = [WELLS | {"id": f"w{n}", "gold": ["dry"]} for n in range(10)]
    each = [one["id"] for one in json.loads(run(many, "--json", "--limit", "4").out)["each"]]
    assert len(each) == 4
    assert each == sorted(each)


def test_the_bundled_report_is_asked_by_default(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked: dict[str, object] = {
        "id": 1,
        "question": "Where were the bodies found?",
        "gold": ["near Fatissouma village"],
    }
    file = lines(tmp_path / "questions.jsonl", [asked])
    assert main(["evaluate", str(file), "--json"], {}) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["resampled"], found["measures"]["rapporteur"]["s3"]["value"]) == ("question", 1.0)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            {"id": "x", "question": "Why?", "gold": [3]},
            'its gold is neither a list of texts nor a list of places {"report_id", "par", "spans"}',
        ),
        (
            {"id": "x", "question": "Why?", "gold": [{"report_id": "wells", "par": 0, "spans": [[3, 3]]}]},
            'its gold is neither a list of texts nor a list of places {"report_id", "par", "spans"}',
        ),
        (
            {"id": "x", "question": "Why?", "gold": [" "]},
            'its gold is neither a list of texts nor a list of places {"report_id", "par", "spans"}',
        ),
        *(
            (
                {"id": "x", "question": "Why?", "gold": gold, "kind": kind},
                (
                    "its kind is none of answerable, unanswerable_ontopic and unanswerable_offtopic, or its gold says "
                    "otherwise"
                ),
            )
            for gold, kind in (([], "answerable"), (["Niono"], "unanswerable_ontopic"), ([], "hard"), ([], 3))
        ),
        ({"id": "x", "question": "Why?", "outcome": "maybe"}, "its outcome is none of answered, closest and silent"),
        ({"id": "x"}, "its question is missing or is not text"),
        ({"question": "Why?"}, "its id is missing or is not text"),
        ({"id": "s", "question": "Why?"}, "there is a question s on an earlier line"),
        ({"id": "x", "question": "Why?", "report": "cars"}, "there is no report cars among those asked"),
    ],
)
def test_a_bad_line_is_named(run: Run, line: dict[str, object], problem: str) -> None:
    ran = run([*QUESTIONS, line])
    assert ran == Ran(1, "", f"Line 4 of questions.jsonl cannot be used: {problem}. Correct it or take it out.\n")


def test_files_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    assert run([]) == Ran(1, "", "questions.jsonl cannot be used: it holds no question.\n")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    refused = "other.json cannot be used: it is no result of evaluate --json.\n"
    assert run(QUESTIONS, "--against", "other.json") == Ran(1, "", refused)
    endless = "/dev/zero cannot be used: it is larger than 256 MiB.\n"
    assert run(QUESTIONS, "--against", "/dev/zero") == Ran(1, "", endless)
    missing = "none.json cannot be used: it cannot be opened: No such file or directory.\n"
    assert run(QUESTIONS, "--against", "none.json") == Ran(1, "", missing)


def test_a_limit_is_a_number_from_one_on(run: Run) -> None:
    ran = run(QUESTIONS, "--limit", "0")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "--limit should be a whole number from 1 on, not “0”.\n"


def _of(done: int, total: int) -> str:
    return f"{done} of {total} questions [b]"  # nothing in a sentence is markup


def test_a_bar_comes_after_a_while_says_how_far_the_work_is_and_goes() -> None:
    stream, clock = io.StringIO(), Clock()
    with bar(stream, Style(60, colour=True), _of, clock) as tell:
        tell(1, 200)
        assert stream.getvalue() == ""
        clock.now += 2
        tell(100, 200)
        assert "100 of 200 questions [b]" in stream.getvalue()
        tell(101, 200)
        assert "101 of 200" not in stream.getvalue()  # too soon to be drawn again
    assert stream.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")  # the cursor is back and the line empty


def test_work_that_fails_leaves_the_cursor_to_be_seen() -> None:
    stream, clock = io.StringIO(), Clock()

    def work() -> None:
        with bar(stream, Style(60), _of, clock) as tell:
            clock.now += 2
            tell(1, 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert stream.getvalue().rindex("\x1b[?25h") > stream.getvalue().rindex("\x1b[?25l")


def test_a_log_is_told_once_a_second() -> None:
    said: list[str] = []
    clock = Clock()
    with sentences(said.append, _of, clock) as tell:
        for done in range(1, 5):
            tell(done, 9)
            clock.now += 0.6
    assert said == ["3 of 9 questions [b]"]


FIGURES = (("Rapporteur", "66.7 % [0.0, 100.0]", "5"), ("[b]wells\x1b", "–", "12"))


@pytest.mark.parametrize("width", [None, 40])
def test_a_table_without_colour(width: int | None) -> None:
    """What stands in it is never markup, and never acts on a terminal."""
    assert table(("", "S@1", "n"), FIGURES, Style(width)) == (
        "                            S@1   n\nRapporteur  66.7 % [0.0, 100.0]   5\n[b]wells␛                     –  12"
    )


def test_in_a_narrow_table_intervals_stand_in_rows_of_their_own() -> None:
    assert table(("", "S@1", "n"), FIGURES, Style(30)) == (
        "                     S@1   n\n"
        "Rapporteur        66.7 %   5\n"
        "            [0.0, 100.0]\n"
        "[b]wells␛              –  12"
    )


def test_the_heads_of_a_table_are_bold_where_that_can_be() -> None:
    shown = table(("a", "b"), [("c", "d")], Style(40, colour=True))
    assert re.sub(r"\x1b\[[01]m", "", shown) == "a  b\nc  d"
    assert shown.startswith("\x1b[1ma\x1b[0m")


def test_progress_is_shown_on_a_terminal_only(run: Run) -> None:
    assert run(QUESTIONS).err == ""
