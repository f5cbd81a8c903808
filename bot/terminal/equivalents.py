"""The equivalents in the bot's database, for a terminal: read where there is one, which is made to add one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.logs import set_up
from bot.publishing.database import existing_store, logged, open_store
from bot.publishing.refresh import now
from bot.service.snapshot import Snapshot
from bot.terminal.session import Session
from corpus.community.values import Equivalent, KeptEquivalent
from retrieval.words.lexicon import BUNDLED
from retrieval.words.lexicon_entry import tables

if TYPE_CHECKING:
    from corpus.store.store import Store


@dataclass(frozen=True, slots=True)
class FileEquivalents:
    """See ``bot.commands.command.Added``. A bot that runs on the database follows."""

    session: Session

    def all(self) -> Sequence[KeptEquivalent]:
        """See ``bot.commands.command.Added``."""
        store = existing_store(self.session.all_settings)
        if store is None:
            return ()
        with store:
            return store.equivalents.all()

    def add(self, one: Equivalent, actor: str) -> bool:
        """See ``bot.commands.command.Added``."""
        with self._store() as store:
            return store.equivalents.add(one, actor=actor, at=now())

    def remove(self, one: Equivalent, actor: str) -> bool:
        """See ``bot.commands.command.Added``."""
        with self._store() as store:
            return store.equivalents.remove(one, actor=actor, at=now())

    def _store(self) -> "Store":
        settings = self.session.all_settings
        set_up(settings.log_level, settings.log_format)
        return open_store(settings, logged(self.session.templates))


def snapshot_with(session: Session) -> Snapshot:
    """The files as they stand, read with what was added as well, as the bot reads questions."""
    kept = (one.equivalent for one in FileEquivalents(session).all())
    own = tables((one.word, one.means, one.language) for one in kept)
    return session.snapshot.reading((session.lexicons or BUNDLED).with_own(own)) if own else session.snapshot
