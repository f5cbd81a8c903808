"""Reports and paragraphs while a person types one. What is typed in the end may be any text all the same."""

from discord import app_commands

from bot.commands.command import OptionKind
from bot.discord.limits import CHOICE_TEXT, MOST_CHOICES
from bot.errors import NotReadyError
from bot.saying.citations import place
from bot.saying.templates import Templates
from bot.service.service import Service
from bot.service.snapshot import Snapshot
from corpus.citation import Citation
from corpus.passage import Passage

COMPLETED = frozenset({OptionKind.REPORT, OptionKind.CITATION})


def choices(service: Service, templates: Templates, kind: OptionKind, typed: str) -> list[app_commands.Choice[str]]:
    """What an option of that ``kind`` may be about to become; nothing as long as there are no reports."""
    if kind is OptionKind.CITATION:
        return passage_choices(service, templates, typed)
    return report_choices(service, typed)


def report_choices(service: Service, typed: str) -> list[app_commands.Choice[str]]:
    """The reports whose id or title holds what was typed, in their order; those that begin with it come first."""
    try:
        found = service.snapshot().offered(typed, MOST_CHOICES)
    except NotReadyError:
        return []
    return [_choice(report.title, report.id) for report in found if len(report.id) <= CHOICE_TEXT]


def passage_choices(service: Service, templates: Templates, typed: str) -> list[app_commands.Choice[str]]:
    """The paragraphs that what was typed may be about to name, each by its place and its first words."""
    try:
        snapshot = service.snapshot()
    except NotReadyError:
        return []
    found = [(passage, str(Citation.of(passage))) for passage in snapshot.completing(typed, MOST_CHOICES)]
    return [_choice(_told(snapshot, templates, one), key) for one, key in found if len(key) <= CHOICE_TEXT]


def _told(snapshot: Snapshot, templates: Templates, passage: Passage) -> str:
    """Where a passage stands and how it begins; of several reports also in which one."""
    where, words = place(templates, passage), passage.text[: 2 * CHOICE_TEXT]
    if len(snapshot.reports) == 1:
        return templates("discord.paragraph", place=where, words=words)
    return templates("discord.paragraph_of", place=where, report=passage.report, words=words)


def _choice(told: str, value: str) -> app_commands.Choice[str]:
    name = " ".join(told.split()) or value
    return app_commands.Choice(name=name if len(name) <= CHOICE_TEXT else name[: CHOICE_TEXT - 1] + "…", value=value)
