"""One report in every format that people have: the same passages, numbers, headings and notes of each."""

import datetime as dt

import pytest

from corpus.passage import Kind
from tests.benchmarks.formats import read
from tests.corpus.readers.formats import FORMATS
from tests.corpus.readers.written import CAPTION, ITEMS, SYMBOL, TABLE, TITLE, notes, parts


def bare(text: str) -> str:
    """Words alone, without what each format writes around them."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


@pytest.mark.parametrize("name", FORMATS)
def test_the_numbers_that_a_reader_of_the_report_sees_are_those_that_are_cited(name: str) -> None:
    printed = [part.number.rstrip(".") for part in parts() if part.kind == "paragraph"]
    found = [passage for passage in read(name).passages if passage.kind is Kind.BODY and passage.locator.part is None]
    plain = [str(passage.locator.paragraph) for passage in found if isinstance(passage.locator.paragraph, int)]
    # A paragraph with a table after it is the first part of its number.
    assert [number for number in printed if number not in plain] in ([], ["30"])
    assert {"55", "1", "1-2", "5-2"} <= {passage.locator.label for passage in found}, "the annex counts anew"


@pytest.mark.parametrize("name", FORMATS)
def test_headings_notes_items_and_rows_are_what_they_are(name: str) -> None:
    passages = read(name).passages
    by_label = {passage.locator.label: passage for passage in passages}
    headings = [bare(passage.text) for passage in passages if passage.kind is Kind.HEADING]
    assert headings == [bare(part.text) for part in parts() if part.kind == "heading"]
    told = [passage for passage in passages if passage.kind is Kind.NOTE]
    assert [passage.locator.label for passage in told] == ["note-1", "note-2", "note-3"]
    assert [bare(passage.text)[2:] for passage in told] == [bare(note) for note in notes()]
    items = [passage for passage in passages if str(passage.locator.paragraph).startswith("20 (")]
    assert [bare(passage.text) for passage in items] == [bare(f"{label} {text}") for label, text in ITEMS]
    assert {passage.lead for passage in items} == {"20"}
    rows = [passage for passage in passages if bare(passage.text) in [bare(" ".join(row)) for row in TABLE]]
    assert len(rows) == len(TABLE)
    assert {by_label[row.lead].text for row in rows[1:] if row.lead} == {rows[0].text}
    assert [row.kind for row in rows] == [Kind.CAPTION, *[Kind.BODY] * (len(TABLE) - 1)]
    assert [passage.text for passage in passages if passage.kind is Kind.CAPTION] == [CAPTION, rows[0].text]


@pytest.mark.parametrize("name", FORMATS)
def test_the_report_says_of_itself_what_it_is_and_nothing_is_torn(name: str) -> None:
    parsed = read(name)
    assert (parsed.facts.title, parsed.facts.symbol, parsed.facts.date) == (TITLE, SYMBOL, dt.date(2024, 5, 3))
    assert [passage.text for passage in parsed.passages if passage.kind is Kind.BODY and any(passage.torn)] == []
    called = [passage.cut(mark) for passage in parsed.passages for mark in passage.marks]
    assert len(called) == len(notes())


@pytest.mark.parametrize("name", FORMATS)
def test_every_paragraph_is_whole(name: str) -> None:
    text = bare("".join(passage.searched + passage.tail for passage in read(name).passages))
    assert [part.number for part in parts() if bare(part.text) not in text] == []


def test_what_stands_around_the_report_on_a_web_page_is_listed_as_kept_out() -> None:
    passages = read("HTML").passages
    ranked = "".join(passage.text for passage in passages if passage.kind.is_ranked)
    listed = "".join(passage.text for passage in passages if passage.kind is Kind.LINKS)
    for words in ("cookies", "All reports", "Share", "Print this page", "Related", "Mills of Sarn", "All rights"):
        assert words in listed
        assert words not in ranked
    assert "track(" not in ranked + listed
