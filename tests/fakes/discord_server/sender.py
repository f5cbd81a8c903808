"""Who sends an interaction from where, and the object that tells the bot so."""

from dataclasses import dataclass

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.errors import JsonObject
from tests.fakes.discord_server.interaction import InteractionKind
from tests.fakes.discord_server.model import Channel, User
from tests.fakes.discord_server.world import World


@dataclass(frozen=True, slots=True)
class Sender:
    """A user in a channel, with their language and what they may do there."""

    world: World
    user: User
    channel: Channel
    locale: str
    permissions: int | None = None

    @property
    def held(self) -> int:
        """The permissions that count: those given, or else those of the user's roles. None count in direct messages."""
        if self.permissions is not None:
            return int(self.permissions)
        return self.world.permissions(self.channel.guild, self.user) if self.channel.guild else 0

    def payload(self, id_: int, token: str, kind: InteractionKind, data: JsonObject) -> JsonObject:
        """Interaction object. Source: Receiving and Responding, Interaction Structure."""
        guild = self.channel.guild
        payload: JsonObject = {
            "id": str(id_),
            "application_id": str(self.world.application),
            "type": int(kind),
            "token": token,
            "version": 1,
            "data": data,
            "channel_id": str(self.channel.id),
            "channel": self.channel.payload(),
            "app_permissions": str(int(self.channel.bot_permissions)),
            "locale": self.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id) if guild else "0"},
            "context": 0 if guild else 1,
            "attachment_size_limit": limits.ATTACHMENT_BYTES,
        }
        if guild is None:
            return payload | {"user": self.user.payload()}
        return payload | {
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "member": self.world.member_payload(guild, self.user, self.held),
        }
