"""Gets the answer to an interaction to Discord, whatever happens on the way. Knows nothing of what it carries.

discord.py would retry on its own terms: a callback that met two errors 500 comes after the three seconds, a 429 waits
without bound, a connection reset on Linux or a 503 is not retried at all. The three requests that an answer consists
of are few and documented, so they are made here. Each may be repeated without harm: Discord takes one callback, and
an edit made twice looks like one.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import aiohttp

FIRST_RESPONSE_SECONDS = 3.0  # Receiving and Responding: then the token is dead
TOKEN_SECONDS = 15 * 60.0  # Receiving and Responding: edits and follow-ups
ALREADY_ACKNOWLEDGED = 40060  # Opcodes and Status Codes: interaction has already been acknowledged
EPHEMERAL = 1 << 6  # Message resource, Message Flags
COMPONENTS_V2 = 1 << 15  # Message resource, Message Flags

# Ours, in seconds. A callback is tried often, since its three seconds are soon over; an edit has a quarter of an hour.
_CALLBACK_ATTEMPT, _EDIT_ATTEMPT = 1.0, 15.0
_FIRST_PAUSE, _CALLBACK_PAUSE, _EDIT_PAUSE = 0.1, 0.4, 20.0

Components = list[dict[str, Any]]


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
class Courier:
    """Makes the requests. ``api`` is the base of all routes, without a slash at its end; ``clock`` gives seconds."""

    session: aiohttp.ClientSession
    api: str
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

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
        await self._send("PATCH", path, payload, ticket.received + TOKEN_SECONDS, _EDIT_ATTEMPT, _EDIT_PAUSE)

    async def _callback(self, ticket: Ticket, kind: _Callback, data: dict[str, Any]) -> None:
        path = f"/interactions/{ticket.interaction}/{ticket.token}/callback"
        payload = {"type": kind.value, "data": data} if data else {"type": kind.value}
        deadline = ticket.received + FIRST_RESPONSE_SECONDS
        await self._send("POST", path, payload, deadline, _CALLBACK_ATTEMPT, _CALLBACK_PAUSE)

    async def _send(
        self, method: str, path: str, payload: dict[str, Any], deadline: float, attempt: float, longest_pause: float
    ) -> None:
        """Repeat a request until Discord takes it, refuses it, or ``deadline`` has come."""
        pause, may_have_arrived = _FIRST_PAUSE, False
        while (left := deadline - self.clock()) > 0:
            wait = pause
            try:
                timeout = aiohttp.ClientTimeout(total=min(attempt, left))
                async with self.session.request(method, self.api + path, json=payload, timeout=timeout) as response:
                    if response.status < 300:
                        return
                    if response.status == 429:
                        wait = await _retry_after(response, pause)
                    elif response.status >= 500:
                        may_have_arrived = True
                    else:
                        refusal = await _refusal(response)
                        if refusal.code != ALREADY_ACKNOWLEDGED:
                            raise refusal
                        if may_have_arrived:
                            return  # it was this request's own earlier attempt
                        raise TakenError
            except (aiohttp.ClientError, TimeoutError, OSError):
                may_have_arrived = True
            pause = min(2 * pause, longest_pause)
            if self.clock() + wait >= deadline:
                break
            await self.sleep(wait)
        raise UndeliveredError


def _message(components: Components, flags: int) -> dict[str, Any]:
    # Without allowed_mentions Discord would let the words of a question ping people.
    return {"components": components, "flags": flags, "allowed_mentions": {"parse": []}}


async def _retry_after(response: aiohttp.ClientResponse, otherwise: float) -> float:
    """The seconds that a 429 asks for. Source: Rate Limits, Exceeding a Rate Limit."""
    with contextlib.suppress(ValueError, TypeError, KeyError, aiohttp.ClientError):
        return float((await response.json(content_type=None))["retry_after"])
    with contextlib.suppress(ValueError):
        return float(response.headers.get("Retry-After", otherwise))
    return otherwise


async def _refusal(response: aiohttp.ClientResponse) -> RefusedError:
    code, message = 0, ""
    with contextlib.suppress(ValueError, TypeError, AttributeError, aiohttp.ClientError):
        body = await response.json(content_type=None)
        code, message = int(body.get("code", 0)), str(body.get("message", ""))
    return RefusedError(response.status, code, message)
