"""Holds what is live, for both faces of the bot: whoever asks takes a snapshot of it.

Synchronous and thread-safe; knows nothing of Discord or terminals, nor how an edition comes to be live (that is the
business of ``bot.publishing``). Everything that is live is one value behind one reference.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.errors import NotReadyError
from bot.service.findings import REMOVED, Reading
from bot.service.live import Live
from bot.service.snapshot import Snapshot
from corpus.citation import Citation, CitedPassage

if TYPE_CHECKING:  # looking up a passage must not pay for NumPy, nor asking for the database
    from corpus.community.values import Equivalent
    from retrieval.words.lexicon import Lexicons


class Service:
    """The reports that can be asked, with the bundled ``lexicons`` unless others are given.

    ``archive`` finds passages that the live edition no longer holds. Answers nothing before ``go_live``.
    """

    def __init__(
        self,
        *,
        archive: Callable[[Citation], CitedPassage] | None = None,
        lexicons: "Lexicons | None" = None,
    ) -> None:
        self._archive = archive
        self._given = self._lexicons = lexicons
        self._snapshot: Snapshot | None = None
        self._changing = threading.Lock()

    @classmethod
    def of_folder(
        cls,
        folder: Path | Sequence[Path],
        *,
        archive: Callable[[Citation], CitedPassage] | None = None,
        skip_unreadable: bool = False,
        lexicons: "Lexicons | None" = None,
    ) -> Self:
        """A service on the files of a folder, or of several folders and files, as they stand; ready at once.

        Raises ``CorpusError``.
        """
        from corpus.ingest.pipeline import ingest  # 43 ms: a bot leaves the files to a process of its own

        service = cls(archive=archive, lexicons=lexicons)
        ingested = ingest(folder, skip_unreadable=skip_unreadable)
        service.go_live(Live(ingested.edition, reading=Reading.of(ingested)))
        return service

    def go_live(self, live: Live) -> None:
        """Answer from ``live`` from now on; answers under way finish on the edition they began with."""
        with self._changing:
            snapshot = Snapshot(live, self._lexicons, self._archive)
            if live.index is not None or live.prepared is not None:
                snapshot.prepare()  # never on the time of whoever asks first
            self._snapshot = snapshot

    def learn(self, added: "Iterable[Equivalent]") -> None:
        """Read questions with these equivalents from now on, beside the lexicons that were given; the edition stays,
        and answers under way finish as they began. Takes as long as making its vocabulary."""
        from retrieval.words.lexicon import BUNDLED  # 121 ms: NumPy, for what answers
        from retrieval.words.lexicon_entry import tables

        own = tables((one.word, one.means, one.language) for one in added)
        with self._changing:
            self._lexicons = (self._given or BUNDLED).with_own(own) if own else self._given
            if self._snapshot is not None:
                self._snapshot = self._snapshot.reading(self._lexicons)

    def read_again(self, reading: Reading) -> None:
        """Note what another reading of the files had to do without that changed nothing."""
        with self._changing:
            self._snapshot = self.snapshot().read_again(reading)

    def forget(self, actor: str) -> None:
        """Name ``REMOVED`` as who made live what ``actor`` did."""
        if self._snapshot is not None and self._snapshot.live.actor == actor:
            self._snapshot = self._snapshot.made_by(REMOVED)

    def snapshot(self) -> Snapshot:
        """What is live now, to be asked. Raises ``NotReadyError`` as long as no edition is loaded."""
        if self._snapshot is None:
            raise NotReadyError
        return self._snapshot

    @property
    def live(self) -> Live | None:
        """What is live; ``None`` before the first edition is."""
        return self._snapshot.live if self._snapshot else None
