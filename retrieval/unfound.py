"""Which words of a question stand nowhere in the reports asked, in no form and as nothing that may stand for them.

Names and numbers among them are strangers: whatever the reports say, they do not say it of these.
"""

from collections.abc import Iterator

from retrieval.query import Want
from retrieval.ranked import Ranking


def unfound(ranking: Ranking) -> tuple[str, ...]:
    """The words that say something, as they were typed and each once."""
    return tuple(dict.fromkeys(want.surface for want in _unfound(ranking) if not want.is_light))


def strangers(ranking: Ranking) -> tuple[str, ...]:
    """The names and numbers, as they were typed and each once."""
    return tuple(dict.fromkeys(want.surface for want in _unfound(ranking) if want.is_name or want.is_number))


def _unfound(ranking: Ranking) -> Iterator[Want]:
    if not ranking.scope.passages:
        return
    ranker = ranking.best_ranker
    for number, want in enumerate(ranker.query.wants):
        if want.key and not want.meant and not ranker.is_findable(number):
            yield want
