"""One folder of data a language: what people may want to change without touching code."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from retrieval.language.folding import fold

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
    it; ``misspelt_endings`` are those of words whose stem is right all the same. ``elided`` are words that lose their
    last vowel before another ("l'armée"), ``enclitic`` those that follow a hyphen and are no part of the word before it
    ("ont-elles"); ``accented`` are words that are others without their accent ("où"). ``plurals`` and ``endings``
    say, in pairs, what an ending becomes: in the singular, and before a word is stemmed; ``kept`` are words that keep
    theirs. Where a language ``groups_digits``, a blank stands between thousands and a comma before decimals.
    ``lexicon`` and ``questions`` are the tables of the files of those names, read by ``retrieval.words.lexicon`` and
    ``retrieval.question.shapes`` (their needs by ``retrieval.question.needs``); ``topics`` is a table of words, read by
    ``retrieval.words.keyphrases``, ``common`` one read by ``retrieval.words.background``; ``typed`` are the tables of
    the file of that name, read by ``retrieval.question.typed``. ``near`` is the file of the table of near words, read
    by ``retrieval.words.near_words``, and ``sums`` that of the vectors whose sums stand for texts, read by
    ``retrieval.evidence.likeness``, or ``None``.
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
    typed: Mapping[str, str]
    elided: tuple[str, ...] = ()
    enclitic: tuple[str, ...] = ()
    accented: frozenset[str] = frozenset()
    plurals: tuple[tuple[str, str], ...] = ()
    endings: tuple[tuple[str, str], ...] = ()
    kept: frozenset[str] = frozenset()
    groups_digits: bool = False
    near: Path | None = None
    sums: Path | None = None

    def drawer(self, word: str) -> str:
        """The drawer in which a folded word and its key are kept, so that few have to be looked through: that of the
        first letter. A stemmer that takes off beginnings has one drawer for all."""
        return "" if self.stemmer in _PREFIX_STEMMERS else word[:1]


@cache
def language(tag: str) -> Language:
    """The language of a BCP 47 tag such as ``en`` or ``fr-CA``; regions share their language's data."""
    primary = tag.split("-")[0].lower()
    written = _table(primary, "words")
    accented = frozenset(written.get("accented", "").split())
    words = _folded(written, accented)
    return Language(
        tag=primary,
        stemmer=SNOWBALL.get(primary),
        stop_words=frozenset(words.get("stop_words", "").split()),
        irregular={
            form: forms[0]
            for line in words.get("irregular", "").splitlines()
            if (forms := line.split())
            for form in forms[1:]
        },
        lexicon=_table(primary, "lexicon"),
        questions=_folded(_table(primary, "questions"), accented),
        misspelt_endings=tuple(words.get("misspelt_endings", "").split()),
        topics=words.get("topics", {}),
        common=words.get("common", {}),
        typed=_table(primary, "typed"),
        elided=tuple(words.get("elided", "").split()),
        enclitic=tuple(words.get("enclitic", "").split()),
        accented=accented,
        plurals=_changes(words.get("plurals", "")),
        endings=_changes(words.get("endings", "")),
        kept=frozenset(words.get("kept", "").split()),
        groups_digits=words.get("groups_digits", False),
        near=_file(primary, "near.bin"),
        sums=_file(primary, "sums.bin"),
    )


def bilingual(tag: str, other: str) -> Iterator[tuple[list[str], list[str]]]:
    """What is called how in two languages, given by the first parts of their tags: the items of each line in the one
    and in the other. Nothing where there is no list of the two."""
    for folder, table, turn in ((tag, other, 1), (other, tag, -1)):
        for line in _table(folder, "bilingual").get(table, "").splitlines():
            sides = [[item.strip() for item in side.split(",")] for side in line.partition("#")[0].split("=")]
            if len(sides) == 2:
                here, there = sides[::turn]
                yield here, there


def facets(tag: str) -> Mapping[str, Any]:
    """The table of a language's facets, read by ``retrieval.question.facet``; empty where there is none."""
    primary = tag.split("-")[0].lower()
    return _folded(_table(primary, "facets"), language(tag).accented)


def halves(tag: str) -> Mapping[str, frozenset[str]]:
    """The words by which questions are joined in a language, read by ``retrieval.question.halves``; empty where there
    are none. They are no part of ``language``, so that a question may be looked at without loading every language."""
    return {name: frozenset(words.split()) for name, words in _table(tag.split("-")[0].lower(), "halves").items()}


def numbered(tag: str) -> Mapping[str, tuple[str, ...]]:
    """The words by which the paragraph of a number is asked for in a language, read by ``retrieval.question.numbered``;
    empty where there are none. They are no part of ``language``, for the same reason."""
    return {name: tuple(words.split()) for name, words in _table(tag.split("-")[0].lower(), "numbered").items()}


def quoting(tag: str) -> Mapping[str, tuple[str, ...]]:
    """The words that change what a part of a sentence means, and those of speech, in a language: lines by the name of
    their table, read by ``retrieval.quotation.wording``; empty where there are none. No part of ``language`` either."""
    table = _table(tag.split("-")[0].lower(), "quoting")
    return {name: tuple(line.strip() for line in lines.splitlines() if line.strip()) for name, lines in table.items()}


def followup(tag: str) -> Mapping[str, str]:
    """What makes a text lean on the question before it in a language, read by ``retrieval.following.followup``; empty
    where there is nothing. No part of ``language`` either."""
    return _folded(_table(tag.split("-")[0].lower(), "followup"), language(tag).accented)


def languages() -> tuple[str, ...]:
    """The tags of the languages of which anything is known: a stemmer, or a folder of data."""
    folders = {file.parent.name for file in Path(__file__).parent.glob("*/*.toml")}
    return tuple(sorted(folders.union(SNOWBALL)))


def _changes(text: str) -> tuple[tuple[str, str], ...]:
    """Endings and what they become, one pair a line; nothing where a line has one alone."""
    return tuple((line.split()[0], "".join(line.split()[1:])) for line in text.splitlines() if line.split())


def _folded(table: Mapping[str, Any], accented: frozenset[str]) -> dict[str, Any]:
    """A table with its words folded as those of texts are, but for the ``accented``."""

    def plain(word: re.Match[str]) -> str:
        return word[0] if word[0] in accented else fold(word[0])

    folded: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            folded[name] = _folded(value, accented)
        else:
            folded[name] = re.sub(r"[^\s,]+", plain, value) if isinstance(value, str) and not value.isascii() else value
    return folded


def _table(primary: str, name: str) -> dict[str, Any]:
    """A language's file of that name, parsed; empty where there is none."""
    file = _file(primary, f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8")) if file else {}


def _file(primary: str, name: str) -> Path | None:
    """A file of a language's folder; ``None`` where there is none. The tag is letters only, so no path gets out."""
    file = Path(__file__).parent / primary / name
    return file if primary.isascii() and primary.isalpha() and file.exists() else None
