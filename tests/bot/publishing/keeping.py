"""Keepers on a real SQLite database, with and without a process of their own."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bot.publishing.editions import Editions
from bot.publishing.keeper import Here, Keeper
from bot.publishing.refresh import Source
from bot.publishing.workshop import Workshop
from bot.service.findings import Refreshed
from bot.service.service import Service
from corpus.store.store import Store
from retrieval.words.lexicon import Lexicons

NOW = dt.datetime(2025, 3, 15, 12, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Keep:
    """A store, a folder of reports, and how editions are made of it."""

    store: Store
    folder: Path
    is_apart: bool
    editions: Editions | None = None

    def keeper(self, *, skip_unreadable: bool = False, lexicons: Lexicons | None = None) -> Keeper:
        """A keeper that has not started, with a clock that stands still where it makes editions here."""
        source = Source(self.folder, skip_unreadable)
        apart = Workshop(self.store.url, source, self.editions)
        making = apart if self.is_apart else Here(self.store, source, lambda: NOW)
        service = Service(archive=self.store.find, lexicons=lexicons)
        return Keeper(service, self.store, making, editions=self.editions)

    def started(self) -> Keeper:
        """A keeper with an edition."""
        keeper = self.keeper()
        keeper.start()
        return keeper

    def actions(self) -> list[tuple[str, str]]:
        """What was done, newest first."""
        return [(entry.actor, entry.action) for entry in self.store.history()]


def write(folder: Path, name: str, *paragraphs: str) -> None:
    (folder / f"{name}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def head(keeper: Keeper) -> tuple[str, dt.datetime | None, str | None]:
    """What is live, since when and by whom."""
    live = keeper.service.snapshot().live
    return live.edition.digest, live.since, live.actor


refreshed: list[Refreshed] = []
