"""The reports of an edition by what people call them, prepared once: to look one up, and to offer some while typing.

Neither takes work that grows with what is found: a look into a table, or a search through one text that ends early.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.errors import WhichOfManyError, WhichReportError
from corpus.edition import Edition
from corpus.report import Report
from corpus.text.legible import legible

MOST_LIKE = 100  # ours: reports with a word in their names that are looked at
_END = "\n"  # between names; none holds one
_WORD = re.compile(r"[^\W_]+")


class Names:
    """Ids and titles without regard to case. Raises nothing but what ``named`` says."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._by_name: dict[str, Report] = {}
        self._starts: list[int] = []  # where in the text below the names of each report begin
        entries, place = [], 0
        for report in edition.reports:
            names = report.id.casefold(), legible(report.title).casefold()
            for name in names:
                self._by_name.setdefault(name, report)
            entry = _END + _END.join(map(_line, names))
            self._starts.append(place)
            entries.append(entry)
            place += len(entry)
        self._text = "".join([*entries, _END])

    def named(self, name: str) -> Report:
        """The report whose id or title is ``name``, the first of several; else the only one whose id or title holds
        all its words. Raises ``UnknownReportError``."""
        found = self._by_name.get(legible(name).casefold()) or self._worded(name)
        return found if found is not None else self._edition.report(legible(name))

    def _worded(self, name: str) -> Report | None:
        """The only report in whose id, or in whose title, all words of ``name`` stand as words."""
        words = frozenset(_WORD.findall(legible(name).casefold()))
        if not words:
            return None
        places = list(islice(self._places(max(words, key=lambda word: (len(word), word))), MOST_LIKE))
        like = [report for report in map(self._edition.reports.__getitem__, places) if _holds(report, words)]
        return like[0] if len(like) == 1 and len(places) < MOST_LIKE else None

    def only(self) -> Report:
        """The one report there is. Raises ``WhichReportError`` where there are several."""
        if len(self._edition.reports) > 1:
            known, more = self._edition.some_ids
            raise WhichOfManyError(known=known, n=more) if more else WhichReportError(known=known)
        return self._edition.reports[0]

    def holding(self, typed: str, most: int) -> Sequence[Report]:
        """At most so many reports whose id or title holds what was typed, in their order.

        Those that begin with it come first.
        """
        wanted = _line(legible(typed).casefold())
        if not wanted:
            return self._edition.reports[:most]
        first = list(islice(self._places(_END + wanted), most))
        others = (place for place in self._places(wanted) if place not in first)
        return [self._edition.reports[place] for place in (*first, *islice(others, most - len(first)))]

    def _places(self, wanted: str) -> Iterator[int]:
        """The places of the reports among whose names ``wanted`` stands."""
        found = self._text.find(wanted)
        while found >= 0:
            place = bisect_right(self._starts, found) - 1
            yield place
            if place + 1 == len(self._starts):
                return
            found = self._text.find(wanted, self._starts[place + 1])


def _holds(report: Report, words: frozenset[str]) -> bool:
    names = report.id, legible(report.title)
    return any(words.issubset(_WORD.findall(name.casefold())) for name in names)


def _line(name: str) -> str:
    return " ".join(name.split())
