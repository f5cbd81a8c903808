"""`rapporteur fit`: whatever `evaluate` takes can be learned from; what cannot is one sentence."""

import json
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement

from bot.__main__ import main
from corpus.ingest.pipeline import BUNDLED
from tests.architecture.sources import CHECKOUT

WELLS = "Wells\n\nThe mission found three wells near Niono. The wells were dry.\n\nA camp holds 900 families.\n"
SHIPS = "Ships\n\nThe harbour of Oslo was closed.\n\nEleven ships waited.\n\nIt snowed.\n"
GOLDEN = Path(__file__).parents[2] / "golden"
Question = Mapping[str, object]
WITH_REPORT: Sequence[Question] = [
    {"id": "w", "question": "Which wells were dry?", "report": "wells", "gold": ["The wells were dry"]},
    {"id": "s", "question": "How many ships waited?", "report_id": "ships", "gold": ["Eleven"]},
]
WITHOUT_REPORT: Sequence[Question] = [
    {"id": "w", "question": "Which wells were dry?", "gold": ["The wells were dry"]},
    {"id": "s", "question": "How many ships waited?", "gold": ["Eleven"]},
    {"id": "n", "question": "Who composed the symphony?", "outcome": "silent", "gold": []},
]
EVERYDAY: Sequence[Question] = [
    {"id": 1, "question": "dry wells?", "report": "wells", "gold_spans": ["were dry"], "kind": "answerable"},
    {"id": 2, "question": "how many ships", "report": "ships", "gold_spans": ["Eleven"], "style": "plain"},
    {"id": 3, "question": "who dug them", "report": "wells", "gold_spans": [], "kind": "unanswerable_ontopic"},
    {"id": 4, "question": "best pizza", "report": "ships", "gold_spans": [], "kind": "unanswerable_offtopic"},
]
PLACES: Sequence[Question] = [
    {"id": "w", "question": "Which wells?", "gold": [{"report_id": "wells", "par": 0, "spans": [[42, 61]]}]},
]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Fit = Callable[..., Ran]


@pytest.fixture
def fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fit:
    """Fits on questions of two reports, and writes to ``weights.toml`` unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "wells.txt").write_text(WELLS, encoding="utf-8")
    (tmp_path / "reports" / "ships.txt").write_text(SHIPS, encoding="utf-8")

    def fit(questions: Sequence[Question], *arguments: str, reports: str = "reports", **environ: str) -> Ran:
        text = "".join(f"{json.dumps(question)}\n" for question in questions)
        (tmp_path / "questions.jsonl").write_text(text, encoding="utf-8")
        asked = ["fit", "questions.jsonl", "--reports", reports, "--output", "weights.toml", *arguments]
        return Ran(main(asked, environ), *capsys.readouterr())

    return fit


@pytest.mark.parametrize("questions", [WITH_REPORT, WITHOUT_REPORT, EVERYDAY, PLACES])
def test_every_form_of_question_that_can_be_measured_can_be_learned_from(
    fit: Fit, tmp_path: Path, capsys: pytest.CaptureFixture[str], questions: Sequence[Question]
) -> None:
    assert fit(questions) == Ran(0, "", "")
    first = (tmp_path / "weights.toml").read_text("utf-8")
    assert f": {len(questions)} questions on 2 reports.\n" in first
    tables = tomllib.loads(first)
    assert {"whole", "plain", "confidence", "aboutness", "thresholds"} == set(tables)
    assert {"features", "cues"} == set(tables["whole"]) == set(tables["plain"])
    assert main(["evaluate", "questions.jsonl", "--reports", "reports", "--json"], {}) == 0
    assert json.loads(capsys.readouterr().out)["unfindable"] == []
    fit(questions)
    assert (tmp_path / "weights.toml").read_text("utf-8") == first, "the same questions give the same weights"


def test_the_projects_own_questions_can_be_learned_from(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They name no report, and some of them have no answer."""
    output = tmp_path / "weights.toml"
    asked = ["fit", str(GOLDEN / "after-lexicon.jsonl"), "--output", str(output), "--reports", str(BUNDLED)]
    assert main([*asked, "--limit", "40"], {}) == 0
    assert capsys.readouterr() == ("", "")
    assert ": 40 questions on 1 reports.\n" in output.read_text("utf-8")


def test_the_reports_are_those_that_are_set_where_none_are_named(
    tmp_path: Path, fit: Fit, capsys: pytest.CaptureFixture[str]
) -> None:
    fit(WITH_REPORT)
    asked = ["fit", "questions.jsonl", "--output", "other.toml"]
    assert main(asked, {"RAPPORTEUR_REPORTS": str(tmp_path / "reports")}) == 0
    assert (tmp_path / "other.toml").read_text("utf-8") == (tmp_path / "weights.toml").read_text("utf-8")
    assert capsys.readouterr() == ("", "")


def test_questions_that_teach_nothing_are_told_of(fit: Fit) -> None:
    lost: Sequence[Question] = [
        {"id": "gone", "question": "Which bridge?", "gold": ["The bridge fell"]},
        {"id": "elsewhere", "question": "Which ships?", "report": "wells", "gold": ["Eleven"]},
        {"id": "mute", "question": "?!", "gold": ["were dry"]},
    ]
    assert fit([*WITH_REPORT, *lost]) == Ran(
        0,
        "",
        "Nothing can be learned from 3 questions, which cannot be asked or whose answers stand nowhere in the reports, "
        "such as gone.\n",
    )


@pytest.mark.parametrize(
    "question",
    [
        {"id": "n", "question": "Who composed the symphony?"},
        {"id": "g", "question": "Which bridge?", "gold": ["The bridge fell"]},
        {"id": "two", "question": "Which wells?", "gold": ["near Niono. The wells"]},
    ],
)
def test_nothing_at_all_to_learn_is_one_sentence(fit: Fit, tmp_path: Path, question: Question) -> None:
    ran = fit([question])
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines()[-1] == (
        "No sentence of the reports answers any of these questions, so there is nothing to fit on. Check their gold, "
        "and --reports."
    )
    assert not (tmp_path / "weights.toml").exists()


def test_without_scipy_one_sentence_says_what_to_install(fit: Fit, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "scipy"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert fit(WITH_REPORT) == Ran(
        1,
        "",
        "SciPy is not installed, and this command needs it. The extra “fit” brings it; in a clone of the repository: "
        '.venv/bin/pip install --editable ".[fit]"\n',
    )


def test_the_extra_that_is_named_brings_scipy_and_lightgbm() -> None:
    extras = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert [Requirement(line).name for line in extras["fit"]] == ["lightgbm", "scipy"]
    assert set(extras["fit"]) <= set(extras["dev"]), "the tests fit weights as well"


@pytest.mark.parametrize("output", ["nowhere/weights.toml", "reports"])
def test_an_output_that_cannot_be_written_is_told_before_anything_is_fitted(fit: Fit, output: str) -> None:
    assert fit(WITH_REPORT, "--output", output) == Ran(1, "", f"{output} cannot be used: it cannot be written.\n")
