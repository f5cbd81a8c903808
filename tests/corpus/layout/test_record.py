"""What stands before a title, contents of every form, questions as headings, and who says what in a record."""

import pytest

from corpus.parsing.parse import parse
from corpus.passage import Kind

REST = "The board counted 48 berths.\n\nNine were let.\n"


@pytest.mark.parametrize(
    "above",
    [
        "EMBARGOED UNTIL 10:00 GMT, 3 May 2024",
        "NOT FOR PUBLICATION BEFORE 3 MAY 2024\nCheck against delivery",
        "Case No: 1234/2021",
        "Ref: HB-2024/17",
        "Vol. 12, No. 3 (May 2024)\n\nISSN 1234-5678",
        "03/05/2024",
        "Published on 3 May 2024",
        "Last updated: 3 May 2024, 14:20",
        "Geneva, 3 May 2024",
        "DRAFT – NOT FOR CIRCULATION",
        "- iv -",
        "A/78/123–S/2023/456",
        "Document No. 17/2024",
        "COM(2024) 123 final",
        "[Unofficial translation]",
    ],
)
def test_what_stands_before_a_title_is_none(above: str) -> None:
    text = f"{above}\n\nReport on the berths of Lurn\n\n{REST}"
    assert parse(text.encode(), ".txt", "r").facts.title == "Report on the berths of Lurn"


@pytest.mark.parametrize("line", ["# PRESS RELEASE", "### 3 May 2024"])
def test_a_heading_of_markdown_that_is_a_banner_is_no_title(line: str) -> None:
    text = f"{line}\n\n# Berths of Lurn\n\n{REST}"
    assert parse(text.encode(), ".md", "r").facts.title == "Berths of Lurn"


def test_the_subject_of_a_letter_is_its_title() -> None:
    text = f"To: All members\nFrom: The treasurer\nSubject: Berths of Lurn\n\n{REST}"
    assert parse(text.encode(), ".txt", "r").facts.title == "Berths of Lurn"


@pytest.mark.parametrize(
    "lead",
    [
        "Lurn (Agency) - The board on Friday closed two berths of the old harbour",
        "A boat leaves the old harbour of Lurn (Photo by Ada Lund)",
    ],
)
def test_datelines_and_credits_are_no_titles(lead: str) -> None:
    assert parse(f"{lead}\n\n{REST}".encode(), ".txt", "r").facts.title == ""


@pytest.mark.parametrize(
    "entries",
    [
        "Introduction\nClosing of the berths",
        "I. Introduction 1-4 3\nII. Closing of the berths 5-9 4",
        "Introduction, p. 3\nClosing of the berths, p. 5",
        "Introduction — 3\nClosing of the berths — 5",
    ],
)
def test_entries_of_contents_are_no_body(entries: str) -> None:
    text = (
        f"Report on Lurn\n\nContents\n\n{entries}\n\nIntroduction\n\nThe board met.\n\n"
        "Closing of the berths\n\nThe gates were locked."
    )
    found = parse(text.encode(), ".txt", "r").passages
    assert [p.text for p in found if p.kind is Kind.BODY] == ["The board met.", "The gates were locked."]


def test_a_question_over_its_answer_is_a_heading() -> None:
    text = f"Report on Lurn\n\nWhy were the berths closed?\n\n{REST}"
    found = parse(text.encode(), ".txt", "r").passages
    assert [p.text for p in found if p.kind is Kind.HEADING] == ["Why were the berths closed?"]


@pytest.mark.parametrize(
    ("first", "second", "suffix"),
    [
        ("NORLAND: {}", "SUDRIA: {}", ".txt"),
        ("Mr. Lund (Norland): {}", "Ms. Brandt (Sudria): {}", ".txt"),
        ("10:02 Norland: {}", "10:05 Sudria: {}", ".txt"),
        ("M. Lund (Norlande) : {}", "Mme Brandt (Sudrie) : {}", ".txt"),
        ("**Norland:** {}", "**Sudria:** {}", ".md"),
        ("[Norland]\n\n{}", "[Sudria]\n\n{}", ".txt"),
        ("Ada Lund, Norland:\n\n{}", "Ole Brandt, Sudria:\n\n{}", ".txt"),
    ],
)
def test_words_are_led_by_whoever_says_them(first: str, second: str, suffix: str) -> None:
    text = f"# Meeting\n\n{first.format('We shall pay.')}\n\nIt is dear.\n\n{second.format('We shall not.')}\n"
    found = parse(text.encode(), suffix, "r").passages
    assert [p.lead for p in found if p.kind is Kind.BODY] == ["speaker-1", "speaker-1", "speaker-2"]


def test_keys_are_no_speakers() -> None:
    text = "Report on Lurn\n\nPosition: It was supported.\n\nReason: It was cheap.\n"
    assert not any(p.kind is Kind.SPEAKER for p in parse(text.encode(), ".txt", "r").passages)


def test_a_long_row_of_numbers_is_soon_judged() -> None:
    """The pattern of numbered documents once took for ever over a line such as this."""
    assert parse(f"No. {'1' * 110}x\n\n{REST}".encode(), ".txt", "r").passages
