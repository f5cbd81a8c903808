"""Evidence for each sentence: how much of the question does it carry, does it offer what is asked for, and what
stands around it?

A sentence's score is a weighted sum of features. The features are computed here; the weights are data
(``weights.toml``, with their provenance), fitted by ``rapporteur fit``.
"""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from retrieval.facet import Standing, facets
from retrieval.query import Kind, Query
from retrieval.sentence import Sentence
from retrieval.terms import fold, singular
from retrieval.vocabulary import Vocabulary
from retrieval.weights import Weights

# Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), for the formula; the two values suit single
# sentences, which are short and rarely repeat a term. Passages: the same paper's usual values.
SENTENCE_K1, SENTENCE_B = 0.9, 0.4
PASSAGE_K1, PASSAGE_B = 1.2, 0.5
LIGHT = 0.4  # the share of its idf that a light word keeps
TYPE = 0.15  # the same for a noun that names the kind asked for: an answer to "what day" rarely says "day"

FEATURES = (
    "coverage",  # share of the question held, each want by its idf and by how near the match is
    "form",  # share held in the form that was typed, plural or not: "investigation" is not "investigative"
    "wants",  # share of the wants held, whatever their idf
    "bm25",  # BM25 of the sentence against the most the question could give
    "best",  # whether no sentence of the passage has a higher BM25
    "bigrams",  # pairs of words that follow each other in both, little words among them
    "numbers",  # numbers of the question that stand here less those that do not
    "focus",  # whether the noun behind "which" stands here
    "passage_bm25",  # BM25 of the passage
    "passage_score",  # the same against the best passage
    "passage_coverage",  # share of the question held by the passage as a whole
    "elsewhere",  # share missing here that stands elsewhere in the passage
    "before",  # share missing here that the sentence before holds
    "after",  # share missing here that the sentence behind holds
    "leans_on_match",  # a sentence that opens with "They" or "This" behind one that holds much
    "agent",  # asked who: "by" stands soon after a word that is held, as in "was built by"
    "counted",  # asked how many: a number stands before the noun behind "how many"
    "facet_offered",  # asked for a facet ("who did it"): how far the sentence offers it
    "facet_central",  # asked about the report as a whole: the same, times how central the sentence is to its report
    "lead",  # the same, for what reports tell first: how near the beginning of its report the sentence stands
    "main_event",  # the same: share of the words of title and first sentence that it holds
)
CUES = (
    "names",  # ln(1 + capitalised words that are not of the question; asked who, without those that say where)
    "numbers",  # ln(1 + numbers that are not of the question; asked how many, without dates)
    "year",  # a year that is not of the question
    "quotation",  # quotation marks
    "offered",  # ln(1 + words that offer the kind asked for)
    "nothing",  # no word that offers the kind, nor (for numbers and times) a number, nor (for others) a name
    "terms",  # ln(1 + terms): how long an answer of the kind is
)
AGENT_WITHIN = 6  # words between what was done and "by"
_WHO = (Kind.PERSON, Kind.GROUP)
_COUNTED = (Kind.NUMBER, Kind.TIME)


@dataclass(frozen=True, slots=True)
class Match:
    """How a sentence holds one want: by which keys, and how near that is to the word itself (1: the word itself)."""

    keys: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one sentence. ``matches`` has the best match of each want or ``None``; the order is that of the
    wants."""

    passage: int
    sentence: Sentence
    features: tuple[float, ...]
    cues: tuple[float, ...]
    score: float
    matches: tuple[Match | None, ...]


class Candidate(NamedTuple):
    """A passage whose sentences are looked at: its number, its sentences, and its BM25 score.

    ``places`` says of each sentence where it stands in its report; nothing where the question is not about a whole.
    """

    number: int
    sentences: Sequence[Sentence]
    score: float
    places: Sequence[Standing] = ()


class Ranker:
    """Scores the sentences of candidate passages against one query."""

    def __init__(self, query: Query, vocabulary: Vocabulary, tag: str) -> None:
        self.query = query
        self._facets = facets(tag)
        self._vocabulary = vocabulary
        self._singles, self._phrases = vocabulary.lookup(query)
        self.idf = [self._weight(n) for n in range(len(query.wants))]
        self.total = sum(self.idf) or 1.0
        self._shares = [want.share for want in query.wants]
        self._all_shares = sum(self._shares) or 1.0
        self._forms = [singular(fold(want.surface)) for want in query.wants]
        self._bigrams = frozenset(pairwise(query.words))
        self._findable = {n for found in self._singles.values() for n, _ in found} | {n for _, n, _ in self._phrases}
        self._known_names = frozenset(w.key for w in query.wants if w.key)
        self._known_numbers = frozenset(w.number for w in query.wants if w.number)

    def _weight(self, want: int) -> float:
        """The idf of a want: of its word or, where no passage holds that, of its most telling equivalent.

        A phrase of little words that no passage says otherwise counts for nothing: it was no word to begin with.
        """
        asked = self.query.wants[want]
        keys = [key for key, found in self._singles.items() if any(n == want and s == 1.0 for n, s in found)]
        if not keys:
            keys = [key for key, found in self._singles.items() if any(n == want for n, _ in found)]
        missing = self._vocabulary.idf(asked.key) if asked.key else 0.0
        weight = max((self._vocabulary.idf(key) for key in keys), default=missing)
        return weight * self._share(want)

    def _share(self, want: int) -> float:
        """The share of its idf that a want counts for."""
        if want == self.query.type_noun:
            return TYPE
        asked = self.query.wants[want]
        return asked.share * (LIGHT if asked.is_light else 1.0)

    def is_findable(self, want: int) -> bool:
        """Whether any passage holds the want in any form."""
        return want in self._findable

    def ways(self, want: int) -> Mapping[tuple[str, ...], float]:
        """The chains of term keys that a want may be found by, and how near each comes to the word itself."""
        single = {(key,): strength for key, found in self._singles.items() for n, strength in found if n == want}
        return single | {keys: strength for keys, n, strength in self._phrases if n == want}

    @property
    def found_by(self) -> frozenset[str]:
        """Every term key that a want may be found by."""
        return frozenset(self._singles).union(key for keys, _, _ in self._phrases for key in keys)

    def terms(self) -> Mapping[str, float]:
        """Every term key worth looking for, with its weight: what the index is asked for."""
        terms: dict[str, float] = {}
        for key, found in self._singles.items():
            terms[key] = max(s * self._share(n) for n, s in found)
        for keys, _, strength in self._phrases:
            for key in keys:
                terms.setdefault(key, strength / len(keys))
        return terms

    def matches(self, sentence: Sentence) -> list[Match | None]:
        """The best match of each want in ``sentence``.

        A word that stands there once and is itself asked for stands for nothing else: where somebody asks whether the
        child was a boy or a girl, "child" tells neither.
        """
        found: list[Match | None] = [None] * len(self.query.wants)
        singles = self._singles
        taken = {want.key for want in self.query.wants}
        for key, places in sentence.positions.items():
            is_taken = key in taken and len(places) == 1
            for want, strength in singles.get(key, ()):
                held = found[want]
                if (strength == 1.0 or not is_taken) and (held is None or strength > held.strength):
                    found[want] = Match((key,), strength)
        for keys, want, strength in self._phrases:
            held = found[want]
            if (held is None or strength > held.strength) and _adjacent(keys, sentence):
                found[want] = Match(keys, strength)
        return found

    def rank(self, candidates: Sequence[Candidate], weights: Weights) -> list[Evidence]:
        """Every sentence of the candidates with its evidence, best first, ties in report order."""
        best_score = max((c.score for c in candidates), default=0.0)
        everything: list[Evidence] = []
        for candidate in candidates:
            share = candidate.score / best_score if best_score > 0 else 0.0
            everything += self._passage(candidate, share, weights)
        everything.sort(key=lambda e: (-e.score, e.passage, e.sentence.number))
        return everything

    def _passage(self, candidate: Candidate, share: float, weights: Weights) -> list[Evidence]:
        sentences = candidate.sentences
        wants = range(len(self.idf))
        idf, total = self.idf, self.total
        held = [self.matches(sentence) for sentence in sentences]
        strengths = [[m.strength if m else 0.0 for m in row] for row in held]
        bm25 = [self._bm25(sentence, row) for sentence, row in zip(sentences, held, strict=True)]
        top = max(bm25, default=0.0)
        whole = [max(row[n] for row in strengths) for n in wants]
        passage_coverage = sum(idf[n] * whole[n] for n in wants) / total
        passage_bm25 = self._passage_bm25(sentences, held) / total
        rows = []
        for at, sentence in enumerate(sentences):
            own = strengths[at]
            before = strengths[at - 1] if at else None
            after = strengths[at + 1] if at + 1 < len(sentences) else None
            missing = [idf[n] * (1.0 - own[n]) for n in wants]
            coverage = 1.0 - sum(missing) / total
            before_share = sum(missing[n] * before[n] for n in wants) / total if before else 0.0
            features = (
                coverage,
                sum(idf[n] for n in wants if own[n] == 1.0 and self._forms[n] in sentence.forms) / total,
                sum(map(mul, own, self._shares)) / self._all_shares,
                bm25[at] / total,
                1.0 if bm25[at] == top and (idf or not self.query.is_whole) else 0.0,
                len(self._bigrams & frozenset(pairwise(sentence.words))) / max(1, len(self.query.words)),
                sum(2.0 * (own[n] > 0) - 1.0 for n in wants if self.query.wants[n].is_number),
                1.0 if self.query.focus is not None and own[self.query.focus] else 0.0,
                passage_bm25,
                share,
                passage_coverage,
                sum(missing[n] * whole[n] for n in wants) / total,
                before_share,
                sum(missing[n] * after[n] for n in wants) / total if after else 0.0,
                before_share if sentence.leans else 0.0,
                1.0 if self.query.kind in _WHO and self._names_agent(sentence, held[at]) else 0.0,
                1.0 if self.counts(sentence, held[at]) else 0.0,
                *self._facet(sentence, candidate.places[at] if candidate.places else None),
            )
            cues = self._cues(sentence)
            score = weights.score(self.query.kind, features, cues)
            rows.append(Evidence(candidate.number, sentence, features, cues, score, tuple(held[at])))
        return rows

    def _bm25(self, sentence: Sentence, matches: Sequence[Match | None]) -> float:
        average = self._vocabulary.average_sentence
        norm = SENTENCE_K1 * (1 - SENTENCE_B + SENTENCE_B * sentence.length / average)
        score = 0.0
        for weight, match in zip(self.idf, matches, strict=True):
            if match:
                tf = min(len(sentence.positions[key]) for key in match.keys)
                score += match.strength * weight * tf * (SENTENCE_K1 + 1) / (tf + norm)
        return score

    def _passage_bm25(self, sentences: Sequence[Sentence], held: Sequence[Sequence[Match | None]]) -> float:
        length = sum(sentence.length for sentence in sentences)
        norm = PASSAGE_K1 * (1 - PASSAGE_B + PASSAGE_B * length / self._vocabulary.average_passage)
        score = 0.0
        for n, weight in enumerate(self.idf):
            tf = sum(match.strength for row in held if (match := row[n]))
            if tf:
                score += weight * tf * (PASSAGE_K1 + 1) / (tf + norm)
        return score

    def counts(self, sentence: Sentence, matches: Sequence[Match | None]) -> bool:
        """Whether the sentence says how many of what the question asks for there are."""
        match = matches[self.query.focus] if self.query.focus is not None else None
        return self.query.kind is Kind.NUMBER and match is not None and not sentence.counted.isdisjoint(match.keys)

    def _names_agent(self, sentence: Sentence, matches: Sequence[Match | None]) -> bool:
        if not any(want.key for want in self.query.wants):  # "who did it", whatever it was
            return bool(sentence.agents)
        held = [at for match in matches if match for key in match.keys for at in sentence.positions[key]]
        return any(0 < agent - at <= AGENT_WITHIN for agent in sentence.agents for at in held)

    def _facet(self, sentence: Sentence, standing: Standing | None) -> tuple[float, float, float, float]:
        """What the sentence offers of the facet asked for and, where that alone is asked for, how central it is."""
        if self.query.facet is None:
            return 0.0, 0.0, 0.0, 0.0
        offered = self._facets.offered(self.query.facet.facet, sentence)
        if standing is None:
            return offered, 0.0, 0.0, 0.0
        front = 1.0 if self._facets.is_in_front(self.query.facet.facet) else 0.0
        return offered, offered * standing.central, front * standing.lead, front * standing.main_event

    def _cues(self, sentence: Sentence) -> tuple[float, ...]:
        placed: AbstractSet[str] = sentence.placed if self.query.kind in _WHO else frozenset()
        names = sum(1 for key in sentence.names if key not in self._known_names and key not in placed)
        dates: AbstractSet[str] = sentence.dates if self.query.kind is Kind.NUMBER else frozenset()
        numbers = sum(1 for n in sentence.numbers if n not in self._known_numbers and n not in dates)
        years = sentence.years - sum(1 for n in self._known_numbers if len(n) == 4 and n in sentence.numbers)
        offered = sentence.offered.get(self.query.kind, 0)
        return (
            math.log(1 + names),
            math.log(1 + numbers),
            1.0 if years > 0 else 0.0,
            1.0 if sentence.has_quotation else 0.0,
            math.log(1 + offered),
            0.0 if offered or (numbers if self.query.kind in _COUNTED else names) else 1.0,
            math.log(1 + sentence.length),
        )


def _adjacent(keys: Sequence[str], sentence: Sentence) -> bool:
    """Whether the sentence holds the keys in their order, each at most three words behind the one before."""
    places: Sequence[int] = sentence.positions.get(keys[0], ())
    for key in keys[1:]:
        following = sentence.positions.get(key, ())
        places = [b for b in following if any(0 < b - a <= 3 for a in places)]
    return bool(places)
