"""How likely is the best sentence to answer the question? A logistic model over a few facts of the ranking."""

import math
from operator import mul

from retrieval.scope import Ranking
from retrieval.weights import Weights

NAMES = (
    "score",  # of the best sentence
    "margin",  # its lead over the best sentence of another passage
    "coverage",
    "exact",
    "wants",
    "phrase_pairs",
    "passage_coverage",
    "names_missing",
    "names_held",
    "numbers_missing",
    "unknown",  # share of the question that no passage holds in any form
    "missing",  # ln(1 + idf-weighted amount of the question that the sentence lacks)
    "held",  # ln(1 + the amount that it holds)
    "size",  # ln(1 + wants)
)


def facts(ranking: Ranking) -> tuple[float, ...]:
    """The numbers that the model weighs, in the order of ``NAMES``. There must be evidence."""
    best = ranking.evidence[0]
    ranker = ranking.ranker(best)
    rival = next((e.score for e in ranking.evidence if e.passage != best.passage), best.score - 3.0)
    named = dict(zip(ranker.names, best.features, strict=True))
    wants = ranker.query.wants
    missing = sum(w * (1 - (m.strength if m else 0.0)) for w, m in zip(ranker.idf, best.matches, strict=True))
    return (
        best.score,
        best.score - rival,
        named["coverage"],
        named["exact"],
        named["wants"],
        named["phrase_pairs"],
        named["passage_coverage"],
        named["names_missing"],
        named["names_held"],
        float(sum(1 for w, m in zip(wants, best.matches, strict=True) if w.is_number and not m)),
        sum(w for n, w in enumerate(ranker.idf) if not ranker.is_findable(n)) / ranker.total,
        math.log(1 + missing),
        math.log(1 + max(0.0, ranker.total - missing)),
        math.log(1 + len(wants)),
    )


def confidence(ranking: Ranking, weights: Weights) -> float:
    """The probability, in [0, 1], that the best sentence answers the question; 0 where there is none."""
    if not ranking.evidence:
        return 0.0
    constant, *slopes = weights.confidence
    x = constant + sum(map(mul, slopes, facts(ranking)))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
