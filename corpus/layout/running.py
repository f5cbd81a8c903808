"""What stands at the edges of pages and is none of the report's words: running heads and feet, page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.layout import mastheads, shapes
from corpus.layout.lines import Line
from corpus.text.patterns import lazily

_EDGE = 3  # lines from the top and the bottom of a page among which its head and its foot are looked for
_LONGEST = 120
_DASHES = frozenset("-–—")
_BLOCK = 3  # lines that stand between two parts of a sentence and are none of it
_NUMBERED = lazily(  # what stands beside the number of a page: "Report on Maro | 3", "3   Council", "/Page 3"
    r".*?(?:\s{2,}|\s*[|–—•·]\s*|\bp(?:age|\.)\s*)\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?|.*\s[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}(?:\s{2,}|\s*[|•·]\s*).*",
    re.IGNORECASE,
)
_PRINTED = lazily(
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d\b.*|(?:https?://|www\.)\S+(?:\s+\d{1,4}(?:/\d{1,4})?)?"
)
_SAID = lazily(  # "© Maro Council 2024", "(continued)", "Page: 3", "Downloaded from ... on 4 May 2024"
    r"(?:©|\(c\)\s|downloaded from|printed (?:on|from)|all rights reserved|draft\b.*\bnot for).*"
    r"|\W*(?:continued|suite|page suivante|next page|see over)(?: on next page)?\W*"
    r"|\W*(?:page|p\.|seite|página|pg\.?)\W*\d{1,4}(?:\s*(?:of|sur|de|/)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_MARKER = lazily(r"[\[(<](?:image|photo|figure|picture|logo|page|blank|illegible)\b[^\])>]*[\])>]", re.IGNORECASE)
_NOISE = lazily(
    r"(?:_|[^\w%$€£])*(?:\d{1,4}(?:\s*(?:/|of|sur|de)\s*\d{1,4})?|x{0,3}(?:ix|iv|v?i{1,3}|v))?(?:_|[^\w%$€£])*"
)  # "~ iv ~", ". ' ,", "|"
_FEW = 4  # words of a head that stands elsewhere too; fewer may be a name that comes again
_WORDS = 2  # of a line that a sentence may go on from
_FEWEST = 2  # pages at whose edge the same line stands, numbers aside


def running(lines: Sequence[Line]) -> frozenset[int]:
    """The places of the lines that are running heads, running feet or page numbers."""
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        pages[line.page or 0].append(place)
    found = set(_alone(lines)) | _within(lines)
    if len(pages) > 1:
        again = _repeated(lines, pages)
        for number, places in pages.items():
            is_first = number == min(pages)
            for edge in (places[-1 : -_EDGE - 1 : -1],) if is_first else (places[:_EDGE], places[-1 : -_EDGE - 1 : -1]):
                for place in edge:
                    if place not in again and not shapes.is_running(lines[place].text):
                        break
                    found.add(place)
    return frozenset(found)


def _within(lines: Sequence[Line]) -> set[int]:
    """The places of lines that stand apart between two parts of a sentence and are by their shape none of it."""
    counts = Counter(_plain(line.text) for line in lines)
    found: set[int] = set()
    start = 1
    while start < len(lines) - 1:
        end = start + 1
        while end < len(lines) and not _is_apart(lines, end):
            end += 1
        places = range(start, end)
        is_short = end - start <= _BLOCK and (_is_apart(lines, start) or start - 1 in found)
        if is_short and end < len(lines) and _are_no_text([lines[place].text for place in places], counts):
            above = next((n for n in range(start - 1, -1, -1) if n not in found), 0)
            if above and _goes_on(lines[above].text, _below(lines, end, counts)):
                found.update(places)
        start = end
    found.update(n for n in range(2, len(lines) - 1) if _is_amid(lines, n))
    return found


def _is_apart(lines: Sequence[Line], place: int) -> bool:
    return bool(lines[place].gap_before) or lines[place].page != lines[place - 1].page


def _below(lines: Sequence[Line], place: int, counts: Counter[str]) -> str:
    """The first line of text from a place on."""
    for line in lines[place : place + 2 * _BLOCK]:
        if not _is_no_text(line.text, counts):
            return line.text
    return ""


def _is_amid(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is the number of a page, without gaps around it, within a sentence."""
    return shapes.is_page_number(lines[place].text) and _goes_on(lines[place - 1].text, lines[place + 1].text)


def _goes_on(above: str, below: str) -> bool:
    """Whether two lines read as one sentence."""
    is_open = not shapes.ends_clause(above) or shapes.bare(above).endswith(",")
    is_text = len(above.split()) > _WORDS and not shapes.is_heading(above)
    return is_open and is_text and (shapes.begins_small(below) or (bool(below) and shapes.ends_open(above)))


def _are_no_text(texts: Sequence[str], counts: Counter[str]) -> bool:
    """Whether no line of those is text: of each it shows, or it stands with the number of a page."""
    if any(shapes.is_page_number(text) or shapes.is_bare_number(text) for text in texts):
        return not any(shapes.is_bullet(text) or _may_be_text(text) for text in texts if not _is_no_text(text, counts))
    return all(_is_no_text(text, counts) for text in texts)


def _is_no_text(text: str, counts: Counter[str]) -> bool:
    """Whether a line that stands within a sentence is by its shape no part of it."""
    if _SAID.fullmatch(text):
        return True
    if shapes.number_of(text) and any(map(str.isalpha, text)):
        return False
    return (
        shapes.is_running(text)
        or _is_numbered(text)
        or any(shape.fullmatch(text) is not None for shape in (_NOISE, _PRINTED, _MARKER))
        or (shapes.is_caption(text) and not shapes.begins_small(text))
        or (text.isupper() and mastheads.is_masthead(text))
        or (_is_again(text, counts) and len(text.split()) >= _FEW and len(text) <= _LONGEST and not _may_be_text(text))
    )


def _is_numbered(text: str) -> bool:
    """Whether the number of a page stands at either end of a line, which has to be seen before the pattern looks."""
    has_number = text[:1].isdecimal() or text[-1:].isdecimal() or text[-1:] in _DASHES
    return has_number and _NUMBERED.fullmatch(text) is not None


def _is_again(text: str, counts: Counter[str]) -> bool:
    """Whether a line stands elsewhere too, with or without a number beside it."""
    plain = _plain(text)
    return counts[plain] > 1 or (plain.strip("# ") != plain and counts[plain.strip("# ")] > 0)


def _repeated(lines: Sequence[Line], pages: dict[int, list[int]]) -> frozenset[int]:
    """The places of short lines without a stop that stand, numbers aside, at the same edge of several pages."""
    counts: Counter[tuple[bool, str]] = Counter()
    held: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for places in pages.values():
        for is_top, edge in ((True, places[:_EDGE]), (False, places[-_EDGE:])):
            for place in edge:
                text = lines[place].text
                if len(text) <= _LONGEST and not _may_be_text(text):
                    held[is_top, _plain(text)].append(place)
            counts.update({(is_top, _plain(lines[n].text)) for n in edge if not _may_be_text(lines[n].text)})
    return frozenset(place for key, places in held.items() if counts[key] >= _FEWEST for place in places)


def _may_be_text(text: str) -> bool:
    """Whether a line may be part of the running text: it ends a sentence, goes on with one, or has a number."""
    goes_on = shapes.begins_small(text) or shapes.ends_open(text)
    return goes_on or shapes.ends_sentence(text) or bool(shapes.number_of(text))


def _plain(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).casefold()


def _alone(lines: Sequence[Line]) -> list[int]:
    """Page numbers, and what of a symbol comes again, on lines of their own where pages are not marked."""
    found = []
    last = len(lines) - 1
    symbols = Counter(line.text for line in lines if shapes.is_symbol(line.text))
    for place, line in enumerate(lines):
        is_apart = line.gap_before > 0 and (place == last or lines[place + 1].gap_before > 0)
        if not place or not is_apart:
            continue
        beside = [lines[n].text for n in (place - 1, place + 1) if 0 <= n <= last]
        is_column = any(shapes.is_bare_number(text) for text in beside)
        if (
            shapes.is_page_number(line.text)
            or symbols[line.text] > 1
            or (shapes.is_bare_number(line.text) and not is_column and line.text[0].isdigit())
        ):
            found.append(place)
    counts = Counter(line.text for line in lines)
    for place in tuple(found):  # what stands beside the number of a page: a symbol, or a head that stands elsewhere too
        found += (n for n in (place - 1, place + 1) if 0 < n <= last and _is_beside(lines[n].text, counts))
    return found


def _is_beside(text: str, counts: Counter[str]) -> bool:
    """Whether a line next to the number of a page is a running head."""
    is_again = counts[text] > 1 and " " in text and len(text) <= _LONGEST and not _may_be_text(text)
    return is_again or shapes.is_symbol(text)
