"""What a sentence of a report holds, found once and kept: its terms and the kinds of thing that it offers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.passage import Passage, Span
from retrieval.language import language
from retrieval.query import Kind, offers
from retrieval.terms import Analyzer

_YEAR = re.compile(r"(?:1\d{3}|20\d{2})s?\Z")
_QUOTATION_MARKS = frozenset('"“”«»„')


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage. ``number`` counts from 0 in the passage, ``span`` is where it stands there.

    ``positions`` has for each term key the numbers of its words in the passage, ``length`` counts the terms.
    ``words`` are all words, folded. ``names``, ``numbers`` and ``years`` are the keys of capitalised words (not the
    first), numbers and years.
    ``offered`` has for each kind how many words offer it. ``agents`` are the numbers, in the passage, of the words that
    name who did a thing ("by").
    """

    number: int
    span: Span
    positions: Mapping[str, tuple[int, ...]]
    length: int
    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    years: int
    offered: Mapping[Kind, int]
    agents: tuple[int, ...]
    has_quotation: bool
    leans: bool


def read(passage: Passage, own: Analyzer, tag: str) -> tuple[Sentence, ...]:
    """The sentences of ``passage``, whose language is ``tag``, with what they hold."""
    text = passage.text
    terms = own.terms(text)
    words = own.words(text)
    cues = offers(tag)
    leaning = _leaning(tag)
    agents = frozenset(language(tag).questions.get("agents", "").split())
    found = []
    term, word = 0, 0
    for number, (_, end) in enumerate(passage.sentences):
        positions: dict[str, tuple[int, ...]] = {}
        first = term
        while term < len(terms) and terms[term].start < end:
            key = terms[term].key
            positions[key] = (*positions.get(key, ()), terms[term].position)
            term += 1
        begin = word
        while word < len(words) and words[word].start < end:
            word += 1
        mine = words[begin:word]
        folded = tuple(w.text for w in mine)
        span = passage.sentence(number)
        held = frozenset(folded)
        found.append(
            Sentence(
                number,
                span,
                positions,
                term - first,
                folded,
                tuple(k for w in mine[1:] if text[w.start].isupper() and (k := own.key(text[w.start : w.end]))),
                tuple(w.text.replace(",", "") for w in mine if w.text[0].isdigit()),
                sum(1 for w in folded if _YEAR.match(w)),
                {kind: len(held & of) for kind, of in cues.items()},
                tuple(n for n, w in enumerate(folded, start=begin) if w in agents),
                not _QUOTATION_MARKS.isdisjoint(text[span.start : span.end]),
                leaning.leans(folded),
            )
        )
    return tuple(found)


class _Leaning:
    """How a sentence of one language opens that needs the one before it: "They …", "Two days later, …"."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._openings = frozenset(tables.get("leans", "").split())
        self._periods = frozenset(tables.get("periods", "").split())
        self._from_there = frozenset(tables.get("from_there", "").split())

    def leans(self, words: Sequence[str]) -> bool:
        """Whether a sentence of these words, folded, leans on the one before it."""
        if not words:
            return False
        if words[0] in self._openings:
            return True
        return len(words) > 2 and words[1] in self._periods and words[2] in self._from_there


@cache
def _leaning(tag: str) -> _Leaning:
    return _Leaning(tag)
