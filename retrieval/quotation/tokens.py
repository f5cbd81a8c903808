"""A text as what of it counts in a quotation: words, numbers and signs, each with its place.

Dropped are quotation marks, dashes, white space, Markdown's marks and what shows nothing; case, ligatures and the
forms of an apostrophe are made one; so is a word's first letter with its accent, which capitals are often written
without, and without it. A number is one token with its sign, its separators and its decimals.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_APOSTROPHES = frozenset("'’‘‛ʼʹ′＇´")
_MARKS = frozenset('"“”„‟«»‹›″〝〞＂「」『』')
_DASHES = frozenset("−⁃")  # besides those of the category Pd
_MARKDOWN = frozenset("*_~`|")
_SHAPING = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f\u180b-\u180f]")  # shows nothing, and is no Cf
_APART = "\ue000"  # of private use: parts a raised digit or a fraction from what it stands after
_SINGLE = "\u3040-\u30ff\u3400-\u9fff"  # Han and kana characters are words by themselves
_LETTER = rf"[^\W_{_SINGLE}\ue000]"
_LETTERS = rf"(?:{_LETTER}[\u0300-\u036f]*)"
_TOKEN = re.compile(
    r"(?P<number>(?:(?<![^\s(\[\"'*])-)?(?:\d{1,3}(?: \d{3})+(?:[.,]\d+)*(?!\d)|\d+(?:[.,']\d+)*)"
    rf"(?:(?<! ){_LETTERS}+)?)"
    rf"|(?P<elided>{_LETTERS}{{1,2}})'(?={_LETTERS}{_LETTERS})"
    rf"|(?P<word>[{_SINGLE}]|{_LETTERS}+(?:'{_LETTERS}+)*)"
    rf"|(?P<ellipsis>\.{{2,}}|…)"
    rf"|(?P<sign>[^\s{_APART}\"'*-])"
)
_CHANGED = re.compile(rf"\[{_LETTERS}\](?={_LETTER})")
_ACCENT = re.compile(r"(?<=^\w)[\u0300-\u036f]+(?=\w)")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.])\d{1,3}(?:'\d{3})+(?![\d'])")
_ELIDED = 2  # letters of an elided word at most
_CACHED = 4_096  # characters

END_SIGNS = frozenset(".,;:!?…")  # the last of a quotation is not compared
STOPS = frozenset(".!?…")  # after which a sentence may end


class Token(NamedTuple):
    """One word, number or sign: its canonical ``text``, and its code points ``[start, end)``."""

    text: str
    start: int
    end: int
    is_word: bool

    @property
    def is_number(self) -> bool:
        """Whether it is or begins with a number."""
        return self.text[:1].isdigit() or self.text[:2].lstrip("-")[:1].isdigit()


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``, in order."""
    shaped, origins = _canonical(text)
    if "[" in shaped:
        shaped, origins = _without_changed_letters(shaped, origins)
    found = []
    for match in _TOKEN.finditer(shaped):
        group = match.lastgroup or ""
        start, end = match.span(group)
        if group == "sign" or group == "ellipsis":
            found.append(
                Token("…" if group == "ellipsis" else match[group], origins[start], origins[end - 1] + 1, False)
            )
        else:
            word = match[group].replace(" ", "") if group == "number" else _ACCENT.sub("", match[group])
            found.append(Token(word, origins[start], origins[end - 1] + 1, True))
    return found


def compared(text: str) -> list[Token]:
    """The tokens of ``text``, its numbers without what parts their thousands: "1,460" is "1460"."""
    return [one._replace(text=_THOUSANDS.sub(_joined, one.text)) if one.is_number else one for one in tokens(text)]


def _joined(thousands: re.Match[str]) -> str:
    return thousands.group().replace(",", "").replace("'", "")


def written_end(text: str, token: Token) -> int:
    """Where a token ends in ``text`` as it is written: an elided word with its apostrophe, "n’"."""
    is_elided = token.is_word and token.end - token.start <= _ELIDED and text[token.end + 1 : token.end + 2].isalpha()
    return token.end + (is_elided and text[token.end : token.end + 1] in _APOSTROPHES)


def trimmed(found: Sequence[Token]) -> list[Token]:
    """Tokens without the signs at their end that are not compared, and those that stand alone at the beginning."""
    first, last = 0, len(found)
    while last > first and found[last - 1].text in END_SIGNS:
        last -= 1
    while first < last and found[first].text in END_SIGNS:
        first += 1
    return list(found[first:last])


def _canonical(text: str) -> tuple[str, Sequence[int]]:
    """``text`` with each character as it is compared, and for each of the result the place of its origin."""
    if text.isascii() and not _CONTROL.search(text):
        return text.lower().translate(_ASCII), range(len(text))
    shapes = list(map(_shape, text))
    origins = [place for place, shape in enumerate(shapes) for _ in shape]
    return "".join(shapes), origins


def _without_changed_letters(shaped: str, origins: Sequence[int]) -> tuple[str, Sequence[int]]:
    """The same without the brackets around the first letter of a word whose case was changed: "[W]itnesses"."""
    out = {place for found in _CHANGED.finditer(shaped) for place in (found.start(), found.end() - 1)}
    kept = [place for place in range(len(shaped)) if place not in out]
    return "".join(shaped[place] for place in kept), [origins[place] for place in kept]


_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ASCII = str.maketrans("_~`|", "****")


@lru_cache(_CACHED)
def _shape(character: str) -> str:
    """What a character is compared as: nothing, itself, or several."""
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if character in _APOSTROPHES:
        return "'"
    if character in _MARKS:
        return '"'
    if character in _MARKDOWN:
        return "*"
    if category == "Pd" or character in _DASHES:
        return "-"
    if category == "Cf" or _SHAPING.match(character):
        return ""
    if category[0] == "C":
        return " "
    if category == "No":
        return f"{_APART}{character}{_APART}"
    if character == "…":
        return character
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_shape(c) if c != character and c.isspace() else c for c in plain)
