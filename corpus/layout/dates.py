"""Is a line a date, and which one? In English and in French."""

import datetime as dt
import re

from corpus.text.patterns import lazily

_ENGLISH = "january|february|march|april|may|june|july|august|september|october|november|december"
_FRENCH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_MONTH = f"{_ENGLISH}|{_FRENCH}|{_SHORT}"
_DAYS = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DATE = lazily(
    rf"(?:{_DAYS},?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?P<month>{_MONTH}),?\s+(?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}}),?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<strokes>\d{1,2}[./-]\d{1,2}[./-]\d{4}))",
    re.IGNORECASE,
)
_DAY = lazily(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|er)?\s+(?:{_MONTH})|(?:{_MONTH})\s+\d{{1,2}})(?!\w)"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}|\b\d{4}-\d{2}-\d{2}\b",
    re.IGNORECASE,
)
_STROKES = lazily(r"\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[./]\d{1,2}[./]\d{1,2}")
_LOOSE_DATE = lazily(rf"(?:(?:{_MONTH})\s+)?(?:19|20)\d\d", re.IGNORECASE)


def date_in(text: str) -> dt.date | None:
    """The date that a line is, where it is nothing else."""
    line = text.strip().rstrip(".")
    found = _DATE.fullmatch(line) if line[-1:].isdecimal() else None
    if found is None:
        return None
    if found["strokes"]:
        return _by_strokes(found["strokes"])
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        month = (found["month"] or found["month2"]).lower().rstrip(".")
        number = next(
            n
            for names in (_ENGLISH, _FRENCH)
            for n, name in enumerate(names.split("|"), 1)
            if name.startswith(month[:4]) or name == month
        )
        return dt.date(int(found["year"] or found["year2"]), number, int(found["day"] or found["day2"]))
    except (ValueError, StopIteration):
        return None


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else, a month and a year among them."""
    line = text.strip()
    if not line.rstrip(".")[-1:].isdecimal():
        return False
    return date_in(line) is not None or any(form.fullmatch(line) for form in (_LOOSE_DATE, _STROKES))


def names_day(text: str) -> bool:
    """Whether a day of a month stands in ``text``, with its year or without."""
    return any(map(str.isdecimal, text)) and _DAY.search(text) is not None


def _by_strokes(text: str) -> dt.date | None:
    """The date of three numbers where it is one only, whichever of the first two is the day."""
    first, second, year = map(int, re.split(r"[./-]", text))
    if first <= 12 and second <= 12 and first != second:  # months of a year
        return None
    try:
        return dt.date(year, min(first, second), max(first, second))
    except ValueError:
        return None
