"""A question and an edition → an answer: the policy of answering, hedging or staying silent."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from corpus.edition import Edition
from corpus.passage import Passage
from corpus.report import Report
from retrieval.answer import Answer
from retrieval.confidence.model import shipped
from retrieval.confidence.sureness import Sureness, sureness
from retrieval.confidence.unfound import strangers, unfound
from retrieval.considered import Considered
from retrieval.evidence.features import Evidence
from retrieval.evidence.leaning import Leaning
from retrieval.evidence.weights import Weights
from retrieval.excerpts import EXCERPTS, around, distinct, excerpts_of, how_many, is_torn, tied
from retrieval.following.followup import is_aside, is_doubt, read
from retrieval.following.turn import Aspect, Reading, Turn
from retrieval.index.engine import Engine
from retrieval.joined import joined
from retrieval.kind import Kind
from retrieval.outcome import Outcome
from retrieval.question.asked import Question
from retrieval.question.facet import Facet
from retrieval.question.halves import Half, halves
from retrieval.question.numbered import numbered
from retrieval.requoted import again, quoting, whole
from retrieval.search.aim import Aim, Names
from retrieval.search.bearers import is_only_name
from retrieval.search.ranking import Ranking
from retrieval.search.scope import Scope
from retrieval.search.searching import rank
from retrieval.why.corrections import corrections
from retrieval.words.background import Background
from retrieval.words.lexicon import BUNDLED, Lexicons

if TYPE_CHECKING:  # small editions are made ready where they are asked
    from retrieval.search.prepared import Prepared

SCOPES = 256  # reports whose own index is kept


class Answerer:
    """Answers questions from one edition. Safe to ask from several threads.

    The weights are the shipped ones unless others are given; ``lexicons`` say what may stand for a word; ``index`` is
    that of ``index_of`` over the edition's reports, or gives the same, ``prepared`` what is known of them, where
    either is there already.
    """

    def __init__(
        self,
        edition: Edition,
        weights: Weights | None = None,
        lexicons: Lexicons = BUNDLED,
        index: Engine | None = None,
        prepared: "Prepared | None" = None,
    ) -> None:
        self.edition = edition
        self._prepared = prepared
        self._weights = weights or shipped()
        self._lexicons = lexicons
        self._whole = Scope(edition.reports, self._lexicons, index=index, prepared=prepared)
        self._scope = lru_cache(SCOPES)(partial(_scope, edition, lexicons, self._whole.background))
        self._lock = threading.Lock()

    @cached_property
    def _names(self) -> Names:
        return Names(self.edition.reports, self._prepared.naming if self._prepared else None)

    def prepare(self) -> None:
        """Make now what the first question would otherwise wait for."""
        self._whole.vocabulary.prepare()  # with it what stands above the passages
        _ = self._names

    def answer(self, question: Question, report: str | None = None) -> Answer:
        """The answer of the whole edition, or of one report. Raises ``UnknownReportError``."""
        return self.consider(question, report).answer

    def consider(self, question: Question, report: str | None = None) -> Considered:
        """The same with what is needed to explain it. Raises ``UnknownReportError``."""
        if by_number := numbered(question.text, self._asked(report)):  # nothing is looked for by its words
            return Considered(self._by_number(question, report, by_number), self._weights, report)
        found = halves(question.text)
        if not found:
            return self._consider(question.text, self._aim(question.text, report), report)
        aims = self._aims([half.asked for half in found], report)
        parts = tuple(self._half(half, aim, report) for half, aim in zip(found, aims, strict=True))
        answer = joined(question.text, [part.answer for part in parts])
        limited = tuple(replace(part, answer=shown) for part, shown in zip(parts, answer.parts, strict=True))
        return Considered(answer, self._weights, report, parts=limited)

    def follow(self, question: Question, turn: Turn, report: str | None = None) -> Considered:
        """The same for what is asked after ``turn``: where it leans on that, the report is asked that answered then.

        What stands alone, and what has words of its own none of which stand there, is put to ``report`` (``None``: all
        of them) as if nothing had been asked before. Raises ``UnknownReportError``.
        """
        is_alone = turn.is_nothing or numbered(question.text, self._asked(report))
        reading = None if is_alone else read(turn, question.text, partial(is_only_name, scope=self._whole))
        if reading is None:
            return replace(self._near(question, turn, report), before=turn)
        if reading.aspect is Aspect.DOUBT:
            return replace(self._doubted(question, turn, reading) or self.consider(question, report), before=turn)
        scope = self.scope(turn.report or report)
        leaning, put_to = None, turn.report or report
        alone = rank(scope, question.text, self._weights) if reading.is_mixed or reading.asks_doer else None
        if turn.passage is not None and turn.sentence is not None:
            number = scope.number(turn.passage)
            leaning = None if number is None else Leaning.on(scope.passages[number], number, turn.sentence)
            leaning = leaning and replace(leaning, until=around(scope, leaning.passage, leaning.sentence)[1])
            leaning = leaning and reading.leaning(leaning, turn.tag)
            if leaning and alone and reading.is_mixed:  # what it asks by itself counts as well
                leaning = replace(leaning, alone=alone.scores)
        ranking = rank(scope, reading.asked, self._weights, change=reading.weighed, leaning=leaning)
        considered = self._judged(question.text, ranking, put_to, lambda came: reading.outcome(came, ranking, leaning))
        is_meant = reading.asks_doer and reading.is_of_event  # "what happened?", "who did it?"
        is_untold = is_meant or (reading.asks_doer and considered.answer.outcome is not Outcome.ANSWERED)
        if alone and (reading.is_pointing or is_untold):  # "why did it sink", "who did it": that may be enough
            itself = self._judged(question.text, alone, put_to)
            if _is_surer(itself.answer, considered.answer) or (is_meant and itself.answer.outcome is Outcome.ANSWERED):
                is_put_so = put_to == report or len(self.edition.reports) == 1
                stands = None if is_put_so else replace(reading, asked=question.text, taken=())
                return replace(itself, answer=replace(itself.answer, reading=stands), before=turn)
        is_elsewhere = considered.answer.outcome is Outcome.SILENT or not reading.is_known(ranking)
        if is_elsewhere and reading.own and len(self.edition.reports) > 1:
            if reading.is_renamed and report is None:  # the question before, of a place that another report tells of
                renamed = self.consider(Question(reading.asked))
                if renamed.answer.shown:
                    answer = replace(renamed.answer, question=question.text, reading=reading)
                    return replace(renamed, answer=answer, before=turn)
            return replace(self.consider(question, report), before=turn)
        answer = replace(considered.answer, reading=reading)
        return replace(considered, answer=replace(answer, unfound=()) if reading.aspect else answer, before=turn)

    def _near(self, question: Question, turn: Turn, report: str | None) -> Considered:
        """A question that stands alone, after ``turn``: where somebody named a report before, and where it has to be
        said which is meant, that report is asked first."""
        considered = self.consider(question, report)
        if report is not None or turn.report is None or len(self.edition.reports) == 1:
            return considered
        is_open = turn.report in considered.answer.which
        is_put = turn.is_put and self._names.named(question.text) in (None, turn.report)
        if not (is_open or is_put):
            return considered
        near = self.consider(question, turn.report)
        is_told = near.answer.outcome is not Outcome.SILENT and near.lost <= considered.lost
        if not (is_told or is_open):
            return considered
        return replace(near, answer=replace(near.answer, reading=Reading(question.text, report=turn.report)))

    def _doubted(self, question: Question, turn: Turn, reading: Reading) -> Considered | None:
        """The sentence that answered, once more; ``None`` where nothing did, or it is gone."""
        excerpt = again(self.scope(turn.report), turn.passage, turn.sentence)
        if excerpt is None:
            return None
        label, asked = self.edition.label, self._asked(turn.report)
        answer = quoting(question.text, label, asked, excerpts=(excerpt,), outcome=Outcome.CLOSEST)
        return Considered(replace(answer, reading=reading), self._weights, turn.report)

    def asks_for(self, question: Question) -> Facet | Kind:
        """The facet that a question asks for and nothing besides, else the kind of thing; of several in one, what the
        first asks for."""
        found = halves(question.text)
        text = found[0].asked if found else question.text
        queries = [self._whole.query(text, tag, self._weights) for tag in self._whole.languages]
        facets = (query.facet.facet for query in queries if query.facet is not None and query.is_whole)
        return next(facets, None) or next((query.kind for query in queries), Kind.THING)

    def _half(self, half: Half, aim: Aim, report: str | None) -> Considered:
        """One half of a question, which may lean on another for what it asks."""
        considered = self._consider(half.text, aim, report)
        if half.asked == half.text:
            return considered
        return replace(considered, answer=replace(considered.answer, read_as=half.asked))

    def _consider(self, question: str, aim: Aim, report: str | None) -> Considered:
        if aim.which or aim.itself:
            return Considered(self._unquoted(question, report, aim), self._weights, report)
        return self._judged(question, rank(self.scope(aim.report), aim.text, self._weights), report)

    def _judged(
        self,
        question: str,
        ranking: Ranking,
        report: str | None,
        judged: Callable[[Outcome], Outcome] = lambda came: came,
    ) -> Considered:
        """What is answered by a ranking to a question that was put to ``report``; ``judged`` has the last word on how
        far it answers."""
        sure = sureness(ranking, self._weights)
        chosen = distinct(ranking)
        came = judged(self._outcome(ranking, sure, chosen))
        shown = how_many(came, ranking, chosen)
        answers = shown if came is Outcome.ANSWERED else 0
        is_silent = came is Outcome.SILENT
        only_doubts = is_silent and is_doubt(question)
        only_aside = is_silent and not only_doubts and is_aside(question)
        is_nothing = only_doubts or only_aside or (is_silent and ranking.asks_for_nothing)
        answer = Answer(
            question=question,
            outcome=came,
            confidence=round(sure.answers, 4),
            edition=self.edition.label,
            reports=self._asked(report),
            excerpts=excerpts_of(ranking, chosen, answers),
            shown=shown,
            corrections=corrections(ranking),
            tied=() if is_silent else tied(ranking, chosen),
            topics=ranking.scope.topics if is_silent else (),
            only_stop_words=is_nothing,
            is_aside=only_aside,
            is_yes_or_no=ranking.kind is Kind.VERIFICATION,
            unfound=() if is_nothing else unfound(ranking) if is_silent else strangers(ranking),
            foreign=ranking.foreign,
            facet=ranking.facet,
        )
        return Considered(answer=answer, weights=self._weights, report=report, ranking=ranking, chosen=chosen)

    def _aims(self, asked: Sequence[str], report: str | None) -> list[Aim]:
        """Which report each of the halves of a question means: where one may mean several, that which another names.

        Raises ``UnknownReportError``.
        """
        aims = [self._aim(half, report) for half in asked]
        named = self._names.named(" ".join(asked)) if len(asked) > 1 and any(aim.which for aim in aims) else None
        return [self._aim(half, named) if named in aim.which else aim for half, aim in zip(asked, aims, strict=True)]

    def _aim(self, text: str, report: str | None) -> Aim:
        """Which report is meant. Raises ``UnknownReportError``."""
        scope = self.scope(report)
        return self._names.aim(text, report, lambda text, tag: scope.query(text, tag, self._weights))

    def _asked(self, report: str | None) -> tuple[Report, ...]:
        """The reports that a question is put to. Raises ``UnknownReportError``."""
        return self.edition.reports if report is None else (self.edition.report(report),)

    def _by_number(self, question: Question, report: str | None, found: Sequence[tuple[Report, Passage]]) -> Answer:
        """The answer to a question for the paragraph of a number: that paragraph, of each report that has one. Where
        those are too many to quote, it has to be said which report is meant."""
        reports = tuple(dict.fromkeys(source.id for source, _ in found))
        if len(reports) > 1 and len(found) > EXCERPTS:
            return self._unquoted(question.text, report, Aim(question.text, None, reports))
        excerpts = tuple(whole(source, passage) for source, passage in found[:EXCERPTS])
        label, outcome = self.edition.label, Outcome.ANSWERED
        return quoting(question.text, label, self._asked(report), excerpts=excerpts, outcome=outcome)

    def _unquoted(self, question: str, report: str | None, aim: Aim) -> Answer:
        """The answer without a quotation: a report's record gives it, or it has to be said which report is meant."""
        return Answer(
            question=question,
            outcome=Outcome.ANSWERED if aim.itself else Outcome.SILENT,
            confidence=1.0 if aim.itself else 0.0,
            edition=self.edition.label,
            reports=self._asked(report),
            excerpts=(),
            shown=0,
            facet=aim.facet,
            which=aim.which,
            itself=aim.report if aim.itself else None,
        )

    def _outcome(self, ranking: Ranking, sure: Sureness, chosen: Sequence[Evidence]) -> Outcome:
        """What is replied; words that are torn from their sentence are never the answer, nor what only stands under
        the line that was found."""
        came = outcome(sure, self._weights)
        is_open = came is Outcome.ANSWERED and (is_torn(ranking, chosen[0]) or ranking.is_by_line(chosen[0]))
        return Outcome.CLOSEST if is_open else came

    def scope(self, report: str | None = None) -> Scope:
        """What a question is asked of: the whole edition, or one report. Raises ``UnknownReportError``."""
        if report is None:
            return self._whole
        wanted = self.edition.report(report)
        if len(self.edition.reports) == 1:
            return self._whole
        with self._lock:  # of several who ask at once one makes the index, and the others wait for it
            return self._scope(wanted.id)


def _is_surer(one: Answer, other: Answer) -> bool:
    """Whether one answers, and is at least as sure of it as the other; of two that find nothing, which is surer."""
    if one.outcome is other.outcome is Outcome.SILENT:
        return one.confidence > other.confidence
    return one.outcome is Outcome.ANSWERED and one.confidence >= other.confidence


def _scope(edition: Edition, lexicons: Lexicons, background: Background, report: str) -> Scope:
    return Scope([edition.report(report)], lexicons, background)


def outcome(sure: Sureness, weights: Weights) -> Outcome:
    """What is replied to a question of which an answer is so sure."""
    if sure.answers >= weights.answered_from:
        return Outcome.ANSWERED
    return Outcome.CLOSEST if sure.about >= weights.closest_from else Outcome.SILENT
