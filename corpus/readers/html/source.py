"""The bytes of a page to its tree: the encoding is the page's own."""

import codecs
import re

from lxml import etree, html

from corpus.document import UnreadableError

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]{0,100}encoding=["']([\w-]+)""", re.IGNORECASE
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What browsers take these for (WHATWG, Encoding Standard).
_MEANT = {"iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "gb2312": "gbk"}
_XML_HEAD = re.compile(r"\s*<\?xml[^>]*\?>")


def parsed(data: bytes) -> html.HtmlElement:
    """The tree of a page. Raises ``UnreadableError``."""
    text = _XML_HEAD.sub("", decoded(data).replace("\x00", ""), count=1)
    if not text.strip():
        raise UnreadableError("reading.empty")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableError("reading.wordless_page") from None
    return page


def decoded(data: bytes) -> str:
    """The text of a page: by its mark, as UTF-8 where it is that, by what it declares, else as Windows writes."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:4096])
    declared = (found[1] or found[2]).decode("ascii", "replace").lower() if found else "cp1252"
    try:
        return data.decode(_MEANT.get(declared, declared), "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
