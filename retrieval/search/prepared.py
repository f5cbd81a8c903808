"""What has to be known of all passages of an edition before the first question, as arrays beside the edition's own.

Made once for an edition, most of it out of what was made for the edition before.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArraysError
from corpus.files.arrays import Parts
from corpus.packed.reading import Packed, PackedPassages
from corpus.packed.selection import Picked
from corpus.report import Report
from retrieval.evidence import speakers
from retrieval.evidence.headings import Above, title_keys
from retrieval.index.bm25 import PassageIndex
from retrieval.index.mapped import arrays_of, counts, counts_of, mapped
from retrieval.index.postings import Postings, Vocabulary, counted, spliced
from retrieval.index.spread import spread
from retrieval.index.words import Frequencies
from retrieval.search.aim import names_of
from retrieval.words.terms import analyzer_of

MOST_CHANGES = 40  # places where passages are put in or taken out; to count them all anew is quicker than more


class Prepared:
    """What the arrays hold that ``prepared`` has made for the reports of ``packed``, with what stands ``above`` their
    passages, and the ``names`` of reports. Raises ``ArraysError`` where they hold nothing of the kind."""

    def __init__(self, packed: Packed, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.packed = packed
        try:
            self.index = mapped("index", arrays)
            self.names = counts("names", arrays)
            self.above = Above.read(arrays)
            self._only: Mapping[str, int] = json.loads(arrays["above.only"].tobytes())
            self._spread: NDArray[np.int32] = arrays["index.spread"]
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise ArraysError(repr(error)) from None
        self.starts = Picked(packed, packed.is_ranked).starts
        held = len(self.index.postings.lengths), len(self.names[1].lengths), len(self.above.titled.postings.lengths)
        if held != (self.starts[-1], len(packed.ids), len(packed.ids)):
            raise ArraysError(repr(held))
        if len(self._spread) != len(self.index.document_frequency):
            raise ArraysError(repr(len(self._spread)))

    def spread(self, key: str) -> int:
        """In how many reports a word stands."""
        number = self.index.document_frequency.words.find(key)
        return 0 if number is None else int(self._spread[number])

    def naming(self, key: str) -> frozenset[str]:
        """The ids of the reports that a word names."""
        words, postings = self.names
        number = words.get(key)
        if number is None:
            return frozenset()
        found = postings.numbers[postings.starts[number] : postings.starts[number + 1]]
        return frozenset(self.packed.ids[report] for report in found.tolist())

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
    changes = None if before is None else _changes(reports, before)
    body = named = titled = None
    if before is not None and changes is not None and len(changes) <= MOST_CHANGES:
        each = range(len(before.packed.ids) + 1)
        body = _Known(before.index.document_frequency, before.index.postings, before.starts, changes)
        named = _Known(*before.names, starts=each, changes=changes)
        titled = _Known(before.above.titled.document_frequency, before.above.titled.postings, each, changes)
    vocabulary, postings = _counted(reports, _keys, body)
    above = Above.over(reports, PassageIndex.over(*_counted(reports, lambda one: [title_keys(one)], titled)))
    held = frozenset(vocabulary)
    only = {key: n for key, n in above.terms() if key not in held}
    arrays: dict[str, Parts] = {**arrays_of("index", PassageIndex.over(vocabulary, postings)), **above.arrays()}
    arrays["index.spread"] = spread(postings, above.title_of[above.of])
    arrays |= counts_of("names", *_counted(reports, lambda one: names_of([one]), named))
    return arrays | {"above.only": np.frombuffer(json.dumps(only, ensure_ascii=False).encode(), np.uint8)}


class _Known(NamedTuple):
    """What was counted before, where in it each report started, and which reports have changed since."""

    words: Iterable[str]
    postings: Postings
    starts: Sequence[int]
    changes: "Sequence[tuple[tuple[int, int], Sequence[Report]]]"


def _counted(
    reports: Sequence[Report], keys: Callable[[Report], Iterable[Sequence[str]]], known: _Known | None
) -> tuple[Vocabulary, Postings]:
    """What is counted of the ``keys`` of ``reports``."""
    if known is None:
        return counted(own for report in reports for own in keys(report))
    vocabulary: Vocabulary = list(known.words)
    postings = known.postings
    for (first, last), put in reversed(known.changes):  # from the end, so that what stands before keeps its numbers
        new = counted(own for report in put for own in keys(report))
        vocabulary, postings = spliced(vocabulary, postings, (known.starts[first], known.starts[last]), new)
    return vocabulary, postings


def _changes(reports: Sequence[Report], before: Prepared) -> "list[tuple[tuple[int, int], list[Report]]] | None":
    """Which reports, from one number to another, are replaced by which; ``None`` where what was there before stands in
    another order now."""
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
            found.append(((at, number), put))
        at, put = number + 1, []
    if put or at < len(before.packed.ids):
        found.append(((at, len(before.packed.ids)), put))
    return found


def _keys(report: Report) -> Iterator[Sequence[str]]:
    """The keys of the terms of each body passage."""
    terms: Callable[[str], Sequence[Any]] = analyzer_of(report.language).terms
    return ([term.key for term in terms(said)] for said in speakers.searched(report))
