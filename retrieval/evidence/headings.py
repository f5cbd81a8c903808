"""What stands above a passage: the title of its report and the heading of its section, fields beside its own text.

A term counts for a passage by the field in which it is worth most, and never once for each: so the subject that only
the title names is as good as said in every passage, and one that says it again and again gains nothing by it. The idea
is that of Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004. The small
indexes over titles and headings weigh their terms by how many titles and headings hold them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.packed.selection import sections_of
from corpus.passage import Kind, Locator, Passage, Span
from corpus.report import Report
from retrieval import sentence
from retrieval.index.bm25 import Lift, PassageIndex
from retrieval.index.mapped import arrays_of, mapped
from retrieval.sentence import Sentence
from retrieval.words.terms import analyzer_of

# What a term of a title or a heading is worth against the same in a passage of average length. Chosen among 0.3 to 2.5
# on questions to all 170 SQuAD articles at once, as they are asked and with the article's title before them.
FIELD = 1.5
KEPT = 2_000  # titles, headings and labels that were read last
HEADED, TITLED = "headed", "titled"  # what the fields above a passage are called


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above passages. ``titled`` is the index over the titles of reports, ``headed`` that over the headings
    of their sections.

    What stands above a passage is its report and its section: ``of`` has for each passage the number of the two,
    ``title_of`` for each of these the number of the report, ``heading_of`` that of the heading, after all for none.
    """

    titled: PassageIndex
    headed: PassageIndex
    of: NDArray[np.int64]
    title_of: NDArray[np.int64]
    heading_of: NDArray[np.int64]

    @classmethod
    def over(cls, reports: Sequence[Report], titled: PassageIndex | None = None) -> "Above":
        """What stands above the body passages of ``reports``, in their order; ``titled`` where it is there already."""
        sections: list[tuple[Report, str]] = []
        above: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        title_of: list[int] = []
        for n, report in enumerate(reports):
            own, numbers = sections_of(report)
            above.append(numbers.astype(np.int64) + len(sections))
            sections += ((report, section) for section in own)
            title_of += [n] * len(own)
        headed = [section for section in sections if section[1]]
        places = iter(range(len(headed)))
        return cls(
            titled=PassageIndex(map(title_keys, reports)) if titled is None else titled,
            headed=PassageIndex(_keys(*section) for section in headed),
            of=np.concatenate(above),
            title_of=np.array(title_of, np.int64),
            heading_of=np.array([next(places) if section else len(headed) for _, section in sections], np.int64),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """It as arrays, which ``of`` reads; both indexes are mapped ones."""
        places = {f"above.{name}": getattr(self, name) for name in ("of", "title_of", "heading_of")}
        return {**arrays_of("titled", self.titled), **arrays_of("headed", self.headed), **places}

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]]) -> "Above":
        """What ``arrays`` hold."""
        of, title_of, heading_of = (arrays[f"above.{name}"] for name in ("of", "title_of", "heading_of"))
        if len(title_of) != len(heading_of) or not 0 <= of.min(initial=0) <= of.max(initial=0) <= len(title_of):
            raise ValueError("passages stand under none")
        return cls(mapped("titled", arrays), mapped("headed", arrays), of, title_of=title_of, heading_of=heading_of)

    def terms(self) -> Iterator[tuple[str, int]]:
        """The terms of titles and headings, each with how many hold it."""
        for index in (self.headed, self.titled):
            yield from index.document_frequency.items()


def title_keys(report: Report) -> list[str]:
    """The keys of the terms of a report's title."""
    return _keys(report, report.title)


def _keys(report: Report, text: str) -> list[str]:
    return [term.key for term in analyzer_of(report.language).terms(text)]


class Headings:
    """The titles of ``reports`` and the headings of their sections, ``above`` their body passages.

    In one report alone the title tells no passage from another: ``are_of_several`` says whether it counts for them.
    """

    def __init__(self, reports: Sequence[Report], above: Above | None = None) -> None:
        self._reports = {report.id: report for report in reports}
        self._ids = list(self._reports)
        self.above = Above.over(reports) if above is None else above
        self.are_of_several = len(reports) > 1
        self._read: dict[tuple[str, str], tuple[Sentence, ...]] = {}

    def lift(self, terms: Mapping[str, float]) -> Lift | None:
        """What these terms, with their weights, add to passages by what stands above them; ``None`` where nothing
        does."""
        fields = [(HEADED, self.above.headed, self.above.heading_of)]
        if self.are_of_several:
            fields.append((TITLED, self.above.titled, self.above.title_of))
        worth: dict[str, NDArray[np.float64]] = {}
        factors: dict[str, dict[str, float]] = {}
        for key, weight in terms.items():
            for name, index, of in fields:
                if key in index.document_frequency:
                    mine = _worth(index, key, weight)[of]
                    worth[key] = np.maximum(worth[key], mine) if key in worth else mine
                    factors.setdefault(name, {})[key] = FIELD * weight * max(index.idf_of(key), 0.0)
        return Lift(self.above.of, worth, factors) if worth else None

    def about(self, terms: Mapping[str, float], count: int) -> list[str]:
        """The ids of the reports whose titles hold most of these terms, at most so many."""
        return [self._ids[hit.passage] for hit in self.above.titled.search(list(terms), count, list(terms.values()))]

    def title(self, report: str) -> tuple[Sentence, ...]:
        """What the title of a report holds; nothing where it is empty."""
        return self._sentences(report, self._reports[report].title)

    def entitled(self, key: str) -> list[str]:
        """The ids of the reports whose titles hold the term, in their order."""
        return [self._ids[number] for number in self.above.titled.holding(key)]

    def heading(self, passage: Passage) -> tuple[Sentence, ...]:
        """What the heading over a passage holds; nothing where there is none."""
        return self._sentences(passage.report, passage.locator.section or "")

    def speaker(self, passage: Passage) -> tuple[Sentence, ...]:
        """What the label says of the one whose words a passage is; nothing where it is nobody's."""
        label = None if passage.lead is None else self._reports[passage.report].labelled(passage.lead)
        return self._sentences(passage.report, label.text if label and label.kind is Kind.SPEAKER else "")

    def _sentences(self, report: str, text: str) -> tuple[Sentence, ...]:
        """Two threads may read one text at the same time: both find the same."""
        if not text:  # most passages stand under no heading, and nobody speaks them
            return ()
        found = self._read.get((report, text))
        if found is None:
            tag = self._reports[report].language
            words = text.strip()
            spans = (Span(0, len(words)),) if words else ()
            passage = Passage(
                report=report, locator=Locator(Kind.HEADING), kind=Kind.HEADING, text=words, tail="", sentences=spans
            )
            if len(self._read) >= KEPT:
                self._read.clear()
            found = self._read[report, text] = sentence.read(passage, analyzer_of(tag), tag)
        return found


class Said:
    """How nearly each want of one question is held by titles and headings, every one of them looked at once.

    ``held`` gives it for what a title or heading of a report, by its id, holds.
    """

    def __init__(self, headings: Headings, held: Callable[[str, Sequence[Sentence]], Sequence[float]]) -> None:
        self._headings = headings
        self.held = held
        self._titles: dict[str, Sequence[float]] = {}
        self._above: dict[tuple[str, str | None, str | None], Sequence[float]] = {}

    def by_title(self, report: str) -> Sequence[float]:
        """What the title of a report says."""
        if report not in self._titles:
            self._titles[report] = self.held(report, self._headings.title(report))
        return self._titles[report]

    def above(self, passage: Passage, *, with_title: bool) -> Sequence[float]:
        """What counts for a passage though it stands above it; ``with_title`` also where there is one report only."""
        group = passage.report, passage.locator.section, passage.lead
        if group not in self._above:
            found = self.held(passage.report, self._headings.heading(passage))
            if speaker := self._headings.speaker(passage):
                found = list(map(max, found, self.held(passage.report, speaker)))
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
