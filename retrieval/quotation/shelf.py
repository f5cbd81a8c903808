"""The passages of an edition as quotations are looked for in them: as they stand, and token by token."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from corpus.packed.selection import picked, ranked
from corpus.passage import Kind, Passage, Span
from corpus.report import Passages, Report
from retrieval.quotation.tokens import Token, compared
from retrieval.search.scope import Scope
from retrieval.words.terms import analyzer_of

KEPT = 4_000  # passages whose tokens are kept once they were read
READ_ALL = 1_500  # passages up to which every one is read; of more, those that share words with the quotation
_CLOSEST = 30  # passages that BM25 finds best
_HOLDING = 200  # passages at most that hold all of the rarest words
_RAREST = 4  # words
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Read:
    """The tokens of a passage; ``run`` is their texts, each between separators, ``held`` the set of them."""

    tokens: tuple[Token, ...]
    run: str
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where quoted words stand: the number of the passage, and the span of its text."""

    number: int
    span: Span


Place = tuple[Spot, ...]  # of words that may go on over the end of a passage


class Shelf:
    """All passages of a scope's reports but ornaments, in order and by number. Safe to ask from several threads."""

    def __init__(self, reports: Sequence[Report], scope: Scope) -> None:
        self.scope = scope
        self.reports = reports
        self.passages, self._starts = picked(reports, lambda kind: kind is not Kind.FURNITURE)
        self._read = lru_cache(KEPT)(partial(_read, self.passages))
        self._texts: dict[int, str] = {}

    def _report(self, number: int) -> int:
        """The number of the report of the passage with that number."""
        return bisect_right(self._starts, number) - 1

    def report(self, number: int) -> Report:
        """The report of the passage with that number."""
        return self.reports[self._report(number)]

    def number(self, passage: Passage) -> int:
        """The number of one of the passages. Raises ``StopIteration`` for any other."""
        report = next(n for n, report in enumerate(self.reports) if report.id == passage.report)
        numbers = range(self._starts[report], self._starts[report + 1])
        return next(number for number in numbers if self.passages[number] == passage)

    def next(self, number: int) -> int | None:
        """The passage into which a quotation may go on from the end of this one, over the running heads between."""
        before, found = self.passages[number], None
        if before.kind is Kind.RUNNING:
            return None
        for at in range(number + 1, self._starts[self._report(number) + 1]):
            after = self.passages[at]
            found = at if _goes_on(before, after) else found
            if after.kind is not Kind.RUNNING:
                break
        return found

    def read(self, number: int) -> Read:
        """The tokens of a passage. Two threads may read one at the same time: both find the same."""
        return self._read(number)

    def _text(self, number: int) -> str:
        """The text of a report; one that is read within a moment is not kept."""
        report = self.reports[number]
        if isinstance(report.passages, Passages):
            return report.text
        if number not in self._texts:
            self._texts[number] = report.text
        return self._texts[number]

    def _layout(self, report: int) -> tuple[list[int], list[int | None]]:
        """Where each of its passages begins in the text of a report, and their numbers here."""
        begins, numbers = [0], list[int | None]()
        number = self._starts[report]
        for passage in self.reports[report].passages:
            is_here = passage.kind is not Kind.FURNITURE
            numbers.append(number if is_here else None)
            number += is_here
            begins.append(begins[-1] + len(passage.text) + len(passage.tail))
        return begins[:-1], numbers

    @cached_property
    def _ranked(self) -> list[int]:
        """The numbers here of the passages as the index numbers them."""
        return [n for n, is_ranked in enumerate(ranked(self.passages)) if is_ranked]

    @cached_property
    def _unranked(self) -> list[tuple[int, str]]:
        """The passages that no index has, and their texts without case."""
        others = (n for n, is_ranked in enumerate(ranked(self.passages)) if not is_ranked)
        return [(n, self.passages[n].text.casefold()) for n in others]

    def standing(self, text: str) -> Iterator[Place]:
        """Where the characters of ``text`` stand so, at the bounds of words."""
        for report in range(len(self.reports)):
            own = self._text(report)
            at, layout = own.find(text), None
            while at >= 0:
                if not _is_within_word(own, at) and not _is_within_word(own, at + len(text)):
                    layout = layout or self._layout(report)
                    place = self._place(*layout, Span(at, at + len(text)))
                    if place is not None:
                        yield place
                at = own.find(text, at + 1)

    def _place(self, begins: list[int], numbers: list[int | None], span: Span) -> Place | None:
        """The span of a report's text by its passages; ``None`` where it is not at the bounds of words."""
        first, last = bisect_right(begins, span.start) - 1, bisect_right(begins, span.end - 1) - 1
        spots: list[Spot] = []
        for n in range(first, last + 1):
            number = numbers[n]
            if number is None or (spots and self.next(spots[-1].number) != number):
                return None
            start, end = span.start - begins[n], span.end - begins[n]
            text = self.passages[number].text
            spots.append(Spot(number, Span(max(0, start), min(len(text), end))))
        if any(spot.span.start >= spot.span.end for spot in spots):
            return None
        whole = self._is_whole(spots[0].number, spots[0].span.start) and self._is_whole(
            spots[-1].number, spots[-1].span.end
        )
        return tuple(spots) if whole else None

    def _is_whole(self, number: int, at: int) -> bool:
        """Whether no word or number of a passage has ``at`` inside it."""
        return not any(token.start < at < token.end for token in self.read(number).tokens)

    def candidates(self, text: str, quoted: Sequence[Token]) -> Sequence[int]:
        """The passages in which the tokens of ``text`` may stand: all of few, of many those that share words."""
        if len(self.passages) <= READ_ALL:
            return range(len(self.passages))
        keys = {term.key for tag in self.scope.languages for term in analyzer_of(tag).terms(text)}
        index = self.scope.index
        found = [hit.passage for hit in index.search(sorted(keys), _CLOSEST)]
        rarest = sorted((n, key) for key in keys if (n := index.document_frequency.get(key)))[:_RAREST]
        holding = [set(map(int, index.holding(key))) for _, key in rarest]
        if holding:
            found += sorted(set.intersection(*holding))[:_HOLDING]
        numbers = [self._ranked[n] for n in found]
        longest = max((token.text for token in quoted if token.is_word and token.text.isascii()), key=len, default="")
        if longest:
            numbers += [n for n, text in self._unranked if longest in text][:_HOLDING]
        before = [n - 1 for n in numbers if n and self.next(n - 1) == n]
        return list(dict.fromkeys([*numbers, *before]))

    def alike(self, text: str) -> list[int]:
        """The passages that are found best for the words of ``text`` in any of their forms, best first."""
        keys = {term.key for tag in self.scope.languages for term in analyzer_of(tag).terms(text)}
        return [self._ranked[hit.passage] for hit in self.scope.index.search(sorted(keys), _CLOSEST)]

    def runs(self, quoted: Sequence[Token], numbers: Sequence[int]) -> Iterator[Place]:
        """Where these tokens stand one after the other in these passages, or go on from them."""
        wanted = run_of([token.text for token in quoted])
        first, held = quoted[0].text, frozenset(token.text for token in quoted)
        for number in numbers:
            own = self.read(number)
            if first not in own.held:
                continue
            if held <= own.held:
                yield from (_span(number, own.tokens, at, len(quoted)) for at in _found(wanted, own.run))
            if self.next(number) is not None:
                yield from self._over(number, wanted, len(quoted))

    def _over(self, number: int, wanted: str, count: int) -> Iterator[Place]:
        """Where they begin in a passage and end in one after it."""
        chain = self.chain(number, count)
        whole = _SEPARATOR + "".join(self.read(n).run[1:] for n in chain)
        all_tokens = [(n, token) for n in chain for token in self.read(n).tokens]
        own = len(self.read(number).tokens)
        for at in _found(wanted, whole):
            if at < own < at + count:
                spots: dict[int, Span] = {}
                for n, token in all_tokens[at : at + count]:
                    spots[n] = Span(spots[n].start if n in spots else token.start, token.end)
                yield tuple(Spot(n, span) for n, span in spots.items())

    def chain(self, number: int, count: int) -> list[int]:
        """The passage and those that follow it until they have ``count`` tokens after it."""
        chain, size = [number], 0
        while size < count and (following := self.next(chain[-1])) is not None:
            chain.append(following)
            size += len(self.read(following).tokens)
        return chain


def run_of(texts: Sequence[str]) -> str:
    """Texts of tokens as one string, in which a run of them can be found."""
    return _SEPARATOR + "".join(f"{text}{_SEPARATOR}" for text in texts)


def _read(passages: Sequence[Passage], number: int) -> Read:
    own = tuple(compared(passages[number].searched))
    return Read(own, run_of([token.text for token in own]), frozenset(token.text for token in own))


def _found(wanted: str, run: str) -> Iterator[int]:
    """The numbers of the tokens at which a run begins in another."""
    at = run.find(wanted)
    while at >= 0:
        yield run.count(_SEPARATOR, 0, at)
        at = run.find(wanted, at + 1)


def _span(number: int, own: Sequence[Token], at: int, count: int) -> Place:
    return (Spot(number, Span(own[at].start, own[at + count - 1].end)),)


def _is_within_word(text: str, at: int) -> bool:
    """Whether letters or digits stand on both sides, for a quick first look."""
    return 0 < at < len(text) and text[at - 1].isalpha() and text[at].isalpha() and not _is_single(text[at])


def _is_single(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff"


def _goes_on(before: Passage, after: Passage) -> bool:
    """Whether words may be quoted over the end of a passage as if it were none."""
    is_label = before.kind is Kind.SPEAKER and after.lead == before.locator.label
    return is_label or (before.kind is after.kind and before.kind.is_ranked)
