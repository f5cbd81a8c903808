"""Files of word processors: archives of XML, read by hand: the libraries lose the numbers that Word computes."""

from corpus.readers.office.docx import DocxReader
from corpus.readers.office.odt import OdtReader

__all__ = ["DocxReader", "OdtReader"]
