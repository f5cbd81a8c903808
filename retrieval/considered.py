"""One consideration of a question: its answer, and, for whoever wants to know, why it was answered so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.answer import Answer, Excerpt
from retrieval.evidence.features import Evidence
from retrieval.evidence.weights import Weights
from retrieval.excerpts import distinct, excerpts_of
from retrieval.following.followup import is_aside
from retrieval.following.turn import Aspect, Turn
from retrieval.joined import in_turn
from retrieval.outcome import Outcome
from retrieval.question.asked import QUESTION_LIMIT
from retrieval.search.ranking import Ranking

if TYPE_CHECKING:  # few questions want to be explained
    from retrieval.why.explanation import Explanation
    from retrieval.why.sought import Search

MOST = 15  # excerpts that can be read on to, those of the answer among them


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with why each shown excerpt was chosen, in their order.

    Where the outcome is not *answered*, ``search`` says what was looked for and where it stands; of several questions
    in one, for the first that has no answer. ``parts`` explain these questions, in their order.
    """

    answer: Answer
    explanations: "tuple[Explanation, ...]"
    search: "Search | None" = None
    parts: "tuple[Explained, ...]" = ()


@dataclass(frozen=True)
class Considered:
    """A question with its ``answer`` and what that was made of: nothing is ranked again to explain it.

    ``report`` is the id of the one report that was asked, if so. ``ranking`` orders the sentences that were looked at,
    of which the ``chosen`` became excerpts; there is none where nothing was looked for by words. ``parts`` are the same
    of the halves of a question that is several in one. ``before`` is the turn that stood before it, if any.
    """

    answer: Answer
    weights: Weights
    report: str | None = None
    ranking: Ranking | None = None
    chosen: Sequence[Evidence] = ()
    parts: "tuple[Considered, ...]" = ()
    before: Turn | None = None

    @cached_property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """Those that are shown, and behind them what comes next, for whoever wants to read on.

        None where the reports are silent. What shares no word with the question is left out, unless it asks for a facet
        of the whole.
        """
        answer = self.answer
        if answer.outcome is Outcome.SILENT:
            return ()
        beyond = answer.excerpts[answer.shown :]
        if self.ranking is not None:
            beyond = excerpts_of(self.ranking, distinct(self.ranking, MOST))[answer.shown :]
        return (*answer.excerpts[: answer.shown], *(one for one in beyond if one.matches or answer.facet))

    @property
    def leant_on(self) -> Excerpt:
        """The excerpt that is asked about next: the best, or the last of what stands next. Raises ``IndexError`` where
        none is shown."""
        reading = self.answer.reading
        shown = self.answer.excerpts[: self.answer.shown]
        return shown[-1 if reading is not None and reading.is_onward else 0]

    @property
    def turn(self) -> Turn:
        """What a text may lean on that is asked next: the question as it was read, and what answered it. A question
        that found nothing of what it names leaves nothing, and one that says nothing what stood before it."""
        answer, reading = self.answer, self.answer.reading
        if reading is not None and reading.aspect is Aspect.DOUBT:
            return self.before or Turn("")
        if not answer.shown and (
            answer.only_stop_words or (reading and reading.is_onward) or is_aside(answer.question)
        ):
            return self.before or Turn("")
        question = ((reading.topic or reading.asked) if reading else answer.question)[:QUESTION_LIMIT]
        is_put = self.report is not None and (reading is None or self.before is None or self.before.is_put)
        if not answer.shown and (answer.itself or answer.which):
            return Turn(question, answer.itself or self.report, is_put=is_put)
        rankings = self._rankings
        if not answer.shown or (rankings and all(ranking.is_beside for ranking in rankings)):
            return Turn("")
        first = self.leant_on
        turn = Turn(question, first.report.id, first.passage.id, first.sentence, tag=first.report.language)
        return replace(turn, lost=self.lost, is_put=is_put, named=reading.named if reading else "")

    @property
    def lost(self) -> frozenset[str]:
        """The keys of the words of the question that stand nowhere in the reports that were asked."""
        return frozenset(key for ranking in self._rankings for key in ranking.lost)

    @property
    def _rankings(self) -> list[Ranking]:
        return [part.ranking for part in self.parts or (self,) if part.ranking is not None]

    @cached_property
    def explained(self) -> Explained:
        """The answer with its reasons."""
        if self.parts:
            parts = tuple(part.explained for part in self.parts)
            turns = in_turn([part.answer for part in parts])[: self.answer.shown]
            reasons = tuple(parts[n].explanations[place] for n, place in turns)
            return Explained(self.answer, reasons, next((part.search for part in parts if part.search), None), parts)
        if self.ranking is None:
            return Explained(self.answer, ())
        from retrieval.why.explanation import explain  # 9 ms: for who asks why
        from retrieval.why.sought import sought

        shown = self.chosen[: self.answer.shown]
        reasons = tuple(explain(self.ranking, evidence, self.weights) for evidence in shown)
        is_answer = self.answer.outcome is Outcome.ANSWERED
        return Explained(self.answer, reasons, None if is_answer else sought(self.ranking, self.weights))
