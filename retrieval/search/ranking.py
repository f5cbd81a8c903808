"""The sentences found for one question in one scope, best first: what answering, confidence and explanation read."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from corpus.passage import Passage
from retrieval.evidence.features import Evidence
from retrieval.evidence.ranker import Ranker
from retrieval.kind import Kind
from retrieval.language import language
from retrieval.question.facet import Facet
from retrieval.search.scope import Scope


class Ranking:
    """The evidence found for one question in one scope.

    ``read`` are sentences that are quoted no more, ``lifted`` those that were found by a line above them, both by the
    numbers of their passages and their own.
    """

    def __init__(
        self,
        scope: Scope,
        rankers: Mapping[str, Ranker],
        evidence: Sequence[Evidence],
        asked: str | None = None,
        read: AbstractSet[tuple[int, int]] = frozenset(),
        lifted: AbstractSet[tuple[int, int]] = frozenset(),
    ) -> None:
        self.scope = scope
        self.evidence = evidence
        self._rankers = rankers
        self.read = read
        self._lifted = lifted
        self._asked = asked

    def passage(self, evidence: Evidence) -> Passage:
        """The passage that a piece of evidence stands in."""
        return self.scope.passage(evidence.passage)

    def is_by_line(self, evidence: Evidence) -> bool:
        """Whether it was found less by its own words than by a line above it, which says nothing by itself."""
        return (evidence.passage, evidence.sentence.number) in self._lifted

    @property
    def scores(self) -> Mapping[tuple[int, int], float]:
        """The score of each sentence, by the number of its passage and its own."""
        return {(one.passage, one.sentence.number): one.score for one in self.evidence}

    @property
    def foreign(self) -> str | None:
        """The language of the question, where no report is written in it; ``None`` also where that is not known."""
        spoken_here = {language(tag).tag for tag in self.scope.languages}
        return None if not spoken_here or self._asked in spoken_here else self._asked

    @property
    def asks_for_nothing(self) -> bool:
        """Whether the question holds stop words only: nothing that could be looked for, in any language asked."""
        rankers = self._rankers.values()
        return bool(rankers) and not any(ranker.query.wants or ranker.query.is_whole for ranker in rankers)

    @property
    def holds_anything(self) -> bool:
        """Whether any passage holds a word of the question, or what may stand for one, which near words do not. A
        facet that is asked for may be offered whatever the words."""
        rankers = self._rankers.values()
        return any(ranker.finds_any() or ranker.query.facet is not None for ranker in rankers)

    @property
    def lost(self) -> frozenset[str]:
        """The keys of the words of the question that no passage holds, nor anything that may stand for them."""
        ranker = self.best_ranker
        return frozenset(w.key for n, w in enumerate(ranker.query.wants) if w.key and not ranker.is_findable(n))

    @property
    def is_beside(self) -> bool:
        """Whether the question has words to look for, and no passage holds any, nor what may stand for one."""
        ranker = self.best_ranker
        return bool(ranker.query.wants) and not ranker.finds_any() and self.facet is None

    @property
    def facet(self) -> Facet | None:
        """The facet that is asked for and nothing besides, as the language of the best sentence reads the question."""
        asked = self.ranker(self.evidence[0]).query.facet if self.evidence else None
        return asked.facet if asked and asked.is_whole else None

    @property
    def kind(self) -> Kind:
        """The kind of thing asked for, as the language of the best sentence understands the question."""
        return self.ranker(self.evidence[0]).query.kind if self.evidence else Kind.THING

    @property
    def tag(self) -> str:
        """The language of the best sentence; where there is none, the first of those asked."""
        if not self.evidence:
            return next(iter(self._rankers))
        return self.scope.report(self.passage(self.evidence[0])).language

    @property
    def best_ranker(self) -> Ranker:
        """The ranker of that language."""
        return self._rankers[self.tag]

    def ranker(self, evidence: Evidence) -> Ranker:
        """The ranker that judged it: the one of its report's language."""
        return self._rankers[self.scope.report(self.passage(evidence)).language]
