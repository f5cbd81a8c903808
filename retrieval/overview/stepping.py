"""How far "two days later" is from the day that it leans on, and which day that would be.

The day is for the order of events alone; it is told to nobody.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from retrieval.language import language
from retrieval.overview.dating import Beside, Moment
from retrieval.words.phrases import phrases
from retrieval.words.terms import Word, analyzer_of

_LEAP_YEAR = 2000  # of a day of which no year is told
_DAYS = {"weeks": 7, "months": 30}


class Unit(StrEnum):
    """What a step is counted in, each with its words in a table of that name in ``questions.toml``."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Step(NamedTuple):
    """So many of a unit."""

    number: int
    unit: Unit


class Steps:
    """How one language says how far a day is from another."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._own = analyzer_of(tag)
        self._units = {word: Unit(name) for name, words in tables.get("units", {}).items() for word in words.split()}
        self._one = frozenset(tables.get("apposing", "").split())
        self._next = frozenset(phrases(tables.get("next_day", "")))

    def told(self, words: Sequence[Word]) -> Step | None:
        """The step that the ``words`` take which say when; ``None`` where they do not say how far: "days later"."""
        if tuple(word.text for word in words) in self._next:
            return Step(1, Unit.DAYS)
        for at, word in enumerate(words):
            if unit := self._units.get(word.text):
                before = words[at - 1].text if at else ""
                number = "1" if before in self._one else (before and self._own.key(before)) or ""
                return Step(int(number), unit) if number.isdigit() else None
        return None


def moved(moment: Moment, step: Step, *, is_earlier: bool) -> Moment:
    """The moment that lies a step after another, or before it; the other where it is not known so exactly."""
    number = -step.number if is_earlier else step.number
    if step.unit is Unit.YEARS and moment.year is not None:
        return moment._replace(year=moment.year + number)
    if moment.month is None or moment.day is None or step.unit in (Unit.HOURS, Unit.YEARS):
        return moment
    try:
        day = dt.date(moment.year or _LEAP_YEAR, moment.month, moment.day)
        to = day + dt.timedelta(number * _DAYS.get(step.unit, 1))
    except (ValueError, OverflowError):  # 30 February, or thousands of years
        return moment
    if isinstance(moment, Beside):
        return Beside.of(Moment(None, to.month, to.day), moment.anchor, moment.turn + to.year - day.year)
    return Moment(to.year if moment.year is not None else None, to.month, to.day)


@cache
def steps(tag: str) -> Steps:
    """How the language of a BCP 47 tag says how far a day is from another."""
    return Steps(tag)
