"""Files of word processors: an archive of XML, read by hand, since the libraries lose the numbers that Word computes."""

from corpus.readers.office.docx import DocxReader
from corpus.readers.office.odt import OdtReader

__all__ = ["DocxReader", "OdtReader"]
