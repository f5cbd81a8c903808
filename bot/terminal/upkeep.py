"""What is done for the corpus from a terminal: the bot's live edition is made anew, or compared with the files."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.commands.command import Context
from bot.errors.settings import DataFileError
from bot.service.findings import Kept, Refreshed, Stored
from bot.service.live import Live
from bot.terminal.session import ACTOR, Session
from corpus.community.values import Gaps
from corpus.errors import RapporteurError
from corpus.store.values import HistoryEntry, Prunable, Pruned

if TYPE_CHECKING:  # few commands need any of these
    from bot.terminal.equivalents import FileEquivalents
    from corpus.errors import ReadError
    from corpus.gathering.passed_over import PassedOver
    from corpus.ingest.understanding import Understood


def context_of(session: Session) -> Context:
    """What the commands of the registry need."""
    keeps = session.settings.keep_questions.count if session.settings else 0
    return Context(lambda: session.snapshot, FilesUpkeep(session), session.templates, ACTOR, keeps=keeps)


@dataclass(frozen=True, slots=True)
class FilesUpkeep:
    """See ``bot.commands.command.Upkeep``: for the files and the database that a ``session`` names."""

    session: Session

    def require_ready(self) -> None:
        """Nothing has to be loaded before."""

    def refresh(self, actor: str) -> Refreshed:
        """Make the files the bot's live edition."""
        from bot import logs  # 317 ms: SQLAlchemy, for commands that open the database
        from bot.publishing.database import logged, open_store
        from bot.publishing.editions import Editions
        from bot.publishing.refresh import Source, refresh

        session = self.session
        settings = session.all_settings
        logs.set_up(settings.log_level, settings.log_format)
        _ = session.lexicons  # a fault in them is said here, not when the bot starts next
        source = Source(session.places, session.skip_unreadable)
        with (
            open_store(settings, logged(session.templates)) as store,
            session.progress("terminal.progress", log=True) as tell,
        ):
            editions = Editions.beside(settings.data_directory)
            refreshed, live = refresh(
                store,
                source,
                actor,
                editions=editions,
                progress=lambda done, total, _file: tell(done, total),
                cluster=session.cluster,
            )
            editions.prune(live.edition.digest)
            if session.cluster is not None:
                session.cluster.make_live(live.edition.digest)
        if refreshed.unwritten:
            session.tell(session.templates("database.unwritten", problem=refreshed.unwritten))
        logs.event("refresh", edition=refreshed.edition, changed=refreshed.changed, ms=refreshed.milliseconds)
        return refreshed

    def status(self) -> tuple[Live, Kept | None, Stored | None]:
        """The files, also where the database cannot be read; the exit code tells then that this is not all."""
        live, kept, stored = self.session.snapshot.live, None, None
        try:
            kept, stored = self._kept()
        except DataFileError:
            raise  # nothing can ever be kept there: a wrong setting, no database in trouble
        except RapporteurError as error:
            self.session.tell(self.session.templates.error(error))
            self.session.code = 1
        return live, kept, stored

    def _kept(self) -> tuple[Kept | None, Stored | None]:
        """What the bot's database holds as live, and how large it is; ``None`` where there is none. Raises
        ``RapporteurError``."""
        from bot.publishing.database import existing_store  # 307 ms: SQLAlchemy, for commands that open the database

        store = existing_store(self.session.all_settings)
        if store is None:
            return None, None
        with store:
            return Kept(store.live_digest()), Stored(store.sizes(), store.prunable(self._before(None)[1]))

    def history(self) -> Sequence[HistoryEntry]:
        """What the database has on record."""
        from bot.publishing.database import existing_store  # 299 ms: SQLAlchemy, for commands that open the database

        store = existing_store(self.session.all_settings)
        if store is None:
            return ()
        with store:
            return store.history(None)

    @property
    def equivalents(self) -> "FileEquivalents":
        """Those of the database."""
        from bot.terminal.equivalents import FileEquivalents  # 330 ms: SQLAlchemy, for what the database holds

        return FileEquivalents(self.session)

    def gaps(self) -> Gaps:
        """What the database has of votes and of questions that found nothing."""
        from bot.publishing.database import existing_store  # 299 ms: SQLAlchemy, for commands that open the database

        store = existing_store(self.session.all_settings)
        if store is None:
            return Gaps()
        with store:
            return store.feedback.gaps()

    def prunable(self, days: int | None) -> Prunable:
        """What pruning the database would drop."""
        from bot.publishing.database import existing_store  # 299 ms: SQLAlchemy, for commands that open the database

        count, before = self._before(days)
        store = existing_store(self.session.all_settings)
        if store is None:
            return Prunable(before, days=count)
        with store:
            return replace(store.prunable(before), days=count)

    def prune(self, days: int | None, actor: str) -> Pruned:
        """Prune the database, where there is one."""
        from bot.publishing.database import existing_store, logged, open_store  # 299 ms: SQLAlchemy, as above
        from bot.publishing.refresh import now

        count, before = self._before(days)
        settings = self.session.all_settings
        if (store := existing_store(settings)) is None:
            return Pruned(Prunable(before, days=count), 0, 0)
        store.close()
        with open_store(settings, logged(self.session.templates)) as store:
            return store.prune(before, actor=actor, at=now())

    def _before(self, days: int | None) -> tuple[int, dt.datetime]:
        count = days or self.session.all_settings.keep_editions
        return count, dt.datetime.now(dt.UTC) - dt.timedelta(days=count)

    def check(self, report: str | None, tell: "Callable[[Understood | ReadError], None]") -> "tuple[PassedOver, ...]":
        """How the files are understood; see ``corpus.ingest.pipeline.look_at``."""
        from corpus.ingest.pipeline import look_at  # 46 ms: no question asks how files are understood

        return look_at(self.session.places, report, tell)
