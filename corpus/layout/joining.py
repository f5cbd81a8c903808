"""Two lines to one: with one blank between them, or with none where a word was parted at the end of the line.

A hyphen at a line's end goes where the joined word stands elsewhere in the document, or is a common word, and the
word with the hyphen does not stand there. Any other hyphen stays: most are those of compounds ("cross-border").
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.text.frequent import known_words
from corpus.text.patterns import lazily

_SHORT = 2, 5  # letters of a rest; most words of that length are in the lists
_LONGEST = 60  # letters of a word
_LAST = lazily(r"([^\W\d_]+)[-\u2010\u00ad\u00ac]\Z")
_COMPOUND = lazily(r"\w[-\u2010]\Z")
_SUSPENDED = frozenset(["and", "or", "to", "et", "ou", "à"])
# The end of a word that is no word by itself: the second part of "govern-/ment", "reset-/tlement", "viola-/tions".
_ENDING = lazily(
    r"[bcdfghjklmnpqrstvwxzç]{0,3}(?:l?e?ments?|[iï]ons?|ions?nelle?s?|ional(?:ly)?|ing|ity|ities|ités?|ness|[ae]nces?"
    r"|[ai]bles?|ally|ively|ati(?:ve|ves|ons?)|ously|euse?s?|aires?)"
)
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
        if first and first[0] in _SUSPENDED and before[-1:] != "\u00ad":  # "short- / and long-term"
            return False, " "
        if not last or not first or not (first[0][0].islower() or (last[1] + first[0]).isupper()):
            is_compound = _COMPOUND.search(before) is not None and after[:1].isalnum()  # "South-/East", "2021-/2022"
            return False, "" if is_compound else " "
        if before[-1] == "\u00ad":
            return False, ""
        if before[-1] == "\u00ac":
            return True, ""
        whole = (last[1] + first[0]).casefold()
        parted = f"{last[1]}-{first[0]}".casefold()
        is_whole = whole in self._known() or _is_known(whole) or self._is_rest(last[1], first[0].casefold())
        return is_whole and parted not in self._known(), ""

    def _is_rest(self, first: str, second: str) -> bool:
        """Whether the second part of a parted word is none by itself: an ending, or short and in no list of words."""
        if second in known_words("en") or second in self._known():
            return False
        is_short = first.islower() and _SHORT[0] <= len(second) <= _SHORT[1] and not _is_known(second)
        return is_short or _ENDING.fullmatch(second) is not None

    def _known(self) -> frozenset[str]:
        """The words that stand on a line whole; a word at the end with a hyphen is none, nor is its rest."""
        if self._words is None:
            found: set[str] = set()
            is_rest = False  # of a word that the line before ends with
            for line in self._lines:
                words = [word[0].casefold() for word in _WORD.finditer(line)]
                is_parted = line.endswith(("-", "\u2010", "\u00ac"))
                found.update(words[int(is_rest) : len(words) - is_parted])
                is_rest = is_parted
            self._words = frozenset(found)
        return self._words


def _is_known(word: str) -> bool:
    return word in known_words("en") or word in known_words("fr")
