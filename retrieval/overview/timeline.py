"""A report → its dated sentences, verbatim, in the order of the events that they tell.

A sentence stands at the first date that it writes. Where that has no year, one is inferred: that of the whole date
shortly before it, else of the report's own date, else of the last whole date before it, or the year beside it that
brings the two within some months; it is marked. Dates of which no year is told stand around the first of them, half a
year to each side. A sentence that says when by another ("two days later") is placed beside what it leans on, the last
sentence before it that tells of a day, and is marked too. No date is computed from it. One that is a date alone is
shown with the sentence after it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt
from retrieval.leads import lead_of
from retrieval.overview.dating import Dating, Leaning, Moment, Written, YearAfter, YearBefore, dating
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.sentence import Sentence, read
from retrieval.words.terms import Word, analyzer_of

_NEAR = 2  # passages back to a whole date whose year is that of one without
_NEAR_DAYS = 122.0  # between a date without a year and the one by which its year is told, over the end of a year
_YEAR, _MONTH = 365.0, 31.0


class Reading(StrEnum):
    """How it is known when the event of a sentence was."""

    WRITTEN = "written"  # the date stands so
    INFERRED = "inferred"  # its year is inferred
    UNKNOWN = "unknown"  # its year is not told anywhere
    REPORT = "report"  # "today", by the date of the report
    LATER = "later"  # after, or with, the event that stands before it
    EARLIER = "earlier"  # before the event that stands after it


@dataclass(frozen=True, slots=True)
class Event:
    """A dated sentence. ``words`` are where its passage says when; ``moment`` is ``None`` where it leans on another.

    ``by`` is the day that it leans on, where no sentence that is shown tells of it, or where it tells the hour alone.
    """

    excerpt: Excerpt
    words: Span
    reading: Reading
    moment: Moment | None
    by: Moment | None = None
    is_hour: bool = False

    @property
    def said(self) -> str:
        """The words that say when, verbatim."""
        return self.excerpt.passage.cut(self.words)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated sentences of ``report`` in the order of events. ``edition`` is the label of the edition."""

    report: Report
    edition: str
    events: tuple[Event, ...]


def timeline(report: Report, edition: str) -> Timeline:
    """The dated sentences of a report; none where nothing in it is dated. Deterministic."""
    found = sorted(_Reader(report).events(), key=lambda one: one[0])
    return Timeline(report, edition, tuple(event for _, event in found))


_Place = tuple[tuple[int, int, int], float]  # the rank of a date, then the place in the text


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What the next sentence may lean on: a day, its place, and whether a sentence that tells of it is shown.

    ``moment`` is ``None`` where the day is told by another: "two days later".
    """

    moment: Moment | None
    place: _Place
    is_shown: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a sentence belongs, the words that say so, how they are read, and the date.

    Others may lean on it where it ``tells_day``, which is ``day`` where that is known. ``is_bare``: it is a date alone;
    ``is_hour``: it tells the hour alone.
    """

    place: _Place
    span: Span
    reading: Reading
    moment: Moment | None
    by: Moment | None = None
    tells_day: bool = False
    day: Moment | None = None
    is_bare: bool = False
    is_hour: bool = False


class _Reader:
    """Reads a report from its beginning: what was dated so far is what the next sentence may lean on."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._own = analyzer_of(report.language)
        self._dating: Dating = dating(report.language)
        self._anchor: _Anchor | None = None
        self._day: _Anchor | None = None  # of the hours that open sentences
        self._whole: tuple[Moment, int] | None = None  # the last day that was written with its year, and its passage
        self._newest = 0  # the latest year of such a day
        self._first: Moment | None = None  # the first date of which no year is told
        self._count = 0

    def events(self) -> Iterator[tuple[_Place, Event]]:
        """Every dated sentence with its place among them, in the order of the text."""
        for number, passage in enumerate(self._report.passages):
            if passage.kind not in (Kind.BODY, Kind.HEADING, Kind.TITLE):
                continue
            sentences = read(passage, self._own, self._report.language)
            words = self._own.words(passage.searched)
            has_hours = False
            for sentence in sentences:
                end = passage.sentences[sentence.number][1]
                own = [word for word in words if sentence.span.start <= word.start < end]
                self._count += 1
                found = self._dated(passage, sentence, own, number)
                if found is None:
                    continue
                has_hours = has_hours or found.is_hour
                span = self._shown(passage, sentence.number, is_bare=found.is_bare)
                self._lean_on(found, is_shown=span is not None, has_hours=has_hours)
                if span is None:
                    continue
                excerpt = Excerpt(
                    report=self._report,
                    passage=passage,
                    span=span,
                    sentence=sentence.span,
                    score=0.0,
                    matches=(found.span,),
                    lead=lead_of(self._report, passage),
                )
                yield (
                    found.place,
                    Event(excerpt, found.span, found.reading, found.moment, by=found.by, is_hour=found.is_hour),
                )

    def _shown(self, passage: Passage, number: int, *, is_bare: bool) -> Span | None:
        """What is shown of a sentence, with the one after it where it is a date alone; ``None`` where there is none, or
        it would be cut in half."""
        if passage.kind is not Kind.BODY or (is_bare and number + 1 == len(passage.sentences)):
            return None
        shown = whole_quotations(passage, number)
        after = whole_quotations(passage, number + 1) if is_bare else shown
        if shown is None or after is None:
            return None
        whole = range(min(shown[0], after[0]), max(shown[-1], after[-1]) + 1)
        return None if any(passage.is_torn(stretch(passage, whole))) else stretch(passage, whole)

    def _lean_on(self, found: _Found, *, is_shown: bool, has_hours: bool) -> None:
        """Have the next sentences lean on this one where it tells of a day; the hours not on a day that is told among
        hours."""
        if not found.tells_day:
            return
        self._anchor = _Anchor(found.day, found.place, is_shown)
        if not has_hours or found.is_bare:
            self._day = self._anchor

    def _dated(self, passage: Passage, sentence: Sentence, words: list[Word], number: int) -> _Found | None:
        """Where a sentence belongs, the words that say so, how they are read, and the date."""
        written = list(self._dating.written(passage.searched, words, sentence))
        if written:
            return self._written(written, words, number)
        today = None if sentence.has_quotation else self._dating.from_report(words)
        if today and self._report.date:
            days, span = today
            day = self._report.date - dt.timedelta(days)
            moment = Moment(day.year, day.month, day.day)
            return _Found((moment.rank, self._count), span, Reading.REPORT, moment)
        leaning = self._dating.leaning(passage.searched, words, sentence.span)
        anchor = (self._day or self._anchor) if leaning and leaning.is_hour else self._anchor
        return None if leaning is None or anchor is None else self._leaning(leaning, anchor)

    def _written(self, written: list[Written], words: list[Word], number: int) -> _Found:
        first, is_bare = written[0], self._dating.is_bare(words, written, self._own.key)
        moment, reading = self._with_year(first.moment, number, is_coming=self._dating.is_coming(words))
        for one in written:
            if one.moment.year is not None and one.moment.day is not None:
                self._whole = one.moment, number
                self._newest = max(self._newest, one.moment.year)
        day = moment if moment.day is not None and not first.is_bound else None
        place = (moment.rank, float(self._count))
        return _Found(place, first.span, reading, moment, tells_day=day is not None, day=day, is_bare=is_bare)

    def _leaning(self, leaning: Leaning, anchor: _Anchor) -> _Found:
        by = anchor.moment if leaning.is_hour or not anchor.is_shown else None
        rank, count = anchor.place
        if leaning.is_earlier:
            return _Found((rank, count - 0.5), leaning.span, Reading.EARLIER, None, by=by)
        return _Found(
            (rank, float(self._count)),
            leaning.span,
            Reading.LATER,
            None,
            by=by,
            tells_day=True,
            day=anchor.moment if leaning.is_hour else None,
            is_hour=leaning.is_hour,
        )

    def _with_year(self, moment: Moment, number: int, *, is_coming: bool) -> tuple[Moment, Reading]:
        if moment.year is not None:
            return moment, Reading.WRITTEN
        date = self._report.date
        is_near = self._whole is not None and number - self._whole[1] <= _NEAR
        if is_coming:  # what is to come leans on no day that is long past
            is_near = is_near and self._whole is not None and self._whole[0].year == self._newest
        if self._whole and self._whole[0].year is not None and is_near:
            return moment._replace(
                year=self._whole[0].year + _turned(moment, self._whole[0], is_coming=is_coming)
            ), Reading.INFERRED
        if date:
            day = Moment(date.year, date.month, date.day)
            turn = _turned(moment, day, within=_YEAR - _NEAR_DAYS, is_coming=is_coming)
            turn = turn if is_coming else min(0, turn)  # what is told was before the report
            return moment._replace(year=date.year + turn), Reading.INFERRED
        self._first = self._first or moment
        turn = _turned(moment, self._first, within=_YEAR / 2, is_coming=is_coming)
        around = YearBefore if turn < 0 else YearAfter if turn else Moment
        return around(*moment), Reading.UNKNOWN


def _turned(moment: Moment, other: Moment, *, within: float = _NEAR_DAYS, is_coming: bool) -> int:
    """By how many years the year of ``moment`` differs from that of ``other``: one, where it would lie far ahead or
    behind and the year beside brings them ``within`` so many days; what is still to come lies ahead."""
    ahead = moment.place - other.place
    if is_coming:
        return int(ahead < -_MONTH)
    return -1 if ahead > _YEAR - within else 1 if ahead < within - _YEAR else 0
