"""The paragraphs of an edition while a person types a citation: by number, by report, by the words that they hold.

Prepared once; a keystroke costs a search through one text, of which no more than ``MOST_TEXT`` is kept.
``numbered`` finds the one that a whole text names by its number, ``example`` shows how one is cited.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from heapq import nsmallest
from itertools import chain, compress, islice

from bot.errors import WhichPassageError, WhichPassageOfManyError
from bot.service.names import Names
from corpus.citation import Citation
from corpus.edition import LISTED, Edition
from corpus.errors import UnknownCitationError
from corpus.passage import Passage
from corpus.report import Passages, Report
from corpus.text.legible import legible
from retrieval.question.numbered import named, with_number

MOST_TEXT = 20_000_000  # ours, in characters: searched in some ten milliseconds; what stands behind goes by its number
MOST_HITS = 2_000  # ours: places of a word that are looked at
MOST_REPORTS = 25  # ours: reports that what is typed before a number may mean
LONGEST = 200  # ours: characters of what is typed that are looked at
_LABEL = re.compile(r"[0-9][0-9.]*(?:-[a-z0-9-]*)?")
_END = "\n"  # between passages; none of the texts that are searched holds one


def numbered(text: str, reports: Sequence[Report]) -> Passage | None:
    """The paragraph of the number that ``text`` is or asks for, where one report has one: "3", "paragraph 3"; ``None``
    where none has. Raises ``WhichPassageError`` where several have."""
    found = with_number(text, reports)
    if len(found) < 2:
        return next(iter(found), None)
    known = ", ".join(f"{one.report}:{one.locator.label}" for one in found[:LISTED])
    if more := max(0, len(found) - LISTED):
        raise WhichPassageOfManyError(known=known, n=more)
    raise WhichPassageError(known=known)


def example(edition: Edition, text: str) -> str:
    """A citation as it should be, of the report that ``text`` names where it names one; "" where there is none."""
    bodies = (report.body for report in named(text, edition.reports))
    passages = chain(chain.from_iterable(bodies), edition.passages())
    return str(next((Citation.of(passage) for passage in passages), ""))


class Paragraphs:
    """The body passages of ``edition``, with the ``names`` of its reports. Raises nothing."""

    def __init__(self, edition: Edition, names: Names) -> None:
        self._edition, self._names = edition, names
        self._passages, self._labelled = _all(edition)
        if isinstance(self._passages, tuple):
            self.prepare()

    def prepare(self) -> None:
        """Make now what the first keystroke would otherwise wait for: seconds, where every passage has to be opened."""
        _ = self._labels, self._searched

    @cached_property
    def _labels(self) -> list[tuple[str, int]]:
        return sorted((label, place) for place, label in enumerate(self._labelled()))

    @cached_property
    def _searched(self) -> tuple[str, list[int]]:
        """The texts one after the other, and where each passage begins there."""
        starts, texts, size = list[int](), list[str](), 0
        for passage in self._passages:
            if size > MOST_TEXT:
                break
            starts.append(size)
            texts.append(_END + " ".join(passage.text.casefold().split()))
            size += len(texts[-1])
        return "".join(texts), starts

    def completing(self, typed: str, most: int) -> Sequence[Passage]:
        """At most so many passages that what was ``typed`` may be about to name.

        A citation comes first, then a number as it is, then the longer numbers that begin so; words stand for the
        passages that hold all of them. A report's name before either keeps to that report.
        """
        text = legible(typed[:LONGEST])
        found = (*self._named(text), *self._completing(text.casefold().strip(), most))
        return tuple(islice(dict.fromkeys(found), most))

    def _named(self, typed: str) -> Iterator[Passage]:
        """The passage that is named already."""
        try:
            yield self._edition.find(Citation.parse(typed))
        except UnknownCitationError:
            return

    def _completing(self, typed: str, most: int) -> Iterator[Passage]:
        name, colon, rest = typed.rpartition(":" if ":" in typed else " ")
        label = rest.partition("@")[0].strip()
        reports = self._called(name)
        if _LABEL.fullmatch(label):  # without a colon the words before it may be "paragraph"
            yield from self._with_label(label, reports if reports or colon == ":" else None, most)
        elif colon == ":" and reports:
            yield from islice(self._holding(rest.split(), reports), most)
        if label != typed or not _LABEL.fullmatch(label):
            yield from islice(self._holding(typed.split(), None), most)
            first, _, others = typed.partition(" ")
            if others and (reports := self._called(first)):
                yield from islice(self._holding(others.split(), reports), most)

    def _called(self, name: str) -> frozenset[str] | None:
        """The ids of the reports whose id or title holds ``name``; ``None`` where it is empty."""
        if not name.strip():
            return None
        return frozenset(report.id for report in self._names.holding(name, MOST_REPORTS))

    def _with_label(self, begun: str, reports: frozenset[str] | None, most: int) -> Iterator[Passage]:
        """The passages whose label begins so: the shortest labels first, which are the lowest numbers."""
        first = bisect_left(self._labels, (begun, 0))
        last = bisect_left(self._labels, (begun + "\U0010ffff", 0))
        found = (entry for entry in self._labels[first:last] if self._is_of(entry[1], reports))
        for _, place in nsmallest(most, found, key=lambda entry: (len(entry[0]), entry)):
            yield self._passages[place]

    def _holding(self, words: Sequence[str], reports: frozenset[str] | None) -> Iterator[Passage]:
        """The passages that hold all the words, in order; those of the reports where no word is given."""
        if not words:
            yield from (one for place, one in enumerate(self._passages) if self._is_of(place, reports))
            return
        text, starts = self._searched
        rarest = max(words, key=len)
        for place in islice(self._places(rarest), MOST_HITS):
            end = starts[place + 1] if place + 1 < len(starts) else len(text)
            holds = all(text.find(word, starts[place], end) >= 0 for word in words)
            if holds and self._is_of(place, reports):
                yield self._passages[place]

    def _places(self, word: str) -> Iterator[int]:
        """The places of the passages in which ``word`` stands."""
        text, starts = self._searched
        found = text.find(word)
        while found >= 0:
            place = bisect_right(starts, found) - 1
            yield place
            if place + 1 == len(starts):
                return
            found = text.find(word, starts[place + 1])

    def _is_of(self, place: int, reports: frozenset[str] | None) -> bool:
        return reports is None or self._passages[place].report in reports


def _all(edition: Edition) -> tuple[Sequence[Passage], Callable[[], Sequence[str]]]:
    """The body passages of an edition, and what gives the labels of all of them."""
    if edition.reports and isinstance(edition.reports[0].passages, Passages):
        from corpus.packed.selection import (  # 80 ms: NumPy, which is there already where passages are arrays
            Picked,
            whole,
        )

        if (packed := whole(edition.reports)) is not None:
            ranked = packed.is_ranked.tolist()
            labels = partial(packed.lines, "labels", 0, len(packed))
            return Picked(packed, packed.is_ranked), lambda: list(compress(labels(), ranked))
    passages = tuple(edition.passages())
    return passages, lambda: [passage.locator.label for passage in passages]
