"""What a reply offers to ask next, as buttons: where nothing was found, what the report does speak of.

Each asks what its label says; nothing is offered that the reply does not name.
"""

from collections.abc import Iterator

from bot.discord.ids import Ask, Button, Summarise
from bot.saying.answers import MOST_TITLES
from bot.saying.templates import Templates
from retrieval.answer import Answer
from retrieval.outcome import Outcome

MOST_TOPICS = 4  # ours: with the summary they fill one row


def instead(templates: Templates, answer: Answer) -> Iterator[Button]:
    """The ways on from an answer that found nothing: the summary of each report it names, and topics of theirs.

    Nothing where a report has to be chosen first, or where there are so many that to offer some would be arbitrary.
    """
    reports = answer.reports
    if answer.outcome is not Outcome.SILENT or answer.which or len(reports) > MOST_TITLES:
        return
    for report in reports:
        label = "discord.summary" if len(reports) == 1 else "discord.summary_of"
        fields = {} if len(reports) == 1 else {"title": report.title}
        yield Button(templates(label, **fields), str(Summarise(report.id)))
    asked = reports[0].id if len(reports) == 1 else None
    for topic in answer.topics[:MOST_TOPICS]:
        yield Button(topic, str(Ask(topic, asked)))
