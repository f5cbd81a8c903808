"""Which part of a page is its text? readability-lxml tells where it stands; what that drops of a report is kept.

That library leaves out tables, lists and short paragraphs within an article that look like navigation. So its answer is
taken for the place alone: all blocks stand where most of those that it keeps stand, and only what says that it is
something else (by its tag, its role or its name) is left out there.
"""

import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from lxml import etree, html

from corpus.readers.html.names import LEFT_OUT_TAGS, is_named, is_none

_MARK = "data-rapporteur"
_BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "div", "dd", "dt")
_SHARE = 0.9  # of the words that the library keeps: the place that holds so many is the page's text
_FEWEST = 0.05  # of the words of the page: where the library keeps fewer, it has not found the text
_FEWEST_WORDS = 40
_HIGHEST = 4  # steps up from where the library finds the text
_PROSE = 15  # words of a paragraph
_MOSTLY = 0.5
_TEASER = 20  # words: what is shorter after the text, or mostly links, leads to something else


_NONE: Mapping[html.HtmlElement, int] = {}


class Main:
    """The part of a page that is its text, and what in it is none."""

    def __init__(self, root: html.HtmlElement, words: int, kept: Mapping[html.HtmlElement, int] = _NONE) -> None:
        """``kept`` are the blocks that the library takes for the text, with their words."""
        self.root = root
        self._words = words
        self._after = _after(root, kept)
        named = sum(count for block, count in kept.items() if any(map(is_named, _up_to(block, root))))
        self._is_misnamed = named > _MOSTLY * sum(kept.values())  # a program's names, that tell nothing

    def is_left_out(self, element: html.HtmlElement) -> bool:
        """Whether an element is none of the text: unless it holds most of it, whatever it is called."""
        if element.tag in LEFT_OUT_TAGS and element.tag not in ("form", "aside"):
            return True
        if element in self._after and _is_teaser(element):
            return True
        return not self._is_misnamed and is_named(element) and _length(element) < self._words / 2


def main_of(page: html.HtmlElement) -> Main:
    """The main text of a page; all of it where nothing tells it from the rest."""
    body = page.find(".//body")
    body = body if body is not None else page
    kept = _kept(page)
    words = sum(kept.values())
    if words < max(_FEWEST_WORDS, _FEWEST * _length(body)):
        marked = [one for one in body.xpath("//main | //article | //*[@role='main']") if _length(one)]
        root = marked[0] if len(marked) == 1 else body
        return Main(root, _length(root))
    holds: Counter[html.HtmlElement] = Counter()
    for element, length in kept.items():
        for above in element.iterancestors():
            holds[above] += length
    root = body
    while (inner := next((child for child in root if holds[child] >= _SHARE * words), None)) is not None:
        root = inner
    if root.tag in ("p", "table", "tbody", "tr", "ul", "ol"):  # what stands beside it belongs to it
        above = root.getparent()
        root = root if above is None else above
    return Main(_widened(root, body), words, kept)


def preformatted(main: Main) -> str:
    """The text of a page that shows it as it was typed; empty where most of its words are not set so.

    Several such parts are the sheets of what was printed.
    """
    found = list(main.root.iter("pre"))
    if sum(map(_length, found)) < _MOSTLY * _length(main.root):
        return ""
    return "\n\f".join(str(one.text_content()) for one in found)


def _widened(root: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement:
    """What the part of the page stands in, as long as that adds prose and little else: articles come in pieces."""
    for _ in range(_HIGHEST):
        above = root.getparent()
        if above is None or above is body or body not in above.iterancestors():
            return root
        added = [one for one in above if one is not root and isinstance(one.tag, str) and not is_none(one)]
        prose = sum(_length(p) for one in added for p in one.iter("p") if _length(p) >= _PROSE and not _is_linked(p))
        if prose > _MOSTLY * sum(map(_length, added)):
            root = above
        elif any(map(_length, added)):
            return root
        else:
            root = above
    return root


def _is_linked(element: html.HtmlElement) -> bool:
    return sum(map(_length, element.iter("a"))) > _length(element) / 2


def _kept(page: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """The innermost blocks that the library takes for the text, and the length of each."""
    from readability import Document  # 41 ms: readability, for pages that do not say what their text is

    blocks = list(page.iter(*_BLOCKS))
    for number, element in enumerate(blocks):
        element.set(_MARK, str(number))
    logging.getLogger("readability").setLevel(logging.CRITICAL)  # it tells of every page that it finds nothing in
    try:
        found = Document(html.tostring(page, encoding="unicode")).summary(html_partial=True)
        kept = html.fragment_fromstring(found, create_parent="div")
    except (etree.LxmlError, ValueError, TypeError, KeyError, AttributeError, UnicodeError):
        return {}  # whatever it stumbles over, the page is still there
    except Exception as error:  # its own Unparseable has no public name in all versions
        if type(error).__name__ != "Unparseable":
            raise
        return {}
    names = {element.get(_MARK) for element in kept.iter() if isinstance(element.tag, str) and not _holds(element)}
    return {element: _length(element) for number, element in enumerate(blocks) if str(number) in names}


def _holds(element: html.HtmlElement) -> bool:
    """Whether an element holds a marked one, so that its words are counted there."""
    return any(other.get(_MARK) is not None for other in element.iterdescendants() if isinstance(other.tag, str))


def _up_to(block: html.HtmlElement, root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """A block and what holds it, below ``root``."""
    above: html.HtmlElement | None = block
    while above is not None and above is not root:
        yield above
        above = above.getparent()


def _after(root: html.HtmlElement, kept: Collection[html.HtmlElement]) -> frozenset[html.HtmlElement]:
    """What of a part of the page stands after the last block that the library keeps."""
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    last = max((place for place, element in enumerate(elements) if element in kept), default=len(elements))
    inside = set(elements[last].iterdescendants()) if last < len(elements) else set()
    return frozenset(element for element in elements[last + 1 :] if element not in inside)


def _is_teaser(element: html.HtmlElement) -> bool:
    words = _length(element)
    if element.tag not in _BLOCKS and element.tag not in ("ul", "ol", "section", "figure"):
        return False
    if element.get("id") or (element.find(".//*[@id]") is not None and words > _TEASER):
        return False  # it may be what a link in the text leads to
    return words < _TEASER or _is_linked(element)


def _length(element: html.HtmlElement) -> int:
    """The words of an element."""
    return sum(len(text.split()) for text in element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))
