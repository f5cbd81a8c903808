"""Does a question ask for the paragraph of a number, and for nothing else? "What does paragraph 42 say?"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corpus.passage import Passage
from corpus.report import Report
from retrieval import language
from retrieval.language.folding import fold

_WORD = re.compile(r"\d[\w.]*(?:\s(?:bis|ter|quater)\b)?(?:\s?\(\w{1,4}\))?|[^\W\d_]+", re.IGNORECASE)
_SIGN = re.compile("[§¶]+")
_HEADED = re.compile(r"\W*(?P<noun>[^\W\d_]+)\.?\s+(?P<number>\d{1,4}(?:\s?(?:bis|ter|quater))?)\b", re.IGNORECASE)
_NAMED = re.compile(  # a report by its name, and a number after it: "quay-street 3", "mali:3", "Mali, no. 3", "mali/3"
    r"(?P<name>.*?[^\W_])[\s:#/§¶,;.–-]+(?:n[or]?\b[.°º]?\s*)?(?P<number>\d{1,4}(?:\.\d{1,4})*(?:\s?(?:bis|ter))?)",
    re.IGNORECASE,
)
_AROUND = " []()"
_LONGEST = 20  # words of such a question
_SHORTEST = 3  # letters of a word's beginning by which it is shortened: "art.", "sec."


class _Words(NamedTuple):
    """Those of one language: what is numbered, what stands around it, and numbers that are written out."""

    nouns: frozenset[str]
    around: frozenset[str]
    counting: Mapping[str, str]
    ranking: Mapping[str, str]


def numbered(question: str, reports: Sequence[Report]) -> tuple[tuple[Report, Passage], ...]:
    """The passages with the number that a question asks for, in order; none where it asks for something else.

    The question may be in another language than the reports: a number is the same in each. Where it says whose
    paragraph that is, by words of titles, only reports are looked at whose titles have them all.
    """
    words = _folded(_SIGN.sub(" paragraph ", question))
    if len(words) > _LONGEST:
        return ()
    noun, number, others = next((found for known in _languages() if (found := _number(words, known))[1]), ("", "", ()))
    asked = [report for report in reports if _is_named(report, others)] if number else ()
    return tuple((report, passage) for report in asked for passage in _asked(report, noun, number))


def with_number(text: str, reports: Sequence[Report]) -> list[Passage]:
    """Of each report that has one, the body passage of the number that ``text`` is, or asks for: "3", "paragraph 3",
    "Mali, para 3", "mali 3"; the first of its parts."""
    found = [next(_with(report, _plain(text)), None) for report in reports]
    told = [passage for passage in found if passage is not None]
    if not told:
        first = {report.id: passage for report, passage in reversed(numbered(text, reports))}
        told = [first[report.id] for report in reports if report.id in first]
    if not told and (by_name := _NAMED.fullmatch(text.strip(_AROUND))):
        asked = (next(_with(report, _plain(by_name["number"])), None) for report in named(text, reports))
        told = [passage for passage in asked if passage is not None]
    return told


def named(text: str, reports: Sequence[Report]) -> list[Report]:
    """The reports that a text names, a number after it or not: the one of that id, else those whose titles and ids hold
    all of its words."""
    by_name = _NAMED.fullmatch(text.strip(_AROUND))
    for name in (text, by_name["name"]) if by_name else (text,):
        words = _folded(name)
        own = [report for report in reports if _folded(report.id) == words]
        if found := own or [report for report in reports if words and _is_named(report, words)]:
            return found
    return []


@cache
def _languages() -> tuple[_Words, ...]:
    tables = [language.numbered(tag) for tag in language.languages()]
    return tuple(_words(table) for table in tables if table)


def _words(table: Mapping[str, Sequence[str]]) -> _Words:
    nouns, around = (frozenset(map(fold, table.get(name, ()))) for name in ("nouns", "around"))
    numbers = (
        {fold(word): str(number) for number, word in enumerate(table.get(name, ()), start=1)}
        for name in ("counting", "ranking")
    )
    return _Words(nouns, around, *numbers)


def _number(words: Sequence[str], known: _Words) -> tuple[str, str, Sequence[str]]:
    """What words ask for by its number, which number, "" where they ask for none, and what they say besides, little
    words apart."""
    rest = [word for word in words if word not in known.around]
    for place, noun in enumerate(rest):
        if noun not in known.nouns:
            continue
        before, after = rest[:place], rest[place + 1 :]
        if after and (number := _read(after[0], known.counting)):  # "paragraph 42", "paragraph three"
            return noun, number, [word for word in before + after[1:] if word not in known.nouns]
        if before and (number := known.ranking.get(before[-1], "")):  # "the third paragraph"
            return noun, number, [word for word in before[:-1] + after if word not in known.nouns]
    return "", "", ()


def _read(word: str, written: Mapping[str, str]) -> str:
    return _plain(word) if word[0].isdigit() else written.get(word, "")


def _is_named(report: Report, words: Sequence[str]) -> bool:
    """Whether all of the words stand in the title or the id of a report."""
    return not words or set(words).issubset(_folded(f"{report.title} {report.id}"))


def _folded(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _asked(report: Report, noun: str, number: str) -> Iterator[Passage]:
    """The passages under the heading that is called so, "Article 2"; where none is, those of that number."""
    under = list(report.under(lambda section: _heads(section, noun, number)))
    return iter(under) if under else _with(report, number)


def _heads(section: str, noun: str, number: str) -> bool:
    """Whether a heading is the number that is asked for, its noun perhaps shortened."""
    if number not in section.lower():  # nearly every one
        return False
    found = _HEADED.match(section)
    if found is None or _plain(found["number"]) != number:
        return False
    told = fold(found["noun"])
    return min(len(told), len(noun)) >= _SHORTEST and (told.startswith(noun) or noun.startswith(told))


def _with(report: Report, number: str) -> Iterator[Passage]:
    """The body passages of that number."""
    return iter(report.numbered(lambda printed: _plain(printed) == number) if number else ())


def _plain(number: str) -> str:
    return "".join(number.lower().split()).rstrip(".")
