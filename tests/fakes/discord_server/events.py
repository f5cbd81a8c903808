"""Gateway events: what is sent, to which sessions, and how much of it."""

from dataclasses import dataclass
from enum import IntFlag

from tests.fakes.discord_server.errors import JsonObject


class Intent(IntFlag):
    """Gateway intents the fake looks at; source: Gateway, List of Intents."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


NO_INTENT = Intent(0)
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.PRESENCES | Intent.MESSAGE_CONTENT
HIGHEST = 1 << 25  # Gateway, List of Intents: DIRECT_MESSAGE_POLLS is the highest


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a guild, or (``guild`` is None) in direct messages.

    ``needs`` is the intent a session must have, none for events that everyone gets. ``without_content`` is what a
    session gets that lacks the message-content intent; ``None`` where content is not privileged.
    """

    name: str
    data: JsonObject
    guild: int | None = None
    needs: Intent = NO_INTENT
    without_content: JsonObject | None = None

    def for_session(self, intents: int, shard: tuple[int, int]) -> JsonObject | None:
        """The data a session gets, ``None`` where the event is not for it."""
        if self.needs & intents != self.needs or not serves(shard, self.guild):
            return None
        if self.without_content is not None and not intents & Intent.MESSAGE_CONTENT:
            return self.without_content
        return self.data


def serves(shard: tuple[int, int], guild: int | None) -> bool:
    """Whether a shard gets a guild's events; direct messages go to shard 0. Source: Gateway, Sharding."""
    number, total = shard
    return number == (0 if guild is None else (guild >> 22) % total)
