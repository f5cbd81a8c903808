"""What a sentence offers to a question, whatever words of it the sentence holds: names, numbers, somebody who did it, a
part of the report's story."""

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from retrieval.evidence.features import Cues, Match
from retrieval.kind import Kind
from retrieval.question.facet import facets
from retrieval.question.query import Query
from retrieval.question.roles import Role, is_agentless, offers
from retrieval.sentence import Sentence

if TYPE_CHECKING:  # brings NumPy along
    from retrieval.evidence.standing import Standing

AGENT_WITHIN = 6  # words between what was done and "by"
_WHO = (Kind.PERSON, Kind.GROUP)
_COUNTED = (Kind.NUMBER, Kind.TIME)


class Offering:
    """Tells what sentences offer to one query."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._facets = facets(query.tag)
        self._known_names = frozenset(w.key for w in query.wants if w.key)
        self._known_numbers = frozenset(w.number for w in query.wants if w.number)

    def counts(self, sentence: Sentence, matches: Sequence[Match | None]) -> bool:
        """Whether the sentence says how many of what the question asks for there are."""
        match = matches[self._query.focus] if self._query.focus is not None else None
        return self._query.kind is Kind.NUMBER and match is not None and not sentence.counted.isdisjoint(match.keys)

    def names_agent(self, sentence: Sentence, matches: Sequence[Match | None]) -> bool:
        """Whether it says by whom a thing was done that the question asks for."""
        if self._query.kind not in _WHO:
            return False
        if not any(want.key for want in self._query.wants):  # "who did it", whatever it was
            return bool(sentence.agents)
        held = [at for match in matches if match for key in match.keys for at in sentence.positions[key]]
        return any(0 < agent - at <= AGENT_WITHIN for agent in sentence.agents for at in held)

    def role(self, sentence: Sentence, matches: Sequence[Match | None]) -> tuple[float, float]:
        """Whether it names who did what the question asks about, and whether to whom it was done."""
        asked = self._query.role
        if asked is None or matches[asked.verb] is None:
            return 0.0, 0.0
        is_named = 1.0 if offers(asked, sentence, [match.keys if match else () for match in matches]) else 0.0
        return (is_named, 0.0) if asked.role is Role.AGENT else (0.0, is_named)

    def facet(self, sentence: Sentence, standing: "Standing | None") -> tuple[float, float, float, float]:
        """What the sentence offers of the facet asked for and, where that alone is asked for, how central it is."""
        if self._query.facet is None:
            return 0.0, 0.0, 0.0, 0.0
        facet = self._query.facet.facet
        offered = self._facets.offered(self._query.facet, sentence)
        if standing is None:
            return offered, 0.0, 0.0, 0.0
        if self._facets.is_at_end(facet):
            return offered, offered * standing.central, standing.tail, 0.0
        front = 1.0 if self._facets.is_in_front(facet) else 0.0
        return offered, offered * standing.central, front * standing.lead, front * standing.main_event

    def agentless(self, sentence: Sentence, matches: Sequence[Match | None]) -> bool:
        """Whether it says that a thing was done and not by whom, where the question asks who did it."""
        asked = self._query.role
        match = matches[asked.verb] if asked else None
        return (
            asked is not None and match is not None and asked.role is Role.AGENT and is_agentless(sentence, match.keys)
        )

    def cues(self, sentence: Sentence, matches: Sequence[Match | None]) -> Cues:
        """What answers of a kind are made of, besides what the question has."""
        placed: AbstractSet[str] = sentence.placed if self._query.kind in _WHO else frozenset()
        names = sum(1 for key in sentence.names if key not in self._known_names and key not in placed)
        dates: AbstractSet[str] = sentence.dates if self._query.kind is Kind.NUMBER else frozenset()
        numbers = sum(1 for n in sentence.numbers if n not in self._known_numbers and n not in dates)
        years = sentence.years - sum(1 for n in self._known_numbers if len(n) == 4 and n in sentence.numbers)
        offered = sentence.offered.get(self._query.kind, 0)
        return Cues(
            names=math.log(1 + names),
            numbers=math.log(1 + numbers),
            year=1.0 if years > 0 else 0.0,
            quotation=1.0 if sentence.has_quotation else 0.0,
            offered=math.log(1 + offered),
            nothing=0.0 if offered or (numbers if self._query.kind in _COUNTED else names) else 1.0,
            terms=math.log(1 + sentence.length),
            agentless=float(self.agentless(sentence, matches)),
        )
