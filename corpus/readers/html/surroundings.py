"""What of a page is not its text, listed where nobody takes it for text: navigation, teasers, banners, comments.

And what stands between the page's heading and its text without being in either: the lead, which is text.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from lxml import html

from corpus.document import Role
from corpus.layout import shapes
from corpus.layout.paragraphs import Piece
from corpus.readers.html.names import is_none, is_unseen
from corpus.readers.marked import paragraph
from corpus.readers.words import Words

_LEADS = frozenset(["p", "div", "h2", "h3", "h4", "section", "blockquote"])
_FEWEST = 8  # words of a lead
_MOST = 120
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|intro|introduction|standfirst|excerpt|deck|dek|subtitle|subheadline|summary|abstract"
    r"|chapo|chapeau|teaser|description)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADS = ("h1", "h2", "h3")


def leads(page: html.HtmlElement, heading: str, root: html.HtmlElement) -> list[html.HtmlElement]:
    """The blocks of prose between the page's own heading and ``root``; none where it stands within or after that."""
    inside = set(root.iter())
    head = next((one for one in page.iter(*_HEADS) if " ".join(one.text_content().split()) == heading), None)
    if not heading or head is None or head in inside:
        return []
    found: list[html.HtmlElement] = []
    is_after = False
    for element in page.iter():
        if element is root:
            return found
        if is_after and element.tag in _LEADS and element not in root.iterancestors() and _is_lead(element):
            found.append(element)
        is_after = is_after or element is head
    return []


def _is_lead(element: html.HtmlElement) -> bool:
    text = " ".join(element.text_content().split())
    if not _FEWEST <= len(text.split()) <= _MOST or any(one.tag in _LEADS for one in element.iterdescendants()):
        return False
    if any(is_none(one) for one in [element, *element.iterancestors()] if one.tag not in ("body", "html")):
        return False
    if sum(len(link.text_content()) for link in element.iter("a")) > len(text) / 2:
        return False
    names = " ".join(one.get("class") or "" for one in [element, element.getparent()] if one is not None)
    return shapes.ends_sentence(text) or bool(_NAMED.search(names))


def outside(body: html.HtmlElement, root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What stands beside ``root`` and what holds it, in the order of the page."""
    held = {root, *root.iterancestors()}
    todo = [body]
    while todo:
        element = todo.pop()
        if element is root or not isinstance(element.tag, str):
            continue
        if element in held:
            todo += reversed(list(element))
        else:
            yield element


def kept_out(elements: Sequence[html.HtmlElement], told: Collection[html.HtmlElement]) -> list[Piece]:
    """A piece for each of these with words that are shown, each once; ``told`` are read elsewhere."""
    found: list[Piece] = []
    seen: set[str] = set()
    for element in elements:
        words = Words()
        _shown(element, told, words)
        piece = paragraph(words, Role.LINKS)
        if piece is not None and any(map(str.isalnum, piece.text)) and piece.text not in seen:
            seen.add(piece.text)
            found.append(piece)
    return found


def _shown(element: html.HtmlElement, told: Collection[html.HtmlElement], words: Words) -> None:
    """The words of an element that are shown, blanks between its parts."""
    if is_unseen(element) or element in told:
        return
    words.add(element.text or "")
    for part in element:
        words.add(" ")
        _shown(part, told, words)
        words.add(" ")
        words.add(part.tail or "")
