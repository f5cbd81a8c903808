"""What the first page says of the document: the title is what is printed largest, above it stands the masthead."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.document import Document, Facts, Role
from corpus.layout import Line, mastheads, shapes

_LARGER = 1.15  # of the size of the text: what a title is set in
_LONGEST = 300  # letters of a title
_SENTENCE = 8  # words
_MASTHEAD = 12  # lines at the top that may tell of the document
_SHORT = 90  # letters of such a line
_MOST = 25  # lines before the title
_PAGES = 2  # a cover may be a picture
_TOLD = re.compile(r"\bDistr\.?(?:ibution)?\s*:|\bOriginal\s*:|\b[A-Z]{1,5}/[A-Z0-9][\w./()-]*\d")


def marked(lines: Sequence[Line]) -> list[Line]:
    """The lines, the title and what stands above it with their roles, where the first page tells them by its sizes."""
    found = list(lines)
    head = [n for n, line in enumerate(lines) if (line.page or 0) <= _PAGES and line.role in (None, Role.HEADING)]
    text = _usual(lines)
    told = max(
        (n for n in head[:_MASTHEAD] if len(lines[n].text) <= _SHORT and _TOLD.search(lines[n].text)), default=-1
    )
    places = _title(lines, [n for n in head if n > told], text) or _bold(lines, [n for n in head if n > told >= 0])
    if not places or places[0] > _MOST:
        return found
    for place in places:
        found[place] = replace(lines[place], role=Role.TITLE)
    for place in head:
        if place < places[0]:
            found[place] = replace(lines[place], role=Role.MASTHEAD)
    return found


def _title(lines: Sequence[Line], places: Sequence[int], text: float) -> list[int]:
    """Where the lines of the title are: the largest on the first page that has larger ones than the text."""
    large = [n for n in places if (lines[n].size or 0) >= _LARGER * text and any(map(str.isalpha, lines[n].text))]
    if not large:
        return []
    page = lines[large[0]].page
    most = max(lines[n].size or 0 for n in large if lines[n].page == page)
    first = next(n for n in large if lines[n].page == page and (lines[n].size or 0) >= most - 1)
    found = [first]
    for place in range(first + 1, len(lines)):
        line = lines[place]
        if (
            line.page != page
            or line.role not in (None, Role.HEADING)
            or abs((line.size or 0) - most) > 1
            or line.gap_before
        ):
            break
        found.append(place)
    words = " ".join(lines[n].text for n in found)
    is_title = (
        len(words) <= _LONGEST
        and not shapes.begins_small(words)
        and not (shapes.ends_sentence(words) and len(words.split()) >= _SENTENCE)
    )
    return found if is_title else []


def _bold(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """Where the lines of a title are that is no larger than the text: the first bold ones after a masthead."""
    found: list[int] = []
    for place in places[:_MASTHEAD]:
        line = lines[place]
        is_one = line.bold and not mastheads.is_masthead(line.text) and any(map(str.islower, line.text.casefold()))
        if is_one and (not found or (place == found[-1] + 1 and lines[found[0]].page == line.page)):
            found.append(place)
        elif found:
            break
    words = " ".join(lines[n].text for n in found)
    return found if len(words) <= _LONGEST and not shapes.ends_sentence(words) else []


def _usual(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size or 0] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def with_facts(document: Document, facts: Facts) -> Document:
    """The document with what its file says of it, where it says nothing itself."""
    return (
        document
        if document.facts.title or not facts.title
        else replace(document, facts=replace(document.facts, title=facts.title))
    )
