"""The dates of a sentence as it writes them: whole, without a year, a month alone, a year alone; and the words that say
when by another sentence: "two days later", "the next day".

How a language writes them is data: the tables of ``questions.toml``. Nothing is inferred here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corpus.passage import Span
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.sentence import Sentence
from retrieval.words.phrases import phrases
from retrieval.words.terms import Word

_DAY = re.compile(r"([12]?\d|3[01]|0[1-9])(?:st|nd|rd|th|er)?\Z")
_YEAR = re.compile(r"(?:1\d{3}|20\d{2})\Z")
_ISO = re.compile(r"(\d{4})[-\u2010\u2011](0[1-9]|1[0-2])[-\u2010\u2011]([0-2]\d|3[01])\Z")
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s,.]*\Z")  # "2. January", "January 2, 2025"
_TO = re.compile(r"\s*[-–—]\s*\Z")  # "2–4 January"
_CLOCK = re.compile(r"\W*(?:[01]?\d|2[0-3])\s?[.:h]\s?[0-5]\d(?=\s?[.:,–—])")  # a sentence that opens with the hour
_HOUR = re.compile(r"\b(?:[01]?\d|2[0-3])\s?[.:hH]\s?[0-5]\d\b")
_PERIOD = "~"  # in a phrase: any word of ``periods``
_LATEST = 2  # words before the date of a sentence that is nothing but a date, at most: "On Monday, 5 May."
_OPENS_WITHIN = 4  # words: "Some days earlier, …"


class Moment(NamedTuple):
    """A date as far as it is known; ``None`` for what is not."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def rank(self) -> tuple[int, ...]:
        """By which dates are put in order: one that is less exact before those that it takes in, one of no known year
        after all others."""
        return (9_999 if self.year is None else self.year, self.month or 0, self.day or 0)

    @property
    def place(self) -> float:
        """Where in a year it lies, in days, about; in the middle of a month that is known alone."""
        return 30.4 * (self.month or 1) + (self.day or 15)


class Beside(Moment):
    """A date of no known year that stands behind a date of the report, of which ``anchor`` is the rank; among those
    that do, ``turn`` years after the first of them."""

    anchor: tuple[int, ...] = ()
    turn: int = 0

    @classmethod
    def of(cls, moment: Moment, anchor: tuple[int, ...], turn: int) -> "Beside":
        """A moment beside another."""
        one = cls(*moment)
        one.anchor, one.turn = anchor, turn
        return one

    @property
    def rank(self) -> tuple[int, ...]:
        """Behind its anchor, and before all that comes after that."""
        return (*self.anchor, 1, self.turn, self.month or 0, self.day or 0)


class Written(NamedTuple):
    """A date that a sentence writes, and where in its passage. ``is_bound``: it is the beginning or the end of a time,
    as in "since May", and nothing leans on it; ``is_end``: the end, as in "by May"."""

    moment: Moment
    span: Span
    is_bound: bool
    is_end: bool = False


class Leaning(NamedTuple):
    """Words that say when by another sentence, and where in the passage. ``is_earlier``: before that, not after it;
    ``is_hour``: on the same day, at an hour that it tells."""

    span: Span
    is_earlier: bool
    is_hour: bool = False


class Dating:
    """How one language says when."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._months = _months(tables.get("months", "").split())
        self._capital = tables.get("capital_months", False)
        self._joining = frozenset(tables.get("joining", "").split())
        self._before = frozenset(f"{tables.get('before_years', '')} {tables.get('before_months', '')}".split())
        self._within_month = frozenset(tables.get("within_month", "").split())
        self._bounds = frozenset(tables.get("bounds", "").split())
        self._ends = frozenset(tables.get("ends", "").split())
        self._naming = frozenset(tables.get("naming", "").split())
        named = (tables.get(name, "") for name in ("articles", "owning", "linking"))
        self._named = frozenset(" ".join(named).split())
        self._small = frozenset(f"{tables.get('articles', '')} {tables.get('of', '')}".split())
        self._of = tables.get("of", "")
        self._periods = frozenset(tables.get("periods", "").split())
        self._later = phrases(tables.get("later", ""))
        self._earlier = phrases(tables.get("earlier", ""))
        kinds = tables.get("kinds", {}).get("time", {})
        self._times = frozenset(f"{tables.get('hours', '')} {kinds.get('offers', '')}".split())
        self._parts = frozenset(tables.get("parts_of_day", "").split())
        self._coming = phrases(tables.get("coming", ""))
        self._days = {
            word: back for back, name in enumerate(("today", "yesterday")) for word in tables.get(name, "").split()
        }

    def written(self, text: str, words: Sequence[Word], sentence: Sentence) -> Iterator[Written]:
        """The dates of a sentence with these ``words``, in order; ``text`` is that of its passage."""
        taken = -1
        for at, word in enumerate(words):
            if at <= taken:
                continue
            if iso := _ISO.match(word.text):
                moment, first, last = Moment(int(iso[1]), int(iso[2]), int(iso[3])), at, at
            elif word.text in self._months and (not self._capital or text[word.start].isupper()):
                found = self._by_month(text, words, at, sentence)
                if found is None:
                    continue
                moment, first, last = found
            elif self._is_year(text, word) and word.text in sentence.dates and not self._is_month(text, words, at + 1):
                moment, first, last = Moment(int(word.text)), at, at
            else:
                continue
            taken = last
            if first and words[first - 1].text in self._within_month and _is_next(text, words, first - 1):
                first -= 1  # "late October"
            before = words[first - 1].text if first else ""
            span = Span(words[first].start, words[last].end)
            yield Written(moment, span, is_bound=before in self._bounds, is_end=before in self._ends)

    def is_wide(self, said: str) -> bool:
        """Whether words that say when say more than one date: "2 and 4 January", "late October"."""
        words = _WORD.findall(fold(said))
        days, months = sum(bool(_DAY.match(word)) for word in words), sum(word in self._months for word in words)
        return days > 1 or months > 1 or not self._within_month.isdisjoint(words)

    def leaning(self, text: str, words: Sequence[Word], span: Span) -> Leaning | None:
        """The words by which a sentence leans on another for when it was; ``None`` where there are none."""
        if hour := _CLOCK.match(text, span.start, span.end):
            return Leaning(Span(words[0].start if words else hour.start(), hour.end()), is_earlier=False, is_hour=True)
        if found := self._phrase(words, self._later, text):
            return Leaning(found, is_earlier=False)
        found = self._phrase(words[: _OPENS_WITHIN + 1], self._earlier, text)
        return Leaning(found, is_earlier=True) if found else None

    def tells_hour(self, text: str, words: Sequence[Word], span: Span) -> bool:
        """Whether a sentence tells an hour of the day: "at 1.12 a.m.", "late that night"."""
        return not self._parts.isdisjoint(word.text for word in words) or _HOUR.search(text, *span) is not None

    def is_coming(self, words: Sequence[Word]) -> bool:
        """Whether a sentence tells of what is still to come: "is expected in November"."""
        return self._phrase(words, self._coming) is not None

    def from_report(self, words: Sequence[Word]) -> tuple[int, Span] | None:
        """How many days before the report's date "today" or "yesterday" is, and where it stands."""
        for before, word in zip(("", *(word.text for word in words)), words, strict=False):
            if word.text in self._days and before not in self._bounds and before not in self._before:
                return self._days[word.text], Span(word.start, word.end)
        return None

    def is_bare(self, words: Sequence[Word], written: Sequence[Written], key: Callable[[str], str | None]) -> bool:
        """Whether a sentence of these ``words`` says when and nothing else: "4 April.", "5 May, 6.40 a.m."."""
        spans = [one.span for one in written]
        opens = any(span.covers(Span(word.start, word.end)) for word in words[: _LATEST + 1] for span in spans)
        return opens and all(
            any(span.covers(Span(word.start, word.end)) for span in spans)
            or word.text[0].isdigit()
            or word.text in self._times
            or key(word.text) is None
            for word in words
        )

    def _is_month(self, text: str, words: Sequence[Word], at: int) -> bool:
        return (
            at < len(words)
            and words[at].text in self._months
            and (not self._capital or text[words[at].start].isupper())
        )

    def _by_month(
        self, text: str, words: Sequence[Word], at: int, sentence: Sentence
    ) -> tuple[Moment, int, int] | None:
        """The date of which the month is word ``at``, with the numbers of its first and last word."""
        month = self._months[words[at].text]
        first, day = self._day_before(text, words, at)
        last = at
        if day is None and (days := self._days_after(text, words, at, sentence)):
            day, last = days
        year = self._year(text, words, last + 1) if _is_next(text, words, last) else None
        if year is None and (shared := self._shared_year(text, words, last, month)):
            return Moment(shared[0], month, day), first, shared[1]
        if day is None and year is None and not (at and words[at - 1].text in self._before):
            return None
        return Moment(year, month, day), first, last + (year is not None)

    def _day_before(self, text: str, words: Sequence[Word], at: int) -> tuple[int, int | None]:
        """The first word and the first day of "2 and 4 January", "2–4 January", "1er mars", "4 of January"."""
        place = at - 1 if at and words[at - 1].text != self._of else at - 2
        if place < 0 or not (found := _DAY.match(words[place].text)) or not _is_next(text, words, place):
            return at, None
        day = int(found[1])
        joined = place >= 2 and words[place - 1].text in self._joining
        ranged = place >= 1 and _TO.match(text[words[place - 1].end : words[place].start])
        other = place - 2 if joined else place - 1 if ranged else -1
        if other >= 0 and (earlier := _DAY.match(words[other].text)) and int(earlier[1]) < day:
            return other, int(earlier[1])
        return place, day

    def _days_after(self, text: str, words: Sequence[Word], at: int, sentence: Sentence) -> tuple[int, int] | None:
        """The first day and the last word of "January 2 and 4"."""
        last, day = at, None
        place = at + 1 if _is_next(text, words, at) else len(words)
        while place < len(words) and (found := _DAY.match(words[place].text)):
            if words[place].text not in sentence.dates and text[words[place].end : words[place].end + 1] != ",":
                break  # "in May 6 people fled", but not "on May 6, fleeing"
            day = day or int(found[1])
            last = place
            joined = place + 2 < len(words) and words[place + 1].text in self._joining
            ranged = place + 1 < len(words) and _TO.match(text[words[place].end : words[place + 1].start])
            if not (joined or ranged):
                break
            place += 2 if joined else 1
        return None if day is None else (day, last)

    def _shared_year(self, text: str, words: Sequence[Word], last: int, month: int) -> tuple[int, int] | None:
        """The year of a date that ends with word ``last`` and shares it with the one after it, and the word that is it:
        "March and April 2011", "28 December to 3 January 2020"; of a time over its beginning the year before."""
        if last + 1 >= len(words) or words[last + 1].text not in self._joining:
            return None
        at = last + 2
        while at < len(words) and (words[at].text in self._small or _DAY.match(words[at].text)):
            at += 1
        if at >= len(words) or words[at].text not in self._months or not _is_next(text, words, at):
            return None
        year = self._year(text, words, at + 1)
        return None if year is None else (year - (self._months[words[at].text] < month), at + 1)

    def _year(self, text: str, words: Sequence[Word], at: int) -> int | None:
        return int(words[at].text) if at < len(words) and self._is_year(text, words[at]) else None

    def _is_year(self, text: str, word: Word) -> bool:
        """Whether it is written as one: 2 025 is a number."""
        return bool(_YEAR.match(word.text)) and text[word.start : word.end] == word.text

    def _phrase(self, words: Sequence[Word], listed: Sequence[tuple[str, ...]], text: str = "") -> Span | None:
        """Where the first of these phrases stands, with the number before a period: "two days later". In a ``text`` it
        names no event by which it says when: "two days before the raid"."""
        for at in range(len(words)):
            for phrase in listed:
                last = at + len(phrase) - 1
                if not phrase or last >= len(words) or not all(map(self._is, words[at : last + 1], phrase)):
                    continue
                if text and self._names_event(text, words, last):
                    continue
                first = at - 1 if phrase[0] == _PERIOD and at else at
                return Span(words[first].start, words[last].end)
        return None

    def _names_event(self, text: str, words: Sequence[Word], last: int) -> bool:
        """Whether an event is named after word ``last``: "before the raid"."""
        if words[last].text not in self._naming or last + 1 >= len(words):
            return False
        return words[last + 1].text in self._named and not text[words[last].end : words[last + 1].start].strip()

    def _is(self, word: Word, wanted: str) -> bool:
        return word.text in self._periods if wanted == _PERIOD else word.text == wanted


def _is_next(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether nothing but a blank, a comma or a stop stands between this word and the next."""
    return at + 1 < len(words) and bool(_BETWEEN.match(text[words[at].end : words[at + 1].start]))


def _months(names: Sequence[str]) -> Mapping[str, int]:
    """The number of each month by its names: the first twelve in order, then shorter ones that those begin with."""
    found: dict[str, int] = {}
    for name in names:
        month = len(found) + 1 if len(found) < 12 else next((n for m, n in found.items() if m.startswith(name)), None)
        if month:
            found[name] = month
    return found


@cache
def dating(tag: str) -> Dating:
    """How the language of a BCP 47 tag says when; one without data says it in figures alone."""
    return Dating(tag)
