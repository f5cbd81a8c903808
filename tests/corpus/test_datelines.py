"""A line below the title that says whose a document is, and of when, gives its date, in whatever format."""

import datetime as dt
import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.parsing import parse
from corpus.passage import Kind
from corpus.readers.document import Facts
from tests.corpus import office

TITLE = "Floods in the Kelu valley"
TEXT = (
    "The dam above the valley gave way on Sunday, and at least forty people died.",
    "Survivors were taken to the school of Marsabit, where they are still.",
)
ISSUED = [
    ("Marsabit Herald, 9 June 2024", dt.date(2024, 6, 9)),
    ("Note d'information, 5 mars 2025", dt.date(2025, 3, 5)),
    ("Labour Inspectorate, 22 January 2025", dt.date(2025, 1, 22)),
    ("Press release – Geneva, June 9, 2024", dt.date(2024, 6, 9)),
    ("9 June 2024", dt.date(2024, 6, 9)),
]
STYLES = f'<w:styles {office.W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>'


def printed(*paragraphs: str) -> bytes:
    """A PDF of these paragraphs, a line each, the first of them as a title."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for number, words in enumerate(paragraphs):
        canvas.setFont("Helvetica", 11 if number else 18)
        canvas.drawString(60, 780 - 40 * number, words)
    canvas.save()
    return out.getvalue()


def made(suffix: str, line: str) -> bytes:
    """A document of that format with ``line`` below its title."""
    if suffix == ".pdf":
        return printed(TITLE, line, *TEXT)
    if suffix == ".docx":
        body = [office.paragraph(TITLE, style="T"), *map(office.paragraph, (line, *TEXT))]
        return office.word("".join(body), styles=STYLES)
    title = f"# {TITLE}" if suffix == ".md" else TITLE
    return "\n\n".join((title, line, *TEXT)).encode()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".pdf"])
@pytest.mark.parametrize(("line", "date"), ISSUED)
def test_the_line_below_the_title_gives_the_date_and_heads_nothing(line: str, date: dt.date, suffix: str) -> None:
    parsed = parse(made(suffix, line), suffix, "r")
    assert parsed.facts == Facts(title=TITLE, date=date)
    assert [passage.text for passage in parsed.passages if passage.kind is Kind.BODY] == list(TEXT)
    assert [passage.kind for passage in parsed.passages if passage.text == line] == [Kind.MASTHEAD]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_days_that_head_what_happened_are_headings(suffix: str) -> None:
    text = ("Kelu, 9 June 2024", TEXT[0], "Marsabit, 10 June 2024", TEXT[1])
    title = f"# {TITLE}" if suffix == ".md" else TITLE
    parsed = parse("\n\n".join((title, *text)).encode(), suffix, "r")
    assert parsed.facts.date is None
    headings = [passage.text for passage in parsed.passages if passage.kind is Kind.HEADING]
    assert headings == [text[0], text[2]]


@pytest.mark.parametrize(
    "line",
    [
        "The dam gave way on Sunday, 9 June 2024.",
        "The dam above the valley gave way in the early hours of that day, 9 June 2024",
        "Since 9 June 2024",
        "What was found in 2024",
    ],
)
def test_a_line_that_tells_more_gives_no_date(line: str) -> None:
    assert parse(made(".txt", line), ".txt", "r").facts.date is None
