"""Which titles are quoted: each where it alone says what is asked.

A title repeats its report, and would be the best sentence of far too many answers. So it is looked at only where it
holds a telling word of the question that no passage of its report holds, nor anything that may stand for it.
"""

from collections.abc import Iterable, Mapping, Sequence

from retrieval.evidence.headings import Said
from retrieval.evidence.ranker import Ranker
from retrieval.search.scope import Scope

# How telling the word has to be in reports at large: one that at most one report in three is expected to have, and that
# says what is meant. "What does the report say of it" does not ask for a title that begins with "Report".
TELLING = 1.0
ABOUT = 3  # reports at most whose titles are looked at though none of their passages is


def telling(
    scope: Scope, rankers: Mapping[str, Ranker], said: Said, terms: Mapping[str, float], passages: Iterable[int]
) -> list[int]:
    """The numbers of the titles that say what no passage of their report does.

    ``said`` is what titles hold of the question. Those of the reports whose ``passages`` were found are looked at, and
    those that hold most of ``terms``.
    """
    about = scope.headings.about(terms, ABOUT)
    reports = dict.fromkeys([*about, *(scope.passages[number].report for number in passages)])
    numbers = [number for report in reports if (number := scope.titles.number(report)) is not None]
    return [number for number in numbers if _is_telling(scope, number, rankers, said)]


def _is_telling(scope: Scope, number: int, rankers: Mapping[str, Ranker], said: Said) -> bool:
    report = scope.report(scope.passage(number))
    ranker = rankers[report.language]
    return any(
        held and ranker.telling[n] >= TELLING and not _says(scope, report.id, ranker.ways(n))
        for n, held in enumerate(said.by_title(report.id))
    )


def _says(scope: Scope, report: str, ways: Iterable[Sequence[str]]) -> bool:
    """Whether the passages of a report hold all keys of one of the ways."""
    own = scope.titles.span(report)
    return any(all(len(scope.index.holding(key, own)) for key in keys) for keys in ways)
