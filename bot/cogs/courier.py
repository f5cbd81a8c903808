"""Gets what the bot says to Discord, whatever happens on the way. Knows nothing of what it carries.

discord.py would retry on its own terms: a callback that met two errors 500 comes after the three seconds, a 429 waits
without bound or is taken for a no, a connection reset on Linux or a 503 is not retried at all, and whoever cancels it
in a global limit has stopped it for good. The requests that answers consist of are few and documented, so they are made
here, each with an end. Each may be repeated without harm: Discord takes one callback, an edit made twice looks like
one, and a message carries a nonce.
"""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import aiohttp

from bot.cogs.health import Health
from bot.cogs.pace import Line, Pace, pause_after, seconds

FIRST_RESPONSE_SECONDS = 3.0  # Receiving and Responding: then the token is dead
TOKEN_SECONDS = 15 * 60.0  # Receiving and Responding: edits and follow-ups
# Ours: a reply may come as late as the answer to a command. Forty mentions a second in few channels come out at
# Discord's five in five seconds, and a late reply says which question it answers; later still nobody looks for it.
REPLY_SECONDS = TOKEN_SECONDS
# Message resource, enforce_nonce: checked "in the past few minutes". Once a message may have arrived it is only
# repeated as long as Discord surely knows it again.
NONCE_SECONDS = 2 * 60.0
ALREADY_ACKNOWLEDGED = 40060  # Opcodes and Status Codes: interaction has already been acknowledged
NO_HISTORY = 160002  # Opcodes and Status Codes: cannot reply without permission to read message history
EPHEMERAL = 1 << 6  # Message resource, Message Flags
COMPONENTS_V2 = 1 << 15  # Message resource, Message Flags

# Ours, in seconds. A callback is tried often, since its three seconds are soon over; the others have a quarter of an
# hour.
_CALLBACK_ATTEMPT, _ATTEMPT, _TRIFLE_ATTEMPT = 1.0, 15.0, 5.0
_FIRST_PAUSE, _CALLBACK_PAUSE, _LONGEST_PAUSE = 0.1, 0.4, 20.0
_UNAUTHORIZED = 401  # Opcodes and Status Codes: the token is wrong, which concerns every answer
_TYPING_AFTER = 1.0  # whoever is answered sooner has not wondered yet

Components = list[dict[str, Any]]
_TROUBLE = (aiohttp.ClientError, TimeoutError, OSError)


class _Callback(Enum):
    """Source: Receiving and Responding, Interaction Callback Type."""

    MESSAGE = 4
    DEFER = 5
    DEFER_UPDATE = 6


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


class DeliveryError(Exception):
    """Discord did not take an answer and will not take it any more."""


class TakenError(DeliveryError):
    """Somebody else has answered already: another process of the same bot."""


class RefusedError(DeliveryError):
    """Discord refused a request for good: an expired interaction, a deleted message, or a request that it calls bad."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code = status, code


class UndeliveredError(DeliveryError):
    """Discord could not be reached in time. The last request may have arrived or not."""


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent, until which moment, for how long at a time, and with which longest pause; all in seconds.

    ``by_token`` is whether it goes by the bot's token. ``repeat`` is how long it may be sent again once it may have
    arrived.
    """

    method: str
    path: str
    payload: dict[str, Any] | None
    deadline: float
    attempt: float
    longest_pause: float
    by_token: bool = False
    repeat: float = math.inf


@dataclass(frozen=True, slots=True)
class _Again:
    """After how many seconds a request is made again, and whether Discord may have done what this one was for."""

    after: float
    may_have_arrived: bool = False


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
    _pace: Pace = field(init=False)
    _health: Health = field(init=False)

    def __post_init__(self) -> None:
        self._pace, self._health = Pace(self.clock, self.sleep), Health(self.clock)

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

    async def edit(self, ticket: Ticket, components: Components) -> None:
        """Put the answer in the place of the deferral. Raises ``RefusedError`` or ``UndeliveredError``."""
        path = f"/webhooks/{ticket.application}/{ticket.token}/messages/@original"
        payload = _message(components, COMPONENTS_V2)
        deadline = ticket.received + TOKEN_SECONDS
        with self._health.owing():
            await self._send(_Request("PATCH", path, payload, deadline, _ATTEMPT, _LONGEST_PAUSE))

    async def post(self, origin: Origin, components: Components) -> None:
        """Reply to a message, also where it has been deleted meanwhile; once, however often it takes.

        Raises ``RefusedError`` or ``UndeliveredError``.
        """
        path = f"/channels/{origin.channel}/messages"
        payload = _message(components, COMPONENTS_V2) | {"nonce": str(origin.message), "enforce_nonce": True}
        reference = {"message_reference": {"message_id": str(origin.message), "fail_if_not_exists": False}}
        deadline = origin.received + REPLY_SECONDS

        def request(payload: dict[str, Any]) -> _Request:
            return _Request("POST", path, payload, deadline, _ATTEMPT, _LONGEST_PAUSE, True, NONCE_SECONDS)

        if not self._pace.has_room(origin.channel):
            raise UndeliveredError("too many replies are waiting")
        with self._health.owing():
            async with self._pace.turn(origin.channel) as line:
                try:
                    await self._send(request(payload | reference), line)
                except RefusedError as refusal:
                    if refusal.code != NO_HISTORY:
                        raise
                    await self._send(request(payload), line)

    async def show_typing(self, channel: int) -> None:
        """After a moment, show that an answer is on its way, unless that would take an answer's place.

        Whoever is done sooner cancels it. Tried once; what comes of it matters to nobody.
        """
        await self.sleep(_TYPING_AFTER)
        await self._try_once("POST", f"/channels/{channel}/typing", channel)

    async def gets_through(self) -> bool:
        """Whether answers get out. Asks Discord a trifle where the last thing known is that one did not."""
        if self._health.is_in_doubt and await self._try_once("GET", "/users/@me"):
            self._health.got_through()
        return self._health.is_good

    async def _callback(self, ticket: Ticket, kind: _Callback, data: dict[str, Any]) -> None:
        path = f"/interactions/{ticket.interaction}/{ticket.token}/callback"
        payload = {"type": kind.value, "data": data} if data else {"type": kind.value}
        deadline = ticket.received + FIRST_RESPONSE_SECONDS
        with self._health.owing():
            await self._send(_Request("POST", path, payload, deadline, _CALLBACK_ATTEMPT, _CALLBACK_PAUSE))

    async def _send(self, request: _Request, line: Line | None = None) -> None:
        """Repeat a request until Discord takes it, refuses it, or its deadline has come.

        What goes by the bot's token brings the ``line`` in which it has its turn.
        """
        pause, deadline, may_have_arrived = _FIRST_PAUSE, request.deadline, False
        while (line is None or await self._pace.go(line, deadline)) and (left := deadline - self.clock()) > 0:
            again = await self._attempt(request, min(request.attempt, left), pause, line, may_have_arrived)
            if again is None:
                return
            if again.may_have_arrived and not may_have_arrived:
                may_have_arrived, deadline = True, min(deadline, self.clock() + request.repeat)
            pause = min(2 * pause, request.longest_pause)
            if self.clock() + again.after >= deadline:
                break
            if again.after:
                await self.sleep(again.after)
        raise UndeliveredError

    async def _attempt(
        self, request: _Request, total: float, pause: float, line: Line | None, may_have_arrived: bool
    ) -> _Again | None:
        """Make a request once, in ``total`` seconds; when to make it again, or ``None`` where it has done its work.

        ``may_have_arrived`` is whether an earlier attempt may have. Raises ``TakenError`` and ``RefusedError``.
        """
        try:
            async with self._open(request, total) as response:
                if response.status == 429:
                    return _Again(await self._slow_down(response, pause, line))
                if response.status >= 500:
                    return _Again(pause, may_have_arrived=True)
                if response.status >= 400:
                    await self._refused(response, may_have_arrived=may_have_arrived)
                elif line is not None:
                    line.close(pause_after(response.headers))
                self._health.got_through()
                return None
        except aiohttp.ClientConnectorError:
            return _Again(pause)  # nothing has been sent
        except _TROUBLE:
            return _Again(pause, may_have_arrived=True)

    async def _try_once(self, method: str, path: str, channel: int | None = None) -> bool:
        """Make a small request if nobody has to wait for it; whether Discord took it."""
        if not self._pace.slips_in(channel):
            return False
        request = _Request(method, path, None, 0.0, _TRIFLE_ATTEMPT, 0.0, by_token=True)
        try:
            async with self._open(request, request.attempt) as response:
                if response.status == 429:
                    await self._slow_down(response, _FIRST_PAUSE, None)
                return response.status < 300
        except _TROUBLE:
            return False

    def _open(self, request: _Request, total: float) -> contextlib.AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """One attempt, of ``total`` seconds in all."""
        headers = {"Authorization": f"Bot {self.token}"} if request.by_token else None
        timeout = aiohttp.ClientTimeout(total=total)
        address = self.api + request.path
        return self.session.request(request.method, address, json=request.payload, headers=headers, timeout=timeout)

    async def _slow_down(self, response: aiohttp.ClientResponse, pause: float, line: Line | None) -> float:
        """Keep all or the ``line`` from what Discord has just called too much; how long whoever asked has to sleep.

        In a line nobody sleeps: the line itself or the gate opens later. Source: Rate Limits, Exceeding a Rate Limit.
        """
        wait = response.headers.get("Retry-After")
        is_global = "X-RateLimit-Global" in response.headers
        with contextlib.suppress(ValueError, TypeError, AttributeError, aiohttp.ClientError):
            body = await response.json(content_type=None)
            wait, is_global = body.get("retry_after", wait), is_global or body.get("global") is True
        longest = max(pause, seconds(wait, pause))
        if is_global:
            self._pace.stop(longest)
        elif line is not None:
            line.close(longest)
        return 0.0 if line is not None else longest

    async def _refused(self, response: aiohttp.ClientResponse, *, may_have_arrived: bool) -> None:
        """Raise why Discord does not take a request, unless an earlier attempt of it has done what it was for."""
        code, message = 0, ""
        with contextlib.suppress(ValueError, TypeError, AttributeError, aiohttp.ClientError):
            body = await response.json(content_type=None)
            code, message = int(body.get("code", 0)), str(body.get("message", ""))
        if response.status != _UNAUTHORIZED:
            self._health.got_through()
        if code != ALREADY_ACKNOWLEDGED:
            raise RefusedError(response.status, code, message)
        if not may_have_arrived:
            raise TakenError


def _message(components: Components, flags: int) -> dict[str, Any]:
    # Without allowed_mentions Discord would let the words of a question ping people.
    return {"components": components, "flags": flags, "allowed_mentions": {"parse": []}}
