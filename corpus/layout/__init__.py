"""Lines of a page to text and blocks: what plain text, converted PDFs and scans have in common.

Lines come in with the little that is known of them (``Line``); running heads and page numbers, footnotes and whatever
tears a sentence are set after the paragraph they stand in, and lines that read as one are joined with one blank. The
small judges of what a line is (``corpus.layout.shapes``) serve the other readers too.
"""

from corpus.layout.lines import Line, lines_of
from corpus.layout.reading import read

__all__ = ["Line", "lines_of", "read"]
