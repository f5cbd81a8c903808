r"""What would a reader of Discord see? An independent account of its Markdown, to hold against ``bot.discord.markup``.

It follows what the desktop client does with escapes, and lists the constructs that would turn text into something
else. Written from the client's observed behaviour and not from the code under test.
"""

import re

_ESCAPE = re.compile(r"\\([^A-Za-z0-9\s])")
_HIDDEN = "\ue000"  # a private character in place of each escaped one: no construct begins or ends with it

CONSTRUCTS = {
    "emphasis": r"\*(?!\s)[^*]+\*|_[^_]+_(?![a-zA-Z0-9_])",
    "bold": r"\*\*.+?\*\*(?!\*)",
    "underline": r"__.+?__(?!_)",
    "strike-through": r"~~.+?~~",
    "spoiler": r"\|\|.+?\|\|",
    "code": r"`+.+?`+",
    "timestamp": r"<t:-?[0-9]+(?::[tTdDfFR])?>",
    "custom emoji": r"<a?:[a-zA-Z_0-9]+:[0-9]+>",
    "named emoji": r":[\w+-]+:",
    "user": r"<@!?[0-9]+>",
    "role": r"<@&[0-9]+>",
    "channel": r"<\#[0-9]+>",
    "command": r"</[^<>]+:[0-9]+>",
    "navigation": r"<id:[a-z]+>",
    "everyone": r"@everyone|@here",
    "bare link": r"(?:https?|steam|discord)://[^\s<]+",
    "enclosed link": r"<[^: >]+:/?[^ >]*>",
    "masked link": r"\[[^\]]*\]\([^)]*\)",
    "small print": r"^ *-\# +\S",
    "heading": r"^ *\#{1,6}\s+\S",
    "block quote": r"^ *>(?:>>)? ",
    "list": r"^\s*(?:[*+-]|\d+[.)]) +",
}
_ANY = re.compile(
    "|".join(f"(?P<g{number}>{rule})" for number, rule in enumerate(CONSTRUCTS.values())), re.MULTILINE | re.DOTALL
)


def constructs(markdown: str) -> list[str]:
    """The names of the constructs that Discord would find in a piece of Markdown."""
    lines = re.sub(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", _ESCAPE.sub(_HIDDEN, markdown))
    names = list(CONSTRUCTS)
    return [names[int(found.lastgroup[1:])] for found in _ANY.finditer(lines) if found.lastgroup]


def unescape(markdown: str) -> str:
    """The text that Discord shows for Markdown in which nothing but escapes means anything."""
    return _ESCAPE.sub(r"\1", markdown)


def unquote(markdown: str) -> str:
    """What stands in a block quote: the lines without their marks, nor those of small print."""
    assert all(line.startswith("> ") for line in re.split(r"\r\n|\n|\r", markdown))
    return re.sub(r"(^|\r\n|\n|\r)> (?:-# )?", r"\1", markdown)


def without_bold(markdown: str) -> str:
    """Markdown without the marks of bold words; escaped asterisks stay."""
    return re.sub(r"(\\.)|\*\*", lambda found: found[1] or "", markdown, flags=re.DOTALL)
