"""Does a question ask for the paragraph of a number, and for nothing else? "What does paragraph 42 say?"."""

import re
from collections.abc import Iterator, Sequence

from corpus.passage import Passage
from corpus.report import Report
from retrieval.language import language
from retrieval.terms import fold

_WORD = re.compile(r"\d[\w.]*(?:\s(?:bis|ter|quater)\b)?(?:\s?\(\w{1,4}\))?|[^\W\d_]+", re.IGNORECASE)
_SIGN = re.compile(r"[§¶]+")
_LONGEST = 12  # words of such a question


def numbered(question: str, reports: Sequence[Report]) -> tuple[tuple[Report, Passage], ...]:
    """The passages with the number that a question asks for, in order; none where it asks for something else."""
    if not any(map(str.isdigit, question)):
        return ()
    words = [fold(word) for word in _WORD.findall(_SIGN.sub(" paragraph ", question))]
    return tuple((report, passage) for report in reports for passage in _with(report, _number(words, report.language)))


def with_number(number: str, reports: Sequence[Report]) -> Passage | None:
    """The body passage of that number, the first of its parts; ``None`` where no report has one, or several have."""
    found = [next(_with(report, _plain(number)), None) for report in reports]
    told = [passage for passage in found if passage is not None]
    return told[0] if len(told) == 1 else None


def _number(words: Sequence[str], tag: str) -> str:
    """The number in a question of these words, where all that it says besides is what the number is one of."""
    tables = language(tag).questions
    nouns, little = (frozenset(tables.get(name, "").split()) for name in ("numbered", "around_number"))
    rest = [word for word in words if word not in little]
    is_one = len(rest) == 2 and len(words) <= _LONGEST  # "paragraph 42"
    return _plain(rest[1]) if is_one and rest[0] in nouns and rest[1][0].isdigit() else ""


def _with(report: Report, number: str) -> Iterator[Passage]:
    """The body passages of that number."""
    for passage in report.body if number else ():
        if passage.locator.paragraph is not None and _plain(str(passage.locator.paragraph)) == number:
            yield passage


def _plain(number: str) -> str:
    return "".join(number.lower().split()).rstrip(".")
