"""The words of a Word paragraph as they are printed once all changes are accepted."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.office.counting import shown
from corpus.readers.office.package import attribute, child, is_on, local
from corpus.readers.words import Words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_LEFT_OUT = frozenset(["del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText", "annotationRef", "rt"])
_BLANKS = frozenset(["tab", "ptab"])
_BREAKS = frozenset(["br", "cr"])


@dataclass(slots=True)
class Run:
    """What a paragraph holds: its words, the notes that it calls, the boxes that hang on it."""

    words: Words = field(default_factory=Words)
    notes: list[tuple[str, str]] = field(default_factory=list)  # the kind of note and its id
    boxes: "list[Element]" = field(default_factory=list)


class Reading:
    """Reads paragraphs in their order; a field may begin in one and end in another."""

    def __init__(
        self, numbers: dict[tuple[str, str], str], forms: Mapping[str, str], is_hidden: Callable[[str], bool]
    ) -> None:
        """``numbers`` gets the number of every note as it is called first, in the one of the ``forms`` of its kind;
        ``is_hidden`` says whether a style hides its words."""
        self._numbers = numbers
        self._forms = forms
        self._counts = Counter[str]()
        self._hides = is_hidden
        self._fields: list[bool] = []  # of each open field, whether its result has begun
        self._auto = 0

    def run(self, paragraph: "Element") -> Run:
        """What a paragraph holds."""
        found = Run()
        for element in paragraph:
            self._read(element, found)
        return found

    def _read(self, element: "Element", found: Run) -> None:
        tag = local(element.tag)
        if tag in _LEFT_OUT:
            if tag == "instrText" and (element.text or "").strip().upper().startswith("AUTONUM"):
                self._auto += 1
                found.words.add(f"{self._auto}. ")
            return
        if tag == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr")):
            return  # what asks to be filled in
        if tag in ("drawing", "pict", "object", "AlternateContent"):
            found.boxes += _boxes(element)
        elif tag == "fldChar":
            self._field(attribute(element, "fldCharType"))
        elif tag == "r":
            self._run(element, found)
        elif tag in ("footnoteReference", "endnoteReference"):
            self._call(element, tag.removesuffix("Reference"), found)
        elif self._is_shown():
            self._words(element, tag, found)

    def _run(self, element: "Element", found: Run) -> None:
        properties = child(element, "rPr")
        own = child(properties, "vanish")
        if is_on(own) or (own is None and self._hides(attribute(child(properties, "rStyle"), "val"))):
            return
        is_raised = attribute(child(properties, "vertAlign"), "val") == "superscript"
        words = "".join(part.text or "" for part in element if local(part.tag) == "t") if is_raised else ""
        if words.strip().isdecimal() and self._is_shown():
            found.words.raise_(words)
            return
        for part in element:
            self._read(part, found)

    def _words(self, element: "Element", tag: str, found: Run) -> None:
        if tag == "t":
            found.words.add(element.text or "")
        elif tag in _BLANKS:
            found.words.add(" ")
        elif tag in _BREAKS:
            found.words.end_line()
        elif tag == "noBreakHyphen":
            found.words.add("-")
        else:
            for part in element:
                self._read(part, found)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_shown(self) -> bool:
        return all(self._fields)

    def _call(self, element: "Element", kind: str, found: Run) -> None:
        key = kind, attribute(element, "id")
        if is_on(element) and attribute(element, "customMarkFollows") in ("1", "true", "on"):
            found.notes.append(key)
            self._numbers.setdefault(key, "")
            return
        if key not in self._numbers:
            self._counts[kind] += 1
            self._numbers[key] = shown(self._counts[kind], self._forms.get(kind, "decimal"))
        found.words.call(self._numbers[key])
        found.notes.append(key)


def _boxes(element: "Element") -> "Iterator[Element]":
    """The text boxes in a drawing; an old program's copy of one is not a second one."""
    tag = local(element.tag)
    if tag == "txbxContent":
        yield element
        return
    choice = child(element, "Choice") if tag == "AlternateContent" else None
    for part in [choice] if choice is not None else element:
        yield from _boxes(part)
