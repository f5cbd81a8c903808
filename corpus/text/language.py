"""In which language a text is written, told by its small frequent words; only those of ``languages.toml`` are known.

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
_MARK, _MARKED = re.compile("[¿¡]"), "es"  # no other language of the table opens a question with a mark
_MARK_COUNTS = 2  # words: it tells of a question by itself
_WHOLE = 60  # what a word weighs that speaks for one language; one of two, three or four has that part of it for each


class Enough(NamedTuple):
    """How many words must speak for a language, and how many times those that speak for any other.

    ``weighs``: where their number does not tell, their weight may, a word that speaks for several languages counting
    for each with its part.
    """

    words: int
    times: float
    weighs: bool = False


A_REPORT = Enough(8, 1.5)
A_QUESTION = Enough(2, 2.0, weighs=True)  # a few words long: "where did it happen"


def spoken(text: str, enough: Enough = A_REPORT) -> str | None:
    """The tag of the language that ``text`` is written in, or ``None`` where its words do not tell."""
    found: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    spoken_in = _tongues()
    for number, word in enumerate(_WORD.findall(text[:LOOKED_AT])):
        if not (number and word[0].isupper()):  # "El Tour de Tucson" is a name
            tags = spoken_in.get(word.lower(), ())
            found.update(tags)
            weight.update(dict.fromkeys(tags, _WHOLE // max(1, len(tags))))
    if marks := len(_MARK.findall(text[:LOOKED_AT])) * _MARK_COUNTS:
        found[_MARKED] += marks
        weight[_MARKED] += marks * _WHOLE
    if not found:
        return None
    ways = (found, weight) if enough.weighs else (found,)
    return next((tag for tag in (_best(way, enough.times) for way in ways) if tag and found[tag] >= enough.words), None)


def _best(found: Counter[str], times: float) -> str | None:
    """The tag that has so many times what any other has."""
    (best, most), *others = found.most_common(2)
    return best if most >= times * max((one for _, one in others), default=0) else None


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
    tables: dict[str, str] = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
    found: dict[str, tuple[str, ...]] = {}
    for tag, words in tables.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), tag)
    return found
