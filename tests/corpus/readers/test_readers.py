"""Bytes to blocks: what is refused, what is decoded, and where paragraphs begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import MAX_BYTES, Document, Role, UnreadableError, decode
from corpus.readers import READERS, SUFFIXES
from tests.said import said


def read(suffix: str, text: str) -> Document:
    return READERS[suffix].read(text.encode())


def blocks(suffix: str, text: str) -> list[str]:
    document = read(suffix, text)
    return [document.text[slice(*block.span)].strip() for block in document.blocks]


def test_the_suffixes_of_every_reader_are_known() -> None:
    assert SUFFIXES == (".txt", ".md", ".markdown", ".pdf", ".html", ".htm", ".xhtml", ".docx", ".odt", ".rtf")
    assert all(suffix in READERS[suffix].suffixes for suffix in SUFFIXES)
    assert sorted(suffix for reader in set(READERS.values()) for suffix in reader.suffixes) == sorted(SUFFIXES)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "it is empty"),
        ("Mali".encode("utf-16"), "it is UTF-16 text; save it as UTF-8"),
        ("Mali".encode("utf-16-be"), "it is not text, since it holds NUL bytes; save the report as UTF-8 text"),
        (b"%PDF-1.7\n\x00\x01", "it is not text, since it holds NUL bytes; save the report as UTF-8 text"),
        ("One\nTwo\nS\u00e9gou".encode("latin-1"), "it is not UTF-8 text, see line 3; save it as UTF-8"),
        (b"One\r\nTwo \x07 bell", "line 2 holds the control character U+0007"),
        ("Smart \x93quotes\x94".encode(), "line 1 holds the control character U+0093"),
        (b"x" * (MAX_BYTES + 1), "it is larger than 10 MiB; split it into several reports"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert said(caught.value) == problem


def test_byte_order_mark_line_ends_and_blank_lines_around_are_evened_out() -> None:
    assert decode(b"\xef\xbb\xbf\r\n\r\nTitle\r\n\rOne \xe2\x80\x9ctwo\xe2\x80\x9d\r\n\r\n") == "Title\n\nOne “two”"


def test_blank_lines_separate_paragraphs() -> None:
    assert blocks(".txt", "Title\n\nOne.\n \nTwo.\n\n\nThree.") == ["Title", "One.", "Two.", "Three."]


def test_single_lines_are_paragraphs() -> None:
    paragraphs = "The first paragraph ends here.\nThe second paragraph ends here."
    assert blocks(".txt", f"Title\nA deck that says it.\n\n{paragraphs}\n- READ MORE ON:\n- Mali") == [
        "Title",
        "A deck that says it.",
        "The first paragraph ends here.",
        "The second paragraph ends here.",
        "- READ MORE ON:",
        "- Mali",
    ]


WRAPPED = """\
Two days later, their bodies and burned vehicle were discovered
near Fatissouma village. Victims' remains had been hidden in
various locations, including shallow graves, wells, and under
tree trunks."""
ONE_LINE = WRAPPED.replace("\n", " ")


def test_wrapped_prose_is_one_paragraph() -> None:
    assert blocks(".txt", f"Title\n\n{WRAPPED}\n\n{WRAPPED}") == ["Title", ONE_LINE, ONE_LINE]


def test_one_sentence_on_each_line_is_one_paragraph_on_each_line() -> None:
    lines = ["The army came at noon on Thursday.", "Nobody in the village had expected it.", "They stayed."]
    assert blocks(".txt", "\n".join(lines)) == lines


def test_where_blank_lines_separate_all_else_a_line_break_separates_nothing() -> None:
    court = "Five sections form the court:\nthe first one and the second one.\nIn Spain they bind nobody."
    paragraphs = ["Title", "One.", "Two.", court, "Three."]
    assert blocks(".txt", "\n\n".join(paragraphs)) == [*paragraphs[:3], court.replace("\n", " "), "Three."]


def test_a_formula_broken_over_lines_stays_in_its_paragraph() -> None:
    paragraph = "Uranium dioxide (UO\n2) is the form used as fuel." + " It is stable." * 9
    assert blocks(".txt", f"Title\n{paragraph}\nThe next one.") == [
        "Title",
        paragraph.replace("\n", " "),
        "The next one.",
    ]


def test_list_items_are_paragraphs_of_their_own_also_when_they_are_wrapped() -> None:
    text = (
        "The experts demand, in the order of their letter to the government:\n"
        "1. an inquiry that is independent, transparent and impartial and\n"
        "   that begins at once;\n"
        "2. reparations for the families of all victims of this execution\n"
        "   and of earlier ones."
    )
    assert blocks(".txt", f"Title\n\n{text}") == [
        "Title",
        "The experts demand, in the order of their letter to the government:",
        "1. an inquiry that is independent, transparent and impartial and that begins at once;",
        "2. reparations for the families of all victims of this execution and of earlier ones.",
    ]


def test_a_number_that_begins_a_wrapped_line_is_no_list_item() -> None:
    text = "The government is bound by what it signed, and above all by article\n5. of the Covenant, as others are."
    assert blocks(".txt", f"Title\n\n{text}") == ["Title", text.replace("\n", " ")]


@pytest.mark.parametrize(
    ("block", "heading"),
    [
        ("INTRODUCTION", "INTRODUCTION"),
        ("II. FINDINGS AND EVIDENCE", "II. FINDINGS AND EVIDENCE"),
        ("Findings\n========", "Findings"),
        ("Findings", "Findings"),
        ("The guards of the dam", "The guards of the dam"),
        ("II. Response of the authorities", "II. Response of the authorities"),
        ("THEY DENIED IT.", ""),
        ("UN", ""),
        ("- READ MORE ON", ""),
        ("ALL " * 30, ""),
        ("A line\nand another", ""),
    ],
)
def test_only_clear_headings_of_plain_text_are_headings(block: str, heading: str) -> None:
    document = read(".txt", f"Title\n\nOne.\n\nTwo.\n\n{block}\n\nThree.\n\nFour.")
    assert [found.heading for found in document.blocks] == ["", "", "", heading, "", ""]
    assert [found.level for found in document.blocks] == [None, None, None, 1 if heading else None, None, None]


def test_form_feeds_begin_pages() -> None:
    document = read(".txt", "Title\n\nOne.\n\n\fTwo.\n\nThree.\n\f\n\fFour.")
    assert [block.page for block in document.blocks] == [1, 1, 2, 2, 4]
    assert [block.page for block in read(".txt", "Title\n\nOne.").blocks] == [None, None]


MARKDOWN = """\
---
author: somebody
---
<!-- checked -->

# The *Mali* report

Wrapped prose
on two lines.

Findings `A`
------------

> A quote.
>
> Its second paragraph.

* one
* two
  goes on

  1. nested

| a | b |
|---|---|
| 1 | 2 |

    code

***

[ref]: https://example.org/report

~~~
# no heading
~~~
"""


def test_markdown_blocks_keep_their_marks() -> None:
    assert blocks(".md", MARKDOWN) == [
        "---\nauthor: somebody\n---",
        "<!-- checked -->",
        "# The *Mali* report",
        "Wrapped prose\non two lines.",
        "Findings `A`\n------------",
        "> A quote.",
        ">",
        "> Its second paragraph.",
        "* one",
        "* two\n  goes on",
        "1. nested",
        "| a | b |",
        "|---|---|",
        "| 1 | 2 |",
        "code",
        "***",
        "[ref]: https://example.org/report",
        "~~~\n# no heading\n~~~",
    ]


def test_markdown_headings_know_their_level_and_their_words_without_marks() -> None:
    document = read(".markdown", MARKDOWN)
    assert [(block.level, block.heading) for block in document.blocks if block.level] == [
        (1, "The Mali report"),
        (2, "Findings A"),
    ]
    assert document.facts.title == "The Mali report"
    assert [block.role is Role.FURNITURE for block in document.blocks][:3] == [True, True, False]


@pytest.mark.parametrize(
    ("suffix", "text", "title"),
    [
        (".txt", "\n  The report \n\nText.", "The report"),
        (".txt", "The report\nBy somebody\n\nText.", "The report"),
        (".txt", "Who did it?\nNobody knows.", "Who did it?"),
        (".txt", "The report of the\ngroup of experts\n\nText.", "The report of the group of experts"),
        (".txt", f"{WRAPPED}\n\nText.", ""),
        (".txt", "The report\n==========\n\nText.", "The report"),
        (".md", "No heading\n\nText.", "No heading"),
        (".md", f"{WRAPPED}\n\nText.", ""),
        (".md", "Lead.\n\n## Findings\n\n# The report", "The report"),
        (".md", "## Findings\n\n# The report", "Findings"),
        (".md", "Lead.\n\n## Findings\n\nText.", "Lead."),
        (".md", "<!-- nothing else -->", ""),
    ],
)
def test_a_document_is_called_by_its_heading_or_first_line(suffix: str, text: str, title: str) -> None:
    assert read(suffix, text).facts.title == title


LINES = st.sampled_from(
    [
        *("Title", "The army came.", "UO", "2 is", "  ", "", "\f", "\u2028", "\x85"),
        *("- item", "1. item", "\t- x", "1)", "# Head", "Head", "====", "---", "* * *"),
        *("> quote", "```", "    code", "| a | b |", "|---|---|", "<!--", "-->", "<div>", "[a]: b"),
    ]
)


# Lines that read as one are joined, so that white space is not kept, nor a hyphen at the end of a line.
SPACE = dict.fromkeys(map(ord, "- \t\n\f\u2028\x85"))


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown"])
@given(lines=st.lists(LINES, min_size=1, max_size=25), ends=st.sampled_from(["\n", "\r\n", "\r"]))
def test_blocks_come_in_order_and_leave_nothing_but_white_space_between_them(
    suffix: str, lines: list[str], ends: str
) -> None:
    data = ends.join(["x", *lines]).encode()
    document = READERS[suffix].read(data)
    assert sorted(document.text.translate(SPACE)) == sorted(decode(data).translate(SPACE))
    at = 0
    for block in document.blocks:
        assert not document.text[at : block.span.start].strip()
        assert block.span.start >= at
        assert document.text[slice(*block.span)].strip()
        at = block.span.end
    assert not document.text[at:].strip()
