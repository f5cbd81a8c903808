"""A question in one language, asked of a report in another: it is read in its own language, and looked for by its names
and numbers and by a list of what the terms of the field are called in both.

The list is data: ``bilingual.toml`` in the folder of one of the two languages, with a table for the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from operator import itemgetter

from corpus.text.language import A_QUESTION, spoken
from retrieval.language import bilingual, language
from retrieval.language.folding import fold
from retrieval.question.query import Query
from retrieval.words.lexicon import Keys, Lexicon, Lexicons
from retrieval.words.terms import analyzer_of


def asked_in(question: str) -> str | None:
    """The tag of the language that a question is put in, or ``None`` where its words do not tell."""
    return spoken(question, A_QUESTION)


def query(text: str, asked: str, tag: str, lexicons: Lexicons) -> Query:
    """The query of a question that is ``asked`` in one language, for reports in another, ``tag``."""
    analyzer = analyzer_of(tag)
    found = Query.of(text, asked, lexicons=_Both(lexicons, tag))
    wants = []
    for want in found.wants:
        key = want.key and analyzer.key(want.surface, is_name=want.is_name)
        # A word that is a stop word in the other language ("son", "main") can be found by its equivalents alone.
        wants.append(replace(want, key=key or (fold(want.surface) if want.is_name else None)))
    words = [want.key for want in wants if want.key]
    for ways in found.equivalents:
        words += max(ways.items(), key=itemgetter(1), default=((), 0.0))[0]
    return replace(found, wants=tuple(wants), tag=tag, tokens=tuple(words))


class _Both(Lexicons):
    """Lexicons whose equivalents are term keys of the language that reports are in."""

    def __init__(self, lexicons: Lexicons, into: str) -> None:
        super().__init__({})
        self._lexicons = lexicons
        self._into = into

    def of(self, tag: str) -> Lexicon:
        terms = _terms(language(tag).tag, language(self._into).tag)
        return _Bridge(self._lexicons.of(tag), terms, self._lexicons.of(self._into))


class _Bridge(Lexicon):
    """From the words of one language to term keys of another: by the list of terms in both, where need be by way of an
    equivalent in either."""

    def __init__(self, here: Lexicon, terms: Lexicon, there: Lexicon) -> None:
        self._here, self._terms, self._there = here, terms, there

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, Keys, float]]:
        """As those of a lexicon; each step makes an equivalent count for less."""
        for start, end, target, weight in self._terms.matches(words):
            yield start, end, target, weight
            yield from ((start, end, keys, weight * less) for keys, less in _whole(self._there, target))
        for start, end, target, weight in self._here.matches(words):
            yield from ((start, end, keys, weight * less) for keys, less in _whole(self._terms, target))


def _whole(lexicon: Lexicon, words: Keys) -> Iterator[tuple[Keys, float]]:
    """The equivalents of ``words`` as a whole, with their weights."""
    for start, end, target, weight in lexicon.matches(words):
        if (start, end) == (0, len(words)):
            yield target, weight


@cache
def _terms(tag: str, into: str) -> Lexicon:
    """What the terms of one language are called in another; empty where there is no list of the two."""
    lines = (f"{', '.join(here)} > {', '.join(there)}" for here, there in bilingual(tag, into))
    return Lexicon({"close": "\n".join(lines)}, language(tag), language(into))
