"""What has to be known of all passages of an edition before the first question, as arrays beside the edition's own.

Made once for an edition, most of it out of what was made for the edition before.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.arrays import Parts
from corpus.errors import ArraysError
from corpus.packed import Packed, PackedPassages
from corpus.picked import Picked
from corpus.report import Report
from retrieval import speakers
from retrieval.aim import names_of
from retrieval.headings import Above
from retrieval.index import PassageIndex
from retrieval.mapped import arrays_of, counts, counts_of, mapped
from retrieval.postings import Postings, Vocabulary, counted, spliced
from retrieval.terms import analyzer_of
from retrieval.words import Frequencies

MOST_CHANGES = 40  # places where passages are put in or taken out; to count them all anew is quicker than more


class Prepared:
    """What the arrays hold that ``prepared`` has made for the reports of ``packed``, with what stands ``above`` their
    passages. Raises ``ArraysError`` where they hold nothing of the kind."""

    def __init__(self, packed: Packed, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.packed = packed
        try:
            self.index = mapped("index", arrays)
            self._names = counts("names", arrays)
            self.above = Above.read(arrays)
            self._only: Mapping[str, int] = json.loads(arrays["above.only"].tobytes())
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise ArraysError(repr(error)) from None
        self.starts = Picked(packed, packed.is_ranked).starts
        counted = len(self.index.postings.lengths), len(self._names[1].lengths), len(self.above.titled.postings.lengths)
        if counted != (self.starts[-1], len(packed.reports), len(packed.reports)):
            raise ArraysError(repr(counted))

    def naming(self, key: str) -> frozenset[str]:
        """The ids of the reports that a word names."""
        words, postings = self._names
        number = words.get(key)
        if number is None:
            return frozenset()
        found = postings.numbers[postings.starts[number] : postings.starts[number + 1]]
        return frozenset(self.packed.reports[report].id for report in found.tolist())

    @cached_property
    def frequencies(self) -> Frequencies:
        """How many passages hold each word, and for those that stand above passages alone, how many of these do."""
        return self.index.document_frequency.beside(self._only)

    @cached_property
    def sentences(self) -> int:
        """How many sentences the passages have."""
        return int(self.packed.sentences[self.packed.is_ranked].sum())


def prepared(reports: Sequence[Report], before: Prepared | None = None) -> dict[str, Parts]:
    """The arrays of what is known of ``reports``; what was known ``before`` of some of them is not found again."""
    vocabulary, postings = _counted(reports, before)
    above = Above.over(reports)
    held = frozenset(vocabulary)
    only = {key: n for key, n in above.terms() if key not in held}
    arrays: dict[str, Parts] = {**arrays_of("index", PassageIndex.over(vocabulary, postings)), **above.arrays()}
    arrays |= counts_of("names", *counted(names_of(reports)))
    return arrays | {"above.only": np.frombuffer(json.dumps(only, ensure_ascii=False).encode(), np.uint8)}


def _counted(reports: Sequence[Report], before: Prepared | None) -> tuple[Vocabulary, Postings]:
    """What is counted of the body passages of ``reports``."""
    changes = None if before is None else _changes(reports, before)
    if before is None or changes is None or len(changes) > MOST_CHANGES:
        return counted(keys for report in reports for keys in _keys(report))
    vocabulary: Vocabulary = list(before.index.document_frequency)
    postings = before.index.postings
    for cut, put in reversed(changes):  # from the end, so that what stands before keeps its numbers
        vocabulary, postings = spliced(vocabulary, postings, cut, counted(keys for one in put for keys in _keys(one)))
    return vocabulary, postings


def _changes(reports: Sequence[Report], before: Prepared) -> "list[tuple[tuple[int, int], list[Report]]] | None":
    """Which passages, from one number to another, are replaced by those of which reports; ``None`` where what was there
    before stands in another order now."""
    found = []
    at, put = 0, list[Report]()
    for report in reports:
        passages = report.passages
        if not isinstance(passages, PackedPassages) or passages.packed is not before.packed:
            put.append(report)
            continue
        number = passages.number
        if number < at:
            return None
        if put or number > at:
            found.append(((before.starts[at], before.starts[number]), put))
        at, put = number + 1, []
    if put or at < len(before.packed.reports):
        found.append(((before.starts[at], before.starts[-1]), put))
    return found


def _keys(report: Report) -> Iterator[Sequence[str]]:
    """The keys of the terms of each body passage."""
    terms: Callable[[str], Sequence[Any]] = analyzer_of(report.language).terms
    return ([term.key for term in terms(said)] for said in speakers.searched(report))
