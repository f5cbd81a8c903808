"""A report → its dated sentences, verbatim, in the order of the events that they tell.

A sentence stands at the first date that it writes. Where that has no year, one is inferred: that of the whole date
shortly before it, else of the report's own date, else of the last whole date before it; it is marked. A sentence that
says when by another ("two days later") is placed beside what it leans on, the last sentence before it that tells of a
day, and is marked too. No date is computed from it.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.passage import Kind, Passage, Span
from corpus.report import Report
from retrieval.answer import Excerpt
from retrieval.evidence.sentence import Sentence, read
from retrieval.leads import lead_of
from retrieval.overview.dating import Dating, Leaning, Moment, Written, dating
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.words.terms import Word, analyzer_of

_NEAR = 2  # passages back to a whole date whose year is that of one without


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
    """A dated sentence. ``words`` are where its passage says when; ``moment`` is ``None`` where it leans on another."""

    excerpt: Excerpt
    words: Span
    reading: Reading
    moment: Moment | None

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


class _Reader:
    """Reads a report from its beginning: what was dated so far is what the next sentence may lean on."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._own = analyzer_of(report.language)
        self._dating: Dating = dating(report.language)
        self._anchor: _Place | None = None
        self._whole: tuple[int, int] | None = None  # the last year that a day was written with, and its passage
        self._count = 0

    def events(self) -> Iterator[tuple[_Place, Event]]:
        """Every dated sentence with its place among them, in the order of the text."""
        for number, passage in enumerate(self._report.passages):
            if passage.kind not in (Kind.BODY, Kind.HEADING, Kind.TITLE):
                continue
            sentences = read(passage, self._own, self._report.language)
            words = self._own.words(passage.searched)
            for sentence in sentences:
                end = passage.sentences[sentence.number][1]
                own = [word for word in words if sentence.span.start <= word.start < end]
                self._count += 1
                found = self._dated(passage, sentence, own, number)
                shown = whole_quotations(passage, sentence.number) if passage.kind is Kind.BODY else None
                if found is None or shown is None or any(passage.is_torn(stretch(passage, shown))):
                    continue
                place, span, reading, moment = found
                lead = lead_of(self._report, passage)
                excerpt = Excerpt(
                    report=self._report,
                    passage=passage,
                    span=stretch(passage, shown),
                    sentence=sentence.span,
                    score=0.0,
                    matches=(span,),
                    lead=lead,
                )
                yield place, Event(excerpt, span, reading, moment)

    def _dated(
        self, passage: Passage, sentence: Sentence, words: list[Word], number: int
    ) -> tuple[_Place, Span, Reading, Moment | None] | None:
        """Where a sentence belongs, the words that say so, how they are read, and the date."""
        written = list(self._dating.written(passage.searched, words, sentence))
        if written:
            return self._written(written, number)
        today = None if sentence.has_quotation else self._dating.from_report(words)
        if today and self._report.date:
            days, span = today
            day = self._report.date - dt.timedelta(days)
            moment = Moment(day.year, day.month, day.day)
            return (moment.rank, self._count), span, Reading.REPORT, moment
        leaning = self._dating.leaning(passage.searched, words, sentence.span)
        return None if leaning is None or self._anchor is None else self._leaning(leaning, self._anchor)

    def _written(self, written: list[Written], number: int) -> tuple[_Place, Span, Reading, Moment]:
        first = written[0]
        moment, reading = self._with_year(first.moment, number)
        place = (moment.rank, float(self._count))
        for one in written:
            if one.moment.year is not None and one.moment.day is not None:
                self._whole = one.moment.year, number
        if moment.day is not None and not first.is_bound:
            self._anchor = place
        return place, first.span, reading, moment

    def _leaning(self, leaning: Leaning, anchor: _Place) -> tuple[_Place, Span, Reading, None]:
        if leaning.is_earlier:
            return (anchor[0], anchor[1] - 0.5), leaning.span, Reading.EARLIER, None
        self._anchor = anchor[0], float(self._count)
        return self._anchor, leaning.span, Reading.LATER, None

    def _with_year(self, moment: Moment, number: int) -> tuple[Moment, Reading]:
        if moment.year is not None:
            return moment, Reading.WRITTEN
        near = self._whole and number - self._whole[1] <= _NEAR
        if self._whole and (near or not self._report.date):
            return moment._replace(year=self._whole[0]), Reading.INFERRED
        if self._report.date:
            return moment._replace(year=self._report.date.year), Reading.INFERRED
        return moment, Reading.UNKNOWN
