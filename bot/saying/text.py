"""Text as people can see it: what a terminal would act on is shown as a sign, and how many columns the rest takes.

Never changes the words of a report. Knows nothing of replies, nor of bold and dim.
"""

import re
import unicodedata
from collections.abc import Iterator

from corpus.passage import Span

ELLIPSIS = "…"
# Everything that could move the cursor, change the screen, reverse the reading order or end a line: C0 and C1 controls,
# bidirectional embeddings, overrides and isolates (Unicode Standard Annex 9, section 2), line and paragraph separators;
# and lone surrogates, which no output can carry.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_CONTROL_PICTURES = 0x2400  # the block that shows C0 controls: ESC as ␛
# Letters of Europe and what stands between words: one column each, and nearly all that is ever drawn. Any other
# character costs an import.
_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u203a]*")
_LOOSE = " \t,;:–—-"  # what no shortened title should end with
_JOINING = "\u200d"  # with the marks and variation selectors, what belongs to the character before it


def visible(text: str) -> str:
    """``text`` with everything that a terminal would act on, but line breaks and tabs, as a sign that can be seen."""
    return _UNSAFE.sub(lambda found: _picture(found[0]), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04x}"


def columns(text: str) -> int:
    """The columns that a terminal needs for ``text``, made visible: two for a wide character, none for what joins the
    last; one for a tab, which is drawn as a space."""
    text = visible(text).replace("\t", " ")
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # 3 ms: hardly any reply in English pays them; wcwidth takes 14

    return cell_len(text)


def wrapped(line: str, width: int | None) -> Iterator[Span]:
    """Spans of ``line`` that fit ``width`` columns, broken at spaces; a longer word stands alone."""
    if width is None or columns(line) <= width:
        yield Span(0, len(line))
        return
    start = end = 0
    for word in re.finditer(r"[^ \t]+", line):
        if end > start and columns(line[start : word.end()]) > width:
            yield Span(start, end)
            start = word.start()
        end = word.end()
    yield Span(start, end)


def clipped(text: str, width: int) -> str:
    """``text`` where it fits ``width`` columns; else its beginning up to the end of a word, with an ellipsis.

    For titles and the like, never for what is quoted. A first word that is too long is cut between two characters.
    """
    if columns(text) <= width:
        return text
    room = max(1, width - len(ELLIPSIS))
    first = next(wrapped(text, room), Span(0, 0))
    kept = text[: first.end].rstrip(_LOOSE)
    while columns(kept) > room and len(kept) > 1:
        kept = _without_last(kept)
    return kept + ELLIPSIS


def _without_last(text: str) -> str:
    """``text`` without its last character and all that belongs to it."""
    end = len(text) - 1
    while end > 1 and (unicodedata.category(text[end])[0] == "M" or _JOINING in text[end - 1 : end + 1]):
        end -= 1
    return text[:end]
