"""A message that a user wrote, and what the bot did about it."""

from dataclasses import dataclass

from tests.fakes.discord_server.message import Message
from tests.fakes.discord_server.waiting import WITHIN
from tests.fakes.discord_server.world import World


@dataclass(frozen=True, slots=True)
class Posting:
    """A handle for tests, as ``Interaction`` is for commands."""

    message: Message
    world: World
    typing_before: int

    @property
    def replies(self) -> tuple[Message, ...]:
        """What the bot has said in the channel since, as it stands now."""
        said = self.world.history(self.message.channel)
        return tuple(m for m in said if m.author == self.world.bot and m.id > self.message.id)

    @property
    def typing(self) -> int:
        """How often the bot has shown in the channel since that it is typing."""
        return sum(channel == self.message.channel for channel in self.world.typing[self.typing_before :])

    async def reply(self, within: float = WITHIN) -> Message:
        """Wait for the first thing the bot says."""
        await self.until_replies(1, within)
        return self.replies[0]

    async def until_replies(self, number: int, within: float = WITHIN) -> None:
        """Wait until the bot has said so many things."""
        await self.world.changed.until(
            lambda: len(self.replies) >= number,
            within,
            lambda: (
                f"{len(self.replies)} of {number} replies to {self.message.content[:80]!r}, typing {self.typing} times"
            ),
        )
