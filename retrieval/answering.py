"""A question and an edition → an answer: the policy of answering, hedging or staying silent."""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.edition import Edition
from corpus.passage import Passage, Span
from retrieval.aim import Aim, Names
from retrieval.answer import Answer, Excerpt, Outcome
from retrieval.confidence import Sureness, sureness
from retrieval.corrections import corrections
from retrieval.evidence import Evidence
from retrieval.halves import Half, halves
from retrieval.index import PassageIndex
from retrieval.joined import Reasons, explanations, joined, search
from retrieval.lexicon import BUNDLED, Lexicons
from retrieval.model import shipped
from retrieval.query import Kind
from retrieval.question import Question
from retrieval.scope import Ranking, Scope
from retrieval.unfound import strangers, unfound
from retrieval.weights import Weights

if TYPE_CHECKING:
    from retrieval.explanation import Explanation
    from retrieval.sought import Search

EXCERPTS = 5  # excerpts in an answer
SHOWN_AT_MOST = {Outcome.ANSWERED: 2, Outcome.CLOSEST: 3, Outcome.SILENT: 0}
SCOPES = 256  # reports whose own index is kept
WIDENED_BY = 2  # sentences at most that an excerpt takes in because its own leans on them
ADDS_FROM = 0.12  # share of the question that a second excerpt must hold beyond the first
NEAR = 1.5  # how far below the best score a second excerpt may be
# How far below the best score an excerpt of another report comes about equally close. Scores are logits of a softmax
# over sentences, so that 0.7 means odds of 2 to 1. Measured: of 313 questions to all 40 validation articles at once
# whose best two sentences from different articles are as near, the first was right for 78 and the second for 46; where
# they are between 1 and 1.5 apart, for 68 and 15 of 135.
TIED = 0.7
TIED_AT_MOST = 3  # excerpts that are looked at for it and shown because of it

_QUOTATION_MARK = re.compile('[“”"«»]')


class Answerer:
    """Answers questions from one edition. Safe to ask from several threads.

    The weights are the shipped ones unless others are given; ``lexicons`` say what may stand for a word; ``index`` is
    that of ``scope.index_of`` over the edition's reports, where it is there already.
    """

    def __init__(
        self,
        edition: Edition,
        weights: Weights | None = None,
        lexicons: Lexicons = BUNDLED,
        index: PassageIndex | None = None,
    ) -> None:
        self.edition = edition
        self._weights = weights or shipped()
        self._lexicons = lexicons
        self._whole = Scope(edition.reports, self._lexicons, index=index)
        self._scopes: OrderedDict[str, Scope] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def _names(self) -> Names:
        return Names(self.edition.reports)

    def prepare(self) -> None:
        """Make now what the first question would otherwise wait for."""
        self._whole.vocabulary.prepare()  # with it what stands above the passages
        _ = self._names

    def answer(self, question: Question, report: str | None = None) -> Answer:
        """The answer of the whole edition, or of one report. Raises ``UnknownReportError``."""
        found = halves(question.text)
        if not found:
            return self._answer(question.text, self._aim(question.text, report))
        aims = self._aims([half.asked for half in found], report)
        return joined(
            question.text, [_half(self._answer(half.text, aim), half) for half, aim in zip(found, aims, strict=True)]
        )

    def _answer(self, question: str, aim: Aim) -> Answer:
        if aim.which or aim.itself:
            return self._unquoted(question, aim)
        scope = self.scope(aim.report)
        ranking = scope.rank(aim.text, self._weights)
        sure = sureness(ranking, self._weights)
        came = outcome(sure, self._weights)
        chosen = _distinct(ranking)
        is_silent = came is Outcome.SILENT
        return Answer(
            question=question,
            outcome=came,
            confidence=round(sure.answers, 4),
            edition=self.edition.label,
            excerpts=tuple(_excerpt(ranking, evidence) for evidence in chosen),
            shown=_shown(came, ranking, chosen),
            corrections=corrections(ranking),
            tied=() if is_silent else _tied(ranking, chosen),
            topics=scope.topics if is_silent else (),
            only_little_words=is_silent and ranking.asks_for_nothing,
            is_yes_or_no=ranking.kind is Kind.VERIFICATION,
            unfound=unfound(ranking) if is_silent else strangers(ranking),
            foreign=ranking.foreign,
            facet=ranking.facet,
        )

    def explain(self, question: Question, report: str | None = None) -> "tuple[Explanation, ...]":
        """Why each excerpt that the answer shows was chosen, best first. Raises ``UnknownReportError``."""
        return explanations(self.answer(question, report), self.reasons(question, report))

    def search(self, question: Question, report: str | None = None) -> "Search | None":
        """What was looked for, where the question got no answer; ``None`` where it got one, or nothing was looked for.

        Of a question that is several in one, for the first of them without an answer. Raises ``UnknownReportError``.
        """
        return search(self.reasons(question, report))

    def reasons(self, question: Question, report: str | None = None) -> Sequence[Reasons]:
        """Why it was answered as it was: one for each half of a question that is several in one, else one.

        Raises ``UnknownReportError``.
        """
        asked = [half.asked for half in halves(question.text)] or [question.text]
        return [self._reasons(aim) for aim in self._aims(asked, report)]

    def _reasons(self, aim: Aim) -> Reasons:
        from retrieval.explanation import explain  # few questions want it, and those that do not should not wait
        from retrieval.sought import sought

        if aim.which or aim.itself:
            return Reasons((), None)
        ranking = self.scope(aim.report).rank(aim.text, self._weights)
        came, chosen = outcome(sureness(ranking, self._weights), self._weights), _distinct(ranking)
        shown = chosen[: _shown(came, ranking, chosen)]
        why = tuple(explain(ranking, evidence, self._weights) for evidence in shown)
        return Reasons(why, None if came is Outcome.ANSWERED else sought(ranking, self._weights))

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

    def _unquoted(self, question: str, aim: Aim) -> Answer:
        """The answer without a quotation: a report's record gives it, or it has to be said which report is meant."""
        return Answer(
            question=question,
            outcome=Outcome.ANSWERED if aim.itself else Outcome.SILENT,
            confidence=1.0 if aim.itself else 0.0,
            edition=self.edition.label,
            excerpts=(),
            shown=0,
            facet=aim.facet,
            which=aim.which,
            itself=aim.report if aim.itself else None,
        )

    def scope(self, report: str | None = None) -> Scope:
        """What a question is asked of: the whole edition, or one report. Raises ``UnknownReportError``."""
        if report is None:
            return self._whole
        wanted = self.edition.report(report)
        if len(self.edition.reports) == 1:
            return self._whole
        with self._lock:
            scope = self._scopes.pop(report, None) or Scope([wanted], self._lexicons, self._whole.background)
            self._scopes[report] = scope
            if len(self._scopes) > SCOPES:
                self._scopes.popitem(last=False)
        return scope


def outcome(sure: Sureness, weights: Weights) -> Outcome:
    """What is replied to a question of which an answer is so sure."""
    if sure.answers >= weights.answered_from:
        return Outcome.ANSWERED
    return Outcome.CLOSEST if sure.about >= weights.closest_from else Outcome.SILENT


def _half(answer: Answer, half: Half) -> Answer:
    return replace(answer, read_as=half.asked) if half.asked != half.text else answer


def _distinct(ranking: Ranking) -> list[Evidence]:
    """The best evidence, best first; a sentence that stands in the excerpt of a better one is left out."""
    chosen: list[Evidence] = []
    taken: list[tuple[int, Span]] = []
    for evidence in ranking.evidence:
        if any(n == evidence.passage and span.overlaps(evidence.sentence.span) for n, span in taken):
            continue
        chosen.append(evidence)
        taken.append((evidence.passage, widened(ranking, evidence)))
        if len(chosen) == EXCERPTS:
            break
    return chosen


def _shown(outcome: Outcome, ranking: Ranking, chosen: list[Evidence]) -> int:
    """How many excerpts belong into a reply: beside the best one a second only where it adds something, or where it
    is of another report and comes about equally close."""
    most = min(SHOWN_AT_MOST[outcome], len(chosen))
    if outcome is not Outcome.ANSWERED or most < 2:
        return most
    if tied := _tied(ranking, chosen):
        reports = [ranking.passage(evidence).report for evidence in chosen]
        return 1 + max(map(reports.index, tied))
    first, second = chosen[:2]
    ranker = ranking.ranker(first)
    held = [match.strength if match else 0.0 for match in first.matches]
    more = [match.strength if match else 0.0 for match in second.matches]
    same_query = ranker is ranking.ranker(second)
    added = sum(w * max(0.0, b - a) for w, a, b in zip(ranker.idf, held, more, strict=True)) if same_query else 0.0
    return 2 if added / ranker.total >= ADDS_FROM and second.score >= first.score - NEAR else 1


def _tied(ranking: Ranking, chosen: list[Evidence]) -> tuple[str, ...]:
    """The reports, by id, whose excerpts come about as close as the best one; none where that is one report alone."""
    near = [evidence for evidence in chosen[:TIED_AT_MOST] if evidence.score >= chosen[0].score - TIED]
    reports = tuple(dict.fromkeys(ranking.passage(evidence).report for evidence in near))
    return reports if len(reports) > 1 else ()


def _excerpt(ranking: Ranking, evidence: Evidence) -> Excerpt:
    passage = ranking.passage(evidence)
    span = widened(ranking, evidence)
    return Excerpt(
        ranking.scope.report(passage),
        passage,
        span,
        evidence.sentence.span,
        round(evidence.score, 6),
        _matched_words(ranking, evidence, passage, span),
    )


def _matched_words(ranking: Ranking, evidence: Evidence, passage: Passage, span: Span) -> tuple[Span, ...]:
    """The words in the excerpt that the question was found by."""
    found = ranking.ranker(evidence).found_by
    return tuple(
        Span(term.start, term.end)
        for term in ranking.scope.terms(passage)
        if span.start <= term.start and term.end <= span.end and term.key in found
    )


def widened(ranking: Ranking, evidence: Evidence) -> Span:
    """The sentence with those before it that it leans on, and with the rest of a quotation that it stands in, so that
    the speaker is not cut off."""
    sentences = ranking.scope.read(evidence.passage)
    number = evidence.sentence.number
    passage = ranking.passage(evidence)
    first = last = number

    def halves() -> tuple[bool, bool]:
        return _halves(passage.cut(Span(sentences[first].span.start, sentences[last].span.end)))

    while first > 0 and number - first < WIDENED_BY and (sentences[first].leans or halves()[0]):
        first -= 1
    while last + 1 < len(sentences) and last - number < WIDENED_BY and halves()[1]:
        last += 1
    return Span(sentences[first].span.start, sentences[last].span.end)


def _opens(mark: str, before: str, after: str) -> bool:
    """Whether a quotation mark opens: by its form, or as one that stands before a word. Some languages write «so»,
    others « so », and others »so«."""
    apart = not before or before.isspace() or before in "([’'"
    return mark == "“" or (apart and (mark in '"«' or (mark == "»" and after.isalnum())))


def _halves(text: str) -> tuple[bool, bool]:
    """Whether a quotation ends in ``text`` that did not begin there, and whether one begins that does not end."""
    ends, open_marks = False, 0
    for found in _QUOTATION_MARK.finditer(text):
        if _opens(found.group(), text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]):
            open_marks += 1
        elif open_marks:
            open_marks -= 1
        else:
            ends = True
    return ends, open_marks > 0
