"""Titles as passages: one is quoted where it alone says what is asked.

A title repeats its report, and would be the best sentence of far too many answers. So it is looked at only where it
holds a telling word of the question that no passage of its report holds, nor anything that may stand for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.packed.selection import with_kind
from corpus.passage import Kind, Passage
from corpus.report import Report
from retrieval.evidence.headings import Said
from retrieval.evidence.ranker import Ranker

if TYPE_CHECKING:
    from retrieval.search.scope import Scope

# How telling the word has to be in reports at large: one that at most one report in three is expected to have, and that
# says what is meant. "What does the report say of it" does not ask for a title that begins with "Report".
TELLING = 1.0
ABOUT = 3  # reports at most whose titles are looked at though none of their passages is


class Titles:
    """The titles that stand in the text of ``reports``, numbered after all their body passages.

    ``starts`` has the number of the first body passage of each report, and after them all how many there are.
    """

    def __init__(self, reports: Sequence[Report], starts: Sequence[int]) -> None:
        self._first = starts[-1]
        self._spans = {report.id: span for report, span in zip(reports, pairwise(starts), strict=True)}
        self._entitled = [reports[number] for number in with_kind(reports, Kind.TITLE)]
        self._numbers = {report.id: n for n, report in enumerate(self._entitled, start=self._first)}

    def passage(self, number: int) -> Passage:
        """The title of that number."""
        *_, title = self._entitled[number - self._first].of_kind(Kind.TITLE)
        return title

    def number(self, report: str) -> int | None:
        """The number of a report's title; ``None`` where it does not stand in the text."""
        return self._numbers.get(report)

    def telling(
        self,
        scope: "Scope",
        rankers: Mapping[str, Ranker],
        said: Said,
        terms: Mapping[str, float],
        passages: Iterable[int],
    ) -> list[int]:
        """The numbers of the titles that say what no passage of their report does.

        ``said`` is what titles hold of the question. Those of the reports whose ``passages`` were found are looked at,
        and those that hold most of ``terms``.
        """
        about = scope.headings.about(terms, ABOUT)
        reports = dict.fromkeys([*about, *(scope.passages[number].report for number in passages)])
        numbers = [number for report in reports if (number := self.number(report)) is not None]
        return [number for number in numbers if self._is_telling(scope, number, rankers, said)]

    def _is_telling(self, scope: "Scope", number: int, rankers: Mapping[str, Ranker], said: Said) -> bool:
        report = scope.report(self.passage(number))
        ranker = rankers[report.language]
        return any(
            held and ranker.telling[n] >= TELLING and not self._says(scope, report.id, ranker.ways(n))
            for n, held in enumerate(said.by_title(report.id))
        )

    def _says(self, scope: "Scope", report: str, ways: Iterable[Sequence[str]]) -> bool:
        """Whether the passages of a report hold all keys of one of the ways."""
        own = range(*self._spans.get(report, (0, 0)))
        return any(all(len(scope.index.holding(key, own)) for key in keys) for keys in ways)
