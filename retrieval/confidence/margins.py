"""What sets the best sentence of a ranking apart from all others: facts that ``retrieval.confidence.facts`` gathers.

Scores are logits of a softmax over the sentences; a rival that is as near says that the question may mean either.
"""

import math
from typing import NamedTuple

from retrieval.search.ranking import Ranking

BESIDE = 3.0  # how far below the best score a sentence counts as one that may be meant too
ALONE = 5.0  # the lead over other passages where there are none


class Margins(NamedTuple):
    """How far the best sentence is ahead."""

    share: float  # of the softmax over all sentences, that the best one has
    share_passage: float  # that its passage has
    entropy: float  # of the softmax, in nats: 0 where no other sentence is near
    beside: float  # ln(1 + sentences less than ``BESIDE`` below it)
    lead: float  # how far it lies before the second
    lead_passage: float  # before the best of another passage
    above: float  # above the mean


def margins(ranking: Ranking) -> Margins:
    """The margins of a ranking; there must be evidence."""
    best = ranking.evidence[0]
    scores = [evidence.score for evidence in ranking.evidence]
    powers = [math.exp(score - best.score) for score in scores]
    total = math.fsum(powers)
    shares = [power / total for power in powers]
    elsewhere = (evidence.score for evidence in ranking.evidence if evidence.passage != best.passage)
    return Margins(
        share=shares[0],
        share_passage=math.fsum(s for s, e in zip(shares, ranking.evidence, strict=True) if e.passage == best.passage),
        entropy=-math.fsum(share * math.log(share) for share in shares if share),
        beside=math.log(1 + sum(score > best.score - BESIDE for score in scores[1:])),
        lead=best.score - scores[1] if len(scores) > 1 else 0.0,
        lead_passage=best.score - next(elsewhere, best.score - ALONE),
        above=best.score - math.fsum(scores) / len(scores),
    )
