"""Words as a marked-up file has them, to words as they are shown: white space, raised digits, calls, ends of lines."""

import re

from corpus.layout import shapes
from corpus.passage import Span

BULLET = "•"
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_RAISED = str.maketrans("0123456789ivxlc", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣˡᶜ")
_POWER = re.compile(r"(?:\d|\b[^\W\d_]{1,2})\Z")  # "m²", "10⁶"
_NUMBER = re.compile(r"\d+|[ivxlc]+")
_SHORT = 12  # words of a line that may be a title or a label


class Words:
    """Words as they come, one blank between them, and which of them call a footnote."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.ends_blank = True
        self.marks: list[Span] = []
        self.breaks: list[int] = []

    def add(self, words: str) -> None:
        """More of the text; white space of any kind and length is one blank."""
        found = _SPACE.sub(" ", words)
        if self.ends_blank:
            found = found.removeprefix(" ")
        if found:
            self.parts.append(found)
            self.length += len(found)
            self.ends_blank = found.endswith(" ")

    def call(self, sign: str) -> None:
        """The call of a footnote: numbers are raised, other signs stay what they are."""
        if self.ends_blank and self.parts:  # the page has it after the word
            self.parts[-1] = self.parts[-1].removesuffix(" ")
            self.length = sum(map(len, self.parts))
            self.ends_blank = False
        start = self.length
        self.add(raised(sign) if _NUMBER.fullmatch(sign) else sign)
        self.marks.append(Span(start, self.length))

    def raise_(self, words: str) -> None:
        """Raised words: digits after a word or a stop call a footnote, after a unit they are a power."""
        if not words.strip().isdecimal():
            self.add(words)
        elif _POWER.search("".join(self.parts[-2:])):
            self.add(raised(words))
        else:
            self.call(words.strip())

    def __len__(self) -> int:
        return self.length

    def end_line(self) -> None:
        """The line ends here, but not the paragraph."""
        self.add(" ")
        self.breaks.append(self.length)

    def lines(self) -> "list[Words]":
        """The words, parted where a line ends that reads as whole: a sentence or, short, a title or a label."""
        whole, found, start = "".join(self.parts), [], 0
        for end in [*self.breaks, self.length]:
            line = whole[start:end].strip()
            if end < self.length and not _is_whole(line, whole[end:]):
                continue
            found.append(self._slice(whole, start, end))
            start = end
        return found

    def _slice(self, whole: str, start: int, end: int) -> "Words":
        found = Words()
        found.add(whole[start:end])
        lost = len(whole[start:end]) - len(whole[start:end].lstrip())
        found.marks = [Span(a - start - lost, b - start - lost) for a, b in self.marks if start <= a and b <= end]
        return found

    def append(self, words: "Words") -> None:
        """Other words after these."""
        at = self.length
        self.parts += words.parts
        self.length += words.length
        self.ends_blank = words.ends_blank if words.parts else self.ends_blank
        self.breaks += (place + at for place in words.breaks)
        self.marks += (Span(start + at, end + at) for start, end in words.marks)

    def text(self) -> str:
        """All of them, without white space around."""
        return "".join(self.parts).rstrip()


def _is_whole(line: str, rest: str) -> bool:
    """Whether what stands after the end of a line begins something else."""
    if shapes.ends_sentence(line) or shapes.bare(line).endswith((":", ";")):
        return True
    return len(line.split()) <= _SHORT and not shapes.ends_open(line) and not shapes.begins_small(rest)


def raised(digits: str) -> str:
    """Digits, and the letters of small Roman numerals, as they are printed above the line."""
    return digits.translate(_RAISED)
