"""Files of word processors, read by hand: the libraries lose the numbers that Word computes, and footnotes.

DOCX and ODT are archives of XML, RTF is text.
"""

from corpus.readers.office.docx import DocxReader
from corpus.readers.office.odt import OdtReader
from corpus.readers.office.rtf import RtfReader

__all__ = ["DocxReader", "OdtReader", "RtfReader"]
