"""Names of reports while a person types one. What is typed in the end may be any text all the same."""

from discord import app_commands

from bot.errors import NotReadyError
from bot.service.service import Service
from corpus.report import Report

MOST_CHOICES = 25  # Receiving and Responding, Autocomplete
CHOICE_NAME = 100  # Application Commands, Option Choice Structure: 1-100 characters
CHOICE_VALUE = 100  # the same: a string of up to 100 characters


def report_choices(service: Service, typed: str) -> list[app_commands.Choice[str]]:
    """The reports whose id or title holds what was typed, in their order; those that begin with it come first."""
    try:
        found = service.offered(typed, MOST_CHOICES)
    except NotReadyError:
        return []
    return [_choice(report) for report in found if len(report.id) <= CHOICE_VALUE]


def _choice(report: Report) -> app_commands.Choice[str]:
    name = " ".join(report.title.split()) or report.id
    return app_commands.Choice(
        name=name if len(name) <= CHOICE_NAME else name[: CHOICE_NAME - 1] + "…", value=report.id
    )
