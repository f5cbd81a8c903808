"""Titles as passages, which have numbers too."""

from collections.abc import Sequence
from itertools import pairwise

from corpus.packed.selection import with_kind
from corpus.passage import Kind, Passage
from corpus.report import Report


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

    def span(self, report: str) -> range:
        """The numbers of the body passages of a report."""
        return range(*self._spans.get(report, (0, 0)))
