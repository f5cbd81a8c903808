"""The tree of an XML part, built no deeper and no larger than it may be."""

from xml.etree.ElementTree import Element, TreeBuilder  # builds from what defusedxml has parsed

from corpus.document import UnreadableError


class Tree(TreeBuilder):
    """A builder that counts."""

    def __init__(self, most: int, deepest: int) -> None:
        super().__init__()
        self._left = most
        self._deepest = deepest
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """An element begins. Raises ``UnreadableError``."""
        self._depth += 1
        self._left -= 1
        if self._depth > self._deepest:
            raise UnreadableError("reading.deep_xml", most=self._deepest)
        if self._left < 0:
            raise UnreadableError("reading.too_many_elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        """An element ends."""
        self._depth -= 1
        return super().end(tag)
