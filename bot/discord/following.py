"""On what a question leans: the answer that it is asked about or replies to, else what its writer asked here before.

What an answer was asked, and what answered it, stands in its message; nothing about it is kept. No Discord here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.discord.buttons import shown_in
from bot.discord.ids import ABOUT, About
from bot.errors.serving import UnknownActionError
from bot.service.snapshot import Snapshot
from corpus.errors import UnknownCitationError
from retrieval.following.followup import leans
from retrieval.following.turn import Turn


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asks one question after another: a thread or a direct message, by the channel's id."""

    channel: int
    person: int


@dataclass(frozen=True, slots=True)
class Under:
    """A message of the bot that something is asked about: what it ``shows``, as Markdown, and the ``ids`` of its
    buttons."""

    shows: str
    ids: Sequence[str] = ()

    @property
    def about(self) -> About | None:
        """What in it answered; ``None`` where it answers nothing."""
        found = next((one for one in self.ids if one.startswith(ABOUT)), None)
        try:
            return About.parse(found) if found else None
        except UnknownActionError:
            return None


def turn_of(snapshot: Snapshot, about: About, shows: str) -> Turn:
    """The turn that a message shows, with what answered then as it reads now; its question is empty where the message
    does not say it in whole. Raises ``UnknownCitationError``."""
    cited = snapshot.passage(about.citation)
    now = cited if cited.live else cited.now
    question = _question(shows)
    if now is None:
        return Turn(question)
    return Turn(question, now.report.id, now.passage.id, about.span, tag=now.report.language)


def turn_under(snapshot: Snapshot, under: Under) -> Turn | None:
    """The same of a message that is replied to; ``None`` where it answers nothing that can still be found."""
    if under.about is None:
        return None
    try:
        return turn_of(snapshot, under.about, under.shows)
    except UnknownCitationError:
        return None


def _question(shows: str) -> str:
    try:
        question = shown_in(shows).topic
    except UnknownActionError:
        return ""
    return "" if leans(question) else question
