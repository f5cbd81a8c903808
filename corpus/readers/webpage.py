"""A web page that was saved as text: its words without tags, navigation and scripts.

The reader of web pages does it better where it is there; this one needs nothing but Python.
"""

from collections.abc import Mapping
from html.parser import HTMLParser

from corpus.document import Document, Facts, Reader, Role, UnreadableError
from corpus.layout.lines import Line
from corpus.layout.mending import mended
from corpus.layout.paragraphs import Piece
from corpus.layout.setting import document
from corpus.layout.shapes import number_of
from corpus.layout.speakers import parted
from corpus.layout.structure import structured
from corpus.readers import READERS, html
from corpus.readers.tags import WORDLESS

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "ul",
        "ol",
        "table",
        "section",
        "article",
        "main",
        "body",
        "blockquote",
        "pre",
        "dd",
        "dt",
        "figcaption",
        "br",
        "hr",
        "td",
        "th",
    ]
)
_INSIDE = frozenset(["td", "th", "br"])  # part words, not blocks
_LEFT_OUT = WORDLESS | {"header"}
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def read(text: str) -> Document:
    """The document in the source of a web page. Raises ``UnreadableError`` where it holds no words."""
    if html.is_there() and (reader := _readers().get(".html")):
        return reader.read(text.encode())
    parser = _Words()
    parser.feed(text)
    parser.close()
    parser.flush()
    if not parser.pieces:
        raise UnreadableError("reading.wordless_page")
    pieces = parted(mended(parser.pieces))
    told = structured(pieces, is_wrapped=False)
    first = next((piece.heading for piece in pieces if piece.level == 1), "")
    title = first or told.title or " ".join(parser.title.split())
    return document(
        pieces, [piece.lines[0] for piece in parser.pieces], Facts(title, date=told.date, symbol=told.symbol)
    )


def _readers() -> Mapping[str, Reader]:
    return READERS


class _Words(HTMLParser):
    """The words of each block of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.title = ""
        self._words: list[str] = []
        self._tag = ""
        self._left_out = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's call
        """A block begins, or something to be left out."""
        self._left_out += tag in _LEFT_OUT
        self._in_title = tag == "title"
        if tag in _INSIDE:
            self._words.append(" ")
        elif tag in _BLOCKS:
            self.flush()
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        self._left_out -= tag in _LEFT_OUT and self._left_out > 0
        self._in_title = False
        if tag in _BLOCKS and tag not in _INSIDE:
            self.flush()

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._in_title:
            self.title += data
        elif not self._left_out:
            self._words.append(data)

    def flush(self) -> None:
        """The block that was open, if it has words."""
        words, tag = " ".join("".join(self._words).split()), self._tag
        self._words, self._tag = [], ""
        if not words:
            return
        line = Line(words, gap_before=1 if self.pieces else 0)
        piece = Piece([line], number=number_of(words), text=words)
        if tag in _HEADINGS:
            piece.role, piece.level, piece.heading, piece.number = Role.HEADING, int(tag[1]), words, ""
        elif tag == "tr":
            piece.role, piece.number = Role.ROW, ""
        elif tag == "li":
            piece.role = Role.ITEM
        elif tag == "figcaption":
            piece.role = Role.CAPTION
        self.pieces.append(piece)
