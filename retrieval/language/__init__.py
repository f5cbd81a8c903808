"""One folder of data a language: what people may want to change without touching code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

# Snowball algorithms by the first part of a BCP 47 tag; https://snowballstem.org/algorithms/
SNOWBALL = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
}


_PREFIX_STEMMERS = frozenset({"arabic"})


@dataclass(frozen=True, slots=True)
class Language:
    """The data of one language; empty where its folder holds none.

    ``stemmer`` is the name of a Snowball algorithm or ``None``; ``irregular`` maps a form to the one that stands for
    it; ``misspelt_endings`` are those of words whose stem is right all the same.
    ``lexicon`` and ``questions`` are the tables of the files of those names, read by ``retrieval.lexicon`` and
    ``retrieval.query``; ``topics`` is a table of words, read by ``retrieval.keyphrases``,
    ``common`` one read by ``retrieval.background``.
    """

    tag: str
    stemmer: str | None
    stop_words: frozenset[str]
    irregular: Mapping[str, str]
    lexicon: Mapping[str, Any]
    questions: Mapping[str, Any]
    misspelt_endings: tuple[str, ...]
    topics: Mapping[str, str]
    common: Mapping[str, str]

    def drawer(self, word: str) -> str:
        """The drawer in which a folded word and its key are kept, so that few have to be looked through: that of the
        first letter. A stemmer that takes off beginnings has one drawer for all."""
        return "" if self.stemmer in _PREFIX_STEMMERS else word[:1]


@cache
def language(tag: str) -> Language:
    """The language of a BCP 47 tag such as ``en`` or ``fr-CA``; regions share their language's data."""
    primary = tag.split("-")[0].lower()
    words = _table(primary, "words")
    return Language(
        primary,
        SNOWBALL.get(primary),
        frozenset(words.get("stop_words", "").split()),
        {
            form: forms[0]
            for line in words.get("irregular", "").splitlines()
            if (forms := line.split())
            for form in forms[1:]
        },
        _table(primary, "lexicon"),
        _table(primary, "questions"),
        tuple(words.get("misspelt_endings", "").split()),
        words.get("topics", {}),
        words.get("common", {}),
    )


def facets(tag: str) -> Mapping[str, Any]:
    """The table of a language's facets, read by ``retrieval.facet``; empty where there is none."""
    return _table(tag.split("-")[0].lower(), "facets")


def languages() -> tuple[str, ...]:
    """The tags of the languages of which anything is known: a stemmer, or a folder of data."""
    folders = {file.parent.name for file in Path(__file__).parent.glob("*/*.toml")}
    return tuple(sorted(folders.union(SNOWBALL)))


def _table(primary: str, name: str) -> dict[str, Any]:
    """A language's file of that name, parsed; empty where there is none. The tag is letters only, so no path gets
    out."""
    file = Path(__file__).parent / primary / f"{name}.toml"
    if not (primary.isascii() and primary.isalpha() and file.exists()):
        return {}
    return tomllib.loads(file.read_text("utf-8"))
