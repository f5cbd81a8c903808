"""Which report a question about the whole is asked of: the one that it names, the only one, or one that is still to be
chosen."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus.report import Report
from retrieval.language.folding import fold
from retrieval.question.facet import Facet, facets
from retrieval.question.query import Query
from retrieval.words.background import common_terms
from retrieval.words.terms import analyzer_of

_JOINT = re.compile(r"[\W_]+")


class Aim(NamedTuple):
    """What is asked, and of which report.

    ``text`` is the question; of several reports, without the words that name the one that is meant. ``report`` is the
    id of that report, ``None`` for all of them. ``which`` has the ids of the reports of which one is still to be
    chosen. ``itself`` says that the report's own record answers, by its field for ``facet``.
    """

    text: str
    report: str | None
    which: tuple[str, ...] = ()
    facet: Facet | None = None
    itself: bool = False


class Names:
    """The words by which reports are named: those of ids, symbols, publishers and titles, but for common ones.

    ``holding`` gives the ids of the reports that a word names, where it is known already.
    """

    def __init__(self, reports: Sequence[Report], holding: Callable[[str], frozenset[str]] | None = None) -> None:
        self._reports = {report.id: report for report in reports}
        self._places = {report: place for place, report in enumerate(self._reports)}
        self._all = tuple(self._reports.values())
        self._languages = tuple(dict.fromkeys(report.language for report in reports))
        self._named = holding or _named(reports)

    def aim(self, text: str, report: str | None, parse: Callable[[str, str], Query]) -> Aim:
        """Where the question ``text`` is aimed, if it is put to ``report`` or (``None``) to all.

        ``parse`` gives the query of a text in the language of a tag. A question that asks for more than a facet of a
        whole report goes where it was put, word for word.
        """
        asked = self._all if report is None else (self._reports[report],)
        rest, meant = self._meant(text, asked) if asked else (text, asked)
        languages = self._languages if meant is self._all else dict.fromkeys(one.language for one in meant)
        facet = _facet(rest, languages, parse)
        if facet is None:
            return Aim(text, report)
        if len(meant) > 1:
            return Aim(text, report, tuple(one.id for one in meant), facet)
        field = facets(meant[0].language).metadata(facet)
        is_itself = field is not None and getattr(meant[0], field) is not None
        if len(asked) == 1:
            return Aim(text=text, report=meant[0].id, which=(), facet=facet, itself=is_itself)
        return Aim(text=rest, report=meant[0].id, which=(), facet=facet, itself=is_itself)

    def named(self, text: str) -> str | None:
        """The id of the one report that ``text`` names among several; ``None`` where it names none or more."""
        meant = self._meant(text, self._all)[1] if self._all else ()
        return meant[0].id if len(meant) == 1 else None

    def _meant(self, text: str, asked: Sequence[Report]) -> tuple[str, Sequence[Report]]:
        """The question without the words that name reports, and those of the reports that all of them name."""
        terms = analyzer_of(asked[0].language).terms(text)
        naming = [term for term in terms if self._named(term.key)]
        named = frozenset.intersection(*(self._named(term.key) for term in naming)) if naming else frozenset()
        if asked is not self._all:
            named = named.intersection(report.id for report in asked)
        meant = [self._all[place] for place in sorted(self._places[report] for report in named)]
        if not meant:
            return text, asked
        kept = list(text)
        for term in naming:
            kept[term.start : term.end] = " " * (term.end - term.start)
        return "".join(kept), meant


def names_of(reports: Iterable[Report]) -> Iterator[Sequence[str]]:
    """The keys of the words that name each report."""
    return (list(dict.fromkeys(_keys(report))) for report in reports)


def _named(reports: Sequence[Report]) -> Callable[[str], frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for report, keys in zip(reports, names_of(reports), strict=True):
        for key in keys:
            found[key].add(report.id)
    named = {key: frozenset(ids) for key, ids in found.items()}
    return lambda key: named.get(key, frozenset())


def _facet(text: str, languages: Iterable[str], parse: Callable[[str, str], Query]) -> Facet | None:
    """The facet that a question asks for, and nothing else, in any of the languages."""
    for tag in languages:
        query = parse(text, tag)
        if query.facet is not None and query.is_whole and not query.wants:
            return query.facet.facet
    return None


def _keys(report: Report) -> Iterator[str]:
    """The keys of the words that name a report: what is in use at large, "execution" or "report", names none."""
    analyzer = analyzer_of(report.language)
    yield fold(report.id)
    texts = (report.title, report.publisher or "", report.symbol or "", _JOINT.sub(" ", report.id))
    for term in (term for text in texts for term in analyzer.terms(text)):
        if not term.key.isdigit() and term.key not in common_terms(report.language, term.key[0]):
            yield term.key
