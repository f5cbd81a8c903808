"""Gets what the bot says to Discord, whatever happens on the way. Knows nothing of what it carries.

discord.py would retry on its own terms: a callback that met two errors 500 comes after the three seconds, a 429 waits
without bound or is taken for a no, a connection reset on Linux or a 503 is not retried at all, and whoever cancels it
in a global limit has stopped it for good. The requests that answers consist of are few and documented, so they are made
here, each with an end. Each may be repeated without harm: Discord takes one callback, an edit made twice looks like
one, and a message carries a nonce.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

import aiohttp

from bot.discord.health import Health
from bot.discord.limits import FIRST_RESPONSE_SECONDS, MOST_A_SECOND, TOKEN_SECONDS
from bot.discord.pace import Line, Pace
from bot.discord.sender import DeliveryError, RefusedError, Request, Sender, TakenError, UndeliveredError
from bot.saying.reply import Enclosure

__all__ = [
    "Components",
    "Courier",
    "DeliveryError",
    "Origin",
    "RefusedError",
    "TakenError",
    "Ticket",
    "UndeliveredError",
]

# Ours: a reply may come as late as the answer to a command. Forty mentions a second in few channels come out at
# Discord's five in five seconds, and a late reply says which question it answers; later still nobody looks for it.
REPLY_SECONDS = TOKEN_SECONDS
# Message resource, enforce_nonce: checked "in the past few minutes". Once a message may have arrived it is only
# repeated as long as Discord surely knows it again.
NONCE_SECONDS = 2 * 60.0
NO_HISTORY = 160002  # Opcodes and Status Codes: cannot reply without permission to read message history
EPHEMERAL = 1 << 6  # Message resource, Message Flags
COMPONENTS_V2 = 1 << 15  # Message resource, Message Flags

# Ours, in seconds. A callback is tried often, since its three seconds are soon over; the others have a quarter of an
# hour.
_CALLBACK_ATTEMPT, _CALLBACK_PAUSE = 1.0, 0.4
_TYPING_AFTER = 1.0  # whoever is answered sooner has not wondered yet

Components = list[dict[str, Any]]


class _Callback(Enum):
    """Source: Receiving and Responding, Interaction Callback Type."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6
    FORM = 9


@dataclass(frozen=True, slots=True)
class Ticket:
    """What Discord wants back with every answer. ``received`` is in seconds of the courier's clock."""

    interaction: int
    application: int
    token: str
    received: float


@dataclass(frozen=True, slots=True)
class Origin:
    """The message that is replied to, and its channel. ``received`` is in seconds of the courier's clock."""

    channel: int
    message: int
    received: float


@dataclass(slots=True)
class Courier:
    """Makes the requests. ``api`` is the base of all routes, without a slash at its end; ``clock`` gives seconds.

    ``token`` is the bot's, for what goes into channels; interactions bring their own.
    """

    session: aiohttp.ClientSession
    api: str
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    token: str = field(default="", repr=False)
    most_a_second: float = MOST_A_SECOND  # the process's share of what Discord allows the bot
    _pace: Pace = field(init=False)
    _health: Health = field(init=False)
    _sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self._pace, self._health = Pace(self.clock, self.sleep, self.most_a_second), Health(self.clock)
        self._sender = Sender(
            session=self.session,
            api=self.api,
            token=self.token,
            clock=self.clock,
            sleep=self.sleep,
            pace=self._pace,
            health=self._health,
        )

    async def defer(self, ticket: Ticket, *, private: bool) -> None:
        """Ask for more time with a message that says so; whether it is private is fixed for good. See ``say``."""
        await self._callback(ticket, _Callback.DEFER, {"flags": EPHEMERAL} if private else {})

    async def defer_update(self, ticket: Ticket) -> None:
        """Ask for more time before the message whose button was pressed changes. See ``say``."""
        await self._callback(ticket, _Callback.DEFER_UPDATE, {})

    async def say(self, ticket: Ticket, components: Components, *, private: bool) -> None:
        """Answer at once. Raises ``TakenError``, ``RefusedError`` or ``UndeliveredError``."""
        flags = COMPONENTS_V2 | (EPHEMERAL if private else 0)
        await self._callback(ticket, _Callback.MESSAGE, _message(components, flags))

    async def open(self, ticket: Ticket, form: dict[str, Any]) -> None:
        """Answer at once with a form to fill in. See ``say``."""
        await self._callback(ticket, _Callback.FORM, form)

    async def edit(self, ticket: Ticket, components: Components, enclosure: Enclosure | None = None) -> None:
        """Put the answer in the place of the deferral. Raises ``RefusedError`` or ``UndeliveredError``."""
        path = f"/webhooks/{ticket.application}/{ticket.token}/messages/@original"
        payload = _message(components, COMPONENTS_V2)
        if enclosure is not None:  # an edit that is made again has the file in the place of the one before
            payload["attachments"] = [{"id": 0, "filename": enclosure.name}]
        deadline = ticket.received + TOKEN_SECONDS
        request = Request("PATCH", path, payload, deadline, enclosure=enclosure)
        with self._health.owing():
            await self._sender.send(request)

    async def follow(self, ticket: Ticket, components: Components, *, private: bool = False) -> None:
        """Say something beside the answer. Raises ``RefusedError`` or ``UndeliveredError``.

        Discord knows no follow-up again: once it may have arrived it is not sent another time.
        """
        path = f"/webhooks/{ticket.application}/{ticket.token}"
        payload = _message(components, COMPONENTS_V2 | (EPHEMERAL if private else 0))
        request = Request("POST", path, payload, ticket.received + TOKEN_SECONDS, repeat=0.0)
        with self._health.owing():
            await self._sender.send(request)

    async def post(self, origin: Origin, components: Components) -> None:
        """Reply to a message, also where it has been deleted meanwhile; once, however often it takes.

        Raises ``RefusedError`` or ``UndeliveredError``.
        """
        path = f"/channels/{origin.channel}/messages"
        payload = _message(components, COMPONENTS_V2) | {"nonce": str(origin.message), "enforce_nonce": True}
        reference = {"message_reference": {"message_id": str(origin.message), "fail_if_not_exists": False}}
        deadline = origin.received + REPLY_SECONDS
        request = Request("POST", path, payload | reference, deadline, by_token=True, repeat=NONCE_SECONDS)
        async with self._turn(origin.channel) as line:
            try:
                await self._sender.send(request, line)
            except RefusedError as refusal:
                if refusal.code != NO_HISTORY:
                    raise
                await self._sender.send(replace(request, payload=payload), line)

    async def tell(self, channel: int, about: int, components: Components) -> None:
        """Say something that replies to no message there; once for the id that it is ``about``. Raises as ``post``."""
        payload = _message(components, COMPONENTS_V2) | {"nonce": f"told-{about}", "enforce_nonce": True}
        path, deadline = f"/channels/{channel}/messages", self.clock() + REPLY_SECONDS
        request = Request("POST", path, payload, deadline, by_token=True, repeat=NONCE_SECONDS)
        async with self._turn(channel) as line:
            await self._sender.send(request, line)

    async def amend(self, channel: int, message: int, components: Components) -> None:
        """Change a message of the bot's. Raises ``RefusedError`` or ``UndeliveredError``."""
        await self._change("PATCH", channel, message, _message(components, COMPONENTS_V2))

    async def take_back(self, channel: int, message: int) -> None:
        """Delete a message of the bot's. Raises ``RefusedError`` or ``UndeliveredError``."""
        await self._change("DELETE", channel, message, None)

    async def show_typing(self, channel: int) -> None:
        """After a moment, show that an answer is on its way, unless that would take an answer's place.

        Whoever is done sooner cancels it. Tried once; what comes of it matters to nobody.
        """
        await self.sleep(_TYPING_AFTER)
        await self._sender.try_once("POST", f"/channels/{channel}/typing", channel)

    async def gets_through(self) -> bool:
        """Whether answers get out. Asks Discord a trifle where the last thing known is that one did not."""
        if self._health.is_in_doubt and await self._sender.try_once("GET", "/users/@me"):
            self._health.got_through()
        return self._health.is_good

    @asynccontextmanager
    async def _turn(self, channel: int) -> AsyncIterator[Line]:
        """The turn of a message in its channel, which is owed until then. Raises ``UndeliveredError``."""
        if not self._pace.has_room(channel):
            raise UndeliveredError("too many replies are waiting")
        with self._health.owing():
            async with self._pace.turn(channel) as line:
                yield line

    async def _change(self, method: str, channel: int, message: int, payload: dict[str, Any] | None) -> None:
        path = f"/channels/{channel}/messages/{message}"
        request = Request(method, path, payload, self.clock() + REPLY_SECONDS, by_token=True)
        async with self._turn(channel) as line:
            await self._sender.send(request, line)

    async def _callback(self, ticket: Ticket, kind: _Callback, data: dict[str, Any]) -> None:
        path = f"/interactions/{ticket.interaction}/{ticket.token}/callback"
        payload = {"type": kind.value, "data": data} if data else {"type": kind.value}
        deadline = ticket.received + FIRST_RESPONSE_SECONDS
        request = Request("POST", path, payload, deadline, attempt=_CALLBACK_ATTEMPT, longest_pause=_CALLBACK_PAUSE)
        with self._health.owing():
            await self._sender.send(request)


def _message(components: Components, flags: int) -> dict[str, Any]:
    # Without allowed_mentions Discord would let the words of a question ping people.
    return {"components": components, "flags": flags, "allowed_mentions": {"parse": []}}
