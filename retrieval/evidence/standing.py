"""How the sentences of a report stand in it: in front, at its centre, near its main event. For questions about the
whole, which have no word to look for; found once a report, when the first such question comes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.report import Report
from retrieval.evidence.textrank import central
from retrieval.index.bm25 import PassageIndex
from retrieval.words.terms import analyzer_of

FRONT = 6  # sentences until the lead, and from the end until the tail, counts for half


class Standing(NamedTuple):
    """How a sentence stands in its report, each in [0, 1]: ``central`` by TextRank, against the most central one;
    ``lead``, 1 for the first and less for each after it; ``tail``, the same from the last one; ``main_event``, the
    share of the words of title and first sentence that it holds."""

    central: float
    lead: float
    main_event: float
    tail: float


class Standings:
    """The standing of every body sentence of a report, by the ids of its passages."""

    def __init__(self, report: Report) -> None:
        terms = analyzer_of(report.language).terms
        places = [(passage, number) for passage in report.body for number in range(len(passage.sentences))]
        keys = [[term.key for term in terms(passage.cut(passage.sentence(number)))] for passage, number in places]
        worth = central(keys, PassageIndex(keys))
        most = max(worth.values(), default=1.0) or 1.0
        event = frozenset(term.key for term in terms(report.title)).union(keys[0] if keys else ())
        found: dict[str, list[Standing]] = {}
        last = len(places) - 1
        for n, (passage, _) in enumerate(places):
            share = len(event.intersection(keys[n])) / len(event) if event else 0.0
            standing = Standing(worth.get(n, 0.0) / most, FRONT / (FRONT + n), share, FRONT / (FRONT + last - n))
            found.setdefault(passage.id, []).append(standing)
        self._found: Mapping[str, Sequence[Standing]] = found

    def of(self, passage: str) -> Sequence[Standing]:
        """The standing of each sentence of a passage."""
        return self._found.get(passage, ())

    def foremost(self, passages: Iterable[str], most: int) -> list[str]:
        """The ids of at most so many of these passages, in turn from the front and by the most central sentence."""
        listed = list(passages)
        ranked = sorted(listed, key=lambda one: -max((standing.central for standing in self.of(one)), default=0.0))
        taken = dict.fromkeys(one for pair in zip(listed, ranked, strict=True) for one in pair)
        return list(taken)[:most]
