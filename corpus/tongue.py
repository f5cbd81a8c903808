"""In which language a text is written, told by its small frequent words; only those of ``tongues.toml`` are known.

The same text always gives the same language. Where the words do not tell enough, none is named.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

UNTOLD = "en"  # what a report is taken for whose language neither the manifest nor its words tell
LOOKED_AT = 20_000  # characters of a text
_WORD = re.compile(r"[^\W\d_]+")


class Enough(NamedTuple):
    """How many words must speak for a language, and how many times those that speak for any other."""

    words: int
    times: float


A_REPORT = Enough(8, 1.5)
A_QUESTION = Enough(2, 2.0)  # a few words long: "where did it happen"


def spoken(text: str, enough: Enough = A_REPORT) -> str | None:
    """The tag of the language that ``text`` is written in, or ``None`` where its words do not tell."""
    found: Counter[str] = Counter()
    spoken_in = _tongues()
    for number, word in enumerate(_WORD.findall(text[:LOOKED_AT])):
        if not (number and word[0].isupper()):  # "El Tour de Tucson" is a name
            for tag in spoken_in.get(word.lower(), ()):
                found[tag] += 1
    if not found:
        return None
    (best, most), *others = found.most_common(2)
    is_enough = most >= enough.words and most >= enough.times * max((count for _, count in others), default=0)
    return best if is_enough else None


def told(passages: Iterable[str]) -> str | None:
    """The tag of the language of a report, by the beginnings of as many of its passages as are looked at."""
    text: list[str] = []
    length = 0
    for passage in passages:
        text.append(passage)
        length += len(passage)
        if length > LOOKED_AT:
            break
    return spoken("\n".join(text))


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, without region and script."""
    return tag.split("-")[0].lower()


@cache
def _tongues() -> Mapping[str, tuple[str, ...]]:
    """The languages that each small word speaks for."""
    tables: dict[str, str] = tomllib.loads(Path(__file__).with_name("tongues.toml").read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for tag, words in tables.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), tag)
    return found
