"""The numbers that Word computes: which list and level a paragraph has, and what Word would print before it.

ECMA-376, part 1, 17.9 (numbering): an instance (``num``) of an abstract list counts on where another of the same list
has stopped, unless it overrides the start.
"""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.office.counting import shown
from corpus.readers.office.package import attribute, child, is_on, local, number
from corpus.readers.words import BULLET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_PLACE = re.compile(r"%(\d)")
_NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``restart`` is the level after which it counts anew: any above it, or none with 0."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False  # all numbers are Arabic


@dataclass(slots=True)
class _List:
    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Instance:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """What Word prints before the paragraphs of a document, asked for in their order."""

    def __init__(self, root: "Element | None", linked: dict[str, str]) -> None:
        """``linked`` are the instances that numbering styles name."""
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, _Instance] = {}
        self._begun: set[str] = set()
        links: dict[str, str] = {}
        for element in root if root is not None else ():
            if local(element.tag) == "abstractNum":
                name = attribute(element, "abstractNumId")
                self._lists[name] = _List(_levels(element))
                if style := attribute(child(element, "numStyleLink"), "val"):
                    links[name] = style
            elif local(element.tag) == "num":
                self._instances[attribute(element, "numId")] = _instance(element)
        for name, style in links.items():
            other = self._instances.get(linked.get(style, ""))
            if other is not None and other.abstract in self._lists:
                self._lists[name] = self._lists[other.abstract]

    def label(self, instance: str, level: int) -> str:
        """What is printed before the next paragraph of that list and level; empty without a number."""
        used = self._instances.get(instance)
        of = self._lists.get(used.abstract) if used else None
        if used is None or of is None or instance == _NO_LIST:
            return ""
        form = used.levels.get(level) or of.levels.get(level)
        if form is None:
            return ""
        self._count(instance, used, of, level=level, form=form)
        if form.form == "bullet":
            return BULLET

        def printed(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            other = used.levels.get(at) or of.levels.get(at) or Level()
            count = of.counts.get(at, other.start)
            return shown(count, "decimal" if form.is_legal else other.form)

        return " ".join(_PLACE.sub(printed, form.text).split())

    def _count(self, instance: str, used: _Instance, of: _List, level: int, form: Level) -> None:
        if instance not in self._begun and level in used.starts:
            of.counts[level] = used.starts[level] - 1
        self._begun.add(instance)
        for above in range(level):
            if above not in of.counts and (other := used.levels.get(above) or of.levels.get(above)):
                of.counts[above] = other.start
        of.counts[level] = of.counts.get(level, form.start - 1) + 1
        for deeper in [at for at in of.counts if at > level]:
            restart = (of.levels.get(deeper) or Level()).restart
            if restart is None or level < restart:
                del of.counts[deeper]


def _levels(element: "Element") -> dict[int, Level]:
    return {number(attribute(found, "ilvl")): _level(found) for found in element if local(found.tag) == "lvl"}


def _level(element: "Element") -> Level:
    restart = attribute(child(element, "lvlRestart"), "val")
    return Level(
        start=number(attribute(child(element, "start"), "val")),
        form=attribute(child(element, "numFmt"), "val") or "decimal",
        text=attribute(child(element, "lvlText"), "val"),
        restart=number(restart) if restart else None,
        is_legal=is_on(child(element, "isLgl")),
    )


def _instance(element: "Element") -> _Instance:
    found = _Instance(attribute(child(element, "abstractNumId"), "val"))
    for override in element:
        if local(override.tag) != "lvlOverride":
            continue
        at = number(attribute(override, "ilvl"))
        if (level := child(override, "lvl")) is not None:
            found.levels[at] = _level(level)
        if start := attribute(child(override, "startOverride"), "val"):
            found.starts[at] = number(start)
    return found
