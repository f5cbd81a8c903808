"""The rows of a table in RTF: cells as they end, and which rows are heads."""

from corpus.layout.paragraphs import Piece
from corpus.readers.marked import paragraphs, table
from corpus.readers.words import Words


class Rows:
    """The rows of one table so far."""

    def __init__(self) -> None:
        self._rows: list[list[Words]] = []
        self._cells: list[Words] = []
        self._heads = 0
        self._is_head = False

    def cell(self, words: Words) -> None:
        """A cell ends."""
        self._cells.append(words)

    def head(self) -> None:
        """The row is printed on every page."""
        self._is_head = True

    def row(self) -> None:
        """A row ends."""
        if self._cells:
            self._heads += self._is_head and self._heads == len(self._rows)
            self._rows.append(self._cells)
        self._cells, self._is_head = [], False

    def pieces(self) -> list[Piece]:
        """The rows; the paragraphs of a table that only sets the page."""
        self.row()
        filled = [[words for words in row if words.text()] for row in self._rows]
        if all(len(row) < 2 for row in filled):
            return [piece for row in filled for words in row for piece in paragraphs(words)]
        return table(
            [[words.text() for words in row] for row in self._rows], is_headed=0 < self._heads < len(self._rows)
        )
