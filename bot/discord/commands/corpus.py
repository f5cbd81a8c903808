"""What the reports are: ``/passage`` and ``/reports`` for everyone, ``/corpus`` for moderators."""

import discord
from discord import app_commands

from bot.discord.commands.ask import NAME_LIMIT
from bot.discord.desk import Desk, Interaction
from bot.discord.registration import Registered

CITATION_LIMIT = 2_000  # ours: a pasted citation line, as long as any message


def commands(desk: Desk) -> tuple[Registered, ...]:
    """The commands of this module."""

    @app_commands.command(description="Show the whole paragraph that a citation names, also in an older wording.")
    @app_commands.describe(citation="A citation such as un-experts-mali-2025:3@1f3c9a2b, or the line that ends in one")
    async def passage(interaction: Interaction, citation: app_commands.Range[str, 1, CITATION_LIMIT]) -> None:
        await desk.serve(interaction, desk.tasks.look_up(citation))

    @app_commands.command(description="List the reports that can be asked.")
    async def reports(interaction: Interaction) -> None:
        await desk.serve(interaction, desk.tasks.reports())

    # A default that a server's admins can change: the desk asks again.
    group = app_commands.Group(
        name="corpus",
        description="Look after the reports. For moderators.",
        default_permissions=discord.Permissions(manage_guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )

    @group.command(description="Read the report files again and put them live, whole or not at all.")
    async def refresh(interaction: Interaction) -> None:
        await desk.serve(interaction, desk.tasks.refresh(f"discord:{interaction.user.id}"))

    @group.command(description="Say what is live, and what is kept out of answers.")
    async def status(interaction: Interaction) -> None:
        await desk.serve(interaction, desk.tasks.status())

    @group.command(description="Show how the report files are understood as they stand, before they go live.")
    @app_commands.describe(report="Which report, by id or file name, with every passage of it; else all on a line each")
    async def preview(interaction: Interaction, report: app_commands.Range[str, 1, NAME_LIMIT] | None = None) -> None:
        await desk.serve(interaction, desk.tasks.preview(report))

    @preview.autocomplete("report")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return desk.offered(interaction, typed)

    return passage, reports, group
