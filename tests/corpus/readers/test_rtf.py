"""RTF files: what they print, and what is refused."""

import pytest

from corpus.document import Document, Role, UnreadableError
from corpus.parsing.apart import Apart
from corpus.parsing.parse import Budget
from corpus.readers import READERS
from tests.corpus.readers.rtf import document, note, paragraph, row, rtf
from tests.said import said

LAST = paragraph("The inspectors left the district of Maro on the first day of May.")


def read(body: str) -> Document:
    return READERS[".rtf"].read(document(body + LAST))


def texts(found: Document) -> list[str]:
    return [found.text[slice(*block.span)] for block in found.blocks]


def test_what_was_deleted_and_what_is_hidden_is_not_read() -> None:
    body = r"\pard They {\deleted\revauthdel1 never }{\revised came }{\v secretly }at noon.\par "
    assert texts(read(body))[0] == "They came at noon."


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert texts(read(r"\pard They came{\deleted\par }to Maro at noon.\par "))[0] == "They came to Maro at noon."


def test_letters_are_those_of_their_font_or_their_number() -> None:
    body = r"\pard {\f1 \'d1\'e5\'e3\'f3} and S\u233?gou, M\'f6pti \endash  caf\'e9{\uc0 \u8217}s \emdash  \{so\}.\par "
    assert texts(read(body))[0] == "Сегу and Ségou, Möpti – café’s — {so}."


def test_numbers_of_lists_are_those_that_were_printed() -> None:
    found = read(LAST + paragraph("The army came to the village.", label="12.") + paragraph("a well;", label="(a)"))
    assert texts(found)[1:3] == ["12. The army came to the village.", "(a) a well;"]
    assert [block.number for block in found.blocks][1:3] == ["12", "(a)"]


def test_a_note_stands_after_the_paragraph_that_calls_it() -> None:
    found = read(paragraph("They asked for petitions", after=note("See the letter.") + "."))
    assert texts(found)[:2] == ["They asked for petitions¹.", "1 See the letter."]
    assert (found.blocks[1].role, found.blocks[1].number) == (Role.NOTE, "1")
    assert [found.text[slice(*mark)] for mark in found.marks] == ["¹"]


def test_rows_are_led_by_the_heads_of_their_columns() -> None:
    found = read(row("Place", "Wells", is_head=True) + row("Maro", "nine"))
    assert texts(found)[:2] == ["Place | Wells", "Maro | nine"]
    assert [block.role for block in found.blocks][:2] == [Role.CAPTION, Role.ROW]
    assert found.blocks[1].lead == 0


def test_what_is_no_text_of_the_document_is_not_read() -> None:
    body = (
        r"{\*\unknown never}{\pict\wmetafile8 0102abcd}{\field{\*\fldinst HYPERLINK x}{\fldrslt They came}}"
        r"{\annotation never}{\*\bkmkstart never}{\*\shppict{\pict 0a0b}} to Maro.\par "
    )
    assert texts(read(body))[0] == "They came to Maro."


def test_a_text_box_stands_after_its_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard A box that stands beside.\par}}{\shprslt never}}"
    assert texts(read(paragraph("They drilled nine wells.", after=box)))[:2] == [
        "They drilled nine wells.",
        "A box that stands beside.",
    ]


def test_bytes_that_are_no_text_are_passed_over_whatever_they_look_like() -> None:
    assert texts(read(r"{\pict\bin9 }\par\par}\pard They came to Maro.\par "))[0] == "They came to Maro."


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is no RTF file, whatever it is called; save it again as RTF or DOCX"),
        (b"PK\x03\x04", "it is no RTF file, whatever it is called; save it again as RTF or DOCX"),
        (b"{\\rtf1" + b"{" * 100_000, "its groups are nested more than 200 deep"),
        (b"{\\rtf1 {\\pict 00}}", "it holds no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        READERS[".rtf"].read(data)
    assert said(caught.value) == problem


@pytest.mark.parametrize(
    "hostile",
    [
        r"\pard " + r"\u99999999999" * 1_000,
        r"{\bin4000000000 }",
        "}" * 1_000,
        r"\row\cell" * 10_000,
        r"{\super 1}" * 50_000,
        r"{\listtext 1}" * 50_000,
        "a" * 2_000_000,
    ],
)
def test_whatever_a_file_holds_is_read_or_refused_within_its_budget(hostile: str) -> None:
    with Apart(Budget()) as apart:
        try:
            apart.parse(document(LAST + hostile), ".rtf", "hostile")
        except UnreadableError as error:
            assert "took" not in said(error)  # noqa: PT017  # either is right, but in time
        assert len(apart.parse(rtf(), ".rtf", "maro").passages) > 60
