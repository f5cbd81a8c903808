"""How likely is the best sentence to answer, and how likely are the reports to be about the matter at all? Two models
over the same facts of the ranking."""

from typing import NamedTuple

from retrieval.confidence.facts import facts
from retrieval.confidence.unfound import strangers
from retrieval.evidence.weights import Weights
from retrieval.search.ranking import Ranking

# What is left of the confidence where the question names somebody, somewhere or a number that stands nowhere in the
# reports: whatever the best sentence says, it does not say it of them. It is below any threshold of an answer.
STRANGE = 0.4


class Sureness(NamedTuple):
    """Two probabilities, in [0, 1]: that the best sentence ``answers`` the question, and that the reports are ``about``
    its matter."""

    answers: float
    about: float


NOT_AT_ALL = Sureness(0.0, 0.0)


def sureness(ranking: Ranking, weights: Weights) -> Sureness:
    """How sure a ranking is; not at all where nothing of the question stands anywhere, not even in near words. Reports
    that hold nothing of it but in near words are not about its matter."""
    if not ranking.evidence or not _finds_anything(ranking):
        return NOT_AT_ALL
    found = facts(ranking)
    query = ranking.best_ranker.query
    is_whole = query.is_whole and all(query.words)  # and so about what the report is about, whatever else is told
    answers = weights.confidence(found) * (STRANGE if strangers(ranking) else 1.0)
    about = 1.0 if is_whole else weights.aboutness(found) if ranking.holds_anything else 0.0
    return Sureness(answers, about)


def _finds_anything(ranking: Ranking) -> bool:
    ranker = ranking.best_ranker
    wants = range(len(ranker.query.wants))
    return ranker.query.is_whole or ranker.finds_any() or any(map(ranker.held_anywhere, wants))
