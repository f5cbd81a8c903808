"""Which words of a question stand nowhere in the reports asked, in no form and as nothing that may stand for them.

Names and numbers among them are strangers: whatever the reports say, they do not say it of these. So is a full name
whose words stand there, but never together.
"""

from collections.abc import Iterator

from retrieval.question.full_names import is_title
from retrieval.question.query import Query, Want
from retrieval.search.bearers import is_absent
from retrieval.search.ranking import Ranking


def unfound(ranking: Ranking) -> tuple[str, ...]:
    """The words that say something, as they were typed and each once, and the full names that nobody bears."""
    words = (want.surface for want in _unfound(ranking) if want.is_telling)
    return tuple(dict.fromkeys((*words, *_unborne(ranking))))


def strangers(ranking: Ranking) -> tuple[str, ...]:
    """The names and numbers, as they were typed and each once."""
    words = (want.surface for want in _unfound(ranking) if want.is_number or is_named(want, ranking.best_ranker.query))
    return tuple(dict.fromkeys((*words, *_unborne(ranking))))


def is_named(want: Want, query: Query) -> bool:
    """Whether a want of the query is a name, and not a title that stands before one."""
    return want.is_name and not is_title(query.words[want.position], query.tag)


def _unborne(ranking: Ranking) -> Iterator[str]:
    if not ranking.scope.passages:
        return
    query = ranking.best_ranker.query
    yield from (name.surface for name in query.full_names if is_absent(name, ranking.scope, query.tag))


def _unfound(ranking: Ranking) -> Iterator[Want]:
    if not ranking.scope.passages:
        return
    ranker = ranking.best_ranker
    for number, want in enumerate(ranker.query.wants):
        if want.key and not want.meant and not ranker.is_findable(number):
            yield want
