"""Discord's people, servers and applications as the plain values that ``bot.discord.permissions`` judges."""

import discord

from bot.discord.permissions import Person, Role, Rules


def person(interaction: discord.Interaction[discord.Client]) -> Person:
    """Who asks, with what Discord itself says of their rights in that server."""
    held = interaction.permissions
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    return Person(
        id=interaction.user.id,
        guild=interaction.guild_id,
        manage_guild=held.manage_guild or held.administrator,
        roles=tuple(Role(role.id, role.name) for role in roles),
    )


def rules(client: discord.Client, role: str | None, home: int | None, *, sees_all: bool) -> Rules:
    """Who counts as a moderator at present; ``role`` and ``home`` are the operator's settings.

    ``sees_all`` says whether the client has all the bot's servers.
    """
    application = client.application
    owners: frozenset[int] = frozenset()
    if application is not None and application.team is not None:
        owners = frozenset(member.id for member in application.team.members)
    elif application is not None:
        owners = frozenset({application.owner.id})
    return Rules(role, home, frozenset(guild.id for guild in client.guilds), owners, sees_all=sees_all)
