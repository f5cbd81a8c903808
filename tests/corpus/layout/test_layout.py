"""Lines of all kinds of text files to passages: what is joined and set aside, and that nothing torn looks whole."""

import re

import pytest

from corpus.parsing.parse import parse
from corpus.passage import Kind, Passage


def passages(text: str, suffix: str = ".txt") -> tuple[Passage, ...]:
    return parse(text.encode(), suffix, "r").passages


def body(text: str, suffix: str = ".txt") -> list[str]:
    return [passage.text for passage in passages(text, suffix) if passage.kind is Kind.BODY]


def of(kind: Kind, text: str, suffix: str = ".txt") -> list[str]:
    return [passage.text for passage in passages(text, suffix) if passage.kind is kind]


PAGES = """\
United Nations                                        A/HRC/50/1
                General Assembly            Distr.: General
                                            12 May 2022
                                            Original: English

Human Rights Council
Fiftieth session
Agenda item 4

                Report of the commission of inquiry on the
                wells of Maro*

GE.22-07000(E)
\fA/HRC/50/1

     I.   Introduction
1.      The commission was established by the council in its resolution 49/1, in
which it told of wells.1
2.      The commission visited Maro twice, but it found no sign that the

     1
       Resolution 49/1.
2                                                                   GE.22-07000
\f                                                                   A/HRC/50/1

governor was there.2 It heard:
          (a)    Nine traders of the border town, who had lost their
cattle;
          (b)    Two nurses of the clinic in Kanga.
     II.  Findings on the killing of the guards of the dam in the
          north of the country
          A.    The first night
3.      Riders shot both watchmen at the sluice in June.
          ____________________
     2
       Interview with the governor.
     3
       Ibid.
GE.22-07000                                                                 3
"""


def test_a_report_that_comes_out_of_a_pdf() -> None:
    """Pages as pdftotext -layout writes them."""
    parsed = parse(PAGES.encode(), ".txt", "r")
    assert parsed.facts.title == "Report of the commission of inquiry on the wells of Maro"
    assert (parsed.facts.symbol, str(parsed.facts.date)) == ("A/HRC/50/1", "2022-05-12")
    found = [
        (p.locator.label, p.lead, p.text) for p in parsed.passages if p.kind in (Kind.BODY, Kind.HEADING, Kind.NOTE)
    ]
    assert found == [
        ("heading-1", None, "I.   Introduction"),
        (
            "1",
            None,
            "1.      The commission was established by the council in its resolution 49/1, in which it told of wells.1",
        ),
        (
            "2",
            None,
            "2.      The commission visited Maro twice, but it found no sign that the governor was there.2 It heard:",
        ),
        ("note-1", None, "1 Resolution 49/1."),
        ("2-a", "2", "(a)    Nine traders of the border town, who had lost their cattle;"),
        ("2-b", "2", "(b)    Two nurses of the clinic in Kanga."),
        ("heading-2", None, "II.  Findings on the killing of the guards of the dam in the north of the country"),
        ("heading-3", None, "A.    The first night"),
        ("3", None, "3.      Riders shot both watchmen at the sluice in June."),
        ("note-2", None, "____________________ 2 Interview with the governor."),
        ("note-3", None, "3 Ibid."),
    ]
    assert [passage.cut(mark) for passage in parsed.passages for mark in passage.marks] == ["1", "2"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("The dis-\nplacement of the guards ended in June.", "The displacement of the guards ended in June."),
        ("The cross-\nborder trade ended in June.", "The cross-border trade ended in June."),
        ("The Dabo-\nrites left. The Daborites came back.", "The Daborites left. The Daborites came back."),
        ("A well-\nknown man. A well-known man.", "A well-known man. A well-known man."),
        ("The govern-\nment met. It saw viola-\ntions.", "The government met. It saw violations."),
        ("The déplace-\nment des gardes.", "The déplacement des gardes."),
        ("They were demobil-\nised by smug-\nglers.", "They were demobilised by smugglers."),
        ("The dis¬\nplacement ended.", "The displacement ended."),
        ("The South-\nEast road of 2021-\n2022 ended.", "The South-East road of 2021-2022 ended."),
        ("The short-\nand long-term costs.", "The short- and long-term costs."),
        ("The treas\u00ad\nurer resigned in June.", "The treas\u00adurer resigned in June."),
    ],
)
def test_hyphens_at_the_end_of_a_line(lines: str, joined: str) -> None:
    assert body(f"Title\n\n{lines}\n\nThe dam was repaired.")[0] == joined


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("It received 14 petitions3 about wells.", ["3"]),
        ("It was decriminalised.45 The court agreed.12,13", ["45", "12,13"]),
        ("They were paid in part. 68 The assembly agreed. 69", ["68", "69"]),
        ("The council met.¹² It left²", ["¹²", "²"]),
        ("It got “petitions”.3 The assembly agreed.4-6", ["3", "4-6"]),
        ("It got petitions[3] in May.[4] The assembly agreed.(5)", ["[3]", "[4]", "(5)"]),
        ("In covid19 wards the covid19 tests failed.", []),
        ("It has 20 km² of land and 3.5 per cent of wells.", []),
        ("It stands on p.91 and in No.12 of the list.", []),
        ("It ended on 5 May. 12 Malian soldiers left.", []),
    ],
)
def test_calls_of_footnotes_are_marked_and_part_no_sentence(text: str, calls: list[str]) -> None:
    found = passages(f"Title\n\n{text}\n\nThe dam was repaired.")[1]
    assert [found.cut(mark) for mark in found.marks] == calls
    assert not any(re.match(r"\d+\s", found.cut(found.sentence(n))) for n in range(len(found.sentences)) if calls)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Page 1 of 12\n\nReport on Maro\n\nThe council met in June.", "Report on Maro"),
        ("GE.24-11111 (E)\n\n3 May 2024\n\nReport on Maro\n\nThe council met in June.", "Report on Maro"),
        (
            "For immediate release\n\nReport on the wells\nof Maro\n\nThe council met in June.",
            "Report on the wells of Maro",
        ),
        ("GENEVA (3 May 2024) – Experts called for an inquiry\n\nThe governor must act.", ""),
        ("Photo: Families arrive in Oro\n\nThe governor must act.", ""),
        ("- one\n- two\n\nThe governor must act.", ""),
    ],
)
def test_what_is_a_title(text: str, title: str) -> None:
    assert parse(text.encode(), ".txt", "r").facts.title == title


RAGGED = """\
The council said that
nobody in the village of Dabo had
seen the riders,
who came from
Kanga. The mayor, Mr.
Tall, and the journalist J.
Brandt denied it under article
5. of the law.
"""


@pytest.mark.parametrize("frame", ["{}", "   {}", "{}\n"])
def test_ragged_indented_and_doubly_spaced_lines_are_one_paragraph(frame: str) -> None:
    """But for a sentence that ends with its line, after which a blank line may part two paragraphs."""
    lines = "\n".join(frame.format(line) for line in RAGGED.splitlines())
    assert body(f"Report on Maro\n\n{lines}\n\nThe dam was repaired.")[0] == " ".join(RAGGED.split())


@pytest.mark.parametrize(
    "between",
    [
        "Page 3 of 12\n\nReport on Maro",
        "- 3 -\n\n\fReport on Maro",
        "3\n\nA/HRC/50/1",
        "1 Interview, 4 May 2024.\n\n2 Ibid.",
        "_________\n1. Interview, 4 May 2024.\n2. Ibid.",
        "1. Interview, 4 May 2024.",
        "1/ Interview, 4 May 2024.",
        "Note 1: Interview, 4 May 2024.",
        "iv",
        "[3]",
        "~ 3 ~",
        "Page | 3",
        "3 of 12",
        "Report on Maro – Page 3",
        "Council of Towns, 2024 - 3 -",
        "Council of Towns                    3",
        "A/HRC/50/1\nPage 3",
        "A/HRC/50/1\n3\nGE.24-12345",
        "CONFIDENTIAL\n3",
        "12/05/2024, 10:41          Report",
        "https://example.org/report   2/12",
        "© Council of Maro 2024",
        "(continued)",
        "[image]",
        "Figure 2: The wells",
        "_________",
        ". ' ,",
    ],
)
@pytest.mark.parametrize("rest", ["treasurer kept the money.", "Treasurer Brandt kept the money."])
def test_a_sentence_goes_on_after_heads_feet_and_notes(between: str, rest: str) -> None:
    text = f"Report on Maro\n\n1. The council met.1 It found no sign that the\n\n{between}\n\n{rest}\n\n2. He left."
    assert body(text)[0] == f"1. The council met.1 It found no sign that the {rest}"


@pytest.mark.parametrize("between", ["- 3 -", "Page 3"])
def test_a_sentence_goes_on_after_a_page_number_without_blank_lines(between: str) -> None:
    assert body(f"Report on Maro\n\nIt found no sign that the\n{between}\ntreasurer kept the money.\n\nHe left.")[
        0
    ] == ("It found no sign that the treasurer kept the money.")


@pytest.mark.parametrize(
    ("call", "note"),
    [
        ("*", "* Interview."),
        ("†", "† Interview."),
        ("[1]", "[1] Interview."),
        (" [1]", "[1] Interview, with the\nhead teacher."),
        ("(1)", "(1) Interview."),
        ("[^1]", "[^1]: Interview."),
        ("*", "* Interview.\n** Ibid."),
        ("[1]", "[1] Interview.\n\n[2] Ibid."),
    ],
)
def test_notes_are_set_apart_however_they_are_called(call: str, note: str) -> None:
    text = f"Report\n\nThe council met.{call} It found no sign that the\n\n{note}\n\ntreasurer left.\n\nHe stayed."
    found = next(p for p in passages(text) if p.kind is Kind.BODY)
    assert found.text == f"The council met.{call} It found no sign that the treasurer left."
    assert len(found.sentences) == 2
    assert "".join(of(Kind.NOTE, text)).startswith(note.split("\n")[0])


@pytest.mark.parametrize(
    "words",
    [
        "* nine wells in the north;",
        "[2] Two of the wells[1] were dry.",
        "(1) to drill wells in the north;",
        "5,000",
        "The song of the wells",
        "a",
    ],
)
def test_what_may_be_text_is_no_note_and_no_foot(words: str) -> None:
    text = f"Report\n\n[1] The council met (1) in May and found, in the books of the\n\n{words}\n\nlast year, nothing."
    assert not of(Kind.NOTE, text)
    assert not of(Kind.RUNNING, text)


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        ("It was told of\n14. The council left.", "It was told of 14."),
        ("No man had left before\n2021. The council left.", "No man had left before 2021."),
        (
            "It was told by the late Mr.\nA. Ilic of the war. He left.",
            "It was told by the late Mr. A. Ilic of the war.",
        ),
        (
            "It asked who sold the pumps\n- or lent them - to Oro. He left.",
            "It asked who sold the pumps - or lent them - to Oro.",
        ),
        ("3.1 Drill wells (Oro); 3.2 Close the mine (Dabo).", "3.1 Drill wells (Oro);"),
        ("They got petitions3. It left.", "They got petitions3."),
        ("They got petitions¹. It left.", "They got petitions¹."),
    ],
)
def test_sentences_that_lines_numbers_and_calls_part(lines: str, first: str) -> None:
    found = next(p for p in passages(f"Report on Maro\n\n{lines}\n\nThe dam was repaired.") if p.kind is Kind.BODY)
    assert found.cut(found.sentence(0)) == first


@pytest.mark.parametrize("torn", ["the mayor of Kanga sold the pumps.", "It did not find that the"])
def test_what_begins_or_ends_within_a_sentence_says_so(torn: str) -> None:
    found = next(
        p for p in passages(f"Report\n\nThe wells were dry.\n\n{torn}\n\n1. The dam was repaired.") if p.text == torn
    )
    assert found.torn == (torn[0].islower(), torn.endswith("the"))


@pytest.mark.parametrize("head", ["How it came about", "What you can do", "Whom it is for"])
def test_a_line_that_asks_heads_what_stands_under_it_whatever_it_ends_with(head: str) -> None:
    text = f"Notice on the wells\n\nThe wells of Maro are dry.\n\n{head}\n\nLead comes from old pipes.\n\nThe end."
    assert of(Kind.HEADING, text) == [head]
    assert body(text)[1] == "Lead comes from old pipes."


@pytest.mark.parametrize("torn", ["What the guards of the town saw at the", "The guards could not say who it was for"])
def test_a_line_that_asks_goes_on_where_its_last_word_wants_another(torn: str) -> None:
    text = f"Notice on the wells\n\nThe wells of Maro are dry.\n\n{torn}\n\nMaro bridge was lead.\n\nThe end."
    assert f"{torn} Maro bridge was lead." in body(text)


def test_bold_lines_are_headings_and_only_labels_that_name_somebody_are_speakers() -> None:
    text = "# Wells\n\n**The First Night**\n\nRiders came.\n\n**The Second Night**\n\nNobody came."
    assert of(Kind.HEADING, text, ".md") == ["**The First Night**", "**The Second Night**"]
    assert of(Kind.SPEAKER, text, ".md") == []
    assert len(of(Kind.SPEAKER, text.replace("Night**", "Night | Norland**"), ".md")) == 2


def test_a_web_page_saved_as_text_gives_its_words() -> None:
    words = "<nav>Home</nav><h1>Report on Maro</h1><p>It&nbsp;was dry.</p>"
    page = f"<html><head><title>Maro</title></head><body>{words}</body></html>"
    assert body(page) == ["It was dry."]
    assert parse(page.encode(), ".md", "r").facts.title == "Report on Maro"


def test_front_matter_tells_of_the_report() -> None:
    front = '---\ntitle: "Wells: a report"\ndate: 2024-05-03\nlang: fr\n---\n\nNine wells were drilled by the council.'
    facts = parse(front.encode(), ".md", "r").facts
    assert (facts.title, str(facts.date), facts.language) == ("Wells: a report", "2024-05-03", "fr")


def test_tables_of_contents_are_kept_out() -> None:
    entries = "   Page\nI.  Introduction ....... 3\nII. Wells            14"
    text = f"Report\n\nContents\n\n{entries}\n\nI. Introduction\n\nThe council met."
    assert len(of(Kind.CONTENTS, text)) == 3
    assert body(text) == ["The council met."]


def test_words_are_led_by_their_speaker_and_items_by_what_opens_their_list() -> None:
    text = "Meeting\n\nTHE CHAIR:\n\nI open it.\n\nNorland:\n\nWe call for:\n\n• wells\n• nurses"
    assert [(p.lead, p.text) for p in passages(text) if p.kind is Kind.BODY] == [
        ("speaker-1", "I open it."),
        ("speaker-2", "We call for:"),
        ("2", "• wells"),
        ("2", "• nurses"),
    ]


def test_rows_of_a_table_are_led_by_the_heads_of_its_columns() -> None:
    text = "# Wells\n\n| Town | Wells |\n|---|---|\n| Maro | 9 |\n| Oro | 4 |\n"
    assert [(p.kind, p.lead, p.text) for p in passages(text, ".md") if p.kind in (Kind.BODY, Kind.CAPTION)] == [
        (Kind.CAPTION, None, "| Town | Wells |"),
        (Kind.BODY, "caption-1", "| Maro | 9 |"),
        (Kind.BODY, "caption-1", "| Oro | 4 |"),
    ]


def test_an_item_that_ends_with_the_word_before_the_last_one_is_whole() -> None:
    text = "The law names:\n\n(a) the charges payable; and\n\n(b) the place of the wells, or\n\n(c) the rest."
    assert [any(passage.torn) for passage in passages(f"Wells of Maro\n\n{text}")] == [False] * 5


def test_a_heading_may_end_with_initials_where_others_are_numbered_like_it() -> None:
    told = ("4.1 The visit", "We came in May.", "4.2 The death of Y. B.", "He was shot in the yard.", "4.3 What we ask")
    more = ("We ask for a trial.", "4.4 It was said. Guards shot Y. B.", "The yard was empty.")
    assert of(Kind.HEADING, "\n\n".join(("Inquiry", *told, *more))) == [told[0], told[2], told[4]]


def test_a_sentence_that_ends_with_initials_is_no_heading_among_numbered_paragraphs() -> None:
    assert not of(Kind.HEADING, "Inquiry\n\n4.1 We came in May.\n\n4.2 Guards shot Y. B.\n\n4.3 The yard was empty.")
