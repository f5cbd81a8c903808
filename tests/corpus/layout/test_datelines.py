"""A line below the title that says whose a document is, and of when, gives its date, in whatever format."""

import datetime as dt
import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.document import Facts
from corpus.parsing.parse import parse
from corpus.passage import Kind
from tests.corpus.readers import office

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


@pytest.mark.parametrize(
    "title",
    [
        "Mine Safety Inspectorate – Report on the accident of 23 October at Garrow Deep colliery",
        "Food Security Alert – Famine likely under way in Lower Dhorra; three neighbouring districts at risk",
        "URGENT ALERT – Fear for the life of trade unionist Ilde Maronde, missing since 3 May",
        "OpenLine – Nineteen days in the dark: the internet shutdown in Quorane",
        "MARO AND ITS WELLS – WHAT THE BOARD KNEW",
        "Medical Bridge - Internal review of the attack of 11 December on Tarsk hospital: public version",
        "Cholera Bulletin (Week 37) – Cases fall in four of the six districts of the coast",
        "Mirrin (update 4) – Two bridges gone and three thousand families on the road to Sarn",
        "Inspection du travail – Rapport sur l’effondrement de l’usine Stellina, rue de la Plume",
        "Maro, Sarn – Ce que la commission d’enquête a vu dans les deux villes du fleuve",
        "Alerte Urgente – Craintes pour la vie du syndicaliste Ilde Maronde, disparu depuis le 3 mai",
        "Torva Bridge, 3 May 2024 – Report of the commission of inquiry into why and how it fell",
        "TORVA, 3 MAY 2024 – Preliminary findings on the bridge",
        "Torva (3 May) – Minutes of the meeting of the council with the owners of all wells",
        "Flood in the Mirrin basin – Situation Report No. 6 (as of 15 May, 18.00)",
        "Pont de Torva, 3 mai 2024 – Rapport de la commission d’enquête sur les causes de sa chute",
        "Crue de la Mirrine – Point de situation no 6 (au 15 mai, 18.00)",
    ],
)
def test_a_dash_in_a_title_makes_no_dateline_of_it(title: str) -> None:
    parsed = parse("\n\n".join((title, *TEXT)).encode(), ".txt", "r")
    assert parsed.facts.title == title
    assert [passage.text for passage in parsed.passages if passage.kind is Kind.BODY] == list(TEXT)


@pytest.mark.parametrize(
    "lead",
    [
        "GENEVA (3 May 2024) – Experts today called on the board to open",
        "GENEVA, 3 May — Experts spoke",
        "Maro, 3 mai 2024 – Des experts ont demandé vendredi au conseil de rouvrir les puits",
        "Maro, May 3 (Agency) – Experts on Friday called on the board to open the wells",
        "Maro (Agency) - The board on Friday closed two wells of the old town",
        "MARO – Experts spoke.",
        "Maro – The board on Friday closed two wells of the old town.",
        "Maro, 3 May – Reports of six dry wells reached the board on Friday, and it closed them.",
        "Maro, 3 mai 2024 – Le rapport de la commission a été remis vendredi au conseil de la ville.",
    ],
)
def test_where_and_when_a_text_was_written_is_no_title(lead: str) -> None:
    assert parse("\n\n".join((lead, *TEXT)).encode(), ".txt", "r").facts.title == ""
