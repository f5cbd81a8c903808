"""``rapporteur ask --after``: a question that leans on another, as text and as JSON; no trace where it does not."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

FIRST = "Where were the bodies found?"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(("ask", "--json", *arguments), {}) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found | {"ms": None}


def test_the_record_says_how_the_question_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "--after", FIRST, "and the vehicle?")
    assert found["question"] == "and the vehicle?"
    assert found["reading"] == {"asked": "Where were the vehicle found", "taken": [], "aspect": None}
    assert "their bodies and burned vehicle were discovered" in str(found["excerpts"])


def test_a_question_that_stands_alone_has_the_same_record_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    alone = record(capsys, "Who offered forensic assistance?")
    assert record(capsys, "--after", FIRST, "Who offered forensic assistance?") == alone
    assert "reading" not in alone


def test_the_words_that_were_taken_over_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("ask", "--after", FIRST, "who hid them?"), {}) == 0
    assert "Read with words of the question before: “bodies”." in capsys.readouterr().out.splitlines()


def test_a_question_before_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("ask", "--after", "?!", "and the vehicle?"), {}) != 0
    assert "?!" not in capsys.readouterr().out
