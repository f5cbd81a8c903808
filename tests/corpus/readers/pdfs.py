"""PDF files for the tests: one report of our own words, in one column and in two, and files that mean harm."""

import io
import zlib
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.readers.written import CAPTION, DATE, SYMBOL, TABLE, TITLE, Part, notes, parts

TOPICS = ("wells", "roads", "schools", "clinics", "markets", "bridges", "fields", "courts", "prisons", "mills")
PLACES = ("Maro", "Tessit", "Odun", "Belka", "Sarn", "Ilmo")
PARAGRAPHS = tuple(
    f"In {1990 + n} the inspectors counted {n + 3} {TOPICS[n % 10]} near {PLACES[n % 6]} and found that most of them"
    f" had been repaired by the people who live there. The governor said that work on the {TOPICS[(n + 3) % 10]}"
    f" would go on until the rains, and that nobody had asked for money. They left on the {n % 28 + 1}th day."
    for n in range(1, 61)
)
HEADINGS = {0: "I. Introduction", 20: "II. What was found", 40: "III. What should be done"}
NOTES = {5: "See the report of the inspectors, page 12.", 30: "The governor wrote this in a letter of May 1999."}
FOOT = "Inspectors of Maro"
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 770.0, 110.0


def report(columns: int = 1) -> bytes:
    """Sixty numbered paragraphs under three headings, two footnotes, a running foot and page numbers."""
    parts: list[Part] = []
    called = sorted(NOTES)
    for number, words in enumerate(PARAGRAPHS):
        if number in HEADINGS:
            parts.append(Part("heading", HEADINGS[number]))
        note = called.index(number) + 1 if number in NOTES else 0
        parts.append(Part("paragraph", words, f"{number + 1}.", note))
    return _Setter(columns, list(NOTES.values()), FOOT).set([], TITLE, parts)


def written(columns: int = 1) -> bytes:
    """The report that is written in every format, printed in so many columns."""
    return _Setter(columns, notes(), SYMBOL).set([SYMBOL, DATE], TITLE, parts())


class _Setter:
    def __init__(self, columns: int, notes: Sequence[str], foot: str) -> None:
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=A4)
        self._canvas.setTitle("Microsoft Word - wells_final2.doc")
        self._columns = columns
        self._column, self._y, self._page = 0, _TOP, 1
        self._told, self._foot = notes, foot
        self._notes: list[str] = []

    def set(self, masthead: Sequence[str], title: str, parts: Sequence[Part]) -> bytes:
        self._canvas.setFont("Helvetica", 9)
        for number, words in enumerate(masthead):
            self._canvas.drawString(_LEFT, _TOP + 40 - 14 * number, words)
        self._canvas.setFont("Helvetica-Bold", 18)
        self._canvas.drawString(_LEFT, _TOP, title)
        self._top = self._y = _TOP - 50
        for part in parts:
            self._part(part)
        self._finish()
        self._canvas.save()
        return self._out.getvalue()

    def _part(self, part: Part) -> None:
        if part.kind == "heading":
            self._line([(part.text, "")], "Helvetica-Bold", 12, 24)
            self._y -= 6
        elif part.kind == "table":
            self._table()
        else:
            if part.note:
                self._notes.append(f"{part.note} {self._told[part.note - 1]}")
            self._paragraph(f"{part.number} {part.text}", str(part.note or ""))

    def _table(self) -> None:
        self._line([(CAPTION, "")], "Helvetica", 10, 18)
        self._y -= 6
        for number, row in enumerate(TABLE):
            self._line([(row[0], "")], "Helvetica", 10, 18 if not number else 12)
            for column, cell in enumerate(row[1:], start=1):
                self._canvas.drawString(self._left() + column * self._width() / len(row), self._y, cell)
        self._y -= 12

    def _paragraph(self, words: str, call: str) -> None:
        width = self._width()
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if self._canvas.stringWidth(longer, "Helvetica", 10) > width - 8:
                lines.append(word)
            else:
                lines[-1] = longer
        for number, line in enumerate(lines):
            self._line([(line, call if number == len(lines) - 1 else "")], "Helvetica", 10, 12)
        self._y -= 6

    def _width(self) -> float:
        return (_RIGHT - _LEFT - 20 * (self._columns - 1)) / self._columns

    def _left(self) -> float:
        return _LEFT + self._column * (self._width() + 20)

    def _line(self, parts: Sequence[tuple[str, str]], font: str, size: float, leading: float) -> None:
        self._y -= leading
        if self._y < _BOTTOM:
            self._turn()
            self._y -= leading
        x = self._left()
        for words, raised in parts:
            self._canvas.setFont(font, size)
            self._canvas.drawString(x, self._y, words)
            if raised:
                end = x + self._canvas.stringWidth(words, font, size)
                self._canvas.setFont(font, 6)
                self._canvas.drawString(end, self._y + 4, raised)

    def _turn(self) -> None:
        if self._column + 1 < self._columns:
            self._column, self._y = self._column + 1, self._top
            return
        self._finish()
        self._column, self._page = 0, self._page + 1
        self._top = self._y = _TOP

    def _finish(self) -> None:
        self._canvas.setFont("Helvetica", 7)
        for number, note in enumerate(self._notes):
            self._canvas.setFont("Helvetica", 5)
            self._canvas.drawString(_LEFT, 87 - 10 * number, note.split()[0])
            self._canvas.setFont("Helvetica", 7)
            self._canvas.drawString(_LEFT + 6, 85 - 10 * number, note.split(" ", 1)[1])
        self._notes = []
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawString(_LEFT, 50, self._foot)
        self._canvas.drawString(_RIGHT - 15, 50, str(self._page))
        self._canvas.showPage()


def pages(count: int, words: str = "A line of words that stands alone on its page.") -> bytes:
    """As many pages with one line each."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for _ in range(count):
        canvas.drawString(60, 700, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked() -> bytes:
    """A report that only a password opens."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(60, 700, "Nobody reads this.")
    canvas.save()
    return out.getvalue()


def with_pictures(at: Sequence[int], stamp: str = "") -> bytes:
    """Six pages, of which those at ``at``, from 1, are pictures, with ``stamp`` on each; the last page is blank."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in range(1, 6):
        if page in at:
            canvas._code.append("q 596 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q")  # type: ignore[attr-defined]  # needs no PIL
            canvas.drawString(_LEFT, _TOP, stamp)
        else:
            canvas.drawString(_LEFT, _TOP, f"{page}. The inspectors counted nine wells near Maro in {1990 + page}.")
        canvas.showPage()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan() -> bytes:
    """A page without a word."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    return out.getvalue()


def made_of(objects: Sequence[bytes]) -> bytes:
    """A file of these objects, numbered from 1, the first of them its catalogue; nothing tells where they are."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, words) for number, words in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def with_content(*contents: bytes) -> bytes:
    """Pages that are printed by ``contents``, compressed."""
    resources = b"/Resources << /Font << /F1 3 0 R >> >>"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + 2 * len(contents), 2))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents))]
    objects.append(font)
    for number, content in enumerate(contents):
        packed = zlib.compress(content, 9)
        shown = b"/MediaBox [0 0 595 842] /Contents %d 0 R" % (5 + 2 * number)
        objects.append(b"<< /Type /Page /Parent 2 0 R %s %s >>" % (shown, resources))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    return made_of(objects)


def bomb(times: int) -> bytes:
    """Some kilobytes that print the same words that often on one page."""
    return with_content(b"BT /F1 9 Tf 60 700 Td " + b"(Words upon words.) Tj " * times + b"ET")


def loop() -> bytes:
    """Pages that hold themselves."""
    return made_of([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"])


def nested() -> bytes:
    """Lists in lists, a hundred thousand deep."""
    return with_content(
        b"[" * 100_000 + b"]" * 100_000 + b" BT /F1 9 Tf 60 700 Td (A line that can still be read.) Tj ET"
    )
