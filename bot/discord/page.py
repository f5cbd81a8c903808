"""What of a ``Reply`` fits into one Discord message, as Markdown. Knows Discord's limits, not discord.py.

Lengths are measured after escaping, which lengthens text. Where a reply is too long, whole trailing quotes are left
out first; then the first quote and the bot's own lines are shortened at the end of a sentence or a word, and a small
line says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.discord import markup
from bot.discord.limits import MESSAGE_TEXT
from bot.saying.brevity import Naming, named, told
from bot.saying.reply import Heading, Line, Note, Part, Paste, Quote, Reply, Subheading
from bot.saying.templates import Templates

LONGEST_PIECE = (
    900  # ours, in code units: a longer heading, note, footer or citation line is shortened, a longer link left out
)
CITATION = 56  # ours, in columns: two lines of a phone hold a citation line of these and its link
MOST_SPACED = 8  # ours: more lines than this stand close together
GAP = "\n\n"  # between parts that are put into one text display; a block quote ends there
SMALL = "-# "
HEADING = "### "
# A link that cannot end the mask it stands in: the characters of RFC 3986 less parentheses, brackets and the apostrophe
_MASKABLE = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]+")
_ENCLOSABLE = re.compile(r"https?://[^\s<>\\]+")
_RANK = {Note: 0, Heading: 1, Subheading: 1, Line: 2, Paste: 2}  # a content note must never be what has no room


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown for one text display. ``shows`` is what its block quote must read as; ``sensitive``: may be covered."""

    markdown: str
    shows: str | None = None
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The texts of one message, in order. ``cut_at`` says how many code points of the one shortened quote are shown."""

    texts: tuple[Text, ...]
    cut_at: int | None = None


@dataclass(slots=True)
class _Draft:
    """Parts drawn so far, by their place in the reply, and the code units left."""

    room: int
    texts: dict[int, Text] = field(default_factory=dict)
    left_out: int = 0
    lost_lines: bool = False
    cut: Quote | None = None

    @property
    def is_whole(self) -> bool:
        return not (self.left_out or self.lost_lines or self.cut)

    def put(self, place: int, text: Text) -> None:
        self.texts[place] = text
        self.room -= _cost(text.markdown)


def page(reply: Reply, templates: Templates, shortened: str = "discord.shortened") -> Page:
    """As much of ``reply`` as fits into one message.

    ``shortened`` is the template that says how to read the rest of a quote.
    """
    footer = [small(reply.footer)] if reply.footer else []
    room = MESSAGE_TEXT - sum(map(_cost, footer))
    draft = _draft(reply.parts, templates, _Draft(room), own_room=room)
    if not draft.is_whole:
        # The bot's own words must not crowd out what people came for.
        has_quotes = any(isinstance(part, Quote) for part in reply.parts)
        room -= _cost("\n".join(_notices(templates, _worst(reply.parts), shortened)))
        draft = _draft(reply.parts, templates, _Draft(room), own_room=room // 2 if has_quotes else room)
    texts = _spaced([draft.texts[place] for place in sorted(draft.texts)])
    below = "\n".join([*_notices(templates, draft, shortened), *footer])
    return Page((*texts, Text(below)) if below else texts, None if draft.cut is None else len(draft.cut.text))


def headed(markdown: str) -> str | None:
    """What the heading says that the text display ``markdown`` begins with; ``None`` where there is none, or not whole.

    It was made by ``page``, whose other texts may follow after a line break.
    """
    line = markdown.partition("\n")[0]
    text = line.removeprefix(HEADING)
    if text == line:
        text = line.removeprefix(markup.BOLD).removesuffix(markup.BOLD)
        if line != f"{markup.BOLD}{text}{markup.BOLD}":
            return None
    try:
        shown = markup.unescape(text)
    except ValueError:
        return None
    return None if shown.endswith(f" {markup.OMISSION}") else shown


def remarks(markdown: str) -> Iterator[str]:
    """What the small print says that stands in ``markdown`` between its heading and its first quote, line by line."""
    for line in markdown.splitlines()[1:]:
        if line.startswith("> "):
            return
        if line.startswith(SMALL):
            try:
                yield markup.unescape(line.removeprefix(SMALL))
            except ValueError:
                continue


def _draft(parts: Sequence[Part], templates: Templates, draft: _Draft, own_room: int) -> _Draft:
    """Draw the bot's own words into ``own_room``, then the quotes into what is left."""
    kept = draft.room - own_room
    own = ((_RANK[type(part)], place, part) for place, part in enumerate(parts) if not isinstance(part, Quote))
    for _, place, part in sorted(own, key=lambda entry: entry[:2]):
        if draft.lost_lines and isinstance(part, Line):
            break
        markdown, is_whole = _own(part, draft.room - kept, templates)
        draft.lost_lines |= not is_whole
        if markdown:
            draft.put(place, Text(markdown))
    quotes = _by_turns(parts)
    namings = [naming for _, naming in named(parts)]
    for count, (place, quote) in enumerate(quotes):
        text = _quote(quote, namings[place], templates)
        if _cost(text.markdown) > draft.room:
            draft.left_out = len(quotes) - count
            if count == 0 and (short := _shorter(quote, namings[place], draft.room, templates)):
                draft.put(place, _quote(short, namings[place], templates))
                draft.left_out, draft.cut = len(quotes) - 1, short
            break
        draft.put(place, text)
    return draft


def _by_turns(parts: Sequence[Part]) -> list[tuple[int, Quote]]:
    """The quotes by their places, the first under each heading before the second under any, further ones last."""
    found: list[tuple[bool, int, int, Quote]] = []
    turn = 0
    for place, part in enumerate(parts):
        if isinstance(part, Quote):
            found.append((part.further, turn, place, part))
            turn += 1
        elif isinstance(part, Subheading):
            turn = 0
    return [(place, quote) for *_, place, quote in sorted(found, key=lambda entry: entry[:3])]


def _own(part: Part, room: int, templates: Templates) -> tuple[str, bool]:
    """One of the bot's own parts in at most ``room`` code units, and whether nothing of it is missing."""
    if not part.text.strip():
        return "", True
    if isinstance(part, Paste):
        return _paste(part, room)
    if isinstance(part, Line):
        link = _link(part.url, templates)
        text, is_whole = _within(part.text, room - len(GAP) - markup.length(link))
        return (text + link, is_whole) if text else (text, is_whole)
    text, is_whole = _within(markup.one_line(part.text), min(room, LONGEST_PIECE) - len(GAP) - len("****"))
    if not text or isinstance(part, Note):
        return (SMALL + text if text else ""), is_whole
    # Discord takes number signs off the end of a heading, escaped or not.
    is_bold = isinstance(part, Subheading) or text.endswith("#")
    return (f"{markup.BOLD}{text}{markup.BOLD}" if is_bold else f"{HEADING}{text}"), is_whole


def _paste(paste: Paste, room: int) -> tuple[str, bool]:
    """What is to be copied as code, which shows every character as it is; whole or not at all."""
    is_code = markup.FENCE not in paste.text
    text = f"{markup.FENCE}\n{paste.text}\n{markup.FENCE}" if is_code else markup.escape(paste.text)
    markdown = f"{small(paste.label)}\n{text}" if paste.label else text
    return (markdown, True) if _cost(markdown) <= room else ("", False)


def _quote(quote: Quote, naming: Naming, templates: Templates) -> Text:
    """A block quote, under it its citation line with its link, and the key to look it up by."""
    before = quote.lead + (f"{markup.OMISSION} " if quote.cut_before else "")
    after = f" {markup.OMISSION}" if quote.cut_after else ""
    prefix = _prefix(quote)
    shown = "".join(markup.quoted(quote.text, quote.matches, prefix))
    block = f"{prefix}{markup.escape(before)}{shown}{markup.escape(after)}"
    return Text(f"{block}\n{_cited(quote, naming, templates)}", before + quote.text + after, quote.sensitive)


def _prefix(quote: Quote) -> str:
    return markup.prefix_of(f"{quote.lead}{quote.text}", small=quote.further)


def _cited(quote: Quote, naming: Naming, templates: Templates) -> str:
    """The small print under a quote. No key is ever shortened; where only the place is told, all is on one line."""
    line, _ = _within(markup.one_line(told(quote.source, naming, CITATION)), LONGEST_PIECE)
    key = markup.escape(f"[{markup.one_line(quote.key)}]")
    if naming is Naming.PLACE:
        return f"{SMALL}{line} {key}"
    return f"{SMALL}{line}{_link(quote.url, templates)}\n{SMALL}{key}"


def _shorter(quote: Quote, naming: Naming, room: int, templates: Templates) -> Quote | None:
    """The quote cut so that it fits, ``None`` where not even a word of it would."""
    quote = replace(quote, further=False)
    frame = _cost(_quote(replace(quote, text="", cut_after=True), naming, templates).markdown)
    # Room for one more mark of bold: the cut may fall into a match, which then has to be closed.
    pieces = markup.quoted(quote.text, quote.matches)
    size = markup.fitting(quote.text, pieces, room - frame - len(markup.BOLD))
    return replace(quote, text=quote.text[:size], cut_after=True) if size else None


def _within(text: str, room: int) -> tuple[str, bool]:
    """``text`` escaped into at most ``room`` code units, and whether all of it is there."""
    text = text[: max(0, room) + 1]  # one that goes on after that does not fit, and need not be escaped
    pieces = markup.escaped(text)
    if sum(map(markup.length, pieces)) <= room:
        return "".join(pieces), True
    omission = " " + markup.escape(markup.OMISSION)
    size = markup.fitting(text, pieces, room - len(omission))
    return ("".join(pieces[:size]) + omission if size else ""), False


def _link(url: str | None, templates: Templates) -> str:
    """A link after a line: masked where nothing in it could end the mask, else in pointed brackets, else as text."""
    if not url or markup.length(url) > LONGEST_PIECE:
        return ""
    if _MASKABLE.fullmatch(url):
        return f" · [{templates('discord.source')}]({url})"
    return f" · <{url}>" if _ENCLOSABLE.fullmatch(url) else f" · {markup.escape(markup.one_line(url))}"


def _notices(templates: Templates, draft: _Draft, shortened: str) -> Iterator[str]:
    """What a reader has to know of what did not fit."""
    if draft.left_out:
        yield small(templates("discord.left_out", n=draft.left_out))
    if draft.cut:
        yield small(templates(shortened, key=draft.cut.key))
    if draft.lost_lines:
        yield small(templates("discord.cut"))


def _worst(parts: Sequence[Part]) -> _Draft:
    """A draft whose notices are as long as they can become; only the first quote is ever cut."""
    quotes = [quote for _, quote in _by_turns(parts)]
    return _Draft(0, left_out=len(quotes) + 10, lost_lines=True, cut=next(iter(quotes), None))


def _spaced(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The texts as they are where there are few; else runs of the bot's own words become one text each."""
    if sum(text.shows is None for text in texts) <= MOST_SPACED:
        return tuple(texts)
    runs: list[Text] = []
    for text in texts:
        if runs and runs[-1].shows is None and text.shows is None:
            runs[-1] = Text(f"{runs[-1].markdown}\n{text.markdown}")
        else:
            runs.append(text)
    return tuple(runs)


def small(text: str) -> str:
    """``text`` as a line of small print, shortened where it is very long."""
    return SMALL + _within(markup.one_line(text), LONGEST_PIECE)[0]


def _cost(markdown: str) -> int:
    """The code units that a text takes, with the gap to the next."""
    return markup.length(markdown) + len(GAP)
