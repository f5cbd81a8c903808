"""The bytes of a PDF to its pages, within limits; and what the file says of itself.

Everything that a file may do to the library that reads it happens here, in a process of its own (see
``corpus.parsing.apart``).
"""

import re
from contextlib import closing
from dataclasses import replace
from typing import Any

from corpus.document import Facts, UnreadableError
from corpus.readers.pdf import line_numbers, pulled
from corpus.readers.pdf.columns import regions
from corpus.readers.pdf.glyphs import MOST_LETTERS as MOST_LETTERS_A_PAGE
from corpus.readers.pdf.glyphs import TooManyLettersError, is_picture, runs
from corpus.readers.pdf.rows import Row, rows
from corpus.readers.pdf.tables import with_tables

MOST_PAGES = 3_000
MOST_LETTERS = 12_000_000  # of a whole document; 3,000 full pages
FRONT = 2  # pages
FEWEST_LETTERS = 8  # of all pages that are no pictures
STAMPED = 120  # letters of a page that is a picture: what a scanner or a court's register stamps on it is no text
_PASSWORD = 4  # pdfium's number for "a password is needed"
# What programs call a document that nobody has named.
_UNNAMED = re.compile(
    r"(?i:microsoft (?:word|excel|powerpoint)|untitled|document\d*$|layout \d)"
    r"|(?i:.*\.(?:docx?|qxp|qxd|indd|pdf|rtf|odt|wpd|txt)\b)"
    r"|\S*\d\S*$|\S*[_~]\S*$|[A-Z]*[a-z]+[A-Z]\S*$|\W*$"
)


def opened(data: bytes) -> Any:
    """The document, a ``pypdfium2.PdfDocument``. Raises ``UnreadableError``."""
    try:
        import pypdfium2  # 29 ms: PDFium, an extra
    except ImportError:
        raise UnreadableError("reading.pdf_extra") from None
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("reading.no_pdf")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise UnreadableError("reading.locked") from None
        raise UnreadableError("reading.damaged_pdf") from None


def pages_of(pdf: Any) -> tuple[list[list[list[Row]]], tuple[int, ...]]:
    """The lines of each page, parted into what is read one after the other; and the pages, from 1, that are pictures.

    Raises ``UnreadableError``.
    """
    from pypdfium2 import PdfiumError  # 29 ms: PDFium, an extra

    if len(pdf) > MOST_PAGES:
        raise UnreadableError("reading.too_many_pages", pages=f"{len(pdf):,}", most=f"{MOST_PAGES:,}")
    found: list[list[list[Row]]] = []
    letters = worded = 0
    pictures: list[int] = []
    for number in range(len(pdf)):
        try:
            with closing(pdf[number]) as page:
                printed, across = runs(page)
                own = sum(len(run.text) for run in printed)
                if own < STAMPED and is_picture(page, is_empty=not own):
                    pictures.append(number + 1)
                else:
                    worded += own
        except TooManyLettersError:
            raise UnreadableError("reading.full_page", page=number + 1, most=f"{MOST_LETTERS_A_PAGE:,}") from None
        except PdfiumError:  # one page that is damaged is no reason to do without the others
            printed, across = [], ""
        letters += sum(len(run.text) for run in printed)
        if letters > MOST_LETTERS:
            raise UnreadableError("reading.too_many_letters", most=f"{MOST_LETTERS:,}")
        printed, counted = line_numbers.parted(printed)
        printed, pulled_out = pulled.parted(printed, is_front=number < FRONT)
        kept_out = " ".join([*(run.text for run in counted), *([across] if across else [])])
        found.append(
            [
                *(with_tables(rows(region)) for region in regions(printed)),
                *([replace(row, is_aside=True) for row in rows(one)] for one in pulled_out),
                *(
                    [[Row(text=kept_out, left=0, right=0, y=0, size=0, bold=False, first=0, is_furniture=True)]]
                    if kept_out
                    else []
                ),
            ]
        )
    if worded < FEWEST_LETTERS:
        raise UnreadableError("reading.scan")
    return found, tuple(pictures)


def told(pdf: Any) -> Facts:
    """What the file says of itself, where that makes sense: a title that somebody gave it.

    The date that it was made is no date of the report, since many are exported anew years later, and its language is
    mostly that of the program.
    """
    title = " ".join(pdf.get_metadata_dict().get("Title", "").split())
    return Facts("" if _UNNAMED.match(title) else title)
