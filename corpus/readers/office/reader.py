"""What the readers of office files have in common: an archive, a process of its own, a depth that ends."""

from corpus.document import Document, UnreadableError
from corpus.readers.office.package import MOST, Package


class OfficeReader:
    """Files of one office format, in a process of their own."""

    suffixes: tuple[str, ...]
    at_once = 0
    most = MOST
    times = 3  # it is packed

    def read(self, data: bytes) -> Document:
        """The document in ``data``. Raises ``UnreadableError``."""
        try:
            return self.document(Package(data, self.suffixes[0].removeprefix(".").upper()))
        except RecursionError:
            raise UnreadableError("reading.too_deep") from None

    def document(self, package: Package) -> Document:
        """The document in an opened archive. Raises ``UnreadableError``."""
        raise NotImplementedError
