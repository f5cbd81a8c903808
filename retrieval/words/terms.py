"""Text → terms with their places. One analyser serves passages and questions, so that both sides mean the same.

A term's ``key`` is what is compared: folded in case and accents, irregular forms mapped, stemmed. Numbers, symbols
and hyphenated words stay whole; the parts of a hyphenated word are terms besides it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from retrieval.language import Language, language
from retrieval.language.folding import fold

# Han and kana characters are words by themselves; any other letter or digit goes with the marks that may follow it
# (Latin, Arabic).
_SINGLE = r"\u3040-\u30ff\u3400-\u9fff"
_UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen and blanks of no width: no part of a word, wherever they stand in it
_LETTER = rf"[^\W_{_SINGLE}][\u0300-\u036f\u064b-\u065f{_UNSEEN}]*"
_ALONE = r"[A-Za-zÀ-ÖØ-öø-ÿ]"
_WORD = re.compile(
    rf"[{_SINGLE}]"
    rf"|(?:{_ALONE}\.[ \u00a0\u202f]?)+(?:{_ALONE}\.|(?<=\.){_ALONE}(?![\w.'’-])|{_ALONE}(?=\W*\Z))"  # U.N., Y. B.
    rf"|(?:{_LETTER})+(?:(?:[-'’/\u2010\u2011]|(?<=\d)[.,](?=\d))(?:{_LETTER})+)*"
)
_GROUPED = r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"  # 12 000
_JOINT = re.compile(r"[-/\u2010\u2011'’]")
_ABBREVIATION = re.compile(r"(?:[a-z]\.)+[a-z]?\.?")
_ENDING = 2  # letters at most of what an apostrophe appends: 's, 'd, 'll, 've
_MUTE = frozenset("aeiouyh")  # letters before which a word is elided
_APART_FROM = 4  # letters of a word from which another may have been elided before it
_SURFACES = 50_000  # words as they are written whose terms are kept
_NO_CACHE = 0  # of the stemmer's own, which takes longer to tidy than to do without
_CACHE_LIMIT = 200_000  # words; a memory that hostile text cannot grow without end


class Term(NamedTuple):
    """One word of a text: its ``key``, its code points ``[start, end)``, and the number of its word in the text."""

    key: str
    start: int
    end: int
    position: int


class Word(NamedTuple):
    """A word as it is written, stop words among them: folded text, code points ``[start, end)``."""

    text: str
    start: int
    end: int


def singular(word: str) -> str:
    """``word``, folded, without the ending of an English plural (Harman's S stemmer, 1991). Any other word keeps its
    form, so that both sides of a comparison mean the same."""
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith(("us", "ss")) else word


class Analyzer:
    """Finds the terms of texts in one language."""

    def __init__(self, of: Language) -> None:
        self._language = of
        self._word = _pattern(of)
        self._whole = of.kept.union(of.irregular.values()) if of.endings else frozenset()
        self._stem = Stemmer.Stemmer(of.stemmer, _NO_CACHE).stemWord if of.stemmer else str
        self._kept_key = lru_cache(_CACHE_LIMIT)(self._key)
        self._surfaces: dict[str, tuple[str, tuple[tuple[str, int, int], ...]]] = {}

    def words(self, text: str) -> list[Word]:
        """Every word of ``text`` in order, folded, stop words among them."""
        return self.read(text)[1]

    def fold(self, word: str) -> str:
        """``word`` folded, but for one that is another without its accent."""
        return low if (low := word.lower()) in self._language.accented else fold(word)

    def unelided(self, word: str) -> Iterator[str]:
        """What stands after a word that may be elided in ``word``, folded, its apostrophe forgotten: "lusine"."""
        for before in self._language.elided:
            rest = word[len(before) :]
            if word.startswith(before) and len(rest) >= _APART_FROM and rest[0] in _MUTE:
                yield rest

    def singular(self, word: str) -> str:
        """``word``, folded, without the ending of a plural; that of an English one where the language names none."""
        if not self._language.plurals:
            return singular(word)
        return _changed(word, self._language.plurals)

    def terms(self, text: str) -> list[Term]:
        """The terms of ``text`` in order, without stop words.

        A hyphenated word gives itself and its parts, all with the same ``position``; a possessive gives one term.
        """
        return self.read(text)[0]

    def read(self, text: str) -> tuple[list[Term], list[Word]]:
        """The terms of ``text`` and its words."""
        terms: list[Term] = []
        words: list[Word] = []
        kept = {} if text.isupper() else self._surfaces  # what is shouted tells no name by its capitals
        new = tuple.__new__  # with the classes' own, reading takes a sixth longer
        for position, match in enumerate(self._word.finditer(text)):
            surface = match.group()
            start, end = match.span()
            found = kept.get(surface)
            if found is None:
                if len(kept) >= _SURFACES:
                    kept.clear()
                found = kept[surface] = self._read(surface, shouted=kept is not self._surfaces)
            words.append(new(Word, (found[0], start, end)))
            for key, begin, stop in found[1]:
                terms.append(new(Term, (key, start + begin, start + stop, position)))
        return terms, words

    def _read(self, surface: str, *, shouted: bool) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """A word folded, and its terms: their keys, and where in it each begins and ends."""
        folded = fold(_joined(surface)) if self._word is _WORD else self.fold(_bare(surface))
        terms: list[tuple[str, int, int]] = []
        whole = None
        for part, begin in _parts(surface):
            key = self.key(part, is_name=not shouted and len(part) > 1 and part.isupper())
            if key and key != whole:
                terms.append((key, begin, begin + len(part)))
            if not begin:
                whole = whole or key
            if whole is None:  # a stop word such as "don't", whose parts are none either
                break
        return folded, tuple(terms)

    def key(self, word: str, *, is_name: bool = False) -> str | None:
        """What ``word`` is compared by, or ``None`` for a stop word. A name in capitals (``US``, ``WHO``) is never
        one."""
        folded = self.fold(_joined(word))
        if is_name and folded in self._language.stop_words:
            return folded
        return self._kept_key(folded)

    def _key(self, word: str) -> str | None:
        if word in self._language.stop_words:
            return None
        if word[0].isdigit():
            if self._language.groups_digits:
                return _bare(self._language.irregular.get(word, word)).replace(",", ".")
            return word.removesuffix("'s").replace(",", "")
        if are_initials(word):  # before stop words are looked at: U.S. is not "us"
            return word.replace(".", "")
        if word.partition("'")[0] in self._language.stop_words:  # they'll, who'd
            return None
        word = word.removesuffix("'s").strip("'")
        word = self._language.irregular.get(word, word)
        if not word or word in self._language.stop_words or (len(word) == 1 and word.isascii() and not word.isdigit()):
            return None
        if self._language.endings and word not in self._whole:
            word = _changed(word, self._language.endings)
        return self._stem(word) if word.isalpha() else word


def _pattern(of: Language) -> re.Pattern[str]:
    """What a word is in that language: with elided words apart, and with the blanks in a number."""
    if not (of.elided or of.enclitic or of.groups_digits):
        return _WORD
    apart = [_GROUPED] if of.groups_digits else []
    if of.elided:
        apart.append(rf"(?i:{'|'.join(of.elided)})['’](?=\w)")
    pattern = _WORD.pattern
    if of.enclitic:
        pattern = pattern.replace("(?:[-'", f"(?:(?!-(?:{'|'.join(of.enclitic)})(?!\\w))[-'", 1)
    return re.compile("|".join([*apart, pattern]))


def are_initials(word: str) -> bool:
    """Whether a folded word is letters with dots between: "h.a."."""
    return "." in word and _ABBREVIATION.fullmatch(word) is not None


def _joined(word: str) -> str:
    """A word without the blanks between initials: "Y. B." is "Y.B."."""
    return word if word.isalnum() else "".join(word.split())


def _bare(word: str) -> str:
    """A word without the apostrophe that it was elided with, and a number without its blanks."""
    return "".join(word.split()).rstrip("'’")


def _changed(word: str, changes: Iterable[tuple[str, str]]) -> str:
    """``word`` with the first of the endings that it has changed; one of few letters keeps its form."""
    for ending, instead in changes:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    return word


def _parts(surface: str) -> Iterator[tuple[str, int]]:
    """A word and, where it is joined of several, its parts, each with its offset."""
    yield surface, 0
    if not _JOINT.search(surface):
        return
    begin = 0
    for part in _JOINT.split(surface):
        is_ending = begin > 0 and len(part) <= _ENDING and surface[begin - 1] in "'’"
        if part.isdigit() or (len(part) > 1 and not is_ending):
            yield part, begin
        begin += len(part) + 1


@cache
def analyzer_of(tag: str) -> Analyzer:
    """The analyser of a BCP 47 language tag; a language without data gets folding alone."""
    return Analyzer(language(tag))
