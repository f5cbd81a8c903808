"""What part does each piece play? Masthead, title, contents, headings, captions, speakers, lists."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Facts, Role
from corpus.layout import judgments, labels, mastheads, shapes
from corpus.layout.articles import articles
from corpus.layout.datelines import is_dateline, issued
from corpus.layout.lists import lists
from corpus.layout.paragraphs import Piece
from corpus.layout.sequence import believe
from corpus.layout.speakers import speakers
from corpus.text.patterns import lazily
from corpus.text.segmentation import sentences

_TITLE_LIMIT = 300
_LINKED = lazily(r"[;,]\s+(?:and(?:/or)?|or|but|et|ou)\Z", re.IGNORECASE)
_LONGEST_HEAD = 60  # letters of the head of a column
_MOST_MASTHEAD = 12  # pieces before the title
_INITIALS = lazily(r"\b[A-ZÀ-Þ]\.\s?[A-ZÀ-Þ]\.\Z")
_NAMED_WORDS = 10  # of a heading that ends with initials


def structured(pieces: list[Piece], *, is_wrapped: bool) -> Facts:
    """Give every piece its role; what the document says of itself."""
    if (front := judgments.front(pieces)) is not None:
        judgments.set_apart(pieces, front)
        _parts(pieces[front.pieces :], is_wrapped=is_wrapped)
        return Facts(front.title, symbol=front.symbol, date=front.date)
    head = _masthead(pieces)
    told = [line.text for piece in pieces[:head] for line in piece.lines]
    subject = next(filter(None, map(mastheads.subject_in, told)), "")  # a letter is called what it is about
    title = "" if subject else _title(pieces[head] if head < len(pieces) else None)
    symbol = next(filter(None, map(shapes.symbol_in, told)), None)
    date = next(filter(None, map(mastheads.dated, told)), None)
    if title and (below := issued(pieces[head + 1 :])):
        date = date or below
    _parts(pieces[head + bool(title) :], is_wrapped=is_wrapped)
    return Facts(subject or title, symbol=symbol, date=date)


def _parts(body: list[Piece], *, is_wrapped: bool) -> None:
    """The roles of what stands after masthead and title."""
    _told(body)
    believe(body)
    _contents(body)
    _headings(body)
    _named(body)
    articles(body)
    speakers(body)
    lists(body)
    _torn(body, is_wrapped=is_wrapped)


def title_in(text: str) -> str:
    """The title that a document's first paragraph is; none where it is prose, or tells where and when."""
    line = " ".join(text.split())
    if (
        len(line) > _TITLE_LIMIT
        or is_sentence(line)
        or is_dateline(line)
        or shapes.is_caption(line)
        or mastheads.is_masthead(line)
        or shapes.is_bullet(line)
        or shapes.is_contents_line(line)
        or shapes.is_contents_head(line)
    ):
        return ""
    return line


def is_sentence(line: str) -> bool:
    """Whether a line is rather a sentence than a title: it has a few words and ends, or leads on, as sentences do."""
    return shapes.ends_clause(line) and len(line.split()) >= 8  # "Report of the Committee." has fewer


def _masthead(pieces: Sequence[Piece]) -> int:
    """How many pieces stand before the title; they get their role."""
    told = next((place for place, piece in enumerate(pieces) if piece.lines[0].role is Role.TITLE), None)
    if told is not None:
        for piece in pieces[:told]:
            piece.role, piece.number, piece.level, piece.heading = Role.MASTHEAD, "", None, ""
        return told
    for place, piece in enumerate(pieces[:_MOST_MASTHEAD]):
        lines = [line.text for line in piece.lines]
        is_told = all(map(mastheads.is_masthead, lines)) or mastheads.is_masthead(piece.text)
        is_session = any(map(mastheads.is_session, lines)) and not any(map(shapes.ends_sentence, lines))
        if not (is_told or (is_session and place)):
            return place
        piece.role, piece.number, piece.level, piece.heading = Role.MASTHEAD, "", None, ""
    return min(len(pieces), _MOST_MASTHEAD)


def _title(piece: Piece | None) -> str:
    if piece is None or piece.role is not Role.TEXT:
        return piece.heading if piece is not None and piece.role is Role.HEADING else ""
    title = piece.text.strip("*_") if piece.lines[0].role is Role.TITLE else title_in(piece.text.strip("*_"))
    if subject := mastheads.subject_in(title):
        piece.heading = title = subject
    if title:
        piece.number = ""
    return title.rstrip("*† ")


def _told(pieces: Sequence[Piece]) -> None:
    """What the format tells, in whose own words a line may look like anything."""
    for piece in pieces:
        role = piece.lines[0].role
        if role is Role.HEADING:
            _head(piece)
        elif role in (Role.ROW, Role.CONTENTS, Role.MASTHEAD, Role.CAPTION, Role.FURNITURE):
            piece.role, piece.number, piece.level, piece.heading = role, "", None, ""
        if piece.role is Role.HEADING and shapes.is_lead_in(words := piece.text.strip("#*_ ")):
            piece.role, piece.number, piece.level, piece.heading = Role.TEXT, shapes.number_of(words), None, ""
    _heads_of_tables(pieces)


def _heads_of_tables(pieces: Sequence[Piece]) -> None:
    """The first row of a table leads the others, where it may hold the heads of columns; a later one so set anew."""
    head: Piece | None = None
    before: Piece | None = None
    for piece in pieces:
        if piece.lines[0].role is not Role.ROW:
            head = None
        elif head is None or (_is_head(piece) and before is not None and _is_set_anew(piece, head, before)):
            head = piece
        elif _is_head(head):
            piece.lead = head
        before = piece


def _is_head(piece: Piece) -> bool:
    cells = re.split(r"\s{3,}", piece.text)
    return not any(map(str.isdigit, piece.text)) and len(cells) > 1 and max(map(len, cells)) <= _LONGEST_HEAD


def _is_set_anew(piece: Piece, head: Piece, before: Piece) -> bool:
    """Whether a row is set as the heads of the table are, and the row before it is not."""
    sizes = [one.lines[0].size or 0 for one in (piece, head, before)]
    return piece.text == head.text or (abs(sizes[0] - sizes[1]) < 1 <= abs(sizes[0] - sizes[2]))


def _contents(pieces: Sequence[Piece]) -> None:
    """Lines with leaders are contents wherever they stand, other entries under their heading."""
    is_inside = False
    rest = Counter(_entry(piece.text) for piece in pieces)
    for piece in pieces:
        text = piece.text
        rest[_entry(text)] -= 1
        if piece.role is Role.TEXT and shapes.is_contents_line(text):
            piece.role, is_inside = Role.CONTENTS, True
        elif piece.role is Role.TEXT and shapes.is_contents_head(text):
            piece.role, piece.level, piece.heading, is_inside = Role.HEADING, 1, text, True
        elif (
            is_inside
            and piece.role is Role.TEXT
            and all(shapes.is_contents_entry(line.text) or rest[_entry(line.text)] > 0 for line in piece.lines)
        ):
            piece.role = Role.CONTENTS
        elif not (is_inside and mastheads.is_masthead(text)):
            is_inside = False
        if piece.role is Role.CONTENTS:
            piece.number = ""


def _entry(text: str) -> str:
    """A heading as its entry in the contents may name it."""
    return shapes.after_number(text.strip("#*_ ")).casefold()


def _headings(pieces: Sequence[Piece]) -> None:
    """By their own shape, or as a short line alone before a paragraph."""
    for place, piece in enumerate(pieces):
        if piece.role is not Role.TEXT or len(piece.lines) > 2:  # a heading wrapped once
            continue
        text = piece.text
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        if shapes.is_caption(text) and not shapes.ends_sentence(text):
            piece.role, piece.number = Role.CAPTION, ""
        elif shapes.is_columns(piece.lines[0].text):
            piece.role, piece.number = Role.ROW, ""
        elif after is not None and (
            shapes.is_heading(text)
            or _asks(piece, after, pieces[place - 1] if place else None)
            or (_heads(piece, after, pieces[max(0, place - 1) : place]) and not (place and _opens(pieces[place - 1])))
        ):
            _head(piece)


def _named(pieces: Sequence[Piece]) -> None:
    """Headings whose stop is that of initials, numbered as others are: "4.3 The death of Y. B." after "4.2 A visit"."""
    series = {_series(piece.heading) for piece in pieces if piece.role is Role.HEADING} - {""}
    for piece, after in pairwise(pieces):
        is_short = piece.role is Role.TEXT and len(piece.lines) == 1 and len(piece.text.split()) <= _NAMED_WORDS
        if is_short and _INITIALS.search(piece.text) and _series(piece.text) in series:
            is_whole = len(sentences(piece.text)) == 1 and _is_alone(piece, after) and _is_paragraph(after)
            if is_whole and shapes.may_be_heading(piece.text.rstrip(".")):
                _head(piece)


def _series(text: str) -> str:
    """What the number of a line begins with, up to its last dot: "4" of "4.3"; empty where it has none with dots."""
    return shapes.number_of(text).rpartition(".")[0]


def _head(piece: Piece) -> None:
    piece.role, piece.number, piece.level, piece.heading = Role.HEADING, "", 1, " ".join(piece.text.split()).strip("*_")


def _heads(piece: Piece, after: Piece, before: Sequence[Piece]) -> bool:
    """Whether a short line stands alone before a paragraph; at the top of a page it may be what goes on there."""
    if piece.broken and not all(shapes.ends_sentence(other.text) for other in before):
        return False
    is_line = len(piece.lines) == 1 and len(piece.text) > 3  # "UN"
    return (
        is_line and _is_alone(piece, after) and shapes.may_be_heading(piece.text.strip("*_")) and _is_paragraph(after)
    )


def _asks(piece: Piece, after: Piece, before: Piece | None) -> bool:
    """Whether a question alone on its line heads what answers it."""
    is_label = before is not None and (before.role is Role.SPEAKER or labels.is_label(before.text))
    return (
        not is_label
        and len(piece.lines) == 1
        and piece.text.endswith("?")
        and shapes.may_be_heading(piece.text.rstrip(" ?"))
        and _is_alone(piece, after)
        and _is_paragraph(after)
        and not after.text.endswith("?")
    )


def _is_alone(piece: Piece, after: Piece) -> bool:
    """Whether blank lines part a piece from what stands before and after it."""
    return bool(piece.lines[0].gap_before and after.lines[0].gap_before) and not after.broken


def _is_paragraph(piece: Piece) -> bool:
    """Whether a piece is prose that a heading may stand over."""
    text = piece.text
    return (
        piece.role is Role.TEXT
        and (shapes.ends_sentence(text) or shapes.is_heading(text) or (bool(piece.number) and len(text.split()) > 4))
        and not shapes.begins_small(shapes.after_number(text))
    )


def _torn(pieces: Sequence[Piece], *, is_wrapped: bool) -> None:
    """Which pieces begin, or end, inside a sentence whose other part is not there.

    A paragraph without a stop may be whole where each stands on one line, as in captions and lists; where lines are
    wrapped, or something tore the text after it, its sentence is taken for one that goes on.
    """
    flow = [piece for piece in pieces if piece.role not in (Role.NOTE, Role.RUNNING)]
    for place, piece in enumerate(flow):
        if piece.role not in (Role.TEXT, Role.ITEM):
            continue
        before = flow[place - 1] if place else None
        after = flow[place + 1] if place + 1 < len(flow) else None
        follows_torn = before is not None and before.role in (Role.TEXT, Role.ITEM) and before.torn[1]
        begins = (
            not piece.number
            and not shapes.is_bullet(piece.text)
            and (follows_torn or (shapes.begins_small(piece.text) and not (before is not None and _opens(before))))
        )
        # What begins within a sentence and does not end one ends within it too.
        is_middle = begins and piece.role is Role.TEXT and not shapes.ends_clause(piece.text)
        piece.torn = begins, is_middle or _ends_torn(piece, after, is_wrapped=is_wrapped)


def _opens(piece: Piece) -> bool:
    return re.search(r"[:;]\W*\Z", piece.text) is not None


def _ends_torn(piece: Piece, after: Piece | None, *, is_wrapped: bool) -> bool:
    text = piece.text
    last = shapes.bare(text)
    if last.endswith((".", "!", "?", "…", "。", ":", ";")) or re.search(r"https?://\S+\Z", text):
        return False
    if piece.role is Role.ITEM and _LINKED.search(last):  # "the charges payable; and"
        return False
    if shapes.ends_open(last) or last.endswith("-"):
        return True
    if piece.role is Role.ITEM:
        return False
    goes_on = after is not None and (after.broken or shapes.begins_small(after.text)) and not after.number
    is_prose = len(piece.lines) > 1 or len(text.split()) >= 8  # fewer may be a heading or a label
    return bool(goes_on) or (is_wrapped and is_prose and not last.endswith(","))
