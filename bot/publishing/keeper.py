"""Keeps a service on the live edition of a store: its first start, its refreshes, and what other processes publish.

Synchronous and thread-safe. How an edition is made is handed in: in a process of its own where answers must not wait
(``bot.publishing.workshop``), or here and now.
"""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from bot.errors import CheckRunningError, CutOffError, RefreshFailedError
from bot.logs import event
from bot.logs.observing import timed
from bot.publishing.equivalents import Equivalents
from bot.publishing.nearby import taken_here
from bot.publishing.preferences import Preferences
from bot.publishing.refresh import Source, now, refresh
from bot.saying.templates import of_log
from bot.service.findings import FIRST_START, Reading, Refreshed, Stored
from bot.service.live import Live
from bot.service.service import Service
from corpus.community.values import Forgotten, Gaps
from corpus.edition import Edition
from corpus.errors import OvertakenError, RapporteurError, RefreshRunningError, StoreError
from corpus.gathering.passed_over import PassedOver
from corpus.ingest.pipeline import Look, Progress, ingest, look_at
from corpus.store.values import KEEP_DAYS, HistoryEntry, Prunable, Pruned

if TYPE_CHECKING:
    from bot.cluster.cluster import Cluster
    from bot.publishing.editions import Editions
    from corpus.store.store import Store


class Making(Protocol):
    """How editions are made: slow, and without any effect on what is answered from."""

    def refresh(self, actor: str, held: Edition | None, progress: Progress | None) -> tuple[Refreshed, Live | None]:
        """Read the files and publish them: what came of it, and the edition now live where it is not ``held``."""
        ...

    def take(self, held: Edition | None) -> Live | None:
        """The store's live edition as it was kept; ``None`` where there is none, or where it is ``held``."""
        ...

    def read(self) -> Live:
        """What the files hold, published nowhere."""
        ...

    def check(self, report: str | None, tell: Look) -> tuple[PassedOver, ...]:
        """Have ``tell`` look at each file as it is understood, or the one of ``report``; what is not read.

        Raises ``UnknownReportError``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """Makes editions in the process that asks for them."""

    store: "Store"
    source: Source
    clock: Callable[[], dt.datetime] = now
    cluster: "Cluster | None" = None

    def refresh(self, actor: str, held: Edition | None, progress: Progress | None) -> tuple[Refreshed, Live | None]:
        """See ``Making``."""
        refreshed, live = refresh(
            self.store, self.source, actor, progress=progress, clock=self.clock, cluster=self.cluster
        )
        if self.cluster is not None:
            self.cluster.make_live(live.edition.digest)
        return refreshed, None if held is not None and held.digest == live.edition.digest else live

    def take(self, held: Edition | None) -> Live | None:
        """See ``Making``."""
        if held is not None and held.digest == self.store.live_digest():
            return None
        stored = self.store.live()
        return None if stored is None else Live(stored.edition, stored.since, stored.actor)

    def read(self) -> Live:
        """See ``Making``."""
        found = ingest(self.source.places, skip_unreadable=self.source.skip_unreadable)
        return Live(found.edition, reading=Reading.of(found))

    def check(self, report: str | None, tell: Look) -> tuple[PassedOver, ...]:
        """See ``Making``."""
        return look_at(self.source.places, report, tell)


@dataclass(slots=True)
class Keeper:
    """Keeps ``service`` on what is live in ``store``, one change at a time.

    Pruning leaves what was live within the last ``keep_days``. What lies in ``editions`` already need not be made. What
    is live is searched on the ``cluster``, where there is one.
    """

    service: Service
    store: "Store"
    making: Making
    keep_days: int = KEEP_DAYS
    editions: "Editions | None" = None
    cluster: "Cluster | None" = None
    preferences: Preferences = field(init=False)
    equivalents: Equivalents = field(init=False)
    _refreshing: threading.Lock = field(default_factory=threading.Lock)
    _checking: threading.Lock = field(default_factory=threading.Lock)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.preferences = Preferences(self.store)
        self.equivalents = Equivalents(self.service, self.store, now)

    def start(self) -> None:
        """Load the live edition; where there is none yet, make the first one from the files. Slow.

        Where the store cannot be used, the files are answered from as they stand, and the status says why. Does nothing
        where an edition is loaded already. Raises ``CorpusError`` and ``CutOffError``.
        """
        with self._only_one():
            if self.service.live is not None:
                return
            self._take_over_at_start()
            try:
                if not self._follow():
                    self._make_first()
            except StoreError as error:
                self._go_live(replace(self.making.read(), unkept=error))

    def refresh(self, actor: str, progress: Progress | None = None) -> Refreshed:
        """Read the files again and put the new edition in place of the live one, whole or not at all. Slow.

        ``actor`` goes into the audit, ``progress`` is told after each file how many are done, of how many, and its
        name. Raises ``RefreshRunningError`` where one is under way, ``OvertakenError`` where another process has
        finished one meanwhile, ``RefreshFailedError`` where the new edition cannot be made or kept and the old one
        stays live, ``CorpusError`` where there was no old one.
        """
        with self._only_one(), timed("refresh") as facts:
            refreshed = self._refresh(actor, progress)
            facts["changed"] = refreshed.changed
            return refreshed

    def require_ready(self) -> None:
        """Raise ``NotReadyError`` as long as no edition is loaded."""
        self.service.snapshot()

    def status(self) -> tuple[Live, None, Stored | None]:
        """What is live; the database holds nothing else as live. How large it is where it can be read; what pruning
        would drop takes longer to find."""
        live, stored = self.service.snapshot().live, None
        with suppress(StoreError):
            stored = Stored(self.store.sizes())
        return live, None, stored

    def prunable(self, days: int | None) -> Prunable:
        """What ``prune`` would drop. Raises ``StoreError``."""
        count = days or self.keep_days
        return replace(self.store.prunable(now() - dt.timedelta(days=count)), days=count)

    def prune(self, days: int | None, actor: str) -> Pruned:
        """Drop the editions that were not live for so many days, else for ``keep_days``. Raises ``StoreError``, and
        ``RefreshRunningError`` where a refresh is under way here."""
        at = now()
        with self._only_one():
            return self.store.prune(at - dt.timedelta(days=days or self.keep_days), actor=actor, at=at)

    def history(self) -> Sequence[HistoryEntry]:
        """What was done to the corpus, newest first."""
        return self.store.history(None)

    def gaps(self) -> Gaps:
        """What was not helpful, and the questions that are kept. Raises ``StoreError``."""
        return self.store.feedback.gaps()

    def forget(self, actor: str) -> Forgotten:
        """Forget what is kept of the person who is on record as ``actor``, here and in the store. Raises
        ``StoreError``."""
        forgotten = self.store.feedback.forget(actor)
        self.service.forget(actor)
        return forgotten

    def check(self, report: str | None, tell: Look) -> tuple[PassedOver, ...]:
        """See ``Making``; changes nothing that is live. Slow. Raises ``CheckRunningError`` where one is under way."""
        if not self._checking.acquire(blocking=False):
            raise CheckRunningError
        try:
            return self.making.check(report, tell)
        finally:
            self._checking.release()

    def follow(self) -> bool:
        """Take over what another process has set, and an edition that it has published; whether there was one. Cheap
        where there is none.

        Leaves it for the next call where a refresh is under way here. Raises ``StoreError`` and ``CutOffError``.
        """
        self.preferences.follow()
        self.equivalents.follow()
        if self._refreshing.locked() or not self._changing.acquire(blocking=False):
            return False
        try:
            return self._follow()
        finally:
            self._changing.release()

    @property
    def _held(self) -> Edition | None:
        """The edition that is live here and in no need of being loaded again."""
        live = self.service.live
        return live.edition if live is not None and live.unkept is None else None

    @contextmanager
    def _only_one(self) -> Iterator[None]:
        """One refresh at a time: a second is refused. What is only being followed is waited for."""
        if not self._refreshing.acquire(blocking=False):
            raise RefreshRunningError
        try:
            with self._changing:
                yield
        finally:
            self._refreshing.release()

    def _refresh(self, actor: str, progress: Progress | None) -> Refreshed:
        started = perf_counter()
        try:
            refreshed, live = self.making.refresh(actor, self._held, progress)
        except OvertakenError:
            self._follow()
            raise
        except RefreshFailedError:
            raise
        except CutOffError as error:
            # It may have been cut off after it had published: the store knows.
            if not self._follow():
                raise RefreshFailedError(error) from error
            label = self.service.snapshot().live.edition.label
            milliseconds = round((perf_counter() - started) * 1000)
            return Refreshed(changed=True, diff=None, edition=label, milliseconds=milliseconds, untold=str(error))
        except RapporteurError as error:
            if self.service.live is None:
                raise
            raise RefreshFailedError(error) from error
        if live is not None:
            self._go_live(live)
        else:
            self.service.read_again(refreshed.reading)
        return refreshed

    def _take_over_at_start(self) -> None:
        """What was set before; where it cannot be read, answers are as if nothing was, and the log says so."""
        try:
            self.preferences.follow()
            self.equivalents.follow()
        except StoreError as error:
            event("preferences", logging.WARNING, problem=of_log().error(error))

    def _follow(self) -> bool:
        """Make the store's live edition ours where it is another one."""
        held, digest = self._held, self.store.live_digest()
        if digest is None or (held is not None and held.digest == digest):
            return False
        live = self._kept()
        if live is None and held is not None:  # else nobody has to wait yet, and nothing of what answers is imported
            live = taken_here(self.store)
        live = live or self.making.take(held)
        self._go_live(live)
        return live is not None

    def _kept(self) -> Live | None:
        """The store's live edition as it lies in a file; ``None`` where it does not."""
        heads = self.store.live_heads() if self.editions else None
        found = self.editions.opened(heads.digest) if self.editions and heads else None
        if found is None or heads is None:
            return None
        return Live(found.edition, heads.since, heads.actor, prepared=found.prepared)

    def _make_first(self) -> None:
        try:
            _, live = self.making.refresh(FIRST_START, None, None)
        except OvertakenError:  # another bot was first
            self._follow()
        else:
            self._go_live(live)

    def _go_live(self, live: Live | None) -> None:
        if live is None:
            return
        self.service.go_live(live if self.cluster is None else self.cluster.searched(live))
        if self.editions is not None and live.unkept is None:
            self.editions.prune(live.edition.digest)
