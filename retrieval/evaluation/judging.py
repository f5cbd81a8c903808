"""Asks labelled questions of an edition and says how each was answered. What the sum of it is, ``measures`` says.

An answer is judged as whoever asks gets it: through ``Answerer``, by the excerpts that it lists.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import process_time_ns
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from corpus.edition import Edition
from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.answer import Answer, Excerpt
from retrieval.answering import Answerer, outcome
from retrieval.confidence import model
from retrieval.confidence.sureness import sureness
from retrieval.errors import QuestionError
from retrieval.evaluation.baseline import Plain
from retrieval.evaluation.labelled import Gold, Labelled
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.search.searching import rank
from retrieval.words.lexicon import BUNDLED, Lexicons

DEPTH = 5  # sentences looked at: an answer lists no more


class Mark(BaseModel):
    """How one question was answered, in the form in which two evaluations can be compared.

    ``rank`` is the place, from 1, of the first listed sentence that covers a labelled answer, 0 where none does;
    ``passage`` says whether the best passage is labelled.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    report: str
    answerable: bool
    outcome: Outcome
    confidence: float
    rank: int = Field(ge=0)
    passage: bool


class Standing(NamedTuple):
    """``rank`` and ``passage`` as a ``Mark`` has them."""

    rank: int
    passage: bool


class Reaction(NamedTuple):
    """How sure an answer is that there should not be, and whether anything is quoted: *answered* or *closest*."""

    confidence: float
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with all that became of it.

    ``off_topic`` is how another report reacts to it, ``removed`` how its own does once the labelled passages are taken
    out; ``None`` where that cannot be asked. ``found`` is the best excerpt.
    ``findable`` says whether the labelled answer stands anywhere. ``milliseconds`` is processor time.
    """

    labelled: Labelled
    mark: Mark
    plain: Standing
    found: Excerpt | None
    off_topic: Reaction | None
    removed: Reaction | None
    findable: bool
    milliseconds: float


class Judge:
    """Asks the questions of one edition, ``without`` a part of the model where one is named.

    The same seed chooses the same other report for a question. Where ``only_here``, each is asked where it is labelled
    and not also where its answer does not stand, which takes twice as long or more.
    """

    def __init__(
        self,
        edition: Edition,
        gold: Gold,
        seed: int,
        without: str | None = None,
        lexicons: Lexicons = BUNDLED,
        *,
        only_here: bool = False,
    ) -> None:
        self._edition = edition
        self._gold = gold
        self._seed = seed
        self._only_here = only_here
        self.weights = model.without(without) if without else model.shipped()
        self._answerer = Answerer(edition, self.weights, lexicons)
        self._plains: dict[str | None, Plain] = {}

    def judge(self, labelled: Labelled) -> Judged:
        """Ask one question. Raises ``UnknownReportError`` where the edition lacks its report."""
        reports = self._reports(labelled.report)
        try:
            question = Question.parse(labelled.question)
        except QuestionError:  # it gets no answer, and counts as one that got none
            return self._judged(labelled, None, Standing(0, passage=False), 0.0)
        if labelled.report not in self._plains:
            self._plains[labelled.report] = Plain(reports)
            self._answerer.answer(question, labelled.report)  # the index of a report is made when it is first asked
        started = process_time_ns()
        answer = self._answerer.answer(question, labelled.report)
        milliseconds = (process_time_ns() - started) / 1e6
        plain = self._plains[labelled.report]
        standing = self._standing(labelled, plain.sentences(question.text, DEPTH), plain.passage(question.text))
        return self._judged(labelled, answer, standing, milliseconds)

    def _reports(self, report: str | None) -> Sequence[Report]:
        return self._edition.reports if report is None else (self._edition.report(report),)

    def _judged(self, labelled: Labelled, answer: Answer | None, plain: Standing, milliseconds: float) -> Judged:
        excerpts = answer.excerpts if answer else ()
        sentences = [(excerpt.passage, excerpt.sentence) for excerpt in excerpts]
        standing = self._standing(labelled, sentences, excerpts[0].passage if excerpts else None)
        passages = self._answerer.scope(labelled.report).passages
        skip = frozenset(n for n, passage in enumerate(passages) if self._gold.holds(labelled, passage))
        texts = {passages[n].cut(span) for n in skip for span in self._gold.spans(labelled, passages[n])}
        return Judged(
            labelled=labelled,
            mark=Mark(
                id=labelled.id,
                question=labelled.question,
                report=labelled.report or "",
                answerable=labelled.is_answerable,
                outcome=answer.outcome if answer else Outcome.SILENT,
                confidence=answer.confidence if answer else 0.0,
                rank=standing.rank,
                passage=standing.passage,
            ),
            plain=plain,
            found=excerpts[0] if excerpts else None,
            off_topic=None if self._only_here else self._off_topic(labelled, answer),
            removed=None if self._only_here else self._removed(labelled, answer, skip, texts),
            findable=bool(texts) or not labelled.is_answerable,
            milliseconds=milliseconds,
        )

    def _standing(
        self, labelled: Labelled, sentences: Sequence[tuple[Passage, Span]], best: Passage | None
    ) -> Standing:
        right = (n for n, place in enumerate(sentences[:DEPTH], start=1) if self._gold.covers(labelled, *place))
        return Standing(next(right, 0), best is not None and self._gold.holds(labelled, best))

    def _off_topic(self, labelled: Labelled, answer: Answer | None) -> Reaction | None:
        others = [report.id for report in self._edition.reports if report.id != labelled.report]
        if answer is None or labelled.report is None or not others or not labelled.is_answerable:
            return None
        other = random.Random(f"{self._seed} {labelled.id}").choice(others)  # noqa: S311 - reproducible, no secret
        found = self._answerer.answer(Question(answer.question), other)
        return Reaction(found.confidence, found.outcome is not Outcome.SILENT)

    def _removed(
        self, labelled: Labelled, answer: Answer | None, skip: frozenset[int], texts: Iterable[str]
    ) -> Reaction | None:
        """Asked without the passages ``skip``; not where a labelled text stands in another, which might be right."""
        scope = self._answerer.scope(labelled.report)
        rest = [passage.text for n, passage in enumerate(scope.passages) if n not in skip]
        if answer is None or not skip or not rest or any(text in passage for text in texts for passage in rest):
            return None
        sure = sureness(rank(scope.without(skip), answer.question, self.weights), self.weights)
        return Reaction(sure.answers, outcome(sure, self.weights) is not Outcome.SILENT)
