"""A search that leans towards the passage that answered before: what stands near it counts for more.

The bonuses are in the unit of the scores, which are logits; measured on ``tests/golden/followups/cases.jsonl``. Knows
nothing of how a question was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from corpus.passage import Passage, Span
from retrieval.evidence.features import Evidence
from retrieval.question.needs import is_met
from retrieval.question.query import Query

SAME, NEXT, PASSAGE = 1.0, 1.8, 0.8  # the sentence that answered, one beside it, any other of its passage
READ = 0.4  # the sentence that answered, where it offers nothing of the kind asked for now: that has been read
BESIDE = 0.3  # the passages before and after it
AGAIN = -3.0  # the sentence that answered, where it says nothing of what is asked for now
ONWARD = 4  # passages that are looked at where it is asked what stands next, whatever their words
ALONE = 0.4  # the share that the score of a text as it stands counts for beside that of what it is read as
POINTED = 0.3  # the share of all that where a word only points: with others it says what it asks
SPEAKS = 4.0  # asked who said it: a sentence of the passage that has a word of speech


@dataclass(frozen=True, slots=True)
class Leaning:
    """The ``passage`` that answered, by its number in the scope, and the number of the ``sentence`` in it.

    ``speech`` are words that say who is quoted, where that is what is asked for. ``own`` are the keys of the words that
    are asked for now, beside others that were taken over (``is_mixed``); ``is_facet``: a facet is asked for;
    ``is_pointing``: a word of the text stands for what was named before; ``is_onward``: what stands after the sentence
    is, and after those behind it up to number ``until``, which are quoted with it. ``alone`` has the scores of
    sentences, by the number of their passage and their own, for the text as it stands.
    """

    passage: int
    sentence: int
    speech: AbstractSet[str] = frozenset()
    own: AbstractSet[str] = frozenset()
    is_mixed: bool = False
    is_facet: bool = False
    is_onward: bool = False
    is_pointing: bool = False
    until: int = 0
    alone: Mapping[tuple[int, int], float] = field(default_factory=dict)

    @classmethod
    def on(cls, passage: Passage, number: int, at: Span) -> "Leaning":
        """The leaning on the sentence ``at`` of the passage with that number."""
        spans = [passage.sentence(n) for n in range(len(passage.sentences))]
        sentence = next((n for n, span in enumerate(spans) if span.overlaps(at)), 0)
        return cls(number, sentence)

    @property
    def read(self) -> frozenset[tuple[int, int]]:
        """The sentences that are quoted no more, where it is asked what stands next, with the numbers of passages."""
        until = max(self.until, self.sentence) + 1 if self.is_onward else 0
        return frozenset((self.passage, number) for number in range(until))

    def reaches(self, count: int) -> range:
        """The passages that are looked at because of it, of so many."""
        if self.is_onward:
            return range(self.passage, min(count, self.passage + ONWARD))
        return range(max(0, self.passage - 1), min(count, self.passage + 2))

    def is_on(self, one: Evidence) -> bool:
        """Whether that is the sentence that answered."""
        return _place(one) == (self.passage, self.sentence)

    def weighed(self, evidence: Sequence[Evidence], query: Query) -> list[Evidence]:
        """The evidence with its bonuses, best first, ties in report order. ``query`` is what its passage was asked."""
        if self.is_onward:
            near = range(self.passage, self.passage + ONWARD)
            following = sorted(
                (one for one in evidence if one.passage in near and _place(one) not in self.read), key=_place
            )
            return [replace(one, score=1.0 / n) for n, one in enumerate(following, start=1)]
        lowest = min(self.alone.values(), default=0.0)
        found = []
        for one in evidence:
            alone = ALONE * (self.alone.get(_place(one), lowest) - lowest)
            found.append(replace(one, score=one.score + alone + self._bonus(one, query)))
        return _sorted(found)

    def _bonus(self, one: Evidence, query: Query) -> float:
        share = POINTED if self.is_pointing else 1.0
        if one.passage != self.passage:
            return share * BESIDE if abs(one.passage - self.passage) == 1 else 0.0
        apart = abs(one.sentence.number - self.sentence)
        near = share * (self._again(one, query) if apart == 0 else NEXT if apart == 1 else PASSAGE)
        speaks = bool(self.speech) and not self.speech.isdisjoint(one.sentence.words)
        return near + SPEAKS * speaks / (1 + apart)

    def _again(self, one: Evidence, query: Query) -> float:
        """The bonus of the sentence that answered: it has been read, for the words of the question before."""
        if self.speech:
            return SAME
        if self.is_mixed and not self._says(one, query):
            return AGAIN
        return READ if one.cues.nothing else SAME

    def _says(self, one: Evidence, query: Query) -> bool:
        """Whether a sentence says anything of what is asked for now, whatever it has of the question before."""
        own = [n for n, want in enumerate(query.wants) if want.key in self.own]
        if any(one.matches[n] for n in own):
            return True
        if query.need is not None and is_met(query.need, one.sentence, query.known, query.tag):
            return True  # "how old is she"
        return self.is_facet and not own and one.features.facet_offered > 0


def _place(one: Evidence) -> tuple[int, int]:
    """Where a sentence stands: the number of its passage, and its own."""
    return one.passage, one.sentence.number


def _sorted(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda e: (-e.score, e.passage, e.sentence.number))
