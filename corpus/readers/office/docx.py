"""DOCX: what Word prints, its own numbers among it, with all changes accepted and without what is hidden."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.document import Document, Facts, Role, UnreadableError
from corpus.layout.paragraphs import Piece
from corpus.readers.marked import heads, marked, note, paragraph, paragraphs, table
from corpus.readers.office.numbering import Numbering
from corpus.readers.office.package import Package, attribute, child, is_on, local, number
from corpus.readers.office.properties import properties
from corpus.readers.office.reader import OfficeReader
from corpus.readers.office.runs import Reading, Run
from corpus.readers.office.styles import Styles, numbering_of, role_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_HOLDERS = frozenset(["ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "body", "docPartBody"])
_LONG_CELL = 600  # characters: a cell that holds more, in several paragraphs, is a column of the page
_SEVERAL = 3


class DocxReader(OfficeReader):
    """Word files."""

    suffixes = (".docx",)

    def document(self, package: Package) -> Document:
        """See ``OfficeReader``."""
        return _Docx(package).document()


class _Docx:
    """One file being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.xml("word/styles.xml"))
        self._numbering = Numbering(package.xml("word/numbering.xml"), self._styles.linked)
        self._numbers: dict[tuple[str, str], str] = {}
        self._reading = Reading(self._numbers, self._forms(), lambda name: self._styles.style(name).is_hidden)
        self._notes: dict[int, list[Piece]] = {}
        self._texts = {kind: self._note_texts(kind) for kind in ("footnote", "endnote")}
        self._carried: Run | None = None  # a paragraph whose end was deleted goes on in the next

    def document(self) -> Document:
        root = self._package.xml("word/document.xml")
        body = child(root, "body")
        if body is None:
            raise UnreadableError("reading.not_of_its_kind", kind="DOCX")
        pieces = list(self._blocks(body))
        return marked(
            pieces,
            self._notes,
            list(self._running()),
            facts=Facts(),
            otherwise=properties(self._package.xml("docProps/core.xml")),
        )

    def _forms(self) -> dict[str, str]:
        """How the notes of each kind are numbered: as the sections say, else the settings, else as Word does."""
        forms = {"footnote": "decimal", "endnote": "lowerRoman"}
        for name in ("word/settings.xml", "word/document.xml"):
            root = self._package.xml(name)
            for element in root.iter() if root is not None else ():
                kind = local(element.tag).removesuffix("Pr")
                if kind in forms and (form := attribute(child(element, "numFmt"), "val")):
                    forms[kind] = form
        return forms

    def _note_texts(self, kind: str) -> "dict[str, Element]":
        root = self._package.xml(f"word/{kind}s.xml")
        notes = [found for found in root if not attribute(found, "type")] if root is not None else []
        return {attribute(found, "id"): found for found in notes}

    def _blocks(self, parent: "Element") -> Iterator[Piece]:
        for element in parent:
            tag = local(element.tag)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from self._table(element)
            elif tag == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr")):
                continue
            elif tag in _HOLDERS:
                yield from self._blocks(element)
            elif tag == "AlternateContent":
                choice = child(element, "Choice")
                yield from self._blocks(choice if choice is not None else element)

    def _paragraph(self, element: "Element") -> Iterator[Piece]:
        properties = child(element, "pPr")
        style = self._styles.style(attribute(child(properties, "pStyle"), "val") or self._styles.default)
        run = self._reading.run(element)
        if self._carried is not None:
            run, self._carried = _joined(self._carried, run), None
        if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
            self._carried = run
            return
        if not style.is_hidden and (run.words.text() or run.boxes):
            role, level = role_of(style.name, attribute(child(properties, "outlineLvl"), "val"), style.outline)
            label = "" if not run.words.text() else self._numbering.label(*numbering_of(properties, style))
            pieces = paragraphs(run.words, role, label=label, level=level)
            if pieces:
                self._call(pieces[-1], run)
            yield from pieces
        elif not is_on(child(properties, "rPr", "vanish")):
            self._numbering.label(*numbering_of(properties, style))  # Word counts an empty one too
        for box in run.boxes:
            yield from self._blocks(box)

    def _call(self, piece: Piece, run: Run) -> None:
        found = [self._note(kind, name) for kind, name in run.notes]
        self._notes.setdefault(id(piece.lines[0]), []).extend(filter(None, found))

    def _note(self, kind: str, name: str) -> Piece | None:
        element = self._texts[kind].pop(name, None)  # called again, it is not there again
        if element is None:
            return None
        words = self._words(element)
        return note(words.words, self._numbers[kind, name])

    def _words(self, element: "Element") -> Run:
        """All paragraphs below an element as one."""
        whole = Run()
        for found in element.iter():
            if local(found.tag) == "p":
                whole = _joined(whole, self._reading.run(found))
        return whole

    def _table(self, element: "Element") -> Iterator[Piece]:
        rows = [row for row in _held(element, "tr") if child(row, "trPr", "del") is None]
        cells = [list(_held(row, "tc")) for row in rows]
        if _is_layout(cells):
            for cell in (cell for row in cells for cell in row):
                yield from self._blocks(cell)
            return
        held: list[list[Run]] = [[self._cell(cell) for cell in row] for row in cells]
        shown = [(row, [run.words.text() for run in row]) for row in held]
        if count := _heads(rows):
            spans = [[number(attribute(child(cell, "tcPr", "gridSpan"), "val"), 1) for cell in row] for row in cells]
            told = [list(zip(texts, row, strict=True)) for (_, texts), row in zip(shown[:count], spans, strict=False)]
            shown[:count] = [([run for row, _ in shown[:count] for run in row], heads(told))]
        shown = [(row, texts) for row, texts in shown if any(any(map(str.isalnum, text)) for text in texts)]
        pieces = table([texts for _, texts in shown], is_headed=bool(count))
        for piece, (row, _) in zip(pieces, shown, strict=True):
            for run in row:
                self._call(piece, run)
            yield piece

    def _cell(self, cell: "Element") -> Run:
        whole = Run()
        for found in cell.iter():
            if local(found.tag) != "p":
                continue
            run = self._reading.run(found)
            properties = child(found, "pPr")
            style = self._styles.style(attribute(child(properties, "pStyle"), "val") or self._styles.default)
            label = self._numbering.label(*numbering_of(properties, style)) if run.words.text() else ""
            whole = _joined(whole, run, label)
        return whole

    def _running(self) -> Iterator[Piece]:
        """What is printed on every page, once."""
        told: set[str] = set()
        for name in sorted(self._package.names):
            if not re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
                continue
            root = self._package.xml(name)
            for element in root.iter() if root is not None else ():
                if local(element.tag) == "p":
                    piece = paragraph(self._reading.run(element).words, Role.RUNNING)
                    if piece is not None and piece.text not in told:
                        told.add(piece.text)
                        yield piece


def _heads(rows: "Sequence[Element]") -> int:
    """How many rows at the top are repeated on every page, so that they hold the heads of columns."""
    count = next((n for n, row in enumerate(rows) if not is_on(child(row, "trPr", "tblHeader"))), len(rows))
    return count if count < len(rows) else 0


def _held(parent: "Element", tag: str) -> "Iterator[Element]":
    """The rows of a table, the cells of a row; they may stand in what holds changes or controls."""
    for element in parent:
        if local(element.tag) == tag:
            if child(element, "tcPr", "cellDel") is None:
                yield element
        elif local(element.tag) in _HOLDERS:
            yield from _held(element, tag)


def _is_layout(rows: "Sequence[Sequence[Element]]") -> bool:
    """Whether a table only sets the page: one cell in a row, or a cell that holds a column of paragraphs."""
    filled = [[cell for cell in row if any((t.text or "").strip() for t in _texts(cell))] for row in rows]
    if all(len(row) < 2 for row in filled):
        return True
    for cell in (cell for row in filled for cell in row):
        paragraphs = ["".join(t.text or "" for t in _texts(found)) for found in cell if local(found.tag) == "p"]
        if sum(map(bool, paragraphs)) > _SEVERAL and sum(map(len, paragraphs)) > _LONG_CELL:
            return True
    return False


def _texts(element: "Element") -> "Iterator[Element]":
    return (found for found in element.iter() if local(found.tag) == "t")


def _joined(before: Run, after: Run, label: str = "") -> Run:
    """Two paragraphs as one."""
    found = Run(before.words, [*before.notes, *after.notes], [*before.boxes, *after.boxes])
    found.words.add(f" {label} " if label else " ")
    found.words.append(after.words)
    return found
