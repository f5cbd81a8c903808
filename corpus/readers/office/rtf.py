"""RTF: the words as they are printed, with all changes accepted and without what is hidden.

The library for it, striprtf, reads what was deleted and what is hidden, loses footnotes and writes addresses into the
text. Numbers of lists are in the file as Word has printed them.
"""

from collections.abc import Iterator
from dataclasses import replace

from corpus.document import Document, Facts, Role, UnreadableError
from corpus.layout.paragraphs import Piece
from corpus.readers.marked import marked, note, paragraph, paragraphs
from corpus.readers.office.package import MOST
from corpus.readers.office.properties import title_told
from corpus.readers.office.rtf_rows import Rows
from corpus.readers.office.rtf_state import State, Where, changed, placed
from corpus.readers.office.rtf_tokens import Token, charset, code_page, tokens
from corpus.readers.office.styles import role_of
from corpus.readers.words import Words

_SIGNS = {
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "tab": " ",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "~": " ",
    "_": "-",
    "\\": "\\",
    "{": "{",
    "}": "}",
}
_SURROGATES = range(0xD800, 0xE000)
_BREAKS = frozenset(["par", "sect", "page", "\n", "\r"])
_ENDS = frozenset(["cell", "nestcell", "row", "nestrow", "trhdr"])


class RtfReader:
    """RTF files, in a process of their own."""

    suffixes = (".rtf",)
    at_once = 0
    most = MOST
    times = 2

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        return _Rtf().document(data)


class _Rtf:
    """One file being read."""

    def __init__(self) -> None:
        self._state = State()
        self._stack: list[State] = []
        self._words, self._note, self._aside = Words(), Words(), Words()
        self._label = self._name = self._title = ""
        self._called: list[tuple[str, Words]] = []
        self._calls = 0
        self._boxes: list[Words] = []
        self._running: list[Piece] = []
        self._pieces: list[Piece] = []
        self._notes: dict[int, list[Piece]] = {}
        self._rows = Rows()
        self._styles: dict[int, str] = {}
        self._fonts: dict[int, str] = {}
        self._page = "cp1252"
        self._bytes = bytearray()
        self._passed = 0  # characters still to be passed over

    def document(self, data: bytes) -> Document:
        for token in tokens(data):
            if token.byte is not None:
                self._byte(token.byte)
                continue
            self._decode()
            if token.brace:
                self._group(token.brace)
            elif token.word:
                self._passed = 0
                self._control(token)
            else:
                text, self._passed = token.text[self._passed :], max(0, self._passed - len(token.text))
                self._put(text.encode("latin-1").decode(self._encoding(), "replace") if not text.isascii() else text)
        self._decode()
        self._end_paragraph()
        self._end_table()
        if not self._pieces:
            raise UnreadableError("reading.no_text")
        return marked(self._pieces, self._notes, self._running, facts=Facts(), otherwise=Facts(title_told(self._title)))

    def _byte(self, value: int) -> None:
        if self._passed:
            self._passed -= 1
        else:
            self._bytes.append(value)

    def _encoding(self) -> str:
        return self._fonts.get(-1 if self._state.font is None else self._state.font, self._page)

    def _decode(self) -> None:
        if self._bytes:
            self._put(bytes(self._bytes).decode(self._encoding(), "replace"))
            self._bytes.clear()

    def _group(self, brace: str) -> None:
        self._passed = 0
        if brace == "{":
            self._stack.append(self._state)
            return
        ended, self._state = self._state, self._stack.pop() if self._stack else State()
        if ended.where is Where.STYLES:
            self._styles.setdefault(ended.style, self._name.strip(" ;").lower())
            self._name = ""
            self._state = replace(self._state, style=0)
        elif ended.where is not self._state.where:
            self._end(ended.where)

    def _end(self, where: Where) -> None:
        """What was held of a place is whole."""
        if where is Where.NOTE:
            self._called.append((str(self._calls), self._note))
            self._note = Words()
        elif where in (Where.BOX, Where.RUNNING):
            self._end_aside(where)

    def _end_aside(self, where: Where) -> None:
        words, self._aside = self._aside, Words()
        if where is Where.BOX:
            self._boxes.append(words)
            return
        piece = paragraph(words, Role.RUNNING)
        if piece is not None and piece.text not in [other.text for other in self._running]:
            self._running.append(piece)

    def _control(self, token: Token) -> None:
        word, number = token.word, token.number
        above = self._stack[-1] if self._stack else State()
        if (found := placed(self._state, above, word)) is not None:
            self._state = found
        elif self._state.where is Where.FONTS:
            self._font(word, number)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == "u":
            code = (number or 0) % 0x10000
            self._put("" if code in _SURROGATES else chr(code))
            self._passed = self._state.skip
        elif word in _BREAKS:
            self._break()
        elif word in _ENDS:
            self._end_in_table(word)
        else:
            self._mark(word, number)
            self._state = changed(self._state, word, number)

    def _mark(self, word: str, number: int | None) -> None:
        if word == "line":
            self._into().end_line()
        elif word == "chftn":
            self._call()
        elif word == "ansicpg":
            self._page = code_page(number)

    def _end_in_table(self, word: str) -> None:
        if word == "trhdr":
            self._rows.head()
        elif word.endswith("cell"):
            self._rows.cell(self._take())
        else:
            self._rows.row()

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset" and self._state.font is not None:
            self._fonts[self._state.font] = charset(number, self._page)

    def _call(self) -> None:
        if self._state.where is Where.BODY and self._state.is_shown:
            self._calls += 1
            self._words.call(str(self._calls))

    def _into(self) -> Words:
        if self._state.where is Where.NOTE:
            return self._note
        return self._words if self._state.where is Where.BODY else self._aside

    def _put(self, text: str) -> None:
        """Words, wherever they belong."""
        state = self._state
        if not text or not state.is_shown:
            return
        if state.where is Where.LABEL:
            self._label += text
        elif state.where is Where.STYLES:
            self._name += text
        elif state.where is Where.TITLE:
            self._title += text
        elif state.where in (Where.BODY, Where.NOTE, Where.BOX, Where.RUNNING):
            into = self._into()
            (into.raise_ if state.is_raised and state.where is Where.BODY else into.add)(text)

    def _break(self) -> None:
        state = self._state
        if (
            state.is_hidden
            or state.is_deleted
            or state.where is Where.NOTE
            or (state.in_table and state.where is Where.BODY)
        ):
            self._into().add(" ")
        elif state.where is Where.BODY:
            self._end_table()
            self._end_paragraph()
        elif state.where in (Where.BOX, Where.RUNNING):
            self._end_aside(state.where)

    def _take(self) -> Words:
        """The words of a cell, with the number before them."""
        words, self._words = self._words, Words()
        label, self._label = " ".join(self._label.split()), ""
        if not label or not words.text():
            return words
        found = Words()
        found.add(f"{label} ")
        found.append(words)
        return found

    def _end_paragraph(self) -> None:
        words, self._words = self._words, Words()
        label, self._label = " ".join(self._label.split()), ""
        role, level = role_of(self._styles.get(self._state.style, ""), "", self._state.outline)
        self._add(paragraphs(words, role, label=label, level=level))
        for box in self._boxes:
            self._pieces += paragraphs(box)
        self._boxes = []

    def _end_table(self) -> None:
        self._add(self._rows.pieces())
        self._rows = Rows()

    def _add(self, pieces: list[Piece]) -> None:
        self._pieces += pieces
        if pieces:
            called, self._called = self._called, []
            self._notes[id(pieces[-1].lines[0])] = list(self._told(called))

    def _told(self, called: list[tuple[str, Words]]) -> Iterator[Piece]:
        for number, words in called:
            if (found := note(words, number)) is not None:
                yield found
