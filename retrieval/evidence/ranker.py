"""Evidence for each sentence: how much of the question does it carry, does it offer what is asked for, and what
stands around it?

A sentence's score is a weighted sum of features. The features are computed here; the weights are data
(``weights.toml``, with their provenance), fitted by ``rapporteur fit``.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import mul

from retrieval.evidence.features import Best, Candidate, Evidence, Features, Look, Match, strengths
from retrieval.evidence.likeness import Likeness
from retrieval.evidence.nearness import Nearness
from retrieval.evidence.offering import Offering
from retrieval.evidence.vocabulary import Vocabulary
from retrieval.evidence.weights import Scoring, Weights
from retrieval.question.query import Query
from retrieval.sentence import Sentence
from retrieval.words.near_words import Near
from retrieval.words.terms import analyzer_of

# Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), for the formula; the two values suit single
# sentences, which are short and rarely repeat a term. Passages: the same paper's usual values.
SENTENCE_K1, SENTENCE_B = 0.9, 0.4
PASSAGE_K1, PASSAGE_B = 1.2, 0.5
HEADING_TF = 1.0  # how often a term of title or heading counts for a passage below it: once, as if it were said there
UNTELLING = 0.4  # the share of its idf that a word keeps which says little about what is meant
TYPE = 0.15  # the same for a noun that names the kind asked for: an answer to "what day" rarely says "day"


class Ranker:
    """Scores the sentences of candidate passages against one query."""

    def __init__(
        self,
        query: Query,
        vocabulary: Vocabulary,
        surprisal: Callable[[str], float] = lambda _: 0.0,
        near: Near | None = None,
        likeness: Likeness | None = None,
    ) -> None:
        self.query = query
        self._offering = Offering(query)
        self._vocabulary = vocabulary
        self._singles, self._phrases = vocabulary.lookup(query)
        self.idf = [self._weight(n) for n in range(len(query.wants))]
        self.total = sum(self.idf) or 1.0
        self.telling = [surprisal(w.key) * self._share(n) if w.key else 0.0 for n, w in enumerate(query.wants)]
        self._all_telling = sum(self.telling) or 1.0
        self._rarest = max(range(len(self.telling)), key=self.telling.__getitem__, default=None)
        self._keys = frozenset(want.key for want in query.wants)
        self._numbers = [n for n, want in enumerate(query.wants) if want.is_number]
        self._named = [n for n, want in enumerate(query.wants) if want.is_name or want.is_number]
        self._shares = [want.share for want in query.wants]
        self._all_shares = sum(self._shares) or 1.0
        analyzer = analyzer_of(query.tag)
        self._forms = [analyzer.singular(analyzer.fold(want.surface)) for want in query.wants]
        self._bigrams = frozenset(pairwise(query.words))
        self._openings = frozenset(query.words[:-1])  # of these pairs: most sentences hold none of them
        self._asking = sum(map(bool, query.words)) or 1
        self._findable = {n for found in self._singles.values() for n, _ in found} | {n for _, n, _ in self._phrases}
        self.nearness = Nearness(query, vocabulary, near)
        self._likeness = likeness
        self._asked = likeness.asked(query) if likeness and not query.is_whole else None

    def _weight(self, want: int) -> float:
        """The idf of a want: of its word or, where no passage holds that, of its most telling equivalent.

        A phrase of stop words that no passage says otherwise counts for nothing: it was no word to begin with.
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
        return asked.share * (1.0 if asked.is_telling else UNTELLING)

    @property
    def names(self) -> Sequence[int]:
        """The wants that are names or numbers."""
        return self._named

    def is_findable(self, want: int) -> bool:
        """Whether any passage holds the want in any form."""
        return want in self._findable

    def finds_any(self) -> bool:
        """Whether any passage holds any want in any form."""
        return bool(self._findable)

    def held_by(self, evidence: Evidence, want: int) -> float:
        """How nearly a sentence holds a want, from 0 to 1, where near words count."""
        match = evidence.matches[want]
        own = match.strength if match else 0.0
        return own if own == 1.0 else max(own, self.nearness.of_sentence(evidence.sentence, want))

    def held_anywhere(self, want: int) -> float:
        """The same of all passages."""
        own = max((s for found in self._singles.values() for n, s in found if n == want), default=0.0)
        own = max((s for _, n, s in self._phrases if n == want), default=own)
        return own if own == 1.0 else max(own, self.nearness.anywhere(want))

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
        for key, n, strength in self.nearness.terms():
            terms.setdefault(key, strength * self._share(n))
        return terms

    def matches(self, sentence: Sentence) -> list[Match | None]:
        """The best match of each want in ``sentence``.

        A word that stands there once and is itself asked for stands for nothing else: where somebody asks whether the
        child was a boy or a girl, "child" tells neither.
        """
        found: list[Match | None] = [None] * len(self.query.wants)
        singles = self._singles
        for key, places in sentence.positions.items():
            is_taken = key in self._keys and len(places) == 1
            for want, strength in singles.get(key, ()):
                held = found[want]
                if (strength == 1.0 or not is_taken) and (held is None or strength > held.strength):
                    found[want] = Match((key,), strength)
        for keys, want, strength in self._phrases:
            held = found[want]
            if (held is None or strength > held.strength) and sentence.has_chain(keys):
                found[want] = Match(keys, strength)
        return found

    def rank(self, candidates: Sequence[Candidate], weights: Weights) -> list[Evidence]:
        """Every sentence of the candidates with its evidence, best first, ties in report order."""
        looked_at = [self._look(candidate) for candidate in candidates]
        best = Best(
            max((candidate.score for candidate in candidates), default=0.0),
            max((look.top for look in looked_at), default=0.0),
            max((most for look in looked_at for most in look.near[0]), default=0.0),
        )
        scoring = self.scoring(weights)
        everything = [evidence for look in looked_at for evidence in self._weigh(look, best, scoring)]
        everything.sort(key=lambda e: (-e.score, e.passage, e.sentence.number))
        return everything

    @property
    def compares(self) -> bool:
        """Whether the question and the sentences are compared as wholes."""
        return self._asked is not None

    def scoring(self, weights: Weights) -> Scoring:
        """The weights by which the sentences are scored."""
        return weights.whole if self.compares else weights.plain

    def _look(self, candidate: Candidate) -> Look:
        held = [self.matches(sentence) for sentence in candidate.sentences]
        bm25 = [self._bm25(sentence, row) for sentence, row in zip(candidate.sentences, held, strict=True)]
        near = self.nearness.held(candidate.sentences, _strengths(held), self.idf, candidate.above)
        alike = [0.0] * len(held)
        if self._likeness and self._asked:
            alike = self._likeness.of(self._asked, candidate.number, candidate.sentences, held)
        return Look(candidate=candidate, held=held, bm25=bm25, top=max(bm25, default=0.0), near=near, alike=alike)

    def held(self, sentences: Sequence[Sentence]) -> list[float]:
        """How nearly each want is held by any of the sentences."""
        rows = _strengths([self.matches(sentence) for sentence in sentences])
        return [max(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.idf)

    def _weigh(self, look: Look, highest: Best, scoring: Scoring) -> list[Evidence]:
        candidate, sentences = look.candidate, look.candidate.sentences
        above, title, early = candidate.above, candidate.title, candidate.early
        rows = _strengths(look.held)
        idf, forms, total = self.idf, self._forms, self.total
        each = range(len(idf))
        whole = [max((row[n] for row in rows), default=0.0) for n in each]
        untitled = [idf[n] * (1.0 - title[n]) for n in each]
        all_untitled = sum(untitled) or 1.0  # nothing is left where the title says all that is asked
        besides_passage = sum(map(mul, untitled, whole)) / all_untitled
        whole = list(map(max, whole, above))
        told_passage = sum(map(mul, self.telling, whole)) / self._all_telling
        rarest_passage = whole[self._rarest] if self._rarest is not None else 0.0
        named_passage = self._named_share(whole)
        near_passage = look.near[1]
        passage_coverage = sum(map(mul, idf, whole)) / total
        passage_bm25 = self._passage_bm25(sentences, look.held, above) / total
        passage_score = candidate.score / highest.passage if highest.passage > 0 else 0.0
        passage_top = 1.0 if 0 < highest.passage == candidate.score else 0.0
        titled = sum(map(mul, idf, map(max, above, title))) / total
        found = []
        for at, sentence in enumerate(sentences):
            own, matches = rows[at], look.held[at]
            missing = [idf[n] * (1.0 - own[n]) for n in each]
            coverage = 1.0 - sum(missing) / total
            form = sum(idf[n] for n in each if own[n] == 1.0 and forms[n] in sentence.forms) / total
            wants = sum(map(mul, own, self._shares)) / self._all_shares
            bm25 = look.bm25[at] / total
            best = 1.0 if look.bm25[at] == look.top and (idf or not self.query.is_whole) else 0.0
            bigrams = self._pairs(sentence.words) / self._asking
            numbers = sum(2.0 * (own[n] > 0) - 1.0 for n in self._numbers)
            focus = 1.0 if self.query.focus is not None and own[self.query.focus] else 0.0
            elsewhere = sum(map(mul, missing, whole)) / total
            before = sum(map(mul, missing, rows[at - 1])) / total if at else 0.0
            after = sum(map(mul, missing, rows[at + 1])) / total if at + 1 < len(rows) else 0.0
            leans_on_match = before if sentence.leans else 0.0
            agent = 1.0 if self._offering.names_agent(sentence, matches) else 0.0
            counted = 1.0 if self._offering.counts(sentence, matches) else 0.0
            told_amount = sum(map(mul, self.telling, own))
            told = told_amount / self._all_telling
            told_mass = math.log(1 + told_amount)
            rarest = own[self._rarest] if self._rarest is not None else 0.0
            bm25_top = look.bm25[at] / highest.sentence if highest.sentence > 0 else 0.0
            named = self._named_share(own)
            first = 1.0 if at == 0 else 0.0
            agent_of, patient_of = self._offering.role(sentence, matches)
            near = look.near[0][at]
            near_best = near / highest.near if highest.near else 0.0
            alike = look.alike[at]
            besides = sum(map(mul, untitled, own)) / all_untitled
            standing = candidate.places[at] if candidate.places else None
            facet_offered, facet_central, lead, main_event = self._offering.facet(sentence, standing)
            # By keyword this costs 5 µs more a sentence, a twentieth of the ranking; that the names stand in the order
            # of the fields is tested.
            features = Features._make((
                coverage, form, wants, bm25, best, bigrams, numbers, focus, passage_bm25, passage_score,
                passage_coverage, elsewhere, before, after, leans_on_match, agent, counted, told, told_passage,
                told_mass, rarest, rarest_passage, bm25_top, passage_top, named, named_passage, first, early,
                agent_of, patient_of, near, near_passage, near_best, alike, titled, besides, besides_passage,
                facet_offered, facet_central, lead, main_event,
            ))  # fmt: skip
            cues = self._offering.cues(sentence, matches)
            score = scoring.score(self.query.kind, features, cues)
            found.append(Evidence(candidate.number, sentence, features, cues, score=score, matches=tuple(matches)))
        return found

    def _pairs(self, words: Sequence[str]) -> int:
        """How many pairs of words that follow each other in the question do so among these, too."""
        return 0 if self._openings.isdisjoint(words) else len(self._bigrams.intersection(pairwise(words)))

    def _named_share(self, held: Sequence[float]) -> float:
        """The share of the question's names and numbers that is held; 0 where it has none."""
        return sum(held[n] for n in self._named) / len(self._named) if self._named else 0.0

    def _bm25(self, sentence: Sentence, matches: Sequence[Match | None]) -> float:
        average = self._vocabulary.average_sentence
        norm = SENTENCE_K1 * (1 - SENTENCE_B + SENTENCE_B * sentence.length / average)
        score = 0.0
        for weight, match in zip(self.idf, matches, strict=True):
            if match:
                tf = min(len(sentence.positions[key]) for key in match.keys)
                score += match.strength * weight * tf * (SENTENCE_K1 + 1) / (tf + norm)
        return score

    def _passage_bm25(
        self, sentences: Sequence[Sentence], held: Sequence[Sequence[Match | None]], above: Sequence[float]
    ) -> float:
        length = sum(sentence.length for sentence in sentences)
        norm = PASSAGE_K1 * (1 - PASSAGE_B + PASSAGE_B * length / self._vocabulary.average_passage)
        score = 0.0
        for n, weight in enumerate(self.idf):
            tf = HEADING_TF * above[n] + sum(match.strength for row in held if (match := row[n]))
            if tf:
                score += weight * tf * (PASSAGE_K1 + 1) / (tf + norm)
        return score


def _strengths(held: Sequence[Sequence[Match | None]]) -> list[list[float]]:
    return [strengths(row) for row in held]
