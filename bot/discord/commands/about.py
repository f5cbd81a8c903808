"""``/about``: what the bot is and is not, and what it keeps about people."""

from discord import app_commands

from bot.discord.desk import Desk, Interaction
from bot.discord.registration import Registered


def commands(desk: Desk) -> tuple[Registered, ...]:
    """The commands of this module."""

    @app_commands.command(description="What this bot is and is not, and what it keeps about people.")
    async def about(interaction: Interaction) -> None:
        await desk.serve(interaction, desk.tasks.about())

    return (about,)
