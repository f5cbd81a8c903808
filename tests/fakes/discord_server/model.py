"""Who and where: users, roles, guilds and channels, as frozen values that know their JSON."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import count

from tests.fakes.discord_server.errors import JsonObject
from tests.fakes.discord_server.permissions import EVERYTHING, ORDINARY

DISCORD_EPOCH = 1_420_070_400_000  # Reference, Snowflakes: milliseconds, the first second of 2015
JOINED = "2024-01-01T00:00:00+00:00"


class ChannelKind(IntEnum):
    """Kinds of channels the fake has; source: Channel resource, Channel Types."""

    TEXT = 0
    DIRECT = 1
    THREAD = 11


class Snowflakes:
    """Ids that carry the time they were made, as discord.py reads it out of them."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def at(self, milliseconds: float) -> int:
        """A new id for a moment given in Unix milliseconds; unique for 4.19 million ids in a row."""
        number = next(self._numbers)
        return (int(milliseconds) - DISCORD_EPOCH << 22) + number


@dataclass(frozen=True, slots=True)
class User:
    """A person or a bot. ``reachable`` is whether the bot may write to them directly."""

    id: int
    name: str
    bot: bool = False
    reachable: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions this user."""
        return f"<@{self.id}>"

    def payload(self) -> JsonObject:
        """User object."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name.title(),
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions in a guild."""

    id: int
    name: str
    permissions: int = 0
    position: int = 1

    def payload(self) -> JsonObject:
        """Role object."""
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(int(self.permissions)),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }


@dataclass(frozen=True, slots=True)
class Guild:
    """A server; ``everyone`` is the role every member has."""

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    everyone: int = int(ORDINARY)


@dataclass(frozen=True, slots=True)
class Channel:
    """A text channel, a thread, or the direct channel with one user (then there is no guild).

    ``bot_permissions`` is what the bot may do here, as an admin has set it for this channel.
    """

    id: int
    kind: ChannelKind
    name: str
    guild: Guild | None = None
    parent: int | None = None
    recipient: User | None = None
    nsfw: bool = False
    bot_permissions: int = int(ORDINARY)
    bot: int = 0

    def payload(self) -> JsonObject:
        """Channel object, as GUILD_CREATE, interactions and the API give it."""
        common: JsonObject = {"id": str(self.id), "type": self.kind, "flags": 0, "last_message_id": None}
        if self.kind is ChannelKind.DIRECT:
            recipients = [self.recipient.payload()] if self.recipient else []
            return common | {"recipients": recipients}
        common |= {
            "name": self.name,
            "guild_id": str(self.guild.id) if self.guild else None,
            "parent_id": str(self.parent) if self.parent else None,
            "nsfw": self.nsfw,
            "rate_limit_per_user": 0,
            "permissions": str(self.bot_permissions),
        }
        if self.kind is ChannelKind.TEXT:
            return common | {"position": 0, "topic": None, "permission_overwrites": self._overwrites()}
        return common | {
            "owner_id": str(self.bot),
            "message_count": 0,
            "member_count": 1,
            "total_message_sent": 0,
            "applied_tags": [],
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": JOINED,
                "locked": False,
                "create_timestamp": JOINED,
            },
        }

    def _overwrites(self) -> list[JsonObject]:
        """What makes the client compute the same rights for the bot as the fake enforces."""
        if self.bot_permissions == int(ORDINARY):
            return []
        allowed = int(self.bot_permissions)
        return [{"id": str(self.bot), "type": 1, "allow": str(allowed), "deny": str(EVERYTHING & ~allowed)}]
