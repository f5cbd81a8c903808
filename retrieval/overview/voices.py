"""Who speaks in a sentence of a report: the report that tells an event or what it found, a witness, or somebody who
answers or asks.

Told by tables of ``questions.toml`` and by the facets; nothing is understood. A summary tells what happened before what
was said to it.
"""

from functools import cache

from corpus.passage import Passage
from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.question.facet import Asked, Facet, facets
from retrieval.quotation_marks import stretch, whole_quotations
from retrieval.sentence import Sentence
from retrieval.words.phrases import phrases
from retrieval.words.terms import analyzer_of

_NEAR_NUMBER = 7  # words between a number and what tells that it is one of victims, at most
_ANSWERS = 0.6  # how far a sentence offers a reaction at least that is one: a word for it, and a quotation
_ASKS = 0.6  # and a demand: one telling word
_SEVERAL = 3  # numbers by which a sentence tells how far a matter goes
_MARKS = '"“”«»„'


class Voices:
    """How one language tells events and findings, and lets others speak."""

    def __init__(self, tag: str) -> None:
        tables = language(tag).questions
        self._own = analyzer_of(tag)
        self._facets = facets(tag)
        self._harm = self._table(tables.get("harm", ""))
        self._wrongs = self._table(tables.get("wrongs", ""))
        self._finding = phrases(fold(tables.get("finding", "")))
        self._negations = frozenset(tables.get("negations", "").split())
        self._persons = frozenset(map(fold, tables.get("first_person", "").split()))
        self._periods = self._table(tables.get("periods", ""))[1]

    def tells_toll(self, sentence: Sentence) -> bool:
        """Whether it tells how many were killed or hurt."""
        return self._counts(sentence, *self._harm)

    def tells_wrong(self, sentence: Sentence) -> bool:
        """Whether it tells how many were wronged otherwise: beaten, sent back, locked up."""
        return self._counts(sentence, *self._wrongs)

    def tells_extent(self, sentence: Sentence) -> bool:
        """Whether it counts several things: "58 operations concerning 1,460 people"."""
        return len(set(sentence.numbers) - sentence.dates) >= _SEVERAL

    def finds(self, sentence: Sentence) -> bool:
        """Whether it says what was found: "concludes that …", but not "did not find that …"."""
        words = sentence.words
        return any(
            words[at : at + len(phrase)] == phrase and self._negations.isdisjoint(words[max(0, at - 1) : at])
            for phrase in self._finding
            for at in range(len(words) - len(phrase) + 1)
        )

    def replies(self, sentence: Sentence) -> bool:
        """Whether it tells how somebody answers, or what is asked of somebody."""
        reacts = self._facets.offered(Asked(Facet.REACTION, True, True), sentence) >= _ANSWERS
        return reacts or self._facets.offered(Asked(Facet.DEMAND, True, True), sentence) >= _ASKS

    def is_witness(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether it quotes somebody who tells of himself: "They asked for our shoes first"."""
        shown = whole_quotations(passage, sentence.number)
        text = passage.cut(stretch(passage, shown) if shown else sentence.span)
        for mark in _MARKS:
            text = text.replace(mark, '"')
        return any(word.text in self._persons for quoted in text.split('"')[1::2] for word in self._own.words(quoted))

    def _table(self, listed: str) -> tuple[frozenset[str], frozenset[str]]:
        """Words folded, and their keys."""
        words = frozenset(map(fold, listed.split()))
        return words, frozenset(filter(None, map(self._own.key, words)))

    def _counts(self, sentence: Sentence, words: frozenset[str], keys: frozenset[str]) -> bool:
        """Whether a number that is of no date and no time, "33 years", stands near one of these words."""
        if words.isdisjoint(sentence.words):
            return False
        places = sentence.positions
        named = [at for key in keys.intersection(places) for at in places[key]]
        times = {at - 1 for key in self._periods.intersection(places) for at in places[key]}
        numbers = {at for key, found in places.items() if key.isdigit() and key not in sentence.dates for at in found}
        return any(abs(number - at) <= _NEAR_NUMBER for number in numbers - times for at in named)


@cache
def voices(tag: str) -> Voices:
    """How the language of a BCP 47 tag lets others speak."""
    return Voices(tag)
