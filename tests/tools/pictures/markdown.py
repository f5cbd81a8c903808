"""Discord's Markdown as HTML: the part of it that the bot writes, and what would show that more has slipped in.

Written from what the client does and not from ``bot.discord.markup``, so that a fault there can be seen. Every
character that comes in is escaped for HTML; only ``http`` and ``https`` become links.
"""

import re
from collections.abc import Callable, Iterator
from html import escape

_ANY = r"(?:\\.|[^\\])"  # a character, or one with its escape: no mark is taken that a backslash stands before
_INLINE: dict[str, str] = {
    "escape": r"\\(?P<escaped>[^0-9A-Za-z\s])",
    "code": r"(?P<ticks>`+)(?P<coded>.+?)(?<!`)(?P=ticks)(?!`)",
    "masked": r"\[(?P<mask>(?:\\.|[^\\\]])+)\]\((?P<behind>https?://[^\s)]+)\)",
    "enclosed": r"<(?P<within>https?://[^\s<>]+)>",
    "bare": r"https?://[^\s<]*[^\s<.,:;\"')\]]",
    "mention": r"<(?:@[!&]?|\#)\d+>|</[^<>:]+:\d+>|<t:-?\d+(?::[tTdDfFR])?>|<a?:\w+:\d+>|@everyone|@here",
    "spoiler": rf"\|\|(?P<covered>{_ANY}+?)\|\|",
    "bold": rf"\*\*(?P<strong>{_ANY}+?)\*\*(?!\*)",
    "underline": rf"__(?P<underlined>{_ANY}+?)__(?!_)",
    "italic": r"\*(?!\s)(?P<starred>(?:\\.|[^\\*])+?)(?<!\s)\*(?!\*)|_(?P<slanted>(?:\\.|[^\\_])+?)_(?![A-Za-z0-9_])",
    "struck": rf"~~(?P<gone>{_ANY}+?)~~",
}
_MARK = re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in _INLINE.items()), re.DOTALL)
_HEADING = re.compile(r" *(#{1,3})\s+(.+?)#*\s*")
_SMALL = re.compile(r" *-# +(\S.*)")
_ENTRY = re.compile(r"( *)([*+-]|\d+[.)]) +(.*)")
_BREAK = re.compile(r"\r\n?|\n")
_QUOTE = "> "
_FENCE = "```"


def html(markdown: str) -> str:
    """The HTML of one text display."""
    lines = _BREAK.split(markdown)
    blocks: list[str] = []
    plain: list[str] = []
    place = 0
    while place < len(lines):
        block, used = _block(lines[place:])
        if block:
            blocks += [*_paragraph(plain), block]
            plain.clear()
        else:
            plain.append(lines[place])
        place += used
    return "".join([*blocks, *_paragraph(plain)])


def _block(lines: list[str]) -> tuple[str, int]:
    """The block that begins with the first of the lines, empty where none does, and how many lines it takes."""
    first = lines[0]
    if first.startswith(_FENCE):
        end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
        if end is not None:
            return f"<pre>{escape(chr(10).join(lines[1:end]))}</pre>", end + 1
    if first.startswith(_QUOTE):
        size = next((number for number, line in enumerate(lines) if not line.startswith(_QUOTE)), len(lines))
        quoted = "\n".join(line.removeprefix(_QUOTE) for line in lines[:size])
        return f"<blockquote>{html(quoted)}</blockquote>", size
    if heading := _HEADING.fullmatch(first):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>", 1
    if small := _SMALL.fullmatch(first):
        return f"<small>{_inline(small[1])}</small>", 1
    if entry := _ENTRY.fullmatch(first):
        mark = "•" if entry[2] in "*+-" else entry[2]
        return f'<div class="entry"><span>{escape(mark)}</span><span>{_inline(entry[3])}</span></div>', 1
    return "", 1


def _paragraph(lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"<p>{_inline(chr(10).join(lines))}</p>"


def _inline(text: str) -> str:
    made: list[str] = []
    place = 0
    for found in _MARK.finditer(text):
        made += [escape(text[place : found.start()]), _WRITTEN[found.lastgroup or ""](found)]
        place = found.end()
    return "".join([*made, escape(text[place:])])


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{words}</a>'


# The last group to close is the outer one, which has the rule's name.
_WRITTEN: dict[str, Callable[[re.Match[str]], str]] = {
    "escape": lambda found: escape(found["escaped"]),
    "code": lambda found: f"<code>{escape(found['coded'])}</code>",
    "masked": lambda found: _link(found["behind"], _inline(found["mask"])),
    "enclosed": lambda found: _link(found["within"], escape(found["within"])),
    "bare": lambda found: _link(found[0], escape(found[0])),
    "mention": lambda found: f'<span class="mention">{escape(found[0])}</span>',
    "spoiler": lambda found: f'<span class="covered">{_inline(found["covered"])}</span>',
    "bold": lambda found: f"<b>{_inline(found['strong'])}</b>",
    "underline": lambda found: f"<u>{_inline(found['underlined'])}</u>",
    "italic": lambda found: f"<i>{_inline(found['starred'] or found['slanted'])}</i>",
    "struck": lambda found: f"<s>{_inline(found['gone'])}</s>",
}
