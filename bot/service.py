"""What both faces of the bot can ask for: answers, summaries, passages, and a refresh of the reports behind them.

Synchronous and thread-safe; knows nothing of Discord or terminals. Everything that is live is one value behind one
reference: an answer takes it once at its start and stays on it, a refresh builds the next one whole and assigns it.
"""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Self

from bot.errors import BadLengthError, NotReadyError, RefreshFailedError, WhichReportError
from bot.findings import FIRST_START, CitedPassage, Explained, Reading, Refreshed, Status
from corpus.citation import Citation
from corpus.edition import Edition
from corpus.errors import RapporteurError, RefreshRunningError, StoreError, UnknownCitationError
from corpus.report import Report
from retrieval.answer import Answer, Summary

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy, nor asking for the database
    from corpus.store import FoundPassage, HistoryEntry, Store
    from retrieval.answering import Answerer
    from retrieval.lexicon import Lexicons
    from retrieval.question import Question

SHORTEST_SUMMARY, DEFAULT_SUMMARY, LONGEST_SUMMARY = (
    1,
    5,
    15,
)  # sentences; as in retrieval.summary, whose import is dear
KNOWN_REPORTS = 10  # ids that an error message lists
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class _Live:
    """One edition and what answers from it; never changed, only replaced."""

    edition: Edition
    since: dt.datetime | None = None
    actor: str | None = None
    lexicons: "Lexicons | None" = None

    @cached_property
    def answerer(self) -> "Answerer":
        from retrieval.answering import Answerer  # brings NumPy, which `passage` and `reports` never need
        from retrieval.lexicon import BUNDLED

        return Answerer(self.edition, lexicons=self.lexicons or BUNDLED)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Service:
    """The reports and what can be asked of them, with the bundled ``lexicons`` unless others are given.

    Make one with ``of_folder`` or ``of_store``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        store: "Store | None" = None,
        archive: "Callable[[Citation], FoundPassage] | None" = None,
        skip_unreadable: bool = False,
        lexicons: "Lexicons | None" = None,
        clock: Callable[[], dt.datetime] = _now,
    ) -> None:
        self._folder = folder
        self._store = store
        self._archive = store.find if store is not None else archive
        self._skip_unreadable = skip_unreadable
        self._lexicons = lexicons
        self._clock = clock
        self._refreshing = threading.Lock()
        self._live: _Live | None = None
        self._reading = Reading()

    @classmethod
    def of_folder(
        cls,
        folder: Path,
        *,
        archive: "Callable[[Citation], FoundPassage] | None" = None,
        skip_unreadable: bool = False,
        lexicons: "Lexicons | None" = None,
    ) -> Self:
        """A service on the files of ``folder`` as they stand; ready at once, keeps nothing.

        ``archive`` finds passages that the files no longer hold. Raises ``CorpusError``.
        """
        service = cls(folder, archive=archive, skip_unreadable=skip_unreadable, lexicons=lexicons)
        service.start()
        return service

    @classmethod
    def of_store(
        cls,
        store: "Store",
        folder: Path,
        *,
        skip_unreadable: bool = False,
        lexicons: "Lexicons | None" = None,
        clock: Callable[[], dt.datetime] = _now,
    ) -> Self:
        """A service on the live edition of ``store``, refreshed from ``folder``; ready after ``start``."""
        return cls(folder, store=store, skip_unreadable=skip_unreadable, lexicons=lexicons, clock=clock)

    def start(self) -> None:
        """Load the live edition; where there is none yet, make the first one from the folder. Slow.

        Does nothing where an edition is loaded already. Raises ``CorpusError``.
        """
        with self._only_one():
            if self._live is None and not self._load():
                self._replace(FIRST_START)

    def prepare(self) -> None:
        """Build the index now rather than with the first question. Raises ``NotReadyError``."""
        _ = self._take().answerer

    def require_ready(self) -> None:
        """Raise ``NotReadyError`` as long as no edition is loaded."""
        self._take()

    def answer(self, question: str, report: str | None = None) -> Answer:
        """What the reports, or the one that ``report`` names by id or title, say to ``question``.

        Raises ``QuestionError``, ``UnknownReportError`` and ``NotReadyError``.
        """
        from retrieval.question import Question

        asked = Question.parse(question)
        live = self._take()
        return live.answerer.answer(asked, None if report is None else _named(live.edition, report).id)

    def explain(self, question: "Question", report: str | None = None) -> Explained:
        """The answer to ``question``, and why its excerpts were chosen.

        Raises ``UnknownReportError`` and ``NotReadyError``.
        """
        live = self._take()
        chosen = None if report is None else _named(live.edition, report).id
        return Explained(live.answerer.answer(question, chosen), live.answerer.explain(question, chosen))

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
        edition = self._take().edition
        chosen = _only(edition) if report is None else _named(edition, report)
        return summarise(chosen, edition.label, length=length, about=topic, lexicons=self._lexicons or BUNDLED)

    def passage(self, citation: str) -> CitedPassage:
        """The passage that ``citation`` (a key, or a pasted citation line) names, also in a wording no longer live.

        Raises ``UnknownCitationError`` and ``NotReadyError``.
        """
        edition = self._take().edition
        example = str(next((Citation.of(passage) for passage in edition.passages()), ""))
        try:
            wanted = Citation.parse(citation)
        except UnknownCitationError as error:
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
        return self._take().edition.reports

    def asked(self, report: str | None) -> tuple[Report, ...]:
        """The reports that a question goes to: the one that ``report`` names by id or title, else all. Cheap.

        Raises ``UnknownReportError`` and ``NotReadyError``.
        """
        return self.reports() if report is None else (self.choose(report),)

    def choose(self, report: str | None) -> Report:
        """The report that ``report`` names by id or title, or the only one where it names none. Cheap.

        Raises ``UnknownReportError``, ``WhichReportError`` and ``NotReadyError``.
        """
        edition = self._take().edition
        return _only(edition) if report is None else _named(edition, report)

    def status(self) -> Status:
        """What is live, since when and by whom. Raises ``NotReadyError``."""
        live, reading = self._take(), self._reading
        return Status(live.edition, live.since, live.actor, reading.refused, reading.passed_over)

    def history(self, limit: int = 20) -> "tuple[HistoryEntry, ...]":
        """What was done to the corpus, newest first; nothing where no store keeps it. Raises ``StoreError``."""
        return () if self._store is None else tuple(self._store.history(limit))

    def refresh(self, actor: str, progress: Progress | None = None) -> Refreshed:
        """Read the folder again and put the new edition in place of the live one, whole or not at all. Slow.

        ``actor`` goes into the audit, ``progress`` is told after each file how many are done, of how many, and its
        name. Raises ``RefreshRunningError`` where one is under way, ``RefreshFailedError`` where the new edition cannot
        be made or kept and the old one stays live, ``CorpusError`` where there was no old one.
        """
        with self._only_one():
            self._load()
            return self._replace(actor, progress)

    def follow(self) -> bool:
        """Take over an edition that another process has published; whether there was one. Cheap where there is none.

        Leaves it for the next call where a refresh is under way here. Raises ``StoreError``.
        """
        try:
            with self._only_one():
                return self._load()
        except RefreshRunningError:
            return False

    def _take(self) -> _Live:
        live = self._live
        if live is None:
            raise NotReadyError
        return live

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        if not self._refreshing.acquire(blocking=False):
            raise RefreshRunningError
        try:
            yield
        finally:
            self._refreshing.release()

    def _load(self) -> bool:
        """Make the store's live edition ours where it is another one."""
        if self._store is None:
            return False
        digest = self._store.live_digest()
        if digest is None or (self._live is not None and self._live.edition.digest == digest):
            return False
        stored = self._store.live()
        if stored is None:
            return False
        self._assign(_Live(stored.edition, stored.since, stored.actor, lexicons=self._lexicons))
        self._reading = Reading()  # it was another process that read
        return True

    def _replace(self, actor: str, progress: Progress | None = None) -> Refreshed:
        """Read, compare, index, keep, assign: in this order, so that whatever fails leaves the old edition live."""
        from corpus.ingest import ingest  # the bot's answers never need the readers

        started = perf_counter()
        old = self._live.edition if self._live else None
        try:
            ingested = ingest(self._folder, skip_unreadable=self._skip_unreadable, progress=progress)
            edition = ingested.edition
            reading = Reading(ingested.refused, ingested.passed_over, ingested.languages)
            if old is not None and old.digest == edition.digest:
                self._audit(actor, "unchanged", "")
                self._reading = reading
                return Refreshed(None, edition.label, _milliseconds(started), reading.refused, reading.passed_over)
            new = _Live(
                edition,
                self._clock() if self._store else None,
                actor if self._store else None,
                self._lexicons,
            )
            if self._store is not None:
                _ = new.answerer
                self._store.publish(edition, actor=actor, at=new.since or self._clock())
        except Exception as error:
            self._audit_failure(actor, error)
            if isinstance(error, RapporteurError) and old is not None:
                raise RefreshFailedError(error) from error
            raise
        self._assign(new)
        self._reading = reading
        return Refreshed.between(old, edition, _milliseconds(started), reading)

    def _assign(self, new: _Live) -> None:
        if self._store is not None:
            _ = new.answerer  # a bot builds its index before the edition is live, never on a person's time
        self._live = new

    def _audit(self, actor: str, action: str, detail: str) -> None:
        if self._store is not None:
            self._store.audit(actor=actor, at=self._clock(), action=action, detail=detail)

    def _audit_failure(self, actor: str, error: Exception) -> None:
        """Note that a refresh failed; a store that cannot even keep that must not hide why."""
        detail = str(error) if isinstance(error, RapporteurError) else type(error).__name__
        try:
            self._audit(actor, "failed", detail)
        except StoreError as second:
            error.add_note(f"and the audit could not be kept: {second}")


def _milliseconds(started: float) -> int:
    return round((perf_counter() - started) * 1000)


def _named(edition: Edition, name: str) -> Report:
    """The report whose id, or else whose id or title without regard to case, is ``name``."""
    wanted = name.strip().casefold()
    for report in edition.reports:
        if wanted in (report.id.casefold(), report.title.casefold()):
            return report
    return edition.report(name.strip())


def _only(edition: Edition) -> Report:
    if len(edition.reports) > 1:
        raise WhichReportError(known=", ".join(report.id for report in edition.reports[:KNOWN_REPORTS]))
    return edition.reports[0]
