"""Who is to see an answer where something is asked on Discord, and what is set there: read from memory, at once."""

from dataclasses import dataclass

import discord

from bot.discord.tasks import Tasks
from bot.publishing.preferences import Preferences
from corpus.community.values import REST, Audience

_Interaction = discord.Interaction[discord.Client]


@dataclass(frozen=True, slots=True)
class Server:
    """See ``bot.commands.command.Server``: the server ``id``, as far as ``guild`` is known of it."""

    id: int
    preferences: Preferences
    guild: discord.Guild | None = None

    @property
    def audiences(self) -> dict[int, Audience]:
        """See ``bot.commands.command.Server``."""
        return dict(self.preferences.of(self.id))

    def set_audience(self, channel: int | None, audience: Audience | None) -> None:
        """See ``bot.commands.command.Server``."""
        self.preferences.set(self.id, REST if channel is None else channel, audience)

    def channel(self, number: int) -> str | None:
        """See ``bot.commands.command.Server``."""
        found = self.guild.get_channel(number) if self.guild else None
        return None if found is None else f"#{found.name}"


def within(tasks: Tasks, where: discord.Message | _Interaction) -> Tasks:
    """The same tasks in the server where something is asked, for those who are to see the answers there.

    What is pressed stands under a message that some see already: it is for these, and nothing is changed.
    """
    guild = where.guild.id if where.guild is not None else getattr(where, "guild_id", None)
    if guild is None:
        return tasks
    preferences = tasks.keeper.preferences
    server = Server(guild, preferences, where.guild)
    if isinstance(where, discord.Interaction) and where.type is not discord.InteractionType.application_command:
        return tasks.within(server)
    is_hushed = preferences.audience(guild, _channel(where.channel)) is Audience.PRIVATE
    return tasks.within(server, hushed=is_hushed)


def _channel(channel: object) -> int | None:
    """The channel whose setting counts: of a thread the one that it stands in; ``None`` where that is not known."""
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    return channel.id if isinstance(channel, discord.abc.GuildChannel) else None
