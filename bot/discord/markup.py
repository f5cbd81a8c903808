r"""Text as Discord Markdown that shows it exactly as written, and back again. Knows Discord's grammar, not discord.py.

Discord shows ``\x`` as ``x`` wherever ``x`` is neither letter, digit nor white space, so every character that could
mean something is escaped and nothing is ever inserted that a reader would copy along.
``discord.utils.escape_markdown`` is not used: it leaves mentions, timestamps and emoji alone, and ``escape_mentions``
puts an invisible character into a quotation.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from corpus.passage import Span

OMISSION = "[…]"
QUOTE_PREFIX = "> "
SMALL_PREFIX = QUOTE_PREFIX + "-# "
BOLD = "**"
FENCE = "```"

_MEANING_ANYWHERE = frozenset(
    "\\`*_~|"  # escapes, code, emphasis, strike-through, spoilers
    "<"  # mentions, timestamps, custom emoji, slash commands, <links>
    "[]"  # masked links
    ":"  # :emoji: and the scheme of bare links, within which nothing could be escaped
    "@#"  # @everyone and @here, headings
)
_MEANING_AT_START = frozenset(">+-")  # block quotes, lists, -# small print
_NUMBERED = re.compile(r"\d+(?=[.)])")  # "1." starts a list
# A superset of what any client could take for the end of a line; more escapes than needed do no harm.
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_QUOTED_BREAKS = frozenset("\n\r")  # after these a block quote needs its prefix again
_FOLDED = re.compile(r"[^\S\u00a0\u202f]+")
_LOOSE = re.compile(r"^(?:\s|$)|[\n\r](?:\s|$)")  # a line that begins with white space, or is empty
_WIDE = re.compile(r"[\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_SENTENCE_END = re.compile(r"[.!?…。!?؟۔][\"'”’»)\]]*(?=\s)|[。!?]")
_LONGEST_WORD = 100  # code points; what is longer than that is no word, and may be left out whole


def length(text: str) -> int:
    """The length that counts against Discord's limits, in UTF-16 code units.

    Discord does not say what its characters are; code units are never fewer than code points, so this errs on the
    safe side.
    """
    return len(text) + sum(character > "\uffff" for character in text)


def one_line(text: str) -> str:
    """``text`` with white space folded, since a line break would end a heading or small print; never words of a report.

    Blanks at which no line ends stay: French has them before signs.
    """
    return _FOLDED.sub(" ", text).strip()


def escape(text: str) -> str:
    """Markdown that shows ``text`` as written."""
    return "".join(escaped(text))


def escaped(text: str) -> list[str]:
    """The same piece by piece: one string for each code point of ``text``."""
    pieces = ["\\" + character if character in _MEANING_ANYWHERE else character for character in text]
    for place in _line_starts(text):
        if numbered := _NUMBERED.match(text, place):
            pieces[numbered.end()] = "\\" + text[numbered.end()]
        elif text[place] in _MEANING_AT_START:
            pieces[place] = "\\" + text[place]
    return pieces


def unescape(markdown: str) -> str:
    """The text that ``escape`` made ``markdown`` of. Raises ``ValueError`` where it has made no such thing."""
    pieces = iter(markdown)
    text = "".join(next(pieces, "") if character == "\\" else character for character in pieces)
    if escape(text) != markdown:
        raise ValueError("this was not made by escaping")
    return text


def prefix_of(text: str, *, small: bool = False) -> str:
    """What begins each line of ``text`` as a block quote; in small print where that is asked for and shows it whole.

    Discord takes the white space off the beginning of small print, and shows the mark of an empty line.
    """
    return SMALL_PREFIX if small and not _LOOSE.search(text) else QUOTE_PREFIX


def quoted(text: str, matches: Iterable[Span] = (), prefix: str = QUOTE_PREFIX) -> list[str]:
    """``text`` as a block quote with ``matches`` in bold, one string for each code point.

    Put ``prefix``, as ``prefix_of`` gives it, before the joined pieces. A match is clipped to ``text``; one that holds
    a line break or is blank at an end is not drawn bold, since Discord would show the asterisks.
    """
    pieces = escaped(text)
    for start, end in _merged(matches, len(text)):
        word = text[start:end]
        if word == word.strip() and not any(character in _BREAKS for character in word):
            pieces[start] = BOLD + pieces[start]
            pieces[end - 1] += BOLD
    for place, character in enumerate(text):
        is_pair = text[place : place + 2] == "\r\n"  # the second of the two carries the prefix
        if character in _QUOTED_BREAKS and not is_pair:
            pieces[place] += prefix
    return pieces


def read_back(block: str) -> str:
    """The text that a block quote made with ``quoted`` shows: what the check after rendering compares with the report.

    Raises ``ValueError`` where the block holds markup that ``quoted`` does not write.
    """
    prefix = SMALL_PREFIX if block.startswith(SMALL_PREFIX) else QUOTE_PREFIX
    if not block.startswith(prefix):
        raise ValueError("no block quote")
    shown: list[str] = []
    bold = False
    place = len(prefix)
    while place < len(block):
        character = block[place]
        if character == "\\":
            shown.append(block[place + 1])  # an escape at the very end raises IndexError, which is loud enough
            place += 2
        elif block.startswith(BOLD, place):
            bold = not bold
            place += len(BOLD)
        elif character in _MEANING_ANYWHERE:
            raise ValueError(f"bare {character!r} at {place}")
        else:
            shown.append(character)
            place += 1
            if character in _QUOTED_BREAKS and block[place - 1 : place + 1] != "\r\n":
                if not block.startswith(prefix, place):
                    raise ValueError(f"a line outside the quote at {place}")
                place += len(prefix)
    if bold:
        raise ValueError("bold without end")
    return "".join(shown)


def fitting(text: str, pieces: Sequence[str], budget: int) -> int:
    """How many code points of ``text`` to show so that their ``pieces`` take at most ``budget`` code units.

    All of them where they fit; else up to the last sentence end in the second half of what would fit, else the last
    word end, else none. White space before the cut is left out.
    """
    room = 0
    for piece in pieces:
        budget -= length(piece)
        if budget < 0:
            break
        room += 1
    if room == len(text):
        return room
    for end in reversed([found.end() for found in _SENTENCE_END.finditer(text, 0, room + 1) if found.end() <= room]):
        if end * 2 >= room:
            return end
        break
    for end in range(room, max(0, room - _LONGEST_WORD), -1):
        if text[end].isspace() or (_WIDE.match(text[end]) and not unicodedata.combining(text[end])):
            return len(text[:end].rstrip())
    return 0


def _line_starts(text: str) -> Iterator[int]:
    """Where the first character of each line stands that is not white space."""
    fresh = True
    for place, character in enumerate(text):
        if character in _BREAKS:
            fresh = True
        elif fresh and not character.isspace():
            fresh = False
            yield place


def _merged(spans: Iterable[Span], size: int) -> list[Span]:
    """The spans in order, clipped, those that touch or overlap made one: bold next to bold would not close."""
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start), min(size, span.end)
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged
