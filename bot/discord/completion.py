"""Names of reports while a person types one. What is typed in the end may be any text all the same."""

from discord import app_commands

from bot.discord.limits import CHOICE_TEXT, MOST_CHOICES
from bot.errors import NotReadyError
from bot.service.service import Service
from corpus.report import Report


def report_choices(service: Service, typed: str) -> list[app_commands.Choice[str]]:
    """The reports whose id or title holds what was typed, in their order; those that begin with it come first."""
    try:
        found = service.snapshot().offered(typed, MOST_CHOICES)
    except NotReadyError:
        return []
    return [_choice(report) for report in found if len(report.id) <= CHOICE_TEXT]


def _choice(report: Report) -> app_commands.Choice[str]:
    name = " ".join(report.title.split()) or report.id
    return app_commands.Choice(
        name=name if len(name) <= CHOICE_TEXT else name[: CHOICE_TEXT - 1] + "…", value=report.id
    )
