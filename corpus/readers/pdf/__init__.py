"""PDF files: what is printed on their pages, read as a person reads it.

``glyphs`` tells what is printed where, ``columns`` in what order it is read, ``rows`` makes lines of it and ``tables``
rows of tables, ``setting`` tells paragraphs, notes and running heads by their place, ``front`` what the first page says
of the document; the rest is ``corpus.layout``'s, as for text. Characters are those of the file, but ligatures are
written out ("fi" for "ﬁ") and digits that are printed raised are raised digits ("¹²" for "12"), so that a quote reads
as the page does.
"""

from contextlib import closing
from dataclasses import replace

from corpus.document import Document
from corpus.layout import read
from corpus.readers.pdf import front
from corpus.readers.pdf.opening import opened, pages_of, told
from corpus.readers.pdf.setting import lines


class PdfReader:
    """PDF files, always in a process of their own: pypdfium2 is C++ and reads whatever a file makes it read."""

    suffixes = (".pdf",)
    at_once = 0
    # Reports with pictures have 1 to 30 MB; their text is a hundredth of that, and is limited on its own.
    most = 64 * 1024 * 1024
    times = 4  # a page of 4,000 letters takes 20 ms, of which a MiB may hold hundreds

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        with closing(opened(data)) as pdf:
            pages, pictures = pages_of(pdf)
            facts = told(pdf)
        found = front.with_facts(read(front.marked(list(lines(pages)))), facts)
        return replace(found, pictures=pictures)
