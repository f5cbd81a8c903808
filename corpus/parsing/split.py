"""Blocks of a document to passages: what each is, how it is numbered, and where an over-long one is cut.

The passages tile the text. What is no body text is recognised by small rules and kept as a passage of its kind, so that
nothing is lost; a block that no rule is sure of is body text.
"""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.document import Block, Document, Role
from corpus.parsing.numbering import Numbering
from corpus.passage import Kind, Locator, Passage, Span, blanked
from corpus.text.legible import legible
from corpus.text.segmentation import sentences

# Longer paragraphs are cut. Half a printed page: a reader finds a sentence in it at a glance, it fits one Discord
# message with its citation, and no more than 2 in 100 paragraphs of encyclopedic prose are longer, so that nearly
# all stay whole.
PASSAGE_LIMIT = 1600
# A passage is cut within a sentence only above this: such "sentences" are tables and lists without stops.
SENTENCE_LIMIT = 3000

# A deck is a sentence or two, and no shorter than a phrase that could stand in the body by chance.
_DECK_LENGTH = range(30, 501)
# Tags and titles of linked articles are shorter than this; a longer line after "READ MORE ON:" is the report going on.
_LINK_LENGTH = 150
_SECTION_LENGTH = 200
# A title wrapped over more lines is none.
_TITLE_LINES = 4

# What a reader is sure of; what it takes for text, an item, a row or a heading may be a title, a deck or links.
_KINDS = {
    Role.NOTE: Kind.NOTE,
    Role.TITLE: Kind.TITLE,
    Role.SUBTITLE: Kind.DECK,
    Role.CAPTION: Kind.CAPTION,
    Role.CONTENTS: Kind.CONTENTS,
    Role.MASTHEAD: Kind.MASTHEAD,
    Role.RUNNING: Kind.RUNNING,
    Role.SPEAKER: Kind.SPEAKER,
    Role.LINKS: Kind.LINKS,
    Role.FURNITURE: Kind.FURNITURE,
}

_WORDED = frozenset([Role.TEXT, Role.HEADING])  # what is none without a letter
_BEFORE = frozenset([Kind.FURNITURE, Kind.MASTHEAD, Kind.RUNNING])  # what a title may stand after

_LINKS_HEAD = re.compile(
    r"(?:(?:also )?read (?:more|also|next)(?: on| about)?|also read|see also|more on this(?: story| topic)?"
    r"|related (?:articles?|stories|links?|topics?|news|content|coverage)|share this(?: \w+)?"
    r"|follow us(?: on \w+)?)\s*:?"
    r"|(?:related|tags?|topics|keywords|share|filed under|more from [\w .]{1,40})\s*:",
    re.IGNORECASE,
)
_URL = r"(?:<?(?:https?://|www\.)[^\s<>]+>?|\[[^\]\n]*\]\([^)\s]*\)|\[[^\]\n]+\]:\s*\S+)"
# Atomic, since an address may hold what separates addresses.
_ONLY_URLS = re.compile(rf"[\s*•|,;·–-]*+(?>{_URL})(?>(?:[\s*•|,;·–-]++(?>{_URL}))*)[\s*•|,;·.]*+")
_STOPS = (".", "!", "?", "…")
_STOPPED = re.compile(r"[.!…][\"”’»)\]]*$")


def split(document: Document, report: str, title: str) -> tuple[Passage, ...]:
    """The passages of ``document``, numbered, in order; joined, ``text + tail``, they give ``document.text`` back.

    ``report`` is the id they carry; ``title`` what the document calls itself, recognised where it begins with that and
    empty where it has no title. It is not what a manifest calls the report, so that one numbers nothing anew.
    """
    source = document.text
    blocks = _blocks(document, title)
    kinds = _kinds(blocks, [source[slice(*block.span)] for block in blocks], title)
    pieces = list(_pieces(_read(source, document.marks), blocks, kinds))
    ends = [*(piece.span.start for piece in pieces[1:]), len(source)]
    labels = {piece.block: piece.locator.label for piece in pieces}  # of a block's last part
    marks = deque(document.marks)
    passages = []
    for piece, end in zip(pieces, ends, strict=True):
        block, span = blocks[piece.block], piece.span
        text = source[span.start : span.end]
        sides = (block.torn[0] and span.start == block.span.start, block.torn[1] and span.end == block.span.end)
        lead = None if block.lead is None else labels.get(block.lead)
        own = tuple(_within(marks, span))
        passages.append(
            Passage(
                report=report,
                locator=piece.locator,
                kind=kinds[piece.block],
                text=text,
                tail=source[span.end : end],
                sentences=sentences(_read(text, own)),
                lead=lead,
                torn=sides,
                marks=own,
            )
        )
    return tuple(passages)


def _read(text: str, marks: Iterable[Span]) -> str:
    """``text`` as sentences are read in it: without calls of footnotes, but for those before a stop: "petitions3."."""
    return blanked(text, (mark for mark in marks if text[mark.end : mark.end + 1] not in _STOPS))


class _Piece(NamedTuple):
    """A block or a part of it: the block's place, its own, and its words."""

    block: int
    locator: Locator
    span: Span


def _pieces(searched: str, blocks: Sequence[Block], kinds: Sequence[Kind]) -> Iterator[_Piece]:
    """Number the blocks and cut over-long paragraphs into parts."""
    numbering = Numbering(blocks, kinds)
    section: str | None = None
    for number, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        parts = _parts(searched, block.span) if kind is Kind.BODY else [block.span]
        if kind is Kind.HEADING:
            section = block.heading[:_SECTION_LENGTH]
        under = None if kind is Kind.HEADING else section
        for span, locator in zip(parts, numbering.places(block, kind, len(parts), under), strict=True):
            yield _Piece(number, locator, span)


def _within(marks: deque[Span], span: Span) -> Iterator[Span]:
    """Those of the ``marks``, in order, that stand in ``span``, counted from its beginning."""
    while marks and marks[0].start < span.end:
        mark = marks.popleft()
        if mark.start >= span.start:
            yield Span(mark.start - span.start, min(mark.end, span.end) - span.start)


def _blocks(document: Document, title: str) -> list[Block]:
    """The blocks without white space around them; a title on the first lines of a block becomes a block of its own."""
    blocks = [replace(block, span=_trimmed(document.text, block.span)) for block in document.blocks]
    first = next((number for number, block in enumerate(blocks) if block.role is not Role.FURNITURE), None)
    if first is None or blocks[first].role is not Role.TEXT:
        return blocks
    start, end = blocks[first].span
    lines = document.text[start:end].split("\n")
    for count in range(1, min(len(lines), _TITLE_LINES + 1)):
        head = "\n".join(lines[:count])
        if _plain(head) == _plain(title):
            parted = (_trimmed(document.text, Span(start, start + len(head))), Span(start + len(head), end))
            return [
                *blocks[:first],
                *(replace(blocks[first], span=_trimmed(document.text, span)) for span in parted),
                *(_led(block, first) for block in blocks[first + 1 :]),
            ]
    return blocks


def _led(block: Block, parted: int) -> Block:
    """``block`` where the one at ``parted`` has become two."""
    return block if block.lead is None or block.lead < parted else replace(block, lead=block.lead + 1)


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    return Span(span.end - len(words.lstrip()), span.start + len(words.rstrip()))


def _kinds(blocks: Sequence[Block], texts: Sequence[str], title: str) -> list[Kind]:
    """What each block is. The rules stand in the order in which they win."""
    kinds: list[Kind] = []
    begun = in_links = False
    for number, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        is_heading = block.role is Role.HEADING
        in_links = _begins_links(text) or (in_links and not is_heading and _continues_links(text))
        if not any(map(str.isalpha if block.role in _WORDED else str.isalnum, text)):
            kind = Kind.FURNITURE  # an ornament, or the figures of a chart
        elif block.role in _KINDS:
            kind = _KINDS[block.role]
        elif not begun and _plain(block.heading or text) == _plain(title):
            kind = Kind.TITLE
        elif kinds[-1:] == [Kind.TITLE] and _is_deck(text, texts[number + 1 :]):
            kind = Kind.DECK
        elif in_links or _ONLY_URLS.fullmatch(text):
            kind = Kind.LINKS
        else:
            kind = Kind.HEADING if is_heading else Kind.BODY
        begun = begun or kind not in _BEFORE
        kinds.append(kind)
    return kinds


def _plain(text: str) -> str:
    """``text`` for comparing: unmarked, without what shows nothing, and without regard to case."""
    return legible(_unmarked(text)).casefold()


def _unmarked(text: str) -> str:
    """``text`` on one line, without the marks of lists, quotes, headings and emphasis around it."""
    return " ".join(text.split()).lstrip("># *•‣_–—-").rstrip("*_# ")


def _is_deck(text: str, later: Sequence[str]) -> bool:
    """A deck says again, word for word, how a later paragraph begins or what one of its sentences says."""
    deck = _plain(text)
    if len(deck) not in _DECK_LENGTH:
        return False
    cut_off = deck.rstrip(".… ")
    for paragraph in later:
        at = _plain(paragraph).find(cut_off)
        if at == 0 or (at > 0 and any(deck == _plain(paragraph[slice(*span)]) for span in sentences(paragraph))):
            return True
    return False


def _begins_links(text: str) -> bool:
    """A line such as "READ MORE ON:" with nothing, or with the links themselves, after it."""
    line = _unmarked(text.split("\n", 1)[0])
    found = _LINKS_HEAD.match(line)
    return found is not None and (found.end() == len(line) or (found[0].endswith(":") and _continues_links(text)))


def _continues_links(text: str) -> bool:
    """Short and no sentence: a tag, the title of another article, an address."""
    return len(text) <= _LINK_LENGTH and _STOPPED.search(text) is None


def _parts(source: str, span: Span) -> list[Span]:
    """A paragraph whole, or cut at sentence ends into parts of about one length, within the limit where they can be."""
    if span.end - span.start <= PASSAGE_LIMIT:
        return [span]
    ends = [span.start + sentence.end for sentence in sentences(source[span.start : span.end])[:-1]]
    parts: list[Span] = []
    todo = [span]
    while todo:
        part = todo.pop()
        if source[part.start : part.end].isspace():
            continue  # becomes the tail of the part before it
        part = _trimmed(source, part)
        cut = _cut(source, part, ends)
        if cut is None:
            parts.append(part)
        else:
            todo += [Span(cut, part.end), Span(part.start, cut)]
    return parts


def _cut(source: str, part: Span, ends: Sequence[int]) -> int | None:
    """Where to cut ``part``: the sentence end nearest to an even share, else a blank; ``None`` where it stays whole."""
    length = part.end - part.start
    if length <= PASSAGE_LIMIT:
        return None
    shares = -(-length // PASSAGE_LIMIT)
    wanted = part.start + length * (shares // 2) // shares
    after = bisect_left(ends, wanted)
    near = [end for end in ends[max(0, after - 1) : after + 1] if part.start < end < part.end]
    if near:
        return min(near, key=lambda end: abs(end - wanted))
    if length <= SENTENCE_LIMIT:
        return None
    blank = max(source.rfind(sign, part.start, wanted) for sign in " \t\n")
    return blank + 1 if blank > part.start else wanted
