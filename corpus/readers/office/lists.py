"""The numbers that LibreOffice computes for lists and headings, and what styles say.

OpenDocument 1.3, part 3, 16.28 to 16.34.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.readers.office.counting import shown
from corpus.readers.office.package import attribute, child, local, number
from corpus.readers.words import BULLET

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_LEVELS = frozenset(
    ["list-level-style-number", "list-level-style-bullet", "list-level-style-image", "outline-level-style"]
)


class Lists:
    """What is printed before list items and headings, asked for in their order."""

    def __init__(self, styles: "Iterable[Element | None]", own: "Element | None") -> None:
        """``styles`` are those of the document, ``own`` those that paragraphs got by hand."""
        self._levels: dict[tuple[str, int], Element] = {}
        self._parents: dict[str, str] = {}
        self._raised: set[str] = set()
        self._counts: dict[tuple[str, int], int] = {}
        for group in [*styles, own]:
            for element in group if group is not None else ():
                self._learn(element)

    def _learn(self, element: "Element") -> None:
        tag, name = local(element.tag), attribute(element, "name")
        if tag in ("list-style", "outline-style"):
            for level in element:
                if local(level.tag) in _LEVELS:
                    key = name if tag == "list-style" else ""
                    self._levels[key, number(attribute(level, "level"), 1)] = level
        elif tag == "style":
            self._parents[name] = attribute(element, "parent-style-name")
            if attribute(child(element, "text-properties"), "text-position").startswith("super"):
                self._raised.add(name)

    def style_name(self, name: str) -> str:
        """The named style that a paragraph's own is made of."""
        return self._parents.get(name) or name

    def is_raised(self, name: str) -> bool:
        """Whether a style raises its letters."""
        return name in self._raised

    def begin(self, name: str, level: int, goes_on: bool) -> None:
        """A list begins; its items count anew unless it goes on."""
        if not goes_on:
            self._counts.pop((name, level), None)

    def label(self, name: str, level: int, start: int | None) -> str:
        """What is printed before the next item of that list and level."""
        form = self._levels.get((name, level))
        if form is None:
            return ""
        if local(form.tag) != "list-level-style-number":
            return BULLET
        return self._counted(name, level, form, start)

    def heading(self, level: int, *, is_numbered: bool) -> str:
        """What is printed before the next heading of that level."""
        form = self._levels.get(("", level))
        return self._counted("", level, form, None) if form is not None and is_numbered else ""

    def _counted(self, name: str, level: int, form: "Element", start: int | None) -> str:
        first = number(attribute(form, "start-value"), 1)
        count = self._counts[name, level] = (
            start if start is not None else self._counts.get((name, level), first - 1) + 1
        )
        for key in [key for key in self._counts if key[0] == name and key[1] > level]:
            del self._counts[key]
        parts = [shown(count, attribute(form, "num-format"))]
        if not parts[0]:
            return ""
        for above in range(level - 1, level - number(attribute(form, "display-levels"), 1), -1):
            other = self._levels.get((name, above))
            if other is not None:
                parts.insert(0, shown(self._counts.get((name, above), 1), attribute(other, "num-format")))
        return f"{attribute(form, 'num-prefix')}{'.'.join(parts)}{attribute(form, 'num-suffix')}".strip()
