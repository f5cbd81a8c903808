"""What both faces of the bot can ask for: answers, summaries, passages.

Synchronous and thread-safe; knows nothing of Discord or terminals, nor how an edition comes to be live (that is the
business of ``bot.publishing``). Everything that is live is one value behind one reference: an answer takes it once at
its start and stays on it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.errors import BadLengthError, NotReadyError
from bot.service.findings import CitedPassage, Explained, Reading
from bot.service.live import Answering, Live
from corpus.citation import Citation
from corpus.errors import RapporteurError, UnknownCitationError
from corpus.report import Report
from retrieval.answer import Answer, Summary
from retrieval.numbered import with_number

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy, nor asking for the database
    from corpus.store import FoundPassage
    from retrieval.lexicon import Lexicons
    from retrieval.question import Question

# Sentences; as in retrieval.summary, whose import is dear
SHORTEST_SUMMARY, DEFAULT_SUMMARY, LONGEST_SUMMARY = 1, 5, 15


class Service:
    """The reports and what can be asked of them, with the bundled ``lexicons`` unless others are given.

    ``archive`` finds passages that the live edition no longer holds. Answers nothing before ``go_live``.
    """

    def __init__(
        self,
        *,
        archive: "Callable[[Citation], FoundPassage] | None" = None,
        lexicons: "Lexicons | None" = None,
    ) -> None:
        self._archive = archive
        self._lexicons = lexicons
        self._answering: Answering | None = None

    @classmethod
    def of_folder(
        cls,
        folder: Path | Sequence[Path],
        *,
        archive: "Callable[[Citation], FoundPassage] | None" = None,
        skip_unreadable: bool = False,
        lexicons: "Lexicons | None" = None,
    ) -> Self:
        """A service on the files of a folder, or of several folders and files, as they stand; ready at once.

        Raises ``CorpusError``.
        """
        from corpus.ingest import ingest  # a bot leaves the files to a process of its own

        service = cls(archive=archive, lexicons=lexicons)
        ingested = ingest(folder, skip_unreadable=skip_unreadable)
        service.go_live(Live(ingested.edition, reading=Reading.of(ingested)))
        return service

    def go_live(self, live: Live) -> None:
        """Answer from ``live`` from now on; answers under way finish on the edition they began with."""
        answering = Answering(live, self._lexicons)
        if live.index is not None:
            answering.prepare()  # never on the time of whoever asks first
        self._answering = answering

    def read_again(self, reading: Reading) -> None:
        """Note what another reading of the files had to do without that changed nothing."""
        self._answering = self._take().read_again(reading)

    def prepare(self) -> None:
        """Build the index now rather than with the first question. Raises ``NotReadyError``."""
        _ = self._take().answerer

    @property
    def live(self) -> Live | None:
        """What is live; ``None`` before the first edition is."""
        return self._answering.live if self._answering else None

    def require_ready(self) -> None:
        """Raise ``NotReadyError`` as long as no edition is loaded."""
        self._take()

    def answer(self, question: "str | Question", report: str | None = None) -> Answer:
        """What the reports, or the one that ``report`` names by id or title, say to ``question``, as typed or parsed.

        Raises ``QuestionError``, ``UnknownReportError`` and ``NotReadyError``.
        """
        from retrieval.question import Question

        asked = Question.parse(question) if isinstance(question, str) else question
        taken = self._take()
        return taken.answerer.answer(asked, None if report is None else taken.names.named(report).id)

    def explain(self, question: "Question", report: str | None = None) -> Explained:
        """The answer to ``question``, why its excerpts were chosen, and what was looked for where it is none.

        Raises ``UnknownReportError`` and ``NotReadyError``.
        """
        from retrieval.joined import explanations, search

        taken = self._take()
        chosen = None if report is None else taken.names.named(report).id
        answerer = taken.answerer
        answer, reasons = answerer.answer(question, chosen), answerer.reasons(question, chosen)
        parts = tuple(Explained(part, *why) for part, why in zip(answer.parts, reasons, strict=False))
        return Explained(answer, explanations(answer, reasons), search(reasons), parts)

    def summarise(self, report: str | None = None, about: str | None = None, length: int = DEFAULT_SUMMARY) -> Summary:
        """The ``length`` sentences that carry a report, or its words on the topic ``about``.

        ``report`` may be left out where there is only one. Raises ``BadLengthError``, ``QuestionError``,
        ``UnknownReportError``, ``WhichReportError`` and ``NotReadyError``.
        """
        from retrieval.lexicon import BUNDLED
        from retrieval.question import Question
        from retrieval.summary import summarise

        if not SHORTEST_SUMMARY <= length <= LONGEST_SUMMARY:
            raise BadLengthError(length=length, low=SHORTEST_SUMMARY, high=LONGEST_SUMMARY)
        topic = None if about is None else Question.parse(about)
        taken = self._take()
        chosen = taken.names.only() if report is None else taken.names.named(report)
        edition = taken.live.edition
        return summarise(chosen, edition.label, length=length, about=topic, lexicons=self._lexicons or BUNDLED)

    def passage(self, citation: str) -> CitedPassage:
        """The passage that ``citation`` (a key, or a pasted citation line) names, also in a wording no longer live; or
        the paragraph with that number, where one report has one.

        Raises ``UnknownCitationError`` and ``NotReadyError``.
        """
        edition = self._take().live.edition
        example = str(next((Citation.of(passage) for passage in edition.passages()), ""))
        try:
            wanted = Citation.parse(citation)
        except UnknownCitationError as error:
            if numbered := with_number(citation, edition.reports):
                return CitedPassage(numbered, edition.report(numbered.report), edition.label, live=True)
            raise UnknownCitationError(citation=error.fields["citation"], example=example) from None
        try:
            return CitedPassage(edition.find(wanted), edition.report(wanted.report), edition.label, live=True)
        except RapporteurError:
            pass  # not in the live edition: the archive may hold it
        try:
            if self._archive is not None:
                found = self._archive(wanted)
                return CitedPassage(found.passage, found.report, found.edition, found.live)
        except UnknownCitationError:
            pass
        raise UnknownCitationError(citation=str(wanted), example=example)

    def reports(self) -> tuple[Report, ...]:
        """The reports of the live edition, in their order. Raises ``NotReadyError``."""
        return self._take().live.edition.reports

    def asked(self, report: str | None) -> tuple[Report, ...]:
        """The reports that a question goes to: the one that ``report`` names by id or title, else all. Cheap.

        Raises ``UnknownReportError`` and ``NotReadyError``.
        """
        return self.reports() if report is None else (self.choose(report),)

    def choose(self, report: str | None) -> Report:
        """The report that ``report`` names by id or title, or the only one where it names none. Cheap.

        Raises ``UnknownReportError``, ``WhichReportError`` and ``NotReadyError``.
        """
        names = self._take().names
        return names.only() if report is None else names.named(report)

    def offered(self, typed: str, most: int) -> Sequence[Report]:
        """At most so many reports whose id or title holds what was ``typed`` so far. Cheap.

        Raises ``NotReadyError``.
        """
        return self._take().names.holding(typed, most)

    def status(self) -> Live:
        """What is live, since when and by whom. Raises ``NotReadyError``."""
        return self._take().live

    def _take(self) -> Answering:
        answering = self._answering
        if answering is None:
            raise NotReadyError
        return answering
