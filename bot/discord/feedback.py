"""*Helpful* and *Not helpful*: what a press is counted as, and what is said to whoever pressed. No Discord here."""

from dataclasses import dataclass

from bot.discord.buttons import asked
from bot.discord.ids import Judge
from bot.discord.message import Message
from bot.discord.permissions import actor
from bot.discord.works import Work
from bot.errors import NotReadyError
from bot.errors.serving import UnknownActionError
from bot.publishing.keeper import Keeper
from bot.saying.gaps import voted_reply
from bot.saying.templates import Templates
from bot.service.unanswered import today
from corpus.community.values import Vote


@dataclass(frozen=True, slots=True)
class Ballot:
    """Who has pressed, under which message, by their ids; ``shows`` is the text of the message, as Markdown."""

    person: int
    answer: int
    shows: str


def vote(keeper: Keeper, templates: Templates, custom_id: str, ballot: Ballot) -> Work:
    """Count a vote; the work writes to the database. Raises ``UnknownActionError``, the work ``StoreError``."""
    judged = Judge.parse(custom_id)

    def work() -> Message:
        said = Vote(
            person=actor(ballot.person),
            answer=str(ballot.answer),
            passage=judged.citation,
            asked=_asks_for(keeper, ballot.shows),
            is_helpful=judged.is_helpful,
            day=today(),
        )
        keeper.store.feedback.vote(said)
        # The log has the moment, so it does not have what was said.
        return Message.of(voted_reply(templates, is_helpful=judged.is_helpful), templates, {"outcome": "voted"})

    return work


def _asks_for(keeper: Keeper, shows: str) -> str:
    """What the question of a message asks for; empty where it has none, as some that quote an answer of before."""
    try:
        return keeper.service.snapshot().asks_for(asked(shows))
    except (UnknownActionError, NotReadyError):
        return ""
