"""Full names in a question, as "Per Brandt". Whether the reports hold them is ``retrieval.search.bearers``'s."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile
from typing import NamedTuple

from retrieval.language import language
from retrieval.words.background import common_terms
from retrieval.words.terms import Word, analyzer_of

MOST = 3  # words of a name; what has more is the name of a body


class FullName(NamedTuple):
    """A name of two words or three, as it was typed, and the first and the last of its words, folded."""

    surface: str
    first: str
    last: str


def full_names(text: str, tag: str) -> Iterator[FullName]:
    """The full names in a question in the language of that tag, without titles; none where every word of the question
    has a capital, so that a capital says nothing."""
    words = analyzer_of(tag).words(text)
    if all(text[word.start].isupper() for word in words):
        return
    stop_words, titles = language(tag).stop_words, _titles(tag)
    for run in _capitalised(text, words):
        is_opening = run[0] is words[0] and run[0].text in stop_words
        parts = list(dropwhile(lambda word: word.text in titles, run[is_opening:]))
        if 2 <= len(parts) <= MOST and not any(_is_common(word.text, tag) for word in parts):
            surface = text[parts[0].start : parts[-1].end].removesuffix("'s").removesuffix("’s")
            yield FullName(surface, bare(parts[0].text), bare(parts[-1].text))


def is_title(word: str, tag: str) -> bool:
    """Whether a folded word stands before names and is none: "Mr", "Colonel"."""
    return word in _titles(tag)


def _capitalised(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """The stretches of words in capitals with nothing but blanks between them; acronyms and initials are none."""
    run: list[Word] = []
    for word in words:
        surface = text[word.start : word.end]
        is_apart = bool(run and text[run[-1].end : word.start].strip(" "))
        is_capital = surface[0].isupper() and surface[1:2].islower()
        if run and (is_apart or not is_capital):
            yield run
            run = []
        if is_capital:
            run.append(word)
    if run:
        yield run


def bare(word: str) -> str:
    """A folded word without the ending of a possessive."""
    return word.removesuffix("'s")


def _is_common(word: str, tag: str) -> bool:
    key = analyzer_of(tag).key(word)
    return key is not None and key in common_terms(tag, key[0])


@cache
def _titles(tag: str) -> frozenset[str]:
    return frozenset(language(tag).questions.get("titles", "").split())
