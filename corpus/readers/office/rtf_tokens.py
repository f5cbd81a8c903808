"""RTF: bytes to what they say, one by one, within limits; and the code pages of its letters.

The format is Microsoft's, "Rich Text Format (RTF) Specification, version 1.9.1".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.document import UnreadableError

DEEPEST = 200  # groups in groups; Word writes some twenty
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n\x00]+|([^\\{}\r\n\x00]+)"
)
# Specification, "Font table": \fcharset to a code page.
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
}


class Token(NamedTuple):
    """One thing that a file says: a control ``word`` with its ``number``, a brace, a byte in hexadecimal, or ``text``.

    A sign after a backslash is a ``word`` as well.
    """

    word: str = ""
    number: int | None = None
    brace: str = ""
    byte: int | None = None
    text: str = ""


def tokens(data: bytes) -> Iterator[Token]:
    """What a file says. Raises ``UnreadableError`` where it is no RTF, or nested too deep."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("reading.no_rtf")
    source = data.decode("latin-1")
    at = depth = 0
    while found := _TOKEN.match(source, at):
        at = found.end()
        word, number, byte, sign, brace, text = found.groups()
        if word == "bin":  # so many bytes are no text, whatever they look like
            at += max(0, int(number or 0))
            continue
        if brace:
            depth += 1 if brace == "{" else -1
            if depth > DEEPEST:
                raise UnreadableError("reading.deep_groups", most=DEEPEST)
        if word or byte or sign or brace or text:
            told = int(number) if number else None
            yield Token(
                word=word or sign or "",
                number=told,
                brace=brace or "",
                byte=int(byte, 16) if byte else None,
                text=text or "",
            )
        if depth == 0 and brace:  # what stands after the end of the document is none of it
            return


def code_page(number: int | None) -> str:
    """The encoding that a code page names; that of Windows where there is no such."""
    name = f"cp{number}"
    return name if _is_known(name) else "cp1252"


def charset(number: int | None, otherwise: str) -> str:
    """The encoding of a font's letters."""
    return _CHARSETS.get(number if number is not None else -1, otherwise)


def _is_known(name: str) -> bool:
    try:
        "".encode(name)
    except LookupError:
        return False
    return True
