"""Two lines to one: with one blank between them, or with none where a word was parted at the end of the line.

A hyphen at a line's end goes where the joined word stands elsewhere in the document, or is a common word, and the
word with the hyphen does not stand there. Any other hyphen stays: most are those of compounds ("cross-border").
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.frequent import known_words
from corpus.patterns import lazily

_LONGEST = 60  # letters of a word
_LAST = lazily(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_FIRST = lazily(r"[^\W\d_]+")
_WORD = lazily(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


class Joiner:
    """Joins the lines of one document, whose words it knows."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)
        self._words: frozenset[str] | None = None

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one."""
        parts = [lines[0]]
        for before, after in pairwise(lines):
            cut, between = self._between(before, after)
            if cut:
                parts[-1] = parts[-1][:-1]
            parts += [between, after]
        return "".join(parts)

    def _between(self, before: str, after: str) -> tuple[bool, str]:
        """Whether a hyphen goes, and what comes between two lines."""
        last, first = _LAST.search(before[-_LONGEST:]), _FIRST.match(after)
        if not last or not first or not first[0][0].islower():
            return False, " "
        if before[-1] == "\u00ad":
            return False, ""
        whole = (last[1] + first[0]).casefold()
        parted = f"{last[1]}-{first[0]}".casefold()
        return parted not in self._known() and (whole in self._known() or whole in known_words("en")), ""

    def _known(self) -> frozenset[str]:
        """The words that stand on a line whole; a word at the end with a hyphen is none."""
        if self._words is None:
            found: set[str] = set()
            for line in self._lines:
                words = [word[0].casefold() for word in _WORD.finditer(line)]
                found.update(words[:-1] if line.endswith(("-", "\u2010")) else words)
            self._words = frozenset(found)
        return self._words
