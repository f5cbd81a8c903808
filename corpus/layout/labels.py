"""Does a label before a colon, or on a line of its own, name somebody whose words follow, or say what follows?"""

import re
from functools import cache

from corpus.layout.words import words
from corpus.text.patterns import lazily
from corpus.text.segmentation import beginners

_LABEL_WORDS = 8
_MARKS = " :.*_#[]"
_LABEL = lazily(r"(?:[^\W\d_][\w.'’-]*,?|[|,(/&)–-])(?:\s+(?:[^\W\d_][\w.'’-]*,?|[|,(/&)–-]|\([^)]{1,40}\))){0,9}")
_BOLD = lazily(r"(\*\*|__)(?P<words>[^*_\n]+)\1:?")
_SQUARE = lazily(r"\[(?P<words>[^\]\n]{2,60})\]:?")
_WORD = lazily(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def is_label(text: str) -> bool:
    """Whether a line has the shape of a label that may say whose words follow: "THE CHAIR:", "**Ms. Ilic**"."""
    line = text.strip()
    told = _BOLD.fullmatch(line) if line[:1] in "*_" else _SQUARE.fullmatch(line) if line[:1] == "[" else None
    if told is None and not line.endswith((":", ":**", ":__")):
        return False
    return may_name(told["words"] if told else line)


def may_name(label: str) -> bool:
    """Whether words may be those of somebody's name or office, by their number and their capitals."""
    name = label.strip(" :*_")
    parts = name.split()
    if len(parts) > _LABEL_WORDS or _LABEL.fullmatch(name) is None or name.lower() in words()["headings"]:
        return False
    return all(
        part[:1].isupper() or part.lower() in words()["small_in_names"] or not part[:1].isalpha() for part in parts
    )


def names_somebody(label: str) -> bool:
    """Whether a label is more than a key, such as "Date:", or words that name nobody, such as "And:" and "Between:"."""
    return not is_key(label) and (is_titled(label) or any(word not in _nameless() for word in _parts(label)))


def is_titled(label: str) -> bool:
    """Whether a label begins with the title or the office of a person: "Mr. Tall", "The Chair"."""
    return any(word in words()["persons"] for word in _parts(label)[:2])


def is_key(label: str) -> bool:
    """Whether a label says what follows rather than who says it: "Position:", "Date of adoption:", "Main findings:"."""
    whole = label.strip(_MARKS).lower()
    if whole in words()["keys"] or whole in words()["headings"]:
        return True
    parts = _parts(label)
    if len(parts) < 2 or is_titled(label):
        return False
    if parts[1] in words()["of_keys"] and _says_what(parts[0]):
        return True
    return _says_what(parts[-1]) and parts[-1] not in words()["small_in_names"]


def _says_what(word: str) -> bool:
    return len(word) > 1 and (word in words()["keys"] or word in words()["headings"])


def _parts(label: str) -> list[str]:
    """The words of a label in small letters, what stands in brackets after them left out."""
    return [found.lower() for found in _WORD.findall(re.sub(r"(?<=\S)\s*\(.*", "", label))]


@cache
def _nameless() -> frozenset[str]:
    """Words that name nobody, however they are written."""
    found = frozenset(word.lower() for word in beginners())
    return found | words()["open_ended"] | words()["small_in_names"]
