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
from retrieval.search.spelt import likest, spelt

_SPELT_FROM = 5  # letters from which a word may be taken for one that is misspelt in its ending


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
        meant = _standing(ranking, best, want) if is_itself else spelt(ranking.scope, tag, want.key, want.surface)
        if meant is not None and fold(meant) != fold(want.surface):
            found.append(Correction(want.surface, meant))
    return tuple(found)


def _ends_misspelt(want: Want, tag: str) -> bool:
    """Whether a word is written as none is, though its stem is that of a word: "bodys"."""
    is_long = len(want.surface) >= _SPELT_FROM and not want.is_name
    return is_long and fold(want.surface).endswith(language(tag).misspelt_endings)


def _standing(ranking: Ranking, evidence: Evidence, want: Want) -> str | None:
    """The word of the sentence that a want was found by."""
    passage, span = ranking.passage(evidence), evidence.sentence.span
    places = (Span(term.start, term.end) for term in ranking.scope.terms(passage) if term.key == want.key)
    return likest([passage.cut(place) for place in places if span.covers(place)], want.surface)
