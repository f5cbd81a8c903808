"""Who sees answers in which channel: held in memory, since it has to be known at once, and kept in the store.

Loaded at the start and followed as other bots on the same database change it. Where the store cannot be read, what was
known last holds; at a start that is nothing, and answers are public.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.errors.serving import NothingKeptError
from corpus.community.values import REST, Audience
from corpus.errors import StoreError

if TYPE_CHECKING:
    from corpus.store.store import Store


@dataclass(slots=True)
class Preferences:
    """What servers have set. ``audience`` and ``of`` read memory alone; everything else waits for the database."""

    store: "Store"
    _known: Mapping[int, Mapping[int, Audience]] = field(default_factory=dict)
    _changing: threading.Lock = field(default_factory=threading.Lock)

    def audience(self, server: int, channel: int | None) -> Audience:
        """Who sees answers in a channel; in one that is not known (``None``) nobody else, where that holds anywhere."""
        known = self.of(server)
        if channel is None:
            return Audience.PRIVATE if Audience.PRIVATE in known.values() else Audience.PUBLIC
        return known.get(channel, known.get(REST, Audience.PUBLIC))

    def of(self, server: int) -> Mapping[int, Audience]:
        """What a server has set, by channel; ``REST`` stands for the rest of them."""
        return self._known.get(server, {})

    def follow(self) -> None:
        """Take over what the store has. Raises ``StoreError``."""
        with self._changing:
            self._known = self.store.preferences.audiences()

    def set(self, server: int, channel: int, audience: Audience | None) -> None:
        """Set it for a channel, or for ``REST``; ``None``: as for the rest. Raises ``NothingKeptError``."""
        with self._changing:
            try:
                self.store.preferences.set_audience(server, channel, audience)
            except StoreError as error:
                raise NothingKeptError(**error.fields) from error
            own = {one: said for one, said in self.of(server).items() if one != channel}
            if audience is not None:
                own[channel] = audience
            self._known = {**self._known, server: own}

    def forget(self, server: int) -> None:
        """Forget what a server has set that the bot has left. Raises ``StoreError``."""
        with self._changing:
            self._known = {one: own for one, own in self._known.items() if one != server}
            self.store.preferences.forget(server)
