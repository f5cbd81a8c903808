"""Web pages: their main text, without navigation, banners, "Related" and scripts.

``source`` decodes and parses a page, ``main`` tells which part of it is its text (readability-lxml) by what ``names``
say, ``walk`` makes paragraphs of that, ``visitors`` knows what speaks to whoever visits the page, ``surroundings``
lists what is kept out, ``footnotes`` knows what calls a note and what is one, ``meta`` what the page says of itself.
"""

from dataclasses import replace
from importlib.util import find_spec

from corpus.document import Document, Facts, Role, UnreadableError
from corpus.layout import lines_of, read
from corpus.layout.paragraphs import Piece
from corpus.readers.marked import marked, merged, paragraph
from corpus.readers.words import Words

_MOST_BEFORE = 8  # paragraphs that stand before a title


def is_there() -> bool:
    """Whether the library is installed that tells a page's text from the rest."""
    return find_spec("readability") is not None


class HtmlReader:
    """Saved web pages, in a process of their own."""

    suffixes = (".html", ".htm", ".xhtml")
    at_once = 0
    # A page with pictures in it has some MB; the parser takes eight times the size in memory.
    most = 16 * 1024 * 1024
    times = 3  # its tree is gone through by the library and again here

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        if not is_there():
            raise UnreadableError("reading.html_extra")
        # They take 0.3 seconds to import, and few folders hold web pages.
        from corpus.readers.html.main import main_of, preformatted  # 44 ms: lxml, an extra; few folders hold web pages
        from corpus.readers.html.meta import facts_of, heading_of
        from corpus.readers.html.source import parsed
        from corpus.readers.html.surroundings import kept_out, leads, outside
        from corpus.readers.html.walk import Walk

        try:
            page = parsed(data)
            heading = heading_of(page)
            main = main_of(page)
            facts = facts_of(page, heading)
            if text := preformatted(main):
                return _read_as_text(text, facts)
            walk = Walk(page, main, leads(page, heading, main.root))
            pieces = walk.pieces()
            around = kept_out([*outside(page, main.root), *walk.left_out], walk.told)
        except RecursionError:
            raise UnreadableError("reading.too_deep") from None
        if not pieces:
            raise UnreadableError("reading.wordless_page")
        return marked(_titled(pieces, facts.title, heading), walk.notes, [], facts, kept_out=around)


def _read_as_text(text: str, facts: Facts) -> Document:
    """What a page shows as it was typed: the lines of it say what its parts are, as those of a text file do."""
    document = read(lines_of(text.strip()))
    return replace(document, facts=merged(facts, document.facts))


def _titled(pieces: list[Piece], title: str, heading: str) -> list[Piece]:
    """The paragraphs with the page's title before them, where it stands outside of its text."""
    from corpus.readers.html.walk import plain  # 37 ms: lxml, an extra

    for piece in pieces[:_MOST_BEFORE]:
        if plain(piece.text) == plain(title):
            piece.role, piece.level, piece.heading, piece.number = Role.TITLE, None, "", ""
            return pieces
    if heading and plain(heading) == plain(title):
        words = Words()
        words.add(heading)
        first = paragraph(words, Role.TITLE)
        return [first, *pieces] if first is not None else pieces
    return pieces
