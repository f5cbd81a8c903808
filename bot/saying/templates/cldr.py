"""What Unicode's CLDR knows of a language: its plural forms, which a number takes, how dates and decimals are written.

Babel has all of it, and takes 22 ms to load one language: a tenth of what an answer takes as a whole. So what is needed
stands in ``cldr.json``, made from Babel by ``python -m tests.tools.cldr``; the tests compare it with Babel's answers.
"""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from gettext import c2py
from pathlib import Path
from string import Template
from typing import Any

FILE = Path(__file__).with_name("cldr.json")


@dataclass(frozen=True)
class Locale:
    """One language. ``forms`` are CLDR's names of its plural forms, ``plural`` is the expression of C that says for a
    number ``n`` which of them it takes, as in files of gettext; ``date`` is a template of day, month and year, and
    ``months`` are their names as they stand in it; ``decimal`` is the sign before the decimals of a number."""

    forms: tuple[str, ...]
    plural: str
    date: str
    months: tuple[str, ...]
    decimal: str

    @classmethod
    def of(cls, language: str) -> "Locale":
        """The locale of a language's code. Raises ``KeyError`` for one that the file lacks."""
        found = json.loads(FILE.read_text(encoding="utf-8"))[language]
        fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in found.items()}
        return cls(**fields)

    def form(self, number: str | int) -> str:
        """The plural form that ``number`` takes; what is no number takes the last, "other"."""
        return self.forms[self._chosen(abs(number)) if isinstance(number, int) else -1]

    def written(self, date: dt.date) -> str:
        """A date in words, such as 15 March 2025."""
        return Template(self.date).substitute(day=date.day, month=self.months[date.month - 1], year=date.year)

    def number(self, number: float, decimals: int) -> str:
        """A number with so many decimals, such as 0.85; in French, 0,85."""
        return f"{number:.{decimals}f}".replace(".", self.decimal)

    def partly(self, year: int | None, month: int | None, day: int | None) -> str:
        """A date of which parts are not known: March 2025, 15 March, 2025."""
        name = self.months[month - 1] if month else ""
        made = Template(self.date).substitute(day=day or "", month=name, year="" if year is None else year)
        return " ".join(made.split()).strip(" .,")

    @cached_property
    def _chosen(self) -> Callable[[int], int]:
        return c2py(self.plural)
