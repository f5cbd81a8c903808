"""How likely is the best sentence to answer? A logistic model over a few facts of the ranking and their products."""

import math
from itertools import combinations_with_replacement
from operator import mul

from retrieval.query import Kind
from retrieval.ranking import CUES, FEATURES
from retrieval.scope import Ranking
from retrieval.weights import Weights

FACTS = (
    "score",  # of the best sentence
    "coverage",  # share of the question that the sentence holds
    "passage_coverage",  # share that its passage holds
    "held",  # ln(1 + idf-weighted amount of the question that the sentence holds)
    "solid",  # ln(1 + idf of the telling words that it holds as they were typed)
    "rarest",  # the highest idf among those
    "names_missing",  # share of the question in names that the sentence lacks
    "unknown",  # share of the question that no passage holds in any form
    "absent",  # share of its telling words that no passage holds as they were typed
    "topic",  # the largest share of passages that hold one of its telling words
    "bigrams",  # pairs of words that follow each other in both
    "nothing",  # the sentence offers nothing of the kind asked for: no number, no time, no place, no name
    "agent",  # asked who: the sentence names who did it
    "passages",  # ln(1 + passages of the scope)
)
# Each fact and each product of two: what a held word is worth depends on how much else is missing.
NAMES = FACTS + tuple(f"{a} {b}" for a, b in combinations_with_replacement(FACTS, 2))


def facts(ranking: Ranking) -> tuple[float, ...]:
    """The numbers that the model weighs, in the order of ``NAMES``. There must be evidence."""
    best = ranking.evidence[0]
    ranker = ranking.ranker(best)
    cued = dict(zip(CUES, best.cues, strict=True))
    named = dict(zip(FEATURES, best.features, strict=True))
    wants = list(zip(ranker.idf, best.matches, ranker.query.wants, strict=True))
    telling = [(weight, match, want) for weight, match, want in wants if not want.is_light]
    solid = [weight for weight, match, want in telling if match and match.strength == 1.0 and not want.meant]
    holds = ranking.scope.vocabulary.holds
    absent = sum(weight for weight, _, want in telling if want.meant or not holds(want.key or ""))
    share = ranking.scope.vocabulary.share
    plain = (
        best.score,
        named["coverage"],
        named["passage_coverage"],
        math.log(1 + sum(weight * match.strength for weight, match, _ in wants if match)),
        math.log(1 + sum(solid)),
        max(solid, default=0.0),
        sum(w * (1 - (match.strength if match else 0.0)) for w, match, want in wants if want.is_name) / ranker.total,
        sum(weight for n, (weight, _, _) in enumerate(wants) if not ranker.is_findable(n)) / ranker.total,
        absent / (sum(weight for weight, _, _ in telling) or 1.0),
        max((share(want.key) for _, _, want in telling if want.key), default=0.0),
        named["bigrams"],
        0.0 if ranker.query.kind in (Kind.THING, Kind.VERIFICATION) else cued["nothing"],
        named["agent"],
        math.log(1 + len(ranking.scope.passages)),
    )
    return plain + tuple(a * b for a, b in combinations_with_replacement(plain, 2))


DOUBT = 0.5  # what is left of the confidence where something speaks against the best sentence


def is_doubtful(ranking: Ranking) -> bool:
    """Whether something speaks against the best sentence, however much of the question it holds.

    A name that no passage holds (the question is about somewhere or someone else), a number that its passage lacks
    (another year), or no number at all where one is asked for.
    """
    best = ranking.evidence[0]
    query = ranking.ranker(best).query
    vocabulary = ranking.scope.vocabulary
    around = {number for sentence in ranking.scope.read(best.passage) for number in sentence.numbers}
    return any(
        (want.is_name and not match and not vocabulary.holds(want.key or ""))
        or (want.is_number and not match and want.surface not in around)
        for want, match in zip(query.wants, best.matches, strict=True)
    ) or (query.kind is Kind.NUMBER and dict(zip(CUES, best.cues, strict=True))["nothing"] > 0)


def confidence(ranking: Ranking, weights: Weights) -> float:
    """The probability, in [0, 1], that the best sentence answers the question; 0 where there is none."""
    if not ranking.evidence:
        return 0.0
    constant, *slopes = weights.confidence
    x = constant + math.fsum(map(mul, slopes, facts(ranking)))
    sure = 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
    return sure * DOUBT if is_doubtful(ranking) else sure
