"""Plain text: lines as editors, mail programs and converters of PDFs write them.

The file does not say which lines make a paragraph, so ``corpus.layout`` has to.
"""

from corpus.document import MAX_BYTES, Document, decode
from corpus.layout import lines_of, read
from corpus.readers.tags import is_web_page


class PlainReader:
    """Text files."""

    suffixes = (".txt",)
    at_once = 64 * 1024
    most = MAX_BYTES
    times = 1

    def read(self, data: bytes) -> Document:
        """The document in ``data``; a form feed begins a page. Raises ``UnreadableError``."""
        text = decode(data)
        if is_web_page(text):
            from corpus.readers import webpage  # 5 ms: see ``tags``

            return webpage.read(text)
        return read(lines_of(text))
