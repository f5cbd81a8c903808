"""What calls a footnote, and what is one: a short link within the page, and the block that it leads to further down."""

import re
from collections.abc import Iterator

from lxml import html

_LABEL = re.compile(r"[\[(]?(?P<number>\d{1,3}|[ivx]{1,5}|[*†‡§]{1,3})[\])]?\.?", re.IGNORECASE)
_BLOCKS = frozenset(["p", "li", "div", "dd", "td", "aside"])
_BACK = re.compile(r"[↩↑⏎^︎\s]*|(?:return|back)(?: to (?:text|top|content|reference))?", re.IGNORECASE)
_LONGEST = 3_000  # characters of a note; more is a section


class Footnotes:
    """The notes of a page."""

    def __init__(self, page: html.HtmlElement) -> None:
        places = {element: place for place, element in enumerate(page.iter())}
        targets = {name: element for element in page.iter() if isinstance(element.tag, str) for name in _names(element)}
        self._calls: dict[html.HtmlElement, str] = {}
        self._notes: dict[html.HtmlElement, str] = {}
        self._blocks: dict[html.HtmlElement, html.HtmlElement] = {}
        for link in page.iter("a"):
            found = _LABEL.fullmatch("".join(link.itertext()).strip())
            target = targets.get(link.get("href", "").partition("#")[2]) if "#" in link.get("href", "") else None
            if found is None or target is None or places[target] < places[link]:
                continue
            block = _block(target)
            if block is None or link in block.iterdescendants() or len("".join(block.itertext())) > _LONGEST:
                continue
            number = self._notes.setdefault(block, found["number"])
            self._calls[link] = number
            self._blocks[link] = block

    def call(self, link: html.HtmlElement) -> str:
        """The sign with which a link calls a note; empty where it calls none."""
        return self._calls.get(link, "")

    def called_by(self, link: html.HtmlElement) -> html.HtmlElement | None:
        """The block that is the note which a link calls."""
        return self._blocks.get(link)

    def number(self, block: html.HtmlElement) -> str:
        """The number of the note that a block is; empty where it is none."""
        return self._notes.get(block, "")

    def is_back(self, link: html.HtmlElement, number: str) -> bool:
        """Whether a link in a note only leads back to where it is called."""
        words = "".join(link.itertext()).strip()
        found = _LABEL.fullmatch(words)
        return "#" in link.get("href", "") and (
            bool(_BACK.fullmatch(words)) or (found is not None and found["number"] == number)
        )


def _names(element: html.HtmlElement) -> Iterator[str]:
    for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
        if name:
            yield name


def _block(target: html.HtmlElement) -> html.HtmlElement | None:
    """The block that a target is, stands in, or, empty, stands before."""
    return next((one for one in [target, *target.iterancestors()] if one.tag in _BLOCKS), None)
