"""Where something is asked on Discord: in a thread or a direct message, in which one question follows another, and as a
reply to which answer."""

import discord

from bot.discord.desk import Desk, Interaction
from bot.discord.following import Place, Under
from bot.discord.render import ids, shown
from bot.discord.tasks import Task

_ONE_AFTER_ANOTHER = (
    discord.ChannelType.private,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)


def place(of: discord.Message | Interaction) -> Place | None:
    """The thread or direct message of whoever writes; ``None`` for any other channel."""
    who = of.author if isinstance(of, discord.Message) else of.user
    kind = getattr(of.channel, "type", None)  # of a channel that is not known it has none
    return Place(of.channel.id, who.id) if of.channel is not None and kind in _ONE_AFTER_ANOTHER else None


def heard(desk: Desk, message: discord.Message, bot: int) -> Task:
    """The task of a message that is meant for the bot, on what it may lean there."""
    return desk.heard(message).at(place(message)).hear(message.content, _under(message, bot))


def _under(message: discord.Message, bot: int) -> Under | None:
    """The bot's message that this one replies to; ``None`` where it replies to none that Discord sends along."""
    replied = message.reference.resolved if message.reference is not None else None
    if not isinstance(replied, discord.Message) or replied.author.id != bot:
        return None
    return Under(shown(replied), ids(replied))
