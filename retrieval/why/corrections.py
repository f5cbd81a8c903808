"""Which words of a question were taken for misspelt, and for which words, so that a reply can say so.

What was meant is always a word as it is written in a report, in the lexicon or among the frequent words, never a stem.
"""

from corpus.passage import Span
from retrieval.answer import Correction
from retrieval.evidence.features import Evidence
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.question.query import Want
from retrieval.search.ranking import Ranking
from retrieval.words.spelling import edits, frequent

_SPELT_FROM = 5  # letters from which a word may be taken for one that is misspelt in its ending
LOOKED_AT = 5  # passages that hold a word, to see how it is written


def corrections(ranking: Ranking) -> tuple[Correction, ...]:
    """The words that were taken for misspelt and by which, or by whose equivalents, the best sentence was found."""
    if not ranking.evidence:
        return ()
    best = ranking.evidence[0]
    tag = ranking.scope.report(ranking.passage(best)).language
    found = []
    for want, match in zip(ranking.ranker(best).query.wants, best.matches, strict=True):
        if not (want.key and match and (want.meant or _ends_misspelt(want, tag))):
            continue
        is_itself = match.keys == (want.key,)
        meant = _standing(ranking, best, want) if is_itself else spelt(ranking, tag, want.key, want.surface)
        if meant is not None and fold(meant) != fold(want.surface):
            found.append(Correction(want.surface, meant))
    return tuple(found)


def spelt(ranking: Ranking, tag: str, key: str, typed: str) -> str | None:
    """The word with that term key, as it is written in passages of the scope, or else in the lexicon or the frequent
    words of the language ``tag``: of several the one that is most like what was ``typed``. ``None`` where none has."""
    scope = ranking.scope
    found = (scope.passages[hit.passage] for hit in scope.index.search([key], LOOKED_AT))
    passages = (passage for passage in found if scope.report(passage).language == tag)
    written = [
        passage.cut(Span(term.start, term.end))
        for passage in passages
        for term in scope.terms(passage)
        if term.key == key
    ]
    return _nearest(written or scope.lexicons.of(tag).spellings(key) or frequent(tag).spellings(key), typed)


def _ends_misspelt(want: Want, tag: str) -> bool:
    """Whether a word is written as none is, though its stem is that of a word: "bodys"."""
    is_long = len(want.surface) >= _SPELT_FROM and not want.is_name
    return is_long and fold(want.surface).endswith(language(tag).misspelt_endings)


def _standing(ranking: Ranking, evidence: Evidence, want: Want) -> str | None:
    """The word of the sentence that a want was found by."""
    passage, span = ranking.passage(evidence), evidence.sentence.span
    places = (Span(term.start, term.end) for term in ranking.scope.terms(passage) if term.key == want.key)
    return _nearest([passage.cut(place) for place in places if span.covers(place)], want.surface)


def _nearest(words: list[str], typed: str) -> str | None:
    """The word that ends as what was typed does, if there is one, since "bodys" means several; then the nearest."""
    like = fold(typed)
    return min(words, key=lambda word: (fold(word)[-1:] != like[-1:], edits(fold(word), like)), default=None)
