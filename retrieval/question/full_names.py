"""Full names in a question, as "Per Brandt": do the reports hold them? Where they tell of Ole Brandt, and a cousin Per
stands elsewhere, they say nothing of Per Brandt.

A title and a surname, a surname alone, an initial, and a name with or without what stands in its middle are the same
name. What is written as names are, and is none ("Security Council"), is left alone: its last word stands in the reports
in small letters too, or it is common.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

from retrieval.language import language
from retrieval.words.background import common_terms
from retrieval.words.terms import Word, analyzer_of

if TYPE_CHECKING:
    from retrieval.search.scope import Scope

BETWEEN = 2  # words at most between the first and the last of one name: "Per Olav Brandt"
MOST = 3  # words of a name; what has more is the name of a body
READ = 200  # passages at most that are read for one name


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
            yield FullName(surface, _bare(parts[0].text), _bare(parts[-1].text))


def is_title(word: str, tag: str) -> bool:
    """Whether a folded word stands before names and is none: "Mr", "Colonel"."""
    return word in _titles(tag)


def is_absent(name: FullName, scope: "Scope", tag: str) -> bool:
    """Whether passages in the language of that tag name somebody by the last word of the name, and never with the
    first."""
    analyzer = analyzer_of(tag)
    last, first = analyzer.key(name.last), analyzer.key(name.first)
    if last is None:
        return False
    held = scope.holding(last)
    both = set(held).intersection(scope.holding(first)) if first else set()
    is_borne = False
    for number in sorted(held, key=lambda n: n not in both)[:READ]:
        for sentence in scope.read(number):
            if last not in sentence.positions:
                continue
            if last not in sentence.names or _is_together(name, sentence.words):
                return False  # it is a word besides, as in "the council", or it is there
            is_borne = is_borne or last not in sentence.placed
    return is_borne


def is_only_name(word: str, scope: "Scope") -> bool:
    """Whether the passages hold a word, and as a name alone: whoever types it in small letters means that name."""
    for tag in scope.languages:
        key = analyzer_of(tag).key(word)
        if key is None or key in common_terms(tag, key[0]) or not (held := scope.holding(key)):
            continue
        sentences = (one for number in held[:READ] for one in scope.read(number) if key in one.positions)
        return all(key in one.names for one in sentences)
    return False


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


def _is_together(name: FullName, words: Sequence[str]) -> bool:
    """Whether the first word of the name, or its initial, stands with the last: before it, or right after it as in
    "Brandt, Per"."""
    bare = [_bare(word) for word in words]
    for at, word in enumerate(bare):
        if word == name.last:
            before = bare[max(0, at - BETWEEN - 1) : at]
            if name.first in before or name.first[0] in before or name.first in bare[at + 1 : at + 2]:
                return True
    return False


def _bare(word: str) -> str:
    """A folded word without the ending of a possessive."""
    return word.removesuffix("'s")


def _is_common(word: str, tag: str) -> bool:
    key = analyzer_of(tag).key(word)
    return key is not None and key in common_terms(tag, key[0])


@cache
def _titles(tag: str) -> frozenset[str]:
    return frozenset(language(tag).questions.get("titles", "").split())
