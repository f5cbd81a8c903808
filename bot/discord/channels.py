"""A channel as the option of a command: what Discord lets people choose from, and what is made of it."""

import discord
from discord import app_commands

# Where the bot can be asked, with the threads in it; not a thread by itself, nor a category.
_KINDS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


class ChannelId(app_commands.Transformer):
    """Makes the channel that was chosen its id."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord calls it."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Which channels are offered."""
        return _KINDS

    async def transform(self, _interaction: discord.Interaction[discord.Client], value: object, /) -> int:
        """The id; the channel itself need not be known here."""
        return int(value.id)  # type: ignore[attr-defined]  # discord.py says Any
