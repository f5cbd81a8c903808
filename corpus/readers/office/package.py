"""The archive of XML that an office file is, opened within limits: bombs, endless nesting and entities are refused."""

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from corpus.document import UnreadableError
from corpus.files.opening import shown_size

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

# A report with pictures has 1 to 30 MB, its XML a tenth of that and 20 to 200 parts.
MOST = 64 * 1024 * 1024
MOST_PARTS = 4_000
MOST_XML = 64 * 1024 * 1024  # of all parts that are read, unpacked
MOST_ELEMENTS = 2_000_000
DEEPEST = 200

_OLE = b"\xd0\xcf\x11\xe0"


class Package:
    """The parts of an office file. Raises ``UnreadableError`` for whatever is no such file or too much of one."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        if data.startswith(_OLE):
            raise UnreadableError("reading.protected_or_old", kind=kind)
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableError("reading.not_of_its_kind", kind=kind) from None
        if len(self._zip.namelist()) > MOST_PARTS:
            raise UnreadableError("reading.too_many_parts", most=f"{MOST_PARTS:,}", kind=kind)
        self.names = frozenset(self._zip.namelist())
        self._left = MOST_XML

    def xml(self, name: str) -> "Element | None":
        """The root of a part; none where there is no such part."""
        if name not in self.names:
            return None
        return _parsed(self._part(name), self._kind)

    def _part(self, name: str) -> bytes:
        """The bytes of a part, whatever the archive says of their number."""
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
            raise UnreadableError("reading.damaged_part", part=name, kind=self._kind) from None
        except RuntimeError:  # zipfile's word for a password
            raise UnreadableError("reading.protected") from None
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableError("reading.too_much_text", size=shown_size(MOST_XML))
        return data


def _parsed(data: bytes, kind: str) -> "Element":
    from defusedxml.common import DefusedXmlException  # 5 ms: defusedxml, for the first office file
    from defusedxml.ElementTree import ParseError, XMLParser

    from corpus.readers.office.tree import Tree

    parser = XMLParser(target=Tree(MOST_ELEMENTS, DEEPEST), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, DefusedXmlException):
            raise UnreadableError("reading.entities") from None
        raise UnreadableError("reading.damaged_xml", kind=kind) from None
    return root


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: "Element | None", name: str) -> str:
    """An attribute whatever its namespace; empty without one."""
    if element is None:
        return ""
    if name in element.attrib:
        return element.attrib[name]
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def child(element: "Element | None", *path: str) -> "Element | None":
    """The first child of that name, and its child, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found.tag) == name), None)
    return element


def is_on(element: "Element | None") -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and not off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def number(text: str, default: int = 0) -> int:
    """A small whole number; ``default`` where it is none."""
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
