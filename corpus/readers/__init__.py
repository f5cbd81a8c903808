"""From bytes to blocks of text: one reader for each kind of file, chosen by its suffix.

A reader changes no character of the source beyond what ``corpus.document.decode`` says, and it never decides what is
ranked: that is the business of ``corpus.parsing.split``. Importing this package loads no reader and no parser: each is
loaded with the first file of its kind, since a start should be quick.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from corpus.document import Reader

_BY_SUFFIX = {
    ".txt": "plain.PlainReader",
    ".md": "markdown.MarkdownReader",
    ".markdown": "markdown.MarkdownReader",
    ".pdf": "pdf.PdfReader",
    ".html": "html.HtmlReader",
    ".htm": "html.HtmlReader",
    ".xhtml": "html.HtmlReader",
    ".docx": "office.DocxReader",
    ".odt": "office.OdtReader",
    ".rtf": "office.RtfReader",
}
SUFFIXES = tuple(_BY_SUFFIX)


@cache
def _reader(kind: str) -> Reader:
    module, name = kind.split(".")
    reader: Reader = getattr(import_module(f"{__name__}.{module}"), name)()
    return reader


class _Readers(Mapping[str, Reader]):
    """The reader of each suffix."""

    def __getitem__(self, suffix: str) -> Reader:
        return _reader(_BY_SUFFIX[suffix])

    def __iter__(self) -> Iterator[str]:
        return iter(_BY_SUFFIX)

    def __len__(self) -> int:
        return len(_BY_SUFFIX)


READERS: Mapping[str, Reader] = _Readers()
