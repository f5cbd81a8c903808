"""The elements of a page to paragraphs, with the numbers and bullets that a browser shows."""

import re
from collections.abc import Iterator, Sequence

from lxml import html

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.readers.html.footnotes import Footnotes
from corpus.readers.html.main import Main
from corpus.readers.html.names import is_none
from corpus.readers.html.visitors import lead_away
from corpus.readers.marked import heads, note, paragraphs, table
from corpus.readers.office.counting import shown
from corpus.readers.words import BULLET, Words

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "img",
        "wbr",
        "br",
        "ruby",
        "rb",
        "strike",
        "o:p",
        "nobr",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINKED = 0.8  # of the words of a short line: more in links, and it is one
_SHORT = 14  # words
_PLAIN = re.compile(r"\W+")
_DROPPED = frozenset(["del", "s", "strike"])


def plain(text: str) -> str:
    """Words for comparing."""
    return _PLAIN.sub(" ", text).casefold().strip()


class Walk:
    """One way through a page."""

    def __init__(self, page: html.HtmlElement, main: Main, leads: Sequence[html.HtmlElement] = ()) -> None:
        """``leads`` are blocks of text that stand before the others, outside of them."""
        self._main = main
        self._leads = leads
        self._footnotes = Footnotes(page)
        self.notes: dict[int, list[Piece]] = {}
        self._called: list[html.HtmlElement] = []
        self.told: set[html.HtmlElement] = set(leads)  # what is read though it stands outside
        self.left_out: list[html.HtmlElement] = []
        self._words = Words()
        self._linked = 0
        self._shares: dict[int, float] = {}  # of each line, by its identity, how much of it is linked

    def pieces(self) -> list[Piece]:
        """The paragraphs of the page's text; its footnotes stand in ``notes`` by the line that calls them."""
        found = [piece for lead in self._leads for piece in self._blocks(lead, Role.TEXT, "")]
        found += self._blocks(self._main.root, Role.TEXT, "")
        lead_away(found, self._shares)
        return found

    def _blocks(self, parent: html.HtmlElement, role: Role, label: str) -> Iterator[Piece]:
        """What stands in a block: words of its own, and other blocks."""
        self._inline_text(parent.text)
        for element in parent:
            if not isinstance(element.tag, str):
                pass
            elif self._main.is_left_out(element):
                self.left_out.append(element)
            elif element.tag in _INLINE and not _has_blocks(element):
                self._inline(element)
            else:
                found = self._flush(role, label)
                yield from found
                label = "" if found else label
                before = label
                inner = list(self._block(element, role, label))
                label = "" if inner else before
                yield from inner
            self._inline_text(element.tail)
        yield from self._flush(role, label)

    def _block(self, element: html.HtmlElement, role: Role, label: str) -> Iterator[Piece]:
        if self._footnotes.number(element):
            return  # it stands where it is called
        if element.tag in _HEADINGS:
            yield from self._heading(element)
        elif element.tag in ("ul", "ol", "dir"):
            yield from self._list(element)
        elif element.tag == "table":
            yield from self._table(element)
        elif element.tag in ("figcaption", "caption"):
            yield from self._blocks(element, Role.CAPTION, "")
        else:
            yield from self._blocks(element, role, label)

    def _heading(self, element: html.HtmlElement) -> Iterator[Piece]:
        self._inline(element)
        yield from self._flush(Role.HEADING, "", _HEADINGS[element.tag])

    def _list(self, element: html.HtmlElement) -> Iterator[Piece]:
        items = [item for item in element if item.tag == "li"]
        step = -1 if element.get("reversed") is not None else 1
        count = _number(element.get("start"), len(items) if step < 0 else 1)
        for item in element:
            if not isinstance(item.tag, str):
                continue
            if self._main.is_left_out(item):
                self.left_out.append(item)
                continue
            if item.tag != "li":
                yield from self._block(item, Role.TEXT, "")
                continue
            count = _number(item.get("value"), count)
            form = element.get("type", "decimal")
            label = f"{shown(count, form)}." if element.tag == "ol" else BULLET
            count += step
            if not self._footnotes.number(item):
                yield from self._blocks(item, Role.TEXT, "" if _is_bare(element) else label)

    def _table(self, element: html.HtmlElement) -> Iterator[Piece]:
        rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        for caption in element.iterchildren("caption"):
            yield from self._blocks(caption, Role.CAPTION, "")
        if _is_layout(element, cells):
            for cell in (cell for row in cells for cell in row):
                yield from self._block(cell, Role.TEXT, "")
            return
        texts: list[list[str]] = []
        for row in cells:
            texts.append([])
            for cell in row:
                self._cell(cell)
                texts[-1].append(self._words.text())
                self._words = Words()
        if count := _heads(rows, cells):
            spans = [[_number(cell.get("colspan"), 1) for cell in row] for row in cells[:count]]
            texts[:count] = [heads([list(zip(*row, strict=True)) for row in zip(texts, spans, strict=False)])]
        pieces = table(texts, is_headed=bool(count))
        if pieces:
            self._keep_notes(pieces[-1])
        yield from pieces
        self._linked = 0

    def _cell(self, element: html.HtmlElement) -> None:
        """All words below a cell as one line."""
        self._inline_text(element.text)
        for part in element:
            if isinstance(part.tag, str) and not is_none(part):
                if part.tag in _INLINE:
                    self._inline(part)
                else:
                    self._words.add(" ")
                    self._cell(part)
                    self._words.add(" ")
            self._inline_text(part.tail)

    def _inline(self, element: html.HtmlElement) -> None:
        """The words of an element within a line."""
        if is_none(element) or element.tag in _DROPPED:
            return
        if element.tag == "br":
            self._words.end_line()
        elif element.tag == "a" and (sign := self._footnotes.call(element)):
            self._words.call(sign)
            block = self._footnotes.called_by(element)
            if block is not None and block not in self.told:
                self.told.add(block)
                self._called.append(block)
        elif element.tag == "sup" and len(element) == 0:
            self._words.raise_(element.text or "")
        else:
            before = len(self._words)
            self._inline_text(element.text)
            for part in element:
                if isinstance(part.tag, str):
                    self._inline(part)
                self._inline_text(part.tail)
            if element.tag == "a":
                self._linked += len(self._words) - before

    def _inline_text(self, text: str | None) -> None:
        self._words.add(text or "")

    def _flush(self, role: Role, label: str, level: int | None = None) -> list[Piece]:
        """The paragraph that was open, if it has words."""
        words, linked, self._words, self._linked = self._words, self._linked, Words(), 0
        text = words.text()
        if not text:
            return []
        if role is Role.TEXT and _is_link(text, linked):
            role, label = Role.LINKS, ""
        pieces = paragraphs(words, role, label=label, level=level)
        self._shares |= {id(piece.lines[0]): linked / len(text) for piece in pieces}
        if pieces:
            self._keep_notes(pieces[-1])
        return pieces

    def _keep_notes(self, piece: Piece) -> None:
        called, self._called = self._called, []
        found = [self._note(block) for block in called]
        self.notes[id(piece.lines[0])] = [one for one in found if one is not None]

    def _note(self, block: html.HtmlElement) -> Piece | None:
        number = self._footnotes.number(block)
        outer, self._words = self._words, Words()
        for link in [link for link in block.iter("a") if self._footnotes.is_back(link, number)]:
            for part in [link, *link.iterdescendants()]:
                part.text = ""
        self._cell(block)
        words, self._words = self._words, outer
        return note(words, number)


def _has_blocks(element: html.HtmlElement) -> bool:
    return any(isinstance(part.tag, str) and part.tag not in _INLINE for part in element.iterdescendants())


def _is_bare(element: html.HtmlElement) -> bool:
    """Whether a list shows no bullets."""
    return "list-style:none" in element.get("style", "").replace(" ", "").replace("-type", "")


def _is_link(text: str, linked: int) -> bool:
    """Whether a line is but a link: short, no sentence, and nearly all of it is linked."""
    return linked >= _LINKED * len(text) and len(text.split()) <= _SHORT and not shapes.ends_sentence(text)


def _heads(rows: list[html.HtmlElement], cells: list[list[html.HtmlElement]]) -> int:
    """How many rows at the top hold heads of columns, as the page says."""
    count = 0
    for row, held in zip(rows, cells, strict=True):
        above = row.getparent()
        is_head = bool(held) and all(cell.tag == "th" for cell in held)
        if not (is_head or (above is not None and above.tag == "thead")):
            break
        count += 1
    return count if count < len(rows) and any(len(held) > 1 for held in cells[:count]) else 0


def _is_layout(element: html.HtmlElement, rows: list[list[html.HtmlElement]]) -> bool:
    """Whether a table only sets the page."""
    if element.get("role") == "presentation" or element.find(".//table") is not None:
        return True
    filled = [[cell for cell in row if cell.text_content().strip()] for row in rows]
    if all(len(row) < 2 for row in filled):
        return True
    return any(len(cell.findall(".//p")) > 3 and len(cell.text_content()) > 600 for row in filled for cell in row)


def _number(told: str | None, otherwise: int) -> int:
    return int(told) if told and re.fullmatch(r"-?\d{1,6}", told) else otherwise
