"""Word and LibreOffice files: what they print, the numbers that they compute, and what is refused."""

import zipfile
from io import BytesIO

import pytest

from corpus.document import Document, Role, UnreadableError
from corpus.parsing.apart import Apart
from corpus.parsing.parse import Budget
from corpus.readers import READERS
from corpus.readers.office import counting, package
from tests.corpus.readers.office import W, numbering, odt, open_document, packed, paragraph, word
from tests.said import refusal, said

ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
LAST = paragraph("The inspectors left the district of Maro on the first day of May.")


def read(data: bytes, suffix: str = ".docx") -> Document:
    return READERS[suffix].read(data)


def texts(document: Document) -> list[str]:
    return [document.text[slice(*block.span)] for block in document.blocks]


def numbered(*levels: int, text: str = "The army came to the village.", instance: int = 1) -> str:
    return "".join(paragraph(text, number=(instance, level)) for level in levels)


def labels(body: str, *instances: str, levels: str = "") -> list[str]:
    found = texts(read(word(body, numbering=numbering(*(instances or ("",)), levels=levels))))
    return [text.partition(" The army")[0] for text in found]


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LEGAL = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>") + level(2, "lowerRoman", "(%3)")


def test_word_counts_each_level_and_begins_the_deeper_ones_anew() -> None:
    assert labels(numbered(0, 1, 1, 0, 1)) == ["1.", "(a)", "(b)", "2.", "(a)"]
    assert labels(numbered(0, 0, 1, 2, 2, 1, 2), levels=LEGAL) == ["I.", "II.", "2.1", "(i)", "(ii)", "2.2", "(i)"]


def test_a_level_that_never_begins_anew_counts_on() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", '<w:lvlRestart w:val="0"/>')
    assert labels(numbered(0, 1, 0, 1), levels=levels) == ["1.", "(a)", "2.", "(b)"]


def test_a_level_that_is_used_before_those_above_it_counts_them_as_used() -> None:
    levels = level(0, "decimal", "%1", start=10) + level(1, "decimal", "%1.%2")
    assert labels(numbered(1, 1, 0), levels=levels) == ["10.1", "10.2", "11"]


def test_an_instance_counts_on_where_another_of_its_list_stopped_unless_it_begins_anew() -> None:
    body = numbered(0, 0) + numbered(0, 1, instance=2) + numbered(0, 0, instance=3) + numbered(0, instance=2)
    assert labels(body, "", "", ANEW) == ["1.", "2.", "3.", "(a)", "1.", "2.", "3."]


def test_an_empty_paragraph_of_a_list_is_counted_as_word_does() -> None:
    assert labels(numbered(0) + paragraph("", number=(1, 0)) + numbered(0)) == ["1.", "3."]


def test_a_style_numbers_its_paragraphs_and_a_list_of_none_takes_the_number_away() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="P"><w:name w:val="Para"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Q">'
        '<w:name w:val="Sub"/><w:basedOn w:val="P"/></w:style></w:styles>'
    )
    told = "The army came to the village at noon."
    body = paragraph(told, style="P") + paragraph(told, style="Q") + paragraph(told, style="P", number=(0, 0))
    document = read(word(body, numbering=numbering(""), styles=styles))
    assert texts(document) == [f"1. {told}", f"2. {told}", told]
    assert [block.number for block in document.blocks] == ["1", "2", ""]


def test_a_sentence_that_is_set_as_a_heading_is_a_paragraph() -> None:
    styles = f'<w:styles {W}><w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style></w:styles>'
    body = paragraph("The facts", style="H") + paragraph("The army came to the village at noon.", style="H") + LAST
    assert [block.role for block in read(word(body, styles=styles)).blocks] == [Role.HEADING, Role.TEXT, Role.TEXT]


def test_changes_are_accepted_and_what_is_hidden_stays_so() -> None:
    run = "<w:r>{}<w:t xml:space='preserve'>{}</w:t></w:r>"
    deleted = "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run.format('', 'at noon ')}</w:ins>"
    hidden = run.format("<w:rPr><w:vanish/></w:rPr>", "secretly ")
    moved = f"<w:moveFrom>{run.format('', 'twice ')}</w:moveFrom>"
    body = (
        f"<w:p>{run.format('', 'The army came ')}{deleted}{inserted}{hidden}{moved}{run.format('', 'to Maro.')}</w:p>"
    )
    assert texts(read(word(body)))[0] == "The army came at noon to Maro."


def run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_what_a_style_hides_is_hidden_unless_the_words_themselves_are_shown() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="character" w:styleId="V"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    hidden = run("secretly ", '<w:rPr><w:rStyle w:val="V"/></w:rPr>')
    shown = run("openly ", '<w:rPr><w:rStyle w:val="V"/><w:vanish w:val="0"/></w:rPr>')
    body = f"<w:p>{run('They came ')}{hidden}{shown}{run('to Maro.')}</w:p>{paragraph('None.', style='P')}{LAST}"
    assert texts(read(word(body, styles=styles)))[0] == "They came openly to Maro."
    assert len(read(word(body, styles=styles)).blocks) == 2


def test_a_content_control_is_read_where_it_is_filled_in_and_comments_are_not() -> None:
    def control(words: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{words}</w:sdtContent></w:sdt>"

    empty = control(run("Click here to enter text."), "<w:showingPlcHdr/>")
    comment = '<w:commentRangeStart w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    body = f"<w:p>{run('They ')}{control(run('came '))}{empty}{comment}{run('to Maro.')}</w:p>"
    body += control(paragraph("Nobody saw them."))
    body += control(paragraph("Click here."), "<w:showingPlcHdr/>")
    told = f'<w:comments {W}><w:comment w:id="1">{paragraph("Is that so?")}</w:comment></w:comments>'
    assert texts(read(word(body + LAST, comments=told)))[:-1] == ["They came to Maro.", "Nobody saw them."]


def test_footnotes_and_endnotes_are_counted_each_in_its_form_and_deleted_ones_not_at_all() -> None:
    def notes(kind: str, *told: str) -> str:
        found = "".join(f'<w:{kind} w:id="{n}">{paragraph(text)}</w:{kind}>' for n, text in enumerate(told, 2))
        return f"<w:{kind}s {W}>{found}</w:{kind}s>"

    def call(kind: str, number: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'

    body = f"<w:p>{run('One')}<w:del>{call('footnote', 2)}</w:del>{call('footnote', 3)}{run(' or two')}"
    body += f"{call('endnote', 2)}{run('.')}</w:p>{LAST}"
    parts = {"footnotes": notes("footnote", "Gone.", "Foot."), "endnotes": notes("endnote", "End.")}
    assert texts(read(word(body, **parts)))[:3] == ["One¹ or twoⁱ.", "1 Foot.", "i End."]
    form = '<w:sectPr><w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr></w:sectPr>'
    assert texts(read(word(body + form, **parts)))[:3] == ["One¹ or two¹.", "1 Foot.", "1 End."]


def test_a_cell_that_was_deleted_is_not_read() -> None:
    gone = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('gone')}</w:tc>"
    rows = f"<w:tr>{cells('Maro')}{gone}{cells('nine')}</w:tr><w:tr>{cells('Odun', 'ten')}</w:tr>"
    assert texts(read(word(f"<w:tbl>{rows}</w:tbl>{LAST}")))[:2] == ["Maro | nine", "Odun | ten"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The army came</w:t></w:r></w:p>"
    assert texts(read(word(first + paragraph("to Maro at noon.") + LAST)))[0] == "The army came to Maro at noon."


def test_the_result_of_a_field_is_read_and_its_code_is_not() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF x </w:instrText></w:r>'
        '<w:r><w:t>code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>nine</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:hyperlink><w:r><w:t xml:space="preserve"> wells.</w:t></w:r></w:hyperlink>'
    )
    assert texts(read(word(paragraph("They drilled ", after=field) + LAST)))[0] == "They drilled nine wells."


def test_a_text_box_is_read_once() -> None:
    box = f"<wps><w:txbxContent>{paragraph('A box that stands beside.')}</w:txbxContent></wps>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<w:r><mc:AlternateContent xmlns:mc='m'>{choice}</mc:AlternateContent></w:r>"
    found = texts(read(word(paragraph("They drilled nine wells.", after=both) + LAST)))
    assert found[:2] == ["They drilled nine wells.", "A box that stands beside."]


def test_raised_digits_call_a_note_after_a_word_and_are_a_power_after_a_unit() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    body = paragraph("They asked for petitions", after=raised.format(3)) + paragraph(
        "The field has 40 m", after=raised.format(2)
    )
    document = read(word(body + LAST))
    assert texts(document)[:2] == ["They asked for petitions³", "The field has 40 m²"]
    assert [document.text[slice(*mark)] for mark in document.marks] == ["³"]


def test_a_table_of_one_column_only_sets_the_page() -> None:
    cell = f"<w:tc>{paragraph('The army came to the village at noon.')}{LAST}</w:tc>"
    document = read(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{LAST}"))
    assert [block.role for block in document.blocks] == [Role.TEXT] * 3


def cells(*texts: str, spans: int = 1) -> str:
    span = f'<w:tcPr><w:gridSpan w:val="{spans}"/></w:tcPr>' if spans > 1 else ""
    return "".join(f"<w:tc>{span}{paragraph(text)}</w:tc>" for text in texts)


def test_word_rows_that_are_repeated_on_every_page_are_the_heads_of_their_columns() -> None:
    head = "<w:trPr><w:tblHeader/></w:trPr>"
    rows = (
        f"<w:tr>{head}{cells('')}{cells('Wells', spans=2)}</w:tr>"
        f"<w:tr>{head}{cells('Place', 'drilled', 'in use')}</w:tr><w:tr>{cells('Maro', 'twelve', 'nine')}</w:tr>"
    )
    document = read(word(f"<w:tbl>{rows}</w:tbl>{LAST}"))
    assert [block.role for block in document.blocks] == [Role.CAPTION, Role.ROW, Role.TEXT]
    assert texts(document)[:2] == ["Place | Wells drilled | Wells in use", "Maro | twelve | nine"]
    assert document.blocks[1].lead == 0


def test_libreoffice_heads_over_several_columns_are_part_of_the_heads_of_each() -> None:
    def row(*held: tuple[str, int]) -> str:
        texts = "".join(
            f'<table:table-cell table:number-columns-spanned="{span}"><text:p>{text}</text:p></table:table-cell>'
            for text, span in held
        )
        return f"<table:table-row>{texts}</table:table-row>"

    heads = row(("", 1), ("Wells", 2)) + row(("Place", 1), ("drilled", 1), ("in use", 1))
    rows = row(("Maro", 1), ("twelve", 1), ("nine", 1))
    table = f"<table:table><table:table-header-rows>{heads}</table:table-header-rows>{rows}</table:table>"
    document = read(open_document(f"<office:body><office:text>{table}</office:text></office:body>"), ".odt")
    assert texts(document) == ["Place | Wells drilled | Wells in use", "Maro | twelve | nine"]
    assert [block.role for block in document.blocks] == [Role.CAPTION, Role.ROW]


def test_libreoffice_numbers_lists_headings_and_repeats_none() -> None:
    styles = (
        '<office:automatic-styles><text:list-style style:name="L"><text:list-level-style-number text:level="1"'
        ' style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1"'
        ' text:display-levels="2"/><text:list-level-style-bullet text:level="3"/></text:list-style>'
        "</office:automatic-styles>"
    )
    item = "<text:list-item><text:p>The army came.</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('')}{item.format('<text:list>' + item.format('') + '</text:list>')}</text:list>"
    body = f'<text:list text:style-name="L">{item.format(inner)}{item.format("")}</text:list>'
    document = read(open_document(f"{styles}<office:body><office:text>{body}</office:text></office:body>"), ".odt")
    assert [text.removesuffix(" The army came.") for text in texts(document)] == ["1.", "1.1", "1.2", "•", "2."]


def test_what_was_deleted_in_libreoffice_is_not_read() -> None:
    deleted = "<text:tracked-changes><text:p>never</text:p></text:tracked-changes>"
    body = f"{deleted}<text:p>They <text:span>drilled</text:span> <text:s/>nine<text:tab/>wells.</text:p>"
    document = read(open_document(f"<office:body><office:text>{body}</office:text></office:body>"), ".odt")
    assert document.text == "They drilled nine wells."


@pytest.mark.parametrize(
    ("count", "form", "shown"),
    [
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (7, "decimalZero", "07"),
        (22, "ordinal", "22nd"),
        (12, "ordinal", "12th"),
        (0, "lowerRoman", "0"),
        (3, "none", ""),
        (3, "I", "III"),
    ],
)
def test_numbers_are_shown_as_word_shows_them(count: int, form: str, shown: str) -> None:
    assert counting.shown(count, form) == shown


BOMB = (
    "<!DOCTYPE b [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w:document "
    + W
    + "><w:body><w:p>&b;</w:p></w:body></w:document>"
)
DEEP = f"<w:document {W}><w:body>{'<w:sdt>' * 5_000}{'</w:sdt>' * 5_000}</w:body></w:document>"


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "it is no {kind} file, or a damaged one; save it again as {kind} or PDF"),
        (b"PK\x03\x04 and no more", "it is no {kind} file, or a damaged one; save it again as {kind} or PDF"),
        (packed({"a.txt": "text"}), "it is no {kind} file, or a damaged one; save it again as {kind} or PDF"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "it is protected by a password, or an old file with a new name; save it as {kind} without a password",
        ),
        (
            packed({f"{n}.xml": "" for n in range(4_001)}),
            "it has more than 4,000 parts; save it again as {kind} or PDF",
        ),
        (packed({"word/document.xml": BOMB, "content.xml": BOMB}), "its XML defines entities, which no report needs"),
        (packed({"word/document.xml": DEEP, "content.xml": DEEP}), "its XML is nested more than 200 deep"),
        (
            packed({"word/document.xml": "<w", "content.xml": "<w"}),
            "its XML is damaged; save it again as {kind} or PDF",
        ),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_sentence(suffix: str, data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, suffix)
    assert said(caught.value) == problem.format(kind=suffix[1:].upper())


def test_a_part_that_unpacks_to_more_than_it_may_is_refused_whatever_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_XML", 100_000)
    with refusal(UnreadableError, "it holds more than"):
        read(word(" " * 10_000_000))


def test_a_part_that_is_damaged_is_named() -> None:
    data = bytearray(word(LAST * 50))
    at = data.index(b"word/document.xml") + 40
    data[at : at + 20] = bytes(20)
    with refusal(UnreadableError, r"its part word/document\.xml is damaged"):
        read(bytes(data))


def test_a_zip_bomb_is_refused_within_its_budget() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(80):
            part.write(b" " * 1024 * 1024)
    with Apart(Budget()) as apart, refusal(UnreadableError, "it holds more than 64 MiB of text"):
        apart.parse(out.getvalue(), ".docx", "bomb")


def test_a_file_is_read_the_same_apart() -> None:
    with Apart(Budget()) as apart:
        assert len(apart.parse(odt(), ".odt", "maro").passages) > 60
