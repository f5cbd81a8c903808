"""Files that mean harm, in every format: each is read or refused within its budget, and the file beside it is read."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.ingest.pipeline import ingest
from tests.corpus.readers import pdfs
from tests.corpus.readers.office import W, open_document, packed, paragraph, word
from tests.corpus.readers.rtf import document as rtf
from tests.said import words

LONG = "a" * 1_000_000  # characters without a blank
LAST = "The inspectors left the district of Maro on the first day of May."
DEEP = 20_000
PROBLEM = (
    r"it is damaged|it is a scan|it has [\d,]+ pages|page \d+ holds more|it holds|it took|its parts are nested"
    r"|its XML is nested|its groups are nested|the process that read it broke off|it is a web page without words"
    r"|it falls into too many pieces"
)


def looped_tables() -> bytes:
    """A PDF file of which each table of objects says that an older one stands where it stands itself."""
    whole = pdfs.with_content(b"BT /F1 9 Tf 60 700 Td (" + LAST.encode() + b") Tj ET").partition(b"trailer")[0]
    at = len(whole)
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 6 /Prev %d >>\n" % at
    return whole + table + b"startxref\n%d\n%%%%EOF\n" % at


def huge_picture() -> bytes:
    """A page with a picture that says it has a hundred thousand dots each way."""
    picture = b"q 500 0 0 500 0 0 cm BI /W 100000 /H 100000 /CS /RGB /BPC 8 ID x EI Q "
    return pdfs.with_content(picture + b"BT /F1 9 Tf 60 700 Td (" + LAST.encode() + b") Tj ET")


def nested_tables() -> bytes:
    return word("<w:tbl><w:tr><w:tc>" * 60 + paragraph(LAST) + "</w:tc></w:tr></w:tbl>" * 60)


def many_rows() -> bytes:
    row = (
        "<table:table-row><table:table-cell table:number-columns-repeated='16384'><text:p>a</text:p></table:table-cell>"
    )
    rows = f"{row}</table:table-row>" * 3_000
    return open_document(f"<office:body><office:text><table:table>{rows}</table:table></office:text></office:body>")


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".pdf", lambda: pdfs.pages(10_000)),
        (".pdf", looped_tables),
        (".pdf", huge_picture),
        (".pdf", lambda: pdfs.with_content(b"BT /F1 1 Tf 60 700 Td (" + LONG.encode() + b") Tj ET")),
        (".pdf", lambda: pdfs.with_content(b"q " * 1_000_000 + b"BT /F1 9 Tf 60 700 Td (a) Tj ET")),
        (".docx", lambda: word(paragraph(LONG))),
        (".docx", nested_tables),
        (".docx", lambda: packed({"word/document.xml": f"<w:document {W}>{'<w:p>' * DEEP}"})),
        (".odt", many_rows),
        (".rtf", lambda: rtf(LONG)),
        (".rtf", lambda: rtf("{" * DEEP)),
        (".html", lambda: f"<p>{LONG}</p>".encode()),
        (".html", lambda: b"<table>" * DEEP),
        (".html", lambda: b"<div class='share'>" * DEEP + LAST.encode()),
        (".html", lambda: ("<p>Read more: <a href='#a'>a</a></p><p id='a'>b</p>" * DEEP).encode()),
        (".txt", lambda: LONG.encode()),
        (".txt", lambda: b"a   b\n" * 200_000),
        (".md", lambda: b"> " * DEEP + b"a"),
        (".md", lambda: LONG.encode()),
    ],
    ids=[
        *("ten thousand pages", "looped tables", "huge picture", "no blank in PDF", "states"),
        *("no blank in DOCX", "nested tables", "nested XML", "repeated cells", "no blank in RTF", "nested groups"),
        *(
            "no blank in HTML",
            "nested HTML",
            "nested shares",
            "links",
            "no blank",
            "columns",
            "quotes",
            "no blank in MD",
        ),
    ],
)
def test_it_is_read_or_refused_and_the_rest_is_unharmed(suffix: str, data: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / f"bad{suffix}").write_bytes(data())
    (tmp_path / "good.txt").write_text(f"Wells of Maro\n\n{LAST}\n", "utf-8")
    found = ingest(tmp_path, skip_unreadable=True)
    assert "good" in [report.id for report in found.edition.reports]
    for refused in found.refused:
        assert re.match(PROBLEM, words(refused.fields["problem"])), words(refused.fields["problem"])
