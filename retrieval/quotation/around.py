"""What stands around quoted words in their sentence and changes what they mean: hedges, negations, speakers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.leads import lead_of
from retrieval.quotation.governing import governs
from retrieval.quotation.marks import SINGLES, quoted
from retrieval.quotation.naming import named_by
from retrieval.quotation.speaking import clauses
from retrieval.quotation.tokens import Token, tokens, written_end
from retrieval.quotation.wording import Found, Wording, wording

_MARK = re.compile('[“”„"«»]')
_OPENING = frozenset("“„«")
_MONTH = "May"  # no hedge
_WIDEST = 3  # sentences that a quotation is followed over to where it begins or ends
# Words at most between a negation and what it negates, or any number with "that" among them: "nor did the inquiry find
# any evidence that". After the quoted words none.
_BEFORE = 3


@dataclass(frozen=True)
class Around:
    """Quoted ``spans`` of one passage, in order, in the sentences that they stand in.

    ``tokens`` are all of the passage.
    """

    report: Report
    passage: Passage
    tokens: Sequence[Token]
    spans: tuple[Span, ...]

    @cached_property
    def sentences(self) -> Span:
        """The whole sentences that the quoted words touch."""
        first = _sentence(self.passage, self.spans[0].start)
        last = _sentence(self.passage, self.spans[-1].end - 1)
        return Span(self.passage.sentence(first).start, self.passage.sentence(last).end)

    @cached_property
    def frame(self) -> Span:
        """The same with the rest of a quotation of the report's that they stand in, so that its speaker is there."""
        start, stop = self.spans[0].start, self.spans[-1].end
        outer = _quotation(self.passage.text, start, stop) or _single(self.passage.text, start, stop)
        if outer is None:
            return self.sentences
        first, last = _sentence(self.passage, self.spans[0].start), _sentence(self.passage, self.spans[-1].end - 1)
        begin = max(_sentence(self.passage, outer.start), first - _WIDEST)
        end = min(_sentence(self.passage, outer.end - 1), last + _WIDEST)
        if self.passage.text[outer.end : outer.end + 1] and outer.end >= self.passage.sentence(end).end:
            following = self.passage.text[outer.end :].lstrip(" ”\"»’'").lstrip()
            if following[:1].islower() and end + 1 < len(self.passage.sentences):
                end += 1  # “Where is he?” she asked.
        return Span(self.passage.sentence(begin).start, self.passage.sentence(end).end)

    @cached_property
    def label(self) -> str | None:
        """The label that names the speaker, where the passage is quoted with one."""
        lead = lead_of(self.report, self.passage)
        return lead[0].text if lead and lead[0].kind is Kind.SPEAKER else None

    @cached_property
    def _wording(self) -> Wording:
        return wording(self.report.language)

    @cached_property
    def _within(self) -> list[int]:
        """The numbers of the tokens of the frame."""
        return [n for n, token in enumerate(self.tokens) if self.frame.start <= token.start < self.frame.end]

    def _is_quoted(self, token: Token) -> bool:
        return any(span.start < token.end and token.start < span.end for span in self.spans)

    @cached_property
    def speakers(self) -> tuple[Span, ...]:
        """Clauses of the frame that say who speaks, quoted or not; of those that a report quotes with the words the
        ones in their sentences."""
        run = [self.tokens[n] for n in self._within]
        inside = [self._is_quoted(token) for token in run]
        found = clauses(self.passage.text, run, inside, self._wording)
        return tuple(span for span in found if self.sentences.covers(span) or not self._is_quoted_with(span))

    @property
    def _givers(self) -> Iterator[Span]:
        """The same, and the words that say who calls a thing as is quoted, where the report has no marks around it."""
        by = None if self.is_quoted else named_by(self.passage.text, self.tokens, self.spans[0], self._wording)
        return iter(self.speakers if by is None else sorted({by, *(s for s in self.speakers if not s.overlaps(by))}))

    def _is_quoted_with(self, span: Span) -> bool:
        """Whether it stands between the same quotation marks of the report's as the words."""
        start, stop = self.spans[0].start, self.spans[-1].end
        return any(one.covers(Span(start, stop)) and one.covers(span) for one in quoted(self.passage.text))

    @property
    def is_quoted(self) -> bool:
        """Whether the report has the words between quotation marks, so that they are somebody else's."""
        start, stop = self.spans[0].start, self.spans[-1].end
        return any(span.covers(Span(start, stop)) for span in quoted(self.passage.text))

    @property
    def cut_off(self) -> Iterator[str]:
        """What stands beside the quoted words and changes what they mean, in the order of the text."""
        if self.label is not None:
            yield self.label.strip()
        lead = lead_of(self.report, self.passage)
        if lead and self.label is None:
            opening = lead[0].cut(lead[1])
            own = tokens(opening)
            for found in sorted(set(_open(self._wording, own))):
                yield opening[own[found.begin].start : own[found.end - 1].end]
        yield from map(self.passage.cut, self._cuts)

    @property
    def cut_within(self) -> Iterator[str]:
        """What of it stands between quoted words, so that they say something else without it, or denies them right
        before. Not who speaks of words that the report itself quotes: between these that is left out as a rule."""
        for span in self._cuts:
            if self._is_denial(span):
                yield self.passage.cut(span)
                continue
            before = [one for one in self.spans if one.end <= span.start]
            if not before or not any(span.end <= one.start for one in self.spans):
                continue
            if span not in self.speakers or not _MARK.search(self.passage.text, before[-1].end, span.start):
                yield self.passage.cut(span)

    @cached_property
    def _cuts(self) -> list[Span]:
        """The speakers, and what hedges, negates or sets a condition, that are not quoted."""
        speakers = [span for span in self._givers if not any(span.overlaps(one) for one in self.spans)]
        over = self._over_edge
        hedges: list[Span] = []
        for numbers, is_before, is_after in self._runs():
            run = [self.tokens[n] for n in numbers]
            for found in _hedges(self._wording, run, is_before, is_after):
                span = Span(run[found.begin].start, self._written_end(run, found.end - 1))
                if self.passage.cut(span) == _MONTH or any(span.overlaps(other) for other in [*speakers, *over]):
                    continue
                if not self._governs(Found(numbers[found.begin], numbers[found.end - 1] + 1)):
                    continue
                if not is_before and self._has(run[found.begin : found.end]):
                    continue
                if hedges and not self.passage.text[hedges[-1].end : max(hedges[-1].end, span.start)].strip():
                    hedges[-1] = Span(hedges[-1].start, max(hedges[-1].end, span.end))
                else:
                    hedges.append(span)
        return sorted([*speakers, *over, *hedges])

    def _is_denial(self, span: Span) -> bool:
        """Whether it stands right before the quoted words and says that they are not so: "not", "denied that"."""
        between = self.passage.text[span.end : max(span.end, self.spans[0].start)]
        is_that = {token.text for token in tokens(between)} <= self._wording.that and not _MARK.search(between)
        is_right_before = span.end <= self.spans[0].start and is_that
        return is_right_before and self._wording.is_denied(self.passage.cut(span))

    def _has(self, hedge: Sequence[Token]) -> bool:
        """Whether the quoted words have these as well: "would have fled" hedges what follows as it does them."""
        quoted = [token.text for token in self.tokens if self._is_quoted(token)]
        own = [token.text for token in hedge]
        return any(quoted[n : n + len(own)] == own for n in range(len(quoted)))

    def _written_end(self, run: Sequence[Token], place: int) -> int:
        """Where the token at ``place`` ends: of an elided word with the one that it leans on, if that is in the run."""
        end = written_end(self.passage.text, run[place])
        is_whole = end == run[place].end or place + 1 == len(run) or run[place + 1].start != end
        return end if is_whole else run[place + 1].end

    @property
    def _over_edge(self) -> list[Span]:
        """Hedges over the beginning or the end of the quoted words: "insufficient" before “evidence that …”."""
        run = [self.tokens[n] for n in self._within]
        spans = (Span(run[found.begin].start, run[found.end - 1].end) for found in self._wording.hedges.within(run))
        return [
            span
            for span in spans
            if span.start < self.spans[0].start < span.end or span.start < self.spans[-1].end < span.end
        ]

    def _governs(self, hedge: Found) -> bool:
        """Whether it holds for quoted words of its sentence, and not for another clause alone."""
        sentence = self.passage.sentence(_sentence(self.passage, self.tokens[hedge.begin].start))
        numbers = [n for n in self._within if sentence.start <= self.tokens[n].start < sentence.end]
        first = numbers[0]
        run = [self.tokens[n] for n in numbers]
        quoted = [n - first for n in numbers if self._is_quoted(self.tokens[n])]
        return governs(run, Found(hedge.begin - first, hedge.end - first), quoted, self._wording)

    def _runs(self) -> Iterator[tuple[list[int], bool, bool]]:
        """The runs of tokens, by their numbers, in the sentences that are not quoted; whether quoted words follow, and
        go before."""
        run: list[int] = []
        quoted_before = False
        for n in self._within:
            token = self.tokens[n]
            if not self.sentences.covers(Span(token.start, token.end)):
                continue
            if self._is_quoted(token):
                if run:
                    yield run, True, quoted_before
                run, quoted_before = [], True
            else:
                run.append(n)
        if run:
            yield run, False, quoted_before


def _open(words: Wording, run: Sequence[Token]) -> Iterator[Found]:
    yield from words.hedges.within(run)
    yield from words.conditions.within(run)


def _hedges(words: Wording, run: Sequence[Token], is_before: bool, is_after: bool) -> Iterator[Found]:
    """What of a run that is not quoted turns the sense of what is; ``is_before``: quoted words follow it."""
    found = list(_open(words, run))
    is_gap = is_before and is_after
    for one in words.negations.within(run):
        near = (is_before and _reaches(words, run[one.end - 1].text, run[one.end :])) or (is_after and not one.begin)
        if (is_gap or near) and not any(other.begin <= one.begin and one.end <= other.end for other in found):
            found.append(one)
    if is_before:
        degrees = [one for one in words.degrees.within(run) if one.end == len(run)]
        found += [one for one in degrees if not any(other.begin <= one.begin < other.end for other in found)]
    return iter(sorted(found))


def _reaches(words: Wording, negation: str, between: Sequence[Token]) -> bool:
    """Whether a negation, by its last word, reaches over what stands between it and the quoted words."""
    if not all(token.is_word for token in between):
        return False
    if len(between) <= _BEFORE:
        return True
    that = next((n for n, token in enumerate(between) if token.text in words.that), None)
    if that is None:
        return False
    # Up to where the claim begins: what is "firm and verified" is one thing.
    thing, claim = [token.text for token in between[:that]], {token.text for token in between[that + 1 :]}
    if not words.joins.isdisjoint(claim):
        return False
    if negation in words.denying and words.is_plain(word for word in thing if word not in words.pairing):
        return True
    return words.joins.isdisjoint(thing)


def _sentence(passage: Passage, at: int) -> int:
    """The number of the sentence that the code point at ``at`` stands in."""
    return next((n for n, span in enumerate(passage.sentences) if at < span.end), len(passage.sentences) - 1)


def _quotation(text: str, start: int, end: int) -> Span | None:
    """The span of the quotation of the report's own in which the words from ``start`` to ``end`` stand, its marks
    included; ``None`` where they stand in none."""
    opened: list[int] = []
    for found in _MARK.finditer(text):
        at = found.start()
        if at >= end and opened:
            if found.group() in _OPENING:
                opened.append(at)
                continue
            begin = opened.pop()
            if begin <= start or not opened:
                return Span(begin, at + 1)
            continue
        if at >= end:
            return None
        before = text[at - 1 : at]
        opens = found.group() in _OPENING or (
            found.group() == '"' and (not before or before.isspace() or before in "([")
        )
        if opens:
            opened.append(at)
        elif opened:
            opened.pop()
    return None


def _single(text: str, start: int, end: int) -> Span | None:
    """The same of a quotation between single marks."""
    spans = (span for span in quoted(text) if text[span.start - 1] in SINGLES)
    return next((Span(span.start - 1, span.end + 1) for span in spans if span.covers(Span(start, end))), None)
