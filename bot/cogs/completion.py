"""Names of reports while a person types one. What is typed in the end may be any text all the same."""

from discord import app_commands

from bot.errors import NotReadyError
from bot.service import Service
from corpus.legible import legible
from corpus.report import Report

MOST_CHOICES = 25  # Receiving and Responding, Autocomplete
CHOICE_NAME = 100  # Application Commands, Option Choice Structure: 1-100 characters
CHOICE_VALUE = 100  # the same: a string of up to 100 characters


def report_choices(service: Service, typed: str) -> list[app_commands.Choice[str]]:
    """The reports whose id or title holds what was typed, in their order; those that begin with it come first."""
    try:
        reports = service.reports()
    except NotReadyError:
        return []
    wanted = legible(typed).casefold()
    found = [report for report in reports if wanted in report.id.casefold() or wanted in report.title.casefold()]
    found.sort(key=lambda report: not (report.id.casefold().startswith(wanted) or _title(report).startswith(wanted)))
    return [_choice(report) for report in found if len(report.id) <= CHOICE_VALUE][:MOST_CHOICES]


def _title(report: Report) -> str:
    return report.title.casefold()


def _choice(report: Report) -> app_commands.Choice[str]:
    name = " ".join(report.title.split()) or report.id
    return app_commands.Choice(
        name=name if len(name) <= CHOICE_NAME else name[: CHOICE_NAME - 1] + "…", value=report.id
    )
