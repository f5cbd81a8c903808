"""From bytes to blocks of text: one reader for each kind of file, chosen by its suffix.

A reader changes no character of the source beyond what ``document.decode`` says, and it never decides what is
ranked: that is the business of ``corpus.split``. Importing this package loads no parser.
"""

from corpus.readers.document import Reader
from corpus.readers.html import HtmlReader
from corpus.readers.markdown import MarkdownReader
from corpus.readers.office import DocxReader, OdtReader
from corpus.readers.plain import PlainReader

_ALL: tuple[Reader, ...] = (PlainReader(), MarkdownReader(), HtmlReader(), DocxReader(), OdtReader())
READERS = {suffix: reader for reader in _ALL for suffix in reader.suffixes}
SUFFIXES = tuple(READERS)
