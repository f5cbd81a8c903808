"""What stands above a passage: the title of its report and the heading of its section, fields beside its own text.

A term counts for a passage by the field in which it is worth most, and never once for each: so the subject that only
the title names is as good as said in every passage, and one that says it again and again gains nothing by it. The idea
is that of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004. The small
indexes over titles and headings weigh their terms by how many titles and headings hold them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report
from retrieval import sentence
from retrieval.index import Lift, PassageIndex
from retrieval.sentence import Sentence
from retrieval.terms import analyzer_of

# What a term of a title or a heading is worth against the same in a passage of average length. Chosen among 0.3 to 2.5
# on questions to all 170 SQuAD articles at once, as they are asked and with the article's title before them.
FIELD = 1.5


class Headings:
    """The titles of ``reports`` and the headings of their sections, above ``passages``, which are in that order.

    In one report alone the title tells no passage from another: ``are_of_several`` says whether it counts for them.
    """

    def __init__(self, reports: Sequence[Report], passages: Sequence[Passage]) -> None:
        self._languages = {report.id: report.language for report in reports}
        self._numbers = {report.id: n for n, report in enumerate(reports)}
        self._titles = [report.title for report in reports]
        groups: dict[tuple[str, str], int] = {}
        above = [groups.setdefault((p.report, p.locator.section or ""), len(groups)) for p in passages]
        headed = [group for group in groups if group[1]]
        self._titled = PassageIndex(self._keys(report.id, report.title) for report in reports)
        self._headed = PassageIndex(self._keys(*group) for group in headed)
        self.are_of_several = len(reports) > 1
        self._of = np.array(above, np.int64)
        self._title_of = np.array([self._numbers[report] for report, _ in groups], np.int64)
        places = {group: n for n, group in enumerate(headed)}
        self._heading_of = np.array([places.get(group, len(headed)) for group in groups], np.int64)
        self._labels = {
            (p.report, p.locator.label): p.text for r in reports for p in r.passages if p.kind is Kind.SPEAKER
        }
        self._read: dict[tuple[str, str], tuple[Sentence, ...]] = {}

    def _keys(self, report: str, text: str) -> list[str]:
        return [term.key for term in analyzer_of(self._languages[report]).terms(text)]

    def terms(self) -> Iterator[tuple[str, int]]:
        """The terms of titles and headings, each with how many hold it."""
        for index in (self._headed, self._titled):
            yield from index.document_frequency.items()

    def lift(self, terms: Mapping[str, float]) -> Lift | None:
        """What these terms, with their weights, add to passages by what stands above them; ``None`` where nothing
        does."""
        fields = [(self._headed, self._heading_of)]
        if self.are_of_several:
            fields.append((self._titled, self._title_of))
        worth: dict[str, NDArray[np.float64]] = {}
        for key, weight in terms.items():
            for index, of in fields:
                if key in index.document_frequency:
                    mine = _worth(index, key, weight)[of]
                    worth[key] = np.maximum(worth[key], mine) if key in worth else mine
        return Lift(self._of, worth) if worth else None

    def about(self, terms: Mapping[str, float], count: int) -> list[str]:
        """The ids of the reports whose titles hold most of these terms, at most so many."""
        reports = list(self._numbers)
        return [reports[hit.passage] for hit in self._titled.search(list(terms), count, list(terms.values()))]

    def title(self, report: str) -> tuple[Sentence, ...]:
        """What the title of a report holds; nothing where it is empty."""
        return self._sentences(report, self._titles[self._numbers[report]])

    def entitled(self, key: str) -> list[str]:
        """The ids of the reports whose titles hold the term, in their order."""
        reports = list(self._numbers)
        return [reports[number] for number in self._titled.holding(key)]

    def heading(self, passage: Passage) -> tuple[Sentence, ...]:
        """What the heading over a passage holds; nothing where there is none."""
        return self._sentences(passage.report, passage.locator.section or "")

    def speaker(self, passage: Passage) -> tuple[Sentence, ...]:
        """What the label says of the one whose words a passage is; nothing where it is nobody's."""
        return self._sentences(passage.report, self._labels.get((passage.report, passage.lead or ""), ""))

    def _sentences(self, report: str, text: str) -> tuple[Sentence, ...]:
        """Two threads may read one text at the same time: both find the same."""
        found = self._read.get((report, text))
        if found is None:
            tag = self._languages[report]
            words = text.strip()
            spans = (Span(0, len(words)),) if words else ()
            passage = Passage(
                report=report, locator=Locator(Kind.HEADING), kind=Kind.HEADING, text=words, tail="", sentences=spans
            )
            found = self._read[report, text] = sentence.read(passage, analyzer_of(tag), tag)
        return found


class Said:
    """How nearly each want of one question is held by titles and headings, every one of them looked at once.

    ``held`` gives it for what a title or heading of a report, by its id, holds.
    """

    def __init__(self, headings: Headings, held: Callable[[str, Sequence[Sentence]], Sequence[float]]) -> None:
        self._headings = headings
        self._held = held
        self._titles: dict[str, Sequence[float]] = {}
        self._above: dict[tuple[str, str | None, str | None], Sequence[float]] = {}

    def by_title(self, report: str) -> Sequence[float]:
        """What the title of a report says."""
        if report not in self._titles:
            self._titles[report] = self._held(report, self._headings.title(report))
        return self._titles[report]

    def above(self, passage: Passage, *, with_title: bool) -> Sequence[float]:
        """What counts for a passage though it stands above it; ``with_title`` also where there is one report only."""
        group = passage.report, passage.locator.section, passage.lead
        if group not in self._above:
            found = self._held(passage.report, self._headings.heading(passage))
            if speaker := self._headings.speaker(passage):
                found = list(map(max, found, self._held(passage.report, speaker)))
            if self._headings.are_of_several or with_title:
                found = list(map(max, found, self.by_title(passage.report)))
            self._above[group] = found
        return self._above[group]


def _worth(index: PassageIndex, key: str, weight: float) -> NDArray[np.float64]:
    """What a term is worth in each text of a field, and in none, which stands last."""
    worth = np.zeros(index.corpus_size + 1)
    numbers, impacts = index.impacts(key)
    worth[numbers] = FIELD * weight * np.maximum(impacts, 0.0)
    return worth
