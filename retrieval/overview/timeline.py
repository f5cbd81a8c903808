"""A report → its dated sentences, verbatim, in the order of the events that they tell.

A sentence stands at the first date that it writes. Where that has no year, one is inferred: that of the whole date
shortly before it, else of the report's own date, which may stand in its dateline, or the year beside it that brings the
two within some months; it is marked. Dates of which no year is told stand behind the last whole date before them, else
behind all that the report tells as past, in their order around the first of them, half a year to each side. A sentence
that says when by another ("two days later") is placed that far from what it leans on, the last sentence before it that
tells of a day, and is marked too. No date is told that is not written. One that is a date alone is shown with the
sentence after it.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.passage import Kind, Span
from corpus.report import Report
from retrieval.answer import Excerpt
from retrieval.leads import lead_of
from retrieval.overview.dating import Dating, Leaning, Moment, dating
from retrieval.overview.imprint import imprint
from retrieval.overview.stepping import Step, Unit, moved, steps
from retrieval.overview.years import Dated, Reading, Years, dated
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.words.terms import Word, analyzer_of


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

    @property
    def is_wide(self) -> bool:
        """Whether these words say more than the one date by which it stands in order."""
        return self.moment is not None and dating(self.excerpt.report.language).is_wide(self.said)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated sentences of ``report`` in the order of events. ``edition`` is the label of the edition."""

    report: Report
    edition: str
    events: tuple[Event, ...]


def timeline(report: Report, edition: str) -> Timeline:
    """The dated sentences of a report; none where nothing in it is dated. Deterministic."""
    found = sorted(_Reader(report).events(), key=lambda one: one.place)
    return Timeline(report, edition, tuple(_parted(one, found[max(0, n - 1)]) for n, one in enumerate(found)))


_Place = tuple[tuple[int, ...], float]  # the rank of a date, then the place in the text


class _Placed(NamedTuple):
    """An event, its place among the others, and where what it leans on stands."""

    place: _Place
    event: Event
    anchor: "_Anchor | None" = None


def _parted(one: _Placed, before: _Placed) -> Event:
    """An event that leans on a day; it says on which where another event stands between the two."""
    anchor, event = one.anchor, one.event
    if anchor is None or anchor.moment is None or event.reading is not Reading.LATER or before.place <= anchor.place:
        return event
    return replace(event, by=event.by or anchor.moment)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What the next sentence may lean on: a day, its place, and whether a sentence that tells of it is shown.

    ``moment`` is ``None`` where the day is told by another: "two days later"; ``day`` is then the one that it would be,
    where that is known.
    """

    moment: Moment | None
    day: Moment | None
    place: _Place
    is_shown: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a sentence belongs, the words that say so, how they are read, and the date.

    Others may lean on it where it ``tells_day``, which is ``day`` where that is written, and ``meant`` where it is
    known by another; it leans on ``anchor``. ``is_bare``: it is a date alone; ``is_hour``: it tells the hour alone.
    """

    place: _Place
    span: Span
    reading: Reading
    moment: Moment | None
    by: Moment | None = None
    tells_day: bool = False
    day: Moment | None = None
    meant: Moment | None = None
    anchor: _Anchor | None = None
    is_bare: bool = False
    is_hour: bool = False


class _Reader:
    """Reads a report from its beginning: what was dated so far is what the next sentence may lean on."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._own = analyzer_of(report.language)
        self._dating: Dating = dating(report.language)
        self._steps = steps(report.language)
        self._anchor: _Anchor | None = None
        self._day: _Anchor | None = None  # of the hours that open sentences
        self._hour: _Anchor | None = None  # of the last sentence that tells an hour
        self._date: Moment | None = None  # of the last date that is written, however exactly
        self._count = 0
        self._sentences = list(dated(report))
        self._years = Years(report, self._sentences)

    def events(self) -> Iterator[_Placed]:
        """Every dated sentence with its place among them, in the order of the text."""
        has_hours, last = False, None
        for one in self._sentences:
            has_hours, last = has_hours and one.passage is last, one.passage
            self._count += 1
            found = self._dated(one)
            if found is not None:
                has_hours = has_hours or found.is_hour
                span = self._shown(one, is_bare=found.is_bare)
                self._lean_on(found, is_shown=span is not None, has_hours=has_hours)
                if span is not None:
                    yield self._placed(one, found, span)
            if self._dating.tells_hour(one.passage.searched, one.words, one.sentence.span):
                self._hour = self._anchor

    def _placed(self, one: Dated, found: _Found, span: Span) -> _Placed:
        excerpt = Excerpt(
            report=self._report,
            passage=one.passage,
            span=span,
            sentence=one.sentence.span,
            score=0.0,
            matches=(found.span,),
            lead=lead_of(self._report, one.passage),
        )
        event = Event(excerpt, found.span, found.reading, found.moment, by=found.by, is_hour=found.is_hour)
        return _Placed(found.place, event, found.anchor)

    def _shown(self, one: Dated, *, is_bare: bool) -> Span | None:
        """What is shown of a sentence, with the one after it where it is a date alone; ``None`` where there is none, or
        it would be cut in half. Of headings only one that says when the document was issued."""
        passage, number = one.passage, one.sentence.number
        is_imprint = passage.kind is Kind.HEADING and imprint(self._report.language).tells_issue(passage, one.sentence)
        if not (is_imprint or passage.kind is Kind.BODY) or (is_bare and number + 1 == len(passage.sentences)):
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
        self._anchor = _Anchor(found.day, found.meant or found.day, found.place, is_shown)
        if not has_hours or found.is_bare:
            self._day = self._anchor

    def _dated(self, one: Dated) -> _Found | None:
        """Where a sentence belongs, the words that say so, how they are read, and the date."""
        if one.written:
            return self._written(one)
        today = None if one.sentence.has_quotation else self._dating.from_report(one.words)
        if today and self._years.issued:
            days, span = today
            day = self._years.issued - dt.timedelta(days)
            moment = Moment(day.year, day.month, day.day)
            return _Found((moment.rank, self._count), span, Reading.REPORT, moment)
        leaning = self._dating.leaning(one.passage.searched, one.words, one.sentence.span)
        return self._leaning(leaning, one.words) if leaning else None

    def _written(self, one: Dated) -> _Found:
        first, is_bare = one.written[0], self._dating.is_bare(one.words, one.written, self._own.key)
        moment, reading = self._years.told(one)
        self._date = moment
        day = moment if moment.day is not None and not first.is_bound else None
        place = (moment.rank, float(self._count))
        return _Found(place, first.span, reading, moment, tells_day=day is not None, day=day, is_bare=is_bare)

    def _leaning(self, leaning: Leaning, words: Sequence[Word]) -> _Found | None:
        """Where a sentence belongs that says when by another; ``None`` where that is not there."""
        step = self._steps.told([word for word in words if leaning.span.covers(Span(word.start, word.end))])
        anchor = self._anchor_of(leaning, step)
        if anchor is None:
            return None
        by = anchor.moment if leaning.is_hour or not anchor.is_shown else None
        meant = moved(anchor.day, step, is_earlier=leaning.is_earlier) if anchor.day and step else anchor.day
        is_moved = meant is not None and meant != anchor.day
        rank, count = meant.rank if meant and is_moved else anchor.place[0], float(self._count)
        if leaning.is_earlier:
            place = (rank, count if is_moved else anchor.place[1] - 0.5)
            return _Found(place, leaning.span, Reading.EARLIER, None, by=by, anchor=anchor)
        return _Found(
            (rank, count),
            leaning.span,
            Reading.LATER,
            None,
            by=by,
            tells_day=True,
            day=anchor.moment if leaning.is_hour else None,
            meant=meant,
            anchor=anchor,
            is_hour=leaning.is_hour,
        )

    def _anchor_of(self, leaning: Leaning, step: Step | None) -> _Anchor | None:
        """What words lean on: hours on an hour, years on a date of any kind, all else on a day."""
        if leaning.is_hour:
            return self._day or self._anchor
        if step and step.unit is Unit.HOURS:
            return self._hour or self._anchor
        if step and step.unit is Unit.YEARS and self._date:
            return _Anchor(self._date, self._date, (self._date.rank, float(self._count)), is_shown=True)
        return self._anchor
