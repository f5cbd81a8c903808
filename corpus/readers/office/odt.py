"""ODT: what LibreOffice prints, its own numbers among it, with all changes accepted."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.document import Document, Facts, Role, UnreadableError
from corpus.layout.paragraphs import Piece
from corpus.readers.marked import heads, marked, note, paragraph, paragraphs, table
from corpus.readers.office.lists import Lists
from corpus.readers.office.package import Package, attribute, child, local, number
from corpus.readers.office.properties import properties
from corpus.readers.office.reader import OfficeReader
from corpus.readers.words import Words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_LEFT_OUT = frozenset(["tracked-changes", "annotation", "sequence-decls", "note", "forms", "change", "ruby-text"])
_INDEXES = frozenset(["table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"])
_MOST_REPEATED = 100  # empty cells are repeated to the edge of the sheet
_ROLES = {"title": Role.TITLE, "subtitle": Role.SUBTITLE, "caption": Role.CAPTION}


class OdtReader(OfficeReader):
    """OpenDocument text files."""

    suffixes = (".odt",)

    def document(self, package: Package) -> Document:
        """See ``OfficeReader``."""
        return _Odt(package).document()


class _Odt:
    """One file being read."""

    def __init__(self, package: Package) -> None:
        content, styles = package.xml("content.xml"), package.xml("styles.xml")
        body = child(content, "body", "text")
        if body is None:
            raise UnreadableError("reading.not_of_its_kind", kind="ODT")
        self._body = body
        self._masters = child(styles, "master-styles")
        self._properties = properties(package.xml("meta.xml"))
        self._lists = Lists(
            [child(styles, "styles"), child(styles, "automatic-styles")], child(content, "automatic-styles")
        )
        self._notes: dict[int, list[Piece]] = {}
        self._called: list[Element] = []
        self._boxes: list[Element] = []

    def document(self) -> Document:
        pieces = list(self._blocks(self._body))
        return marked(pieces, self._notes, list(self._running()), facts=Facts(), otherwise=self._properties)

    def _blocks(self, parent: "Element", role: Role | None = None) -> Iterator[Piece]:
        for element in parent:
            tag = local(element.tag)
            if tag in _LEFT_OUT:
                continue
            if tag in ("p", "h"):
                yield from self._paragraph(element, role, "")
            elif tag == "list":
                yield from self._list(element, "", 1)
            elif tag == "table":
                yield from self._table(element)
            else:
                yield from self._blocks(element, Role.CONTENTS if tag in _INDEXES else role)

    def _list(self, element: "Element", style: str, level: int) -> Iterator[Piece]:
        name = attribute(element, "style-name") or style
        goes_on = attribute(element, "continue-numbering") == "true" or bool(attribute(element, "continue-list"))
        self._lists.begin(name, level, goes_on)
        for item in element:
            start = attribute(item, "start-value")
            is_first = local(item.tag) == "list-item" and any(local(part.tag) in ("p", "h") for part in item)
            label = self._lists.label(name, level, number(start) if start else None) if is_first else ""
            for part in item:
                if local(part.tag) == "list":
                    yield from self._list(part, name, level + 1)
                elif local(part.tag) in ("p", "h"):
                    yield from self._paragraph(part, None, label if is_first else "")
                    is_first = False

    def _paragraph(self, element: "Element", told: Role | None, label: str) -> Iterator[Piece]:
        words = Words()
        self._read(element, words)
        called, boxes, self._called, self._boxes = self._called, self._boxes, [], []
        level = number(attribute(element, "outline-level"), 1) if local(element.tag) == "h" else None
        if level and not label and words.text():
            label = self._lists.heading(level, is_numbered=attribute(element, "is-list-header") != "true")
        role = told or (Role.HEADING if level else self._role(attribute(element, "style-name")))
        pieces = paragraphs(words, role, label=label, level=level)
        if pieces:
            self._notes[id(pieces[-1].lines[0])] = [found for one in called if (found := self._note(one))]
        yield from pieces
        for box in boxes:
            yield from self._blocks(box)

    def _role(self, style: str) -> Role:
        return _ROLES.get(self._lists.style_name(style).lower(), Role.TEXT)

    def _read(self, element: "Element", words: Words) -> None:
        words.add(element.text or "")
        for part in element:
            tag = local(part.tag)
            if tag in ("s", "tab"):
                words.add(" ")
            elif tag == "line-break":
                words.end_line()
            elif tag == "note":
                words.call(_citation(part))
                self._called.append(part)
            elif tag == "text-box":
                self._boxes.append(part)
            elif tag == "span" and self._lists.is_raised(attribute(part, "style-name")):
                words.raise_("".join(part.itertext()))
            elif tag not in _LEFT_OUT:
                self._read(part, words)
            words.add(part.tail or "")

    def _note(self, element: "Element") -> Piece | None:
        words, body = Words(), child(element, "note-body")
        for part in body.iter() if body is not None else ():
            if local(part.tag) in ("p", "h"):
                words.add(" ")
                self._read(part, words)
        return note(words, _citation(element))

    def _table(self, element: "Element") -> Iterator[Piece]:
        rows = [[cell for cell in row if local(cell.tag) == "table-cell"] for row in _rows(element)]
        texts = [[text for cell in row for text in self._cells(cell)] for row in rows]
        count = sum(1 for part in element if local(part.tag) == "table-header-rows" for _ in _rows(part))
        if all(sum(map(bool, row)) < 2 for row in texts):
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell)
            return
        if is_headed := 0 < count < len(texts):
            spans = [[number(attribute(cell, "number-columns-spanned"), 1) for cell in row] for row in rows[:count]]
            told = [list(zip(*row, strict=False)) for row in zip(texts, spans, strict=False)]
            texts[:count] = [heads(told)]
        pieces = table(texts, is_headed=is_headed)
        if pieces:
            self._notes[id(pieces[-1].lines[0])] = [found for one in self._called if (found := self._note(one))]
        self._called = []
        yield from pieces

    def _cells(self, cell: "Element") -> list[str]:
        words = Words()
        for part in cell.iter():
            if local(part.tag) in ("p", "h"):
                words.add(" ")
                self._read(part, words)
        repeated = min(number(attribute(cell, "number-columns-repeated"), 1), _MOST_REPEATED)
        return [words.text()] * repeated if words.text() else [""]

    def _running(self) -> Iterator[Piece]:
        """What is printed on every page, once."""
        told: set[str] = set()
        for element in self._masters.iter() if self._masters is not None else ():
            if local(element.tag) in ("p", "h"):
                words = Words()
                self._read(element, words)
                piece = paragraph(words, Role.RUNNING)
                if piece is not None and piece.text not in told:
                    told.add(piece.text)
                    yield piece


def _citation(element: "Element") -> str:
    """The sign that calls a note."""
    found = child(element, "note-citation")
    return "" if found is None else "".join(found.itertext()).strip()


def _rows(element: "Element") -> "Iterator[Element]":
    for part in element:
        if local(part.tag) == "table-row":
            yield part
        elif re.fullmatch(r"table-(?:header-rows|rows|row-group)", local(part.tag)):
            yield from _rows(part)
