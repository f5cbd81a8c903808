"""``/summary``: the sentences that carry a report, or its words on a topic."""

from discord import app_commands

from bot.discord.commands.ask import NAME_LIMIT
from bot.discord.desk import Desk, Interaction
from bot.discord.registration import Registered
from bot.service.service import LONGEST_SUMMARY, SHORTEST_SUMMARY
from retrieval.question import QUESTION_LIMIT


def commands(desk: Desk) -> tuple[Registered, ...]:
    """The commands of this module."""

    @app_commands.command(description="Sum up a report with its own sentences, cited.")
    @app_commands.describe(
        report="Which report; may be left out where there is only one",
        about="A topic to keep to, in plain words",
        length="How many sentences",
    )
    async def summary(
        interaction: Interaction,
        report: app_commands.Range[str, 1, NAME_LIMIT] | None = None,
        about: app_commands.Range[str, 1, QUESTION_LIMIT] | None = None,
        length: app_commands.Range[int, SHORTEST_SUMMARY, LONGEST_SUMMARY] | None = None,
    ) -> None:
        await desk.serve(interaction, desk.tasks.summarise(report, about, length))

    @summary.autocomplete("report")
    async def complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return desk.offered(interaction, typed)

    return (summary,)
