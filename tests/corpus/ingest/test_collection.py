"""A file of one report a line: every paragraph keeps its number and its words, and a bad line is named."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import FileError, FileLineError
from corpus.ingest.collection import BETWEEN, read_collection
from corpus.passage import Kind
from tests.said import facts

LONG = "The mission counted the wells of one more village on that day. " * 40


def written(folder: Path, *lines: object) -> Path:
    file = folder / "reports.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return file


def test_paragraph_n_of_a_line_is_body_paragraph_n(tmp_path: Path) -> None:
    """Not even what looks like a title, a list of links or an ornament is anything else."""
    paragraphs = ["Wells", "Read more on:", "* * *", "  ", "\n The last one. ", "https://example.org/"]
    found = read_collection(written(tmp_path, {"report_id": "w", "title": "Wells", "paragraphs": paragraphs}))
    (report,) = found.edition.reports
    assert [(p.locator.paragraph, p.locator.label, p.kind, p.text) for p in report.passages] == [
        (1, "1", Kind.BODY, "Wells"),
        (2, "2", Kind.BODY, "Read more on:"),
        (3, "3", Kind.BODY, "* * *"),
        (5, "5", Kind.BODY, "The last one."),
        (6, "6", Kind.BODY, "https://example.org/"),
    ]
    assert found.leads == {("w", 4): 2, ("w", 5): 2}


def test_the_parts_of_a_long_paragraph_share_its_number(tmp_path: Path) -> None:
    line = {"report_id": "w", "title": "Wells", "paragraphs": ["Short.", LONG]}
    (report,) = read_collection(written(tmp_path, line)).edition.reports
    assert [passage.id for passage in report.passages] == ["w:1", "w:2.1", "w:2.2"]
    assert [passage.locator.paragraph for passage in report.passages] == [1, 2, 2]
    assert report.text == f"Short.{BETWEEN}{LONG}"


@given(st.lists(st.text("aA. \n#*-", max_size=30), min_size=1, max_size=5).filter(lambda p: any(t.strip() for t in p)))
def test_nothing_of_a_paragraph_is_lost(tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]) -> None:
    line = {"report_id": "r", "title": "T", "paragraphs": paragraphs}
    found = read_collection(written(tmp_path_factory.mktemp("any"), line))
    (report,) = found.edition.reports
    assert report.text == BETWEEN.join(paragraphs).lstrip()
    for number, text in enumerate(paragraphs, start=1):
        parts = [passage.text for passage in report.passages if passage.locator.paragraph == number]
        assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[]", "it is JSON, but no object"),
        ("{", "it is not JSON in UTF-8"),
        ('{"title": "T", "paragraphs": ["a"]}', "its report_id is missing or is not text"),
        ('{"report_id": "b", "paragraphs": ["a"]}', "its title is missing or is not text"),
        (
            '{"report_id": "b", "title": "T", "paragraphs": [1]}',
            "its paragraphs are missing or are no list of texts",
        ),
        ('{"report_id": "b", "title": "T", "paragraphs": [" "]}', "it has no paragraph with a word in it"),
        ('{"report_id": "a", "title": "T", "paragraphs": ["a"]}', "there is a report a on an earlier line"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(f'{{"report_id": "a", "title": "T", "paragraphs": ["a"]}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(FileLineError) as refused:
        read_collection(file)
    assert facts(refused.value) == {"file": str(file), "line": 3, "problem": problem}


def test_a_file_without_a_report_and_one_that_is_not_there(tmp_path: Path) -> None:
    file = written(tmp_path)
    with pytest.raises(FileError) as refused:
        read_collection(file)
    assert facts(refused.value) == {"file": str(file), "problem": "it holds no report"}
    with pytest.raises(FileError) as refused:
        read_collection(tmp_path / "none")
    problem = "it cannot be opened: No such file or directory"
    assert facts(refused.value) == {"file": str(tmp_path / "none"), "problem": problem}
