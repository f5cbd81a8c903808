"""How the word that a misspelt one was meant for is written, so that a reply can say it."""

from corpus.passage import Span
from retrieval.language.folding import fold
from retrieval.search.scope import Scope
from retrieval.words.spelling import edits, frequent

LOOKED_AT = 5  # passages that hold a word, to see how it is written


def spelt(scope: Scope, tag: str, key: str, typed: str) -> str | None:
    """The word with that term key, as it is written in passages of the scope, or else in the lexicon or the frequent
    words of the language ``tag``: of several the one that is most like what was ``typed``. ``None`` where none has."""
    found = (scope.passages[hit.passage] for hit in scope.index.search([key], LOOKED_AT))
    passages = (passage for passage in found if scope.report(passage).language == tag)
    written = [
        passage.cut(Span(term.start, term.end))
        for passage in passages
        for term in scope.terms(passage)
        if term.key == key
    ]
    return likest(written or scope.lexicons.of(tag).spellings(key) or frequent(tag).spellings(key), typed)


def likest(words: list[str], typed: str) -> str | None:
    """The word that ends as what was typed does, if there is one, since "bodys" means several; then the nearest."""
    like = fold(typed)
    return min(words, key=lambda word: (fold(word)[-1:] != like[-1:], edits(fold(word), like)), default=None)
