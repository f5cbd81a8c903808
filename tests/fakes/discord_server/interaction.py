"""One interaction: what a user did, and everything the bot has done about it so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Self

from tests.fakes.discord_server.errors import JsonObject, Refusal
from tests.fakes.discord_server.message import Message
from tests.fakes.discord_server.model import Channel, User
from tests.fakes.discord_server.waiting import WITHIN, Signal


class InteractionKind(IntEnum):
    """Source: Receiving and Responding, Interaction Type."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """Source: Receiving and Responding, Interaction Callback Type."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The first response to an interaction: its kind, and when it came."""

    callback: Callback
    milliseconds: float
    ephemeral: bool

    @property
    def deferred(self) -> bool:
        """Whether the answer itself is still to come."""
        return self.callback in (Callback.DEFER, Callback.DEFER_UPDATE)


@dataclass(repr=False)
class Interaction:
    """A handle for tests. It fills as the bot responds; ``finished`` waits until the bot is done.

    ``name`` is the command's with its subcommands, or the custom id of a component or modal. ``messages`` looks up the
    current state of a message.
    """

    id: int
    token: str
    kind: InteractionKind
    name: str
    user: User
    channel: Channel
    payload: JsonObject
    dispatched: float
    messages: Callable[[int], Message | None]
    source: int | None = None
    acknowledgement: Acknowledgement | None = None
    original: int | None = None
    followup_ids: list[int] = field(default_factory=list)
    choices: tuple[JsonObject, ...] = ()
    modal: JsonObject | None = None
    answered_milliseconds: float | None = None
    edits: int = 0
    deleted: bool = False
    refusals: list[Refusal] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    @property
    def message(self) -> Message | None:
        """The answer as it stands now; for a button that updates its message, that message."""
        return None if self.original is None else self.messages(self.original)

    @property
    def followups(self) -> tuple[Message, ...]:
        """The further messages as they stand now, without deleted ones."""
        return tuple(filter(None, map(self.messages, self.followup_ids)))

    @property
    def text(self) -> str:
        """Everything there is to read in the answer; empty where there is none."""
        return self.message.text if self.message else ""

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked can see the answer."""
        return self.acknowledgement is not None and self.acknowledgement.ephemeral

    @property
    def deferred(self) -> bool:
        """Whether the bot asked for more time first."""
        return self.acknowledgement is not None and self.acknowledgement.deferred

    @property
    def acknowledged_milliseconds(self) -> float | None:
        """How long the first response took, counted from the dispatch; ``None`` where there was none."""
        return self.acknowledgement.milliseconds if self.acknowledgement else None

    @property
    def done(self) -> bool:
        """Whether there is an answer and not only a deferral."""
        if self.acknowledgement is None:
            return False
        if not self.acknowledgement.deferred:
            return True
        return self.answered_milliseconds is not None or self.deleted

    async def acknowledged(self, within: float = WITHIN) -> Self:
        """Wait for the first response."""
        return await self.until(lambda this: this.acknowledgement is not None, within)

    async def finished(self, within: float = WITHIN) -> Self:
        """Wait until there is an answer: the first response, or after a deferral its edit, follow-up or deletion."""
        return await self.until(lambda this: this.done, within)

    async def followed_up(self, number: int = 1, within: float = WITHIN) -> Self:
        """Wait until there are so many follow-up messages."""
        return await self.until(lambda this: len(this.followup_ids) >= number, within)

    async def refused(self, within: float = WITHIN) -> Self:
        """Wait until a request of the bot about this interaction was refused."""
        return await self.until(lambda this: bool(this.refusals), within)

    async def until(self, condition: "Callable[[Self], bool]", within: float = WITHIN) -> Self:
        """Wait until something holds of this interaction."""
        await self.changed.until(lambda: condition(self), within, self.__repr__)
        return self

    def __repr__(self) -> str:
        seen = [f"acknowledged {self.acknowledgement}" if self.acknowledgement else "not acknowledged"]
        seen += [f"refused {refusal.status} {refusal.code} {refusal.message}" for refusal in self.refusals]
        seen += [f"{self.edits} edits, {len(self.followup_ids)} follow-ups, text {self.text[:200]!r}"]
        return f"{self.kind.name.lower()} {self.name!r} of {self.user.name}: {'; '.join(seen)}"
