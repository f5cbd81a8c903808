"""A question and an edition → an answer: the policy of answering, hedging or staying silent."""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.edition import Edition
from corpus.passage import Passage, Span
from corpus.report import Report
from retrieval.aim import Aim, Names
from retrieval.answer import Answer, Excerpt, Outcome
from retrieval.confidence import confidence, is_about
from retrieval.corrections import corrections
from retrieval.evidence import Evidence
from retrieval.index import PassageIndex
from retrieval.leads import lead_of
from retrieval.lexicon import BUNDLED, Lexicons
from retrieval.model import shipped
from retrieval.numbered import numbered
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
        self._whole.vocabulary.prepare()
        _ = self._names

    def answer(self, question: Question, report: str | None = None) -> Answer:
        """The answer of the whole edition, or of one report. Raises ``UnknownReportError``."""
        if by_number := numbered(question.text, self._asked(report)):
            return self._by_number(question, by_number)
        aim = self._aim(question, report)
        if aim.which or aim.itself:
            return self._unquoted(question, aim)
        scope = self.scope(aim.report)
        ranking = scope.rank(aim.text, self._weights)
        sure = confidence(ranking, self._weights)
        chosen = _distinct(ranking)
        outcome = self._outcome(ranking, sure, chosen)
        is_silent = outcome is Outcome.SILENT
        return Answer(
            question=question.text,
            outcome=outcome,
            confidence=round(sure, 4),
            edition=self.edition.label,
            excerpts=tuple(_excerpt(ranking, evidence) for evidence in chosen),
            shown=_shown(outcome, ranking, chosen),
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
        from retrieval.explanation import explain  # few questions want it, and those that do not should not wait

        if numbered(question.text, self._asked(report)):
            return ()
        aim = self._aim(question, report)
        if aim.which or aim.itself:
            return ()
        ranking = self.scope(aim.report).rank(aim.text, self._weights)
        chosen = _distinct(ranking)
        shown = _shown(self._outcome(ranking, confidence(ranking, self._weights), chosen), ranking, chosen)
        return tuple(explain(ranking, evidence, self._weights) for evidence in chosen[:shown])

    def search(self, question: Question, report: str | None = None) -> "Search | None":
        """What was looked for, where the question got no answer; ``None`` where it got one, or nothing was looked for.

        Raises ``UnknownReportError``.
        """
        from retrieval.sought import sought  # as for ``explain``

        if numbered(question.text, self._asked(report)):
            return None
        aim = self._aim(question, report)
        if aim.which or aim.itself:
            return None
        ranking = self.scope(aim.report).rank(aim.text, self._weights)
        if self._outcome(ranking, confidence(ranking, self._weights), _distinct(ranking)) is Outcome.ANSWERED:
            return None
        return sought(ranking, self._weights)

    def _aim(self, question: Question, report: str | None) -> Aim:
        """Which report is meant. Raises ``UnknownReportError``."""
        scope = self.scope(report)
        return self._names.aim(question.text, report, lambda text, tag: scope.query(text, tag, self._weights))

    def _asked(self, report: str | None) -> tuple[Report, ...]:
        """The reports that a question is put to. Raises ``UnknownReportError``."""
        return self.edition.reports if report is None else (self.edition.report(report),)

    def _by_number(self, question: Question, found: Sequence[tuple[Report, Passage]]) -> Answer:
        """The answer to a question for the paragraph of a number: that paragraph, of each report that has one."""
        excerpts = []
        for report, passage in found[:EXCERPTS]:
            span = Span(0, len(passage.text))
            excerpts.append(Excerpt(report, passage, span, passage.sentence(0), 1.0, (), lead_of(report, passage)))
        reports = tuple(dict.fromkeys(excerpt.report.id for excerpt in excerpts))
        return Answer(
            question=question.text,
            outcome=Outcome.ANSWERED,
            confidence=1.0,
            edition=self.edition.label,
            excerpts=tuple(excerpts),
            shown=len(excerpts),
            tied=reports if len(reports) > 1 else (),
        )

    def _unquoted(self, question: Question, aim: Aim) -> Answer:
        """The answer without a quotation: a report's record gives it, or it has to be said which report is meant."""
        return Answer(
            question=question.text,
            outcome=Outcome.ANSWERED if aim.itself else Outcome.SILENT,
            confidence=1.0 if aim.itself else 0.0,
            edition=self.edition.label,
            excerpts=(),
            shown=0,
            facet=aim.facet,
            which=aim.which,
            itself=aim.report if aim.itself else None,
        )

    def _outcome(self, ranking: Ranking, sure: float, chosen: list[Evidence]) -> Outcome:
        if sure >= self._weights.answered_from and not (chosen and _is_torn(ranking, chosen[0])):
            return Outcome.ANSWERED
        if ranking.evidence and (sure >= self._weights.closest_from or is_about(ranking)):
            return Outcome.CLOSEST
        return Outcome.SILENT

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
    if outcome is Outcome.ANSWERED and most > 1 and _is_torn(ranking, chosen[1]):
        return 1
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


def _is_torn(ranking: Ranking, evidence: Evidence) -> bool:
    """Whether what is shown for it is torn: what stands on the other side may turn its sense."""
    return any(ranking.passage(evidence).is_torn(widened(ranking, evidence)))


def _excerpt(ranking: Ranking, evidence: Evidence) -> Excerpt:
    passage = ranking.passage(evidence)
    span = widened(ranking, evidence)
    report = ranking.scope.report(passage)
    return Excerpt(
        report,
        passage,
        span,
        evidence.sentence.span,
        round(evidence.score, 6),
        _matched_words(ranking, evidence, passage, span),
        lead_of(report, passage),
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
