"""Equivalents that moderators have added: kept in the store, and known to the service as soon as they are.

Loaded at the start and followed as other processes on the same database change them.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors.serving import NothingKeptError
from bot.service.service import Service
from corpus.community.values import Equivalent, KeptEquivalent
from corpus.errors import StoreError

if TYPE_CHECKING:
    import datetime as dt

    from corpus.store.store import Store


@dataclass(slots=True)
class Equivalents:
    """What a service reads questions with, as it stands in a store."""

    service: Service
    store: "Store"
    clock: "Callable[[], dt.datetime]"
    _known: Sequence[Equivalent] = ()
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def follow(self) -> None:
        """Take over what the store has. Raises ``StoreError``."""
        with self._changing:
            self._follow()

    def all(self) -> Sequence[KeptEquivalent]:
        """All that is kept. Raises ``StoreError``."""
        return self.store.equivalents.all()

    def add(self, one: Equivalent, actor: str) -> bool:
        """Keep one and read questions with it; whether it is new. Raises ``NothingKeptError``."""
        return self._change(lambda: self.store.equivalents.add(one, actor=actor, at=self.clock()))

    def remove(self, one: Equivalent, actor: str) -> bool:
        """The other way round; whether it was there. Raises ``NothingKeptError``."""
        return self._change(lambda: self.store.equivalents.remove(one, actor=actor, at=self.clock()))

    def _change(self, change: Callable[[], bool]) -> bool:
        with self._changing:
            try:
                is_changed = change()
            except StoreError as error:
                raise NothingKeptError(**error.fields) from error
            with suppress(StoreError):  # it is kept; whoever follows takes it over as soon as it can be read
                self._follow()
        return is_changed

    def _follow(self) -> None:
        kept = [one.equivalent for one in self.store.equivalents.all()]
        if kept != list(self._known):
            self.service.learn(kept)
            self._known = kept
