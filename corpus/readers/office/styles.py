"""Styles of a Word document: what a paragraph is by the name of its style, and which list it belongs to."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.document import Role
from corpus.readers.office.package import attribute, child, is_on, local, number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_DEEPEST = 30  # styles that are based on one another
_HEADING = re.compile(r"(?:heading|überschrift|titre) (\d)")
_BODY_LEVEL = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those it is based on. ``outline`` is a heading's level from 1, 0 for none."""

    name: str = ""
    outline: int = 0
    list: str = ""
    level: int = 0
    is_hidden: bool = False


def numbering_of(properties: "Element | None", style: Style) -> tuple[str, int]:
    """The list and the level of a paragraph, its own or those of its style."""
    own = child(properties, "numPr")
    name = attribute(child(own, "numId"), "val") or style.list
    level = attribute(child(own, "ilvl"), "val")
    return name, number(level) if level else style.level


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: "Element | None") -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.default = ""
        self.linked: dict[str, str] = {}  # numbering styles and their lists
        for element in root if root is not None else ():
            if local(element.tag) != "style":
                continue
            name, kind = attribute(element, "styleId"), attribute(element, "type")
            self._elements[name] = element
            if kind == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
                self.default = name
            if kind == "numbering":
                self.linked[name] = attribute(child(element, "pPr", "numPr", "numId"), "val")

    def style(self, name: str, depth: int = 0) -> Style:
        """The style of that id; one without anything where there is none."""
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        if element is None or depth > _DEEPEST:
            return Style()
        base = self.style(attribute(child(element, "basedOn"), "val"), depth + 1)
        properties = child(element, "pPr")
        instance, level = numbering_of(properties, base)
        outline = attribute(child(properties, "outlineLvl"), "val")
        found = replace(
            base,
            name=attribute(child(element, "name"), "val").lower(),
            outline=_outline(outline, base.outline),
            list=instance,
            level=level,
            is_hidden=base.is_hidden or is_on(child(element, "rPr", "vanish")),
        )
        self._known[name] = found
        return found


def _outline(told: str, base: int) -> int:
    if not told:
        return base
    return number(told) + 1 if number(told) < _BODY_LEVEL else 0


def role_of(style: str, own: str, outline: int) -> tuple[Role, int | None]:
    """What a paragraph is by the name of its style, and the level of a heading."""
    if style in ("title", "titel", "titre"):
        return Role.TITLE, None
    if style in ("subtitle", "untertitel", "sous-titre"):
        return Role.SUBTITLE, None
    if style.startswith("toc ") and style[4:].isdigit():
        return Role.CONTENTS, None
    if style == "caption":
        return Role.CAPTION, None
    if found := _HEADING.match(style):
        return Role.HEADING, int(found[1])
    level = int(own) + 1 if own.isdigit() and int(own) < 9 else 0 if own else outline  # 9 is that of body text
    return (Role.HEADING, level) if level else (Role.TEXT, None)
