"""Of which year a date is that is written without one, by the other dates of its report.

That of the whole date shortly before it, else of the report's own date, which may stand in its dateline, or the year
beside it that brings the two within some months. Where neither is there no year is inferred: the date stands behind the
last whole date before it, else behind all that the report tells as past, in its order around the first that does so,
half a year to each side.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from corpus.passage import Kind, Passage
from corpus.report import Report
from retrieval.evidence.yielding import DATELINE
from retrieval.language import language
from retrieval.overview.dating import Beside, Moment, Written, dating
from retrieval.sentence import Sentence, read
from retrieval.words.terms import Word, analyzer_of

_NEAR = 2  # passages back to a whole date whose year is that of one without
_NEAR_DAYS = 122.0  # between a date without a year and the one by which its year is told, over the end of a year
_YEAR, _MONTH = 365.0, 31.0
_OPENS_WITHIN = 2  # passages of the body in which the dateline stands
_UNTOLD = 9_999  # by which dates stand behind all others where none of the others is past


class Reading(StrEnum):
    """How it is known when the event of a sentence was."""

    WRITTEN = "written"  # the date stands so
    INFERRED = "inferred"  # its year is inferred
    UNKNOWN = "unknown"  # its year is not told anywhere
    REPORT = "report"  # "today", by the date of the report
    LATER = "later"  # after, or with, the event that stands before it
    EARLIER = "earlier"  # before the event that stands after it


class Dated(NamedTuple):
    """A sentence of the passage of that ``number``: its words and the dates that it writes, if it does."""

    number: int
    passage: Passage
    sentence: Sentence
    words: list[Word]
    written: list[Written]


def dated(report: Report) -> Iterator[Dated]:
    """The sentences of a report, its title and its headings, with their dates."""
    own, told = analyzer_of(report.language), dating(report.language)
    for number, passage in enumerate(report.passages):
        if passage.kind not in (Kind.BODY, Kind.HEADING, Kind.TITLE):
            continue
        words = own.words(passage.searched)
        for sentence in read(passage, own, report.language):
            end = passage.sentences[sentence.number][1]
            mine = [word for word in words if sentence.span.start <= word.start < end]
            written = list(told.written(passage.searched, mine, sentence))
            yield Dated(number=number, passage=passage, sentence=sentence, words=mine, written=written)


class Years:
    """Tells the years of a report's dates one after another. ``issued`` is the day that the report is of."""

    def __init__(self, report: Report, sentences: Sequence[Dated]) -> None:
        self._dating = dating(report.language)
        self._planned = frozenset(language(report.language).questions.get("planned", "").split())
        self._whole: tuple[Moment, int] | None = None  # the last day told with its year, as past, and its passage
        self._newest = 0  # the latest year of such a day
        self._behind: Moment | None = None  # that day, or a later one of which the year was inferred
        self._first: dict[tuple[int, ...], Moment] = {}  # the first date of no told year behind each that has one
        self._past = max((moment.rank for one in sentences for moment in self._told_as_past(one)), default=(_UNTOLD,))
        self.issued = report.date or _in_dateline(sentences)

    def told(self, one: Dated) -> tuple[Moment, Reading]:
        """The first date of a sentence with its year, and how that is known."""
        is_coming = self._dating.is_coming(one.words)
        found = self._with_year(one.written[0].moment, one.number, is_coming=is_coming)
        for moment in self._told_as_past(one):
            if moment.day is not None:
                self._whole, self._behind = (moment, one.number), moment
                self._newest = max(self._newest, moment.year or 0)
        if found[1] is Reading.INFERRED and not is_coming:
            self._behind = found[0]
        return found

    def _told_as_past(self, one: Dated) -> Iterator[Moment]:
        """The dates that a sentence tells with a year, and as past: also what is to come may go on since then."""
        is_ahead = self._dating.is_coming(one.words) or not self._planned.isdisjoint(one.sentence.words)
        for date in one.written:
            if date.moment.year is not None and not date.is_end and (date.is_bound or not is_ahead):
                yield date.moment

    def _with_year(self, moment: Moment, number: int, *, is_coming: bool) -> tuple[Moment, Reading]:
        if moment.year is not None:
            return moment, Reading.WRITTEN
        date = self.issued
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
        behind = self._behind.rank if self._behind else self._past
        anchor = max(behind, self._past) if is_coming else behind
        first = self._first.setdefault(anchor, moment)
        turn = _turned(moment, first, within=_YEAR / 2, is_coming=is_coming)
        return Beside.of(moment, anchor, turn), Reading.UNKNOWN


def _in_dateline(sentences: Sequence[Dated]) -> dt.date | None:
    """The whole date of the dateline."""
    opening = [one for one in sentences if one.passage.kind is Kind.BODY and one.sentence.number == 0]
    for one in opening[:_OPENS_WITHIN]:
        line = DATELINE.match(one.passage.searched)
        for date in one.written if line else ():
            year, month, day = date.moment
            if line and date.span.end <= line.end() and year and month and day:
                return _day_of(year, month, day)
    return None


def _day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day; ``None`` where there is none, such as 30 February."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _turned(moment: Moment, other: Moment, *, within: float = _NEAR_DAYS, is_coming: bool) -> int:
    """By how many years the year of ``moment`` differs from that of ``other``: one, where it would lie far ahead or
    behind and the year beside brings them ``within`` so many days; what is still to come lies ahead."""
    ahead = moment.place - other.place
    if is_coming:
        return int(ahead < -_MONTH)
    return -1 if ahead > _YEAR - within else 1 if ahead < within - _YEAR else 0
