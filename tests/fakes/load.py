"""Many questions at a steady pace, and how long the answers took: what a benchmark of the whole bot is made of.

The pace is kept whatever the bot does: a slow answer does not delay the next question, so waiting in line shows in the
numbers.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord_server import Channel, DiscordServer, Interaction, Message, NeverHappened, User

PERCENTILES = (50, 90, 95, 99, 100)


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: ``number`` questions, taken in turn from ``questions``, by ``users`` in ``channels``.

    ``per_second`` is the pace; ``answer_within`` seconds without a final answer make a question lost.
    """

    questions: Sequence[str]
    users: Sequence[User]
    channels: Sequence[Channel]
    number: int
    per_second: float
    command: str = "ask"
    option: str = "question"
    answer_within: float = 30.0


@dataclass(frozen=True, slots=True)
class Mentions:
    """What became of ``asked`` messages that mention the bot: how many were never answered, or more than once.

    ``milliseconds`` are from each message to its reply, in order of asking; ``seconds`` is how long asking took.
    """

    asked: int
    lost: int
    doubled: int
    milliseconds: tuple[float, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Lost:
    """A question without an answer."""

    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Milliseconds from the dispatch of a question to its first response and to its final answer, in order of asking.

    Lost questions have no final answer, and no first response where none came in time. ``seconds`` is how long asking
    took.
    """

    asked: int
    acknowledged: tuple[float, ...]
    answered: tuple[float, ...]
    lost: tuple[Lost, ...]
    seconds: float

    @property
    def per_second(self) -> float:
        """The pace that was reached."""
        return self.asked / self.seconds if self.seconds else 0.0

    def table(self) -> str:
        """The numbers as a Markdown table."""
        heads = ["", *(f"p{number}" if number < 100 else "max" for number in PERCENTILES)]
        rows = [heads, ["---"] * len(heads)]
        for name, times in (("first response, ms", self.acknowledged), ("final answer, ms", self.answered)):
            rows.append([name, *(f"{percentile(times, number):.0f}" for number in PERCENTILES)])
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([f"{self.asked} asked, {self.per_second:.1f} a second, {len(self.lost)} lost", "", *lines])


def percentile(times: Sequence[float], number: int) -> float:
    """The nearest-rank percentile; not a number for no times."""
    if not times:
        return float("nan")
    rank = -(-number * len(times) // 100)  # rounded up
    return sorted(times)[max(rank, 1) - 1]


async def ask_at_pace(server: DiscordServer, load: Load) -> Outcome:
    """Ask at a steady pace, wait for every answer, and measure."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    asked: list[Interaction] = []
    waiting: list[asyncio.Task[Lost | None]] = []
    for number in range(load.number):
        await asyncio.sleep(max(0.0, began + number / load.per_second - loop.time()))
        question = load.questions[number % len(load.questions)]
        user = load.users[number % len(load.users)]
        channel = load.channels[number % len(load.channels)]
        options: dict[str, Any] = {load.option: question}
        interaction = await server.slash(user, channel, load.command, **options)
        asked.append(interaction)
        waiting.append(asyncio.create_task(_answered(interaction, question, load.answer_within)))
    seconds = loop.time() - began
    lost = [found for found in await asyncio.gather(*waiting) if found is not None]
    acknowledged = [one.acknowledged_milliseconds for one in asked if one.acknowledged_milliseconds is not None]
    answered = [one.answered_milliseconds for one in asked if one.answered_milliseconds is not None]
    return Outcome(load.number, tuple(acknowledged), tuple(answered), tuple(lost), seconds)


async def mention_at_pace(server: DiscordServer, load: Load) -> Mentions:
    """Mention the bot at a steady pace, wait until every message has its reply, and measure."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    asked: dict[int, Message] = {}
    for number in range(load.number):
        await asyncio.sleep(max(0.0, began + number / load.per_second - loop.time()))
        user, channel = load.users[number % len(load.users)], load.channels[number % len(load.channels)]
        question = load.questions[number % len(load.questions)]
        posted = await server.message(user, channel, question, mentions_bot=True)
        asked[posted.message.id] = posted.message
    seconds = loop.time() - began

    def replies() -> list[Message]:
        return [said for said in server.world.messages.values() if said.author == server.bot and said.reply_to in asked]

    with suppress(NeverHappened):
        await server.world.changed.until(
            lambda: len({said.reply_to for said in replies()}) == load.number, load.answer_within, lambda: "a reply"
        )
    first: dict[int, Message] = {}
    for said in replies():
        first.setdefault(said.reply_to or 0, said)
    took = [(first[id_].sent - posted.sent).total_seconds() * 1000 for id_, posted in asked.items() if id_ in first]
    return Mentions(load.number, load.number - len(first), len(replies()) - len(first), tuple(took), seconds)


async def _answered(interaction: Interaction, question: str, within: float) -> Lost | None:
    try:
        await interaction.finished(within)
    except NeverHappened as never:
        return Lost(question, str(never))
    return None
