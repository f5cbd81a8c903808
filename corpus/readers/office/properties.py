"""What the properties of an office file say: the words of the document know better, but may be silent."""

import re
from typing import TYPE_CHECKING

from corpus.document import Facts
from corpus.readers.office.package import child

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # the type alone, nothing is parsed with it

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_NAMED_BY_PROGRAM = re.compile(
    r"(?:microsoft )?word\b|untitled|document\d*\Z|.*\.(?:docx?|odt|rtf|dotx?)\Z", re.IGNORECASE
)


def properties(root: "Element | None") -> Facts:
    """Title, publisher, date and language in the Dublin Core elements of a file's properties.

    Who typed it is nobody's business. The dates are those of the file, years away from that of the report: of ten
    judgments and four UN documents one was right within a week.
    """
    meta = child(root, "meta") if child(root, "meta") is not None else root
    title = _text(meta, "title")
    return Facts(
        title=title_told(title),
        publisher=_text(meta, "publisher") or None,
        language=language if _LANGUAGE.fullmatch(language := _text(meta, "language")) else None,
    )


def title_told(title: str) -> str:
    """A title that somebody gave a file; empty where a program did."""
    title = " ".join(title.split())
    return "" if _NAMED_BY_PROGRAM.match(title) or "_" in title or " " not in title else title


def _text(root: "Element | None", name: str) -> str:
    found = child(root, name)
    return " ".join((found.text or "").split()) if found is not None else ""
