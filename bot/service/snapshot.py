"""One edition and everything that can be asked of it: a value that is never changed, only replaced.

Whoever serves a request takes one snapshot at its start and stays on it, so that what is checked, what is answered and
what is said of it belong to one edition, whatever is refreshed meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.errors import BadLengthError
from bot.service.findings import Reading
from bot.service.live import Live
from bot.service.names import Names
from bot.service.paragraphs import Paragraphs, example, numbered
from corpus.citation import Citation, CitedPassage, is_below
from corpus.errors import NoLongerKeptError, RapporteurError, UnknownCitationError
from corpus.passage import Passage
from corpus.report import Report
from corpus.rewording import reworded
from retrieval.question.asked import Question

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy, nor asking for the database
    from retrieval.answer import Summary
    from retrieval.answering import Answerer
    from retrieval.considered import Considered
    from retrieval.following.turn import Turn
    from retrieval.overview.roll import Roll
    from retrieval.overview.timeline import Timeline
    from retrieval.quotation.checking import Checker
    from retrieval.quotation.values import Checked
    from retrieval.why.proposal import Proposal
    from retrieval.words.lexicon import Lexicons

# Sentences; as in retrieval.overview.summary, whose import is costly
SHORTEST_SUMMARY, DEFAULT_SUMMARY, LONGEST_SUMMARY = 1, 5, 15


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered: parsed once, of reports that are there, in one edition.

    ``report`` is the id of the one report it is put to; ``None``: all of them. ``before`` is the turn it may lean on.
    """

    question: "Question"
    report: str | None
    snapshot: "Snapshot"
    before: "Turn | None" = None

    @property
    def forgot(self) -> str:
        """The key of the sentence that says what is missing of what was asked before; "" where nothing is."""
        from retrieval.following.followup import leans  # 1 ms: with the answer, which needs it

        if (self.before is not None and self.before.question) or not leans(self.question.text):
            return ""
        known = "answer.forgotten_words" if self.before and not self.before.is_nothing else "answer.nothing_before"
        return known if self.before else "answer.forgotten"

    def consider(self) -> "Considered":
        """The answer, and the reasons for it where they are wanted. This is the work."""
        if self.before is not None:
            return self.snapshot.answerer.follow(self.question, self.before, self.report)
        return self.snapshot.answerer.consider(self.question, self.report)


@dataclass(frozen=True, slots=True)
class SummaryAsked:
    """A summary that can be made, of a report that is there, in one edition."""

    report: Report
    about: "Question | None"
    length: int
    snapshot: "Snapshot"

    def summarise(self) -> "Summary":
        """The sentences. This is the work."""
        from retrieval.overview.summary import summarise  # 121 ms: NumPy, for summaries and answers
        from retrieval.words.lexicon import BUNDLED

        label, lexicons = self.snapshot.live.edition.label, self.snapshot.lexicons or BUNDLED
        return summarise(self.report, label, length=self.length, about=self.about, lexicons=lexicons)


@dataclass(frozen=True)
class Snapshot:
    """What is ``live``, with the ``lexicons`` that questions are read with (the bundled ones where none are given) and
    the ``archive``, which finds passages that are no longer live."""

    live: Live
    lexicons: "Lexicons | None" = None
    archive: Callable[[Citation], CitedPassage] | None = None

    def read_again(self, reading: Reading) -> "Snapshot":
        """The same after another reading that changed nothing, with what is made already."""
        return self._with(replace(self.live, reading=reading))

    def made_by(self, actor: str) -> "Snapshot":
        """The same with another name for who made it live."""
        return self._with(replace(self.live, actor=actor))

    def _with(self, live: Live) -> "Snapshot":
        again = replace(self, live=live)
        vars(again).update(
            {name: made for name, made in vars(self).items() if name in ("answerer", "checker", "names", "paragraphs")}
        )
        return again

    def reading(self, lexicons: "Lexicons | None") -> "Snapshot":
        """The same for questions that are read with other lexicons, with the index that there is and made ready."""
        made = vars(self)
        index = made["answerer"].scope().index if "answerer" in made else self.live.index
        other = Snapshot(replace(self.live, index=index), lexicons, self.archive)
        vars(other).update({name: made[name] for name in ("names", "paragraphs") if name in made})
        if index is not None:
            other.prepare()
        return other

    def propose(self, word: str, means: str) -> "Proposal":
        """What it would do if ``word`` in a question found ``means`` in a report. Raises ``EquivalentError``."""
        from retrieval.why.proposal import propose  # 160 ms: NumPy, for moderators alone

        return propose(self.answerer.scope(), word, means)

    def prepare(self) -> None:
        """Make now what the first question, or the first name that is typed, would otherwise wait for."""
        self.answerer.prepare()
        _ = self.paragraphs

    @cached_property
    def answerer(self) -> "Answerer":
        """Answers its questions; made when the first one is asked, since its index takes time."""
        from retrieval.answering import Answerer  # 152 ms: NumPy, which `passage` and `reports` never need
        from retrieval.words.lexicon import BUNDLED

        live = self.live
        return Answerer(live.edition, lexicons=self.lexicons or BUNDLED, index=live.index, prepared=live.prepared)

    @cached_property
    def checker(self) -> "Checker":
        """Checks quotations against it; made when the first one is checked."""
        from retrieval.quotation.checking import Checker  # 176 ms: NumPy, for quotations and answers

        return Checker(self.live.edition, self.answerer.scope(None))

    @cached_property
    def names(self) -> Names:
        """Its reports by what people call them."""
        return Names(self.live.edition)

    @cached_property
    def paragraphs(self) -> Paragraphs:
        """Its paragraphs by number, report and words."""
        return Paragraphs(self.live.edition, self.names)

    @property
    def reports(self) -> tuple[Report, ...]:
        """Its reports, in their order."""
        return self.live.edition.reports

    def choose(self, report: str | None) -> Report:
        """The report that ``report`` names by id or title, or the only one where it names none. Cheap.

        Raises ``UnknownReportError`` and ``WhichReportError``.
        """
        return self.names.only() if report is None else self.names.named(report)

    def ask(self, question: "str | Question", report: str | None = None, before: "Turn | None" = None) -> Asked:
        """``question``, as typed or parsed, to all reports or to the one that ``report`` names by id or title. Cheap.

        ``before`` is the turn that it may lean on, of this edition or an older one.

        Raises ``QuestionError`` and ``UnknownReportError``.
        """
        parsed = Question.parse(question) if isinstance(question, str) else question
        return Asked(parsed, None if report is None else self.names.named(report).id, self, before)

    def asks_for(self, question: "Question") -> str:
        """What a question asks for, as votes on its answer keep it: ``facet:time`` or ``kind:place``."""
        from retrieval.question.facet import Facet  # 1 ms: with the answer, which needs it

        found = self.answerer.asks_for(question)
        return f"{'facet' if isinstance(found, Facet) else 'kind'}:{found}"

    def ask_summary(
        self, report: str | None = None, about: str | None = None, length: int = DEFAULT_SUMMARY
    ) -> SummaryAsked:
        """For the ``length`` sentences that carry a report, or its words on the topic ``about``. Cheap.

        ``report`` may be left out where there is only one. Raises ``BadLengthError``, ``QuestionError``,
        ``UnknownReportError`` and ``WhichReportError``.
        """
        if not SHORTEST_SUMMARY <= length <= LONGEST_SUMMARY:
            raise BadLengthError(length=length, low=SHORTEST_SUMMARY, high=LONGEST_SUMMARY)
        topic = None
        if about is not None:
            topic = Question.topic(about)
        return SummaryAsked(self.choose(report), topic, length, self)

    def timeline(self, report: str | None = None) -> "Callable[[], Timeline]":
        """For the dated sentences of a report in the order of events; what it gives is the work. Cheap.

        Raises ``UnknownReportError`` and ``WhichReportError``.
        """
        chosen = self.choose(report)

        def work() -> "Timeline":
            from retrieval.overview.timeline import timeline  # 120 ms: NumPy comes along

            return timeline(chosen, self.live.edition.label)

        return work

    def roll(self, report: str | None = None) -> "Callable[[], Roll]":
        """For the numbers, names and places that a report mentions; what it gives is the work. Cheap.

        Raises ``UnknownReportError`` and ``WhichReportError``.
        """
        chosen = self.choose(report)

        def work() -> "Roll":
            from retrieval.overview.roll import roll  # 120 ms: NumPy comes along

            return roll(chosen, self.live.edition.label)

        return work

    def quote(self, text: str, said: str | None = None) -> "Callable[[], Checked]":
        """For whether ``text`` stands in the reports, word for word; what it gives is the work. Cheap.

        ``said`` are words that say who speaks, where ``text`` is known to be the quoted words alone.

        Raises ``QuotationError``.
        """
        from retrieval.quotation.given import Given  # 22 ms: for quotations only

        Given.parse(text)
        return lambda: self.checker.check(text) if said is None else self.checker.check_said(text, said)

    def require_citation(self, citation: str) -> None:
        """Raise as ``passage`` does for what is no citation, whatever the reports hold. Cheap."""
        self._parsed(citation)

    def passage(self, citation: str) -> CitedPassage:
        """The passage that ``citation`` (a key, or a pasted citation line) names, also in a wording no longer live; or
        the paragraph with that number, where one report has one.

        Raises ``UnknownCitationError`` and ``WhichPassageError``.
        """
        edition = self.live.edition
        wanted = self._parsed(citation)
        if isinstance(wanted, Passage):
            return CitedPassage(wanted, edition.report(wanted.report), edition.label, live=True)
        try:
            return CitedPassage(edition.find(wanted), edition.report(wanted.report), edition.label, live=True)
        except RapporteurError:
            pass  # not in the live edition: the archive may hold it
        try:
            if self.archive is not None:
                return self._beside_live(self.archive(wanted))
        except NoLongerKeptError:
            raise
        except UnknownCitationError:
            pass
        if found := numbered(citation, self.reports):  # "mali:3", where the id says more
            return CitedPassage(found, edition.report(found.report), edition.label, live=True)
        raise UnknownCitationError(citation=str(wanted), example=example(edition, wanted.report))

    def _beside_live(self, cited: CitedPassage) -> CitedPassage:
        """A passage of the archive with what stands in its place now."""
        edition = self.live.edition
        report = next((report for report in edition.reports if report.id == cited.report.id and not cited.live), None)
        now = reworded(cited.passage, report) if report else None
        if report is None or now is None:
            return cited
        return replace(cited, now=CitedPassage(now, report, edition.label, live=True))

    def _parsed(self, citation: str) -> Citation | Passage:
        """What ``citation`` says, or the passage that has it as its number. Raises as ``passage`` does."""
        try:
            return Citation.parse(citation)
        except UnknownCitationError as error:
            if not is_below(citation) and (found := numbered(citation, self.reports)):
                return found
            raise UnknownCitationError(
                citation=error.fields["citation"], example=example(self.live.edition, citation)
            ) from None

    def offered(self, typed: str, most: int) -> Sequence[Report]:
        """At most so many reports whose id or title holds what was ``typed`` so far. Cheap."""
        return self.names.holding(typed, most)

    def completing(self, typed: str, most: int) -> Sequence[Passage]:
        """At most so many paragraphs that what was ``typed`` so far may be about to name. Cheap."""
        return self.paragraphs.completing(typed, most)
