"""Makes a request of Discord again and again until it is taken, refused, or too late. Knows nothing of what it is for.

Whatever happens here has an end, and may be cancelled at any moment without harm to the next.
"""

import contextlib
import json
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.discord.health import Health
from bot.discord.pace import Limit, Line, Pace, pause_after
from bot.logs import event
from bot.saying.reply import Enclosure

ALREADY_ACKNOWLEDGED = 40060  # Opcodes and Status Codes: interaction has already been acknowledged
_WEB_PAGE = "text/html"  # no answer of Discord's, whatever its status: something that stands before it has one
_UNAUTHORIZED = 401  # Opcodes and Status Codes: the token is wrong, which concerns every answer
_FIRST_PAUSE, _TRIFLE_ATTEMPT = 0.1, 5.0  # ours, in seconds
_TROUBLE = (aiohttp.ClientError, TimeoutError, OSError)


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
class Request:
    """What is sent, until which moment, for how long at a time, and with which longest pause; all in seconds, these two
    ours.

    ``by_token`` is whether it goes by the bot's token. ``repeat`` is how long it may be sent again once it may have
    arrived. ``enclosure`` is a file that goes with the payload.
    """

    method: str
    path: str
    payload: dict[str, Any] | None
    deadline: float
    attempt: float = 15.0
    longest_pause: float = 20.0
    by_token: bool = False
    repeat: float = math.inf
    enclosure: Enclosure | None = None


@dataclass(frozen=True, slots=True)
class _Again:
    """After how many seconds a request is made again, and whether Discord may have done what this one was for."""

    after: float
    may_have_arrived: bool = False


@dataclass(slots=True)
class Sender:
    """One bot's way to Discord's API: ``api`` is the base of all routes, ``token`` the bot's own.

    ``pace`` keeps Discord's limits, ``health`` is told what got through; ``clock`` gives seconds.
    """

    session: aiohttp.ClientSession
    api: str
    token: str = field(repr=False)
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    pace: Pace
    health: Health

    async def send(self, request: Request, line: Line | None = None) -> None:
        """Repeat a request until Discord takes it, refuses it, or its deadline has come.

        What goes by the bot's token brings the ``line`` in which it has its turn.
        """
        pause, deadline, may_have_arrived = _FIRST_PAUSE, request.deadline, False
        while (line is None or await self.pace.go(line, deadline)) and (left := deadline - self.clock()) > 0:
            again = await self._attempt(
                request, min(request.attempt, left), pause, line=line, may_have_arrived=may_have_arrived
            )
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
        self, request: Request, total: float, pause: float, line: Line | None, may_have_arrived: bool
    ) -> _Again | None:
        """Make a request once, in ``total`` seconds; when to make it again, or ``None`` where it has done its work.

        ``may_have_arrived`` is whether an earlier attempt may have. Raises ``TakenError`` and ``RefusedError``.
        """
        try:
            async with self._open(request, total) as response:
                if response.status == 429:
                    return _Again(await self._slow_down(response, pause, line))
                if response.status >= 500 or response.content_type == _WEB_PAGE:
                    return _Again(pause, may_have_arrived=True)
                if response.status >= 400:
                    await self._refused(response, may_have_arrived=may_have_arrived)
                elif line is not None:
                    line.close(pause_after(response.headers))
                self.health.got_through()
                with contextlib.suppress(*_TROUBLE):
                    await response.read()  # a connection whose answer was not read cannot be used again
                return None
        except aiohttp.ClientConnectorError:
            return _Again(pause)  # nothing has been sent
        except _TROUBLE:
            return _Again(pause, may_have_arrived=True)

    async def try_once(self, method: str, path: str, channel: int | None = None) -> bool:
        """Make a small request if nobody has to wait for it; whether Discord took it."""
        if not self.pace.slips_in(channel):
            return False
        request = Request(
            method=method,
            path=path,
            payload=None,
            deadline=0.0,
            attempt=_TRIFLE_ATTEMPT,
            longest_pause=0.0,
            by_token=True,
        )
        try:
            async with self._open(request, request.attempt) as response:
                if response.status == 429:
                    await self._slow_down(response, _FIRST_PAUSE, None)
                return response.status < 300
        except _TROUBLE:
            return False

    def _open(self, request: Request, total: float) -> contextlib.AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """One attempt, of ``total`` seconds in all."""
        headers = {"Authorization": f"Bot {self.token}"} if request.by_token else None
        timeout = aiohttp.ClientTimeout(total=total)
        address = self.api + request.path
        method, form = request.method, _form(request)
        if form is None:
            return self.session.request(method, address, json=request.payload, headers=headers, timeout=timeout)
        return self.session.request(method, address, data=form, headers=headers, timeout=timeout)

    async def _slow_down(self, response: aiohttp.ClientResponse, pause: float, line: Line | None) -> float:
        """Keep all or the ``line`` from what Discord has just called too much; how long whoever asked has to sleep.

        In a line nobody sleeps: the line itself or the gate opens later.
        """
        limit = Limit.told(response.headers, await _json(response), pause)
        event("slowed", logging.WARNING, everywhere=limit.is_global, again_in_seconds=round(limit.seconds, 2))
        if limit.is_global:
            self.pace.stop(limit.seconds)
        elif line is not None:
            line.close(limit.seconds)
        return 0.0 if line is not None else limit.seconds

    async def _refused(self, response: aiohttp.ClientResponse, *, may_have_arrived: bool) -> None:
        """Raise why Discord does not take a request, unless an earlier attempt of it has done what it was for."""
        body = await _json(response)
        code = body.get("code")
        if response.status != _UNAUTHORIZED:
            self.health.got_through()
        if code != ALREADY_ACKNOWLEDGED:
            raise RefusedError(response.status, code if isinstance(code, int) else 0, str(body.get("message", "")))
        if not may_have_arrived:
            raise TakenError


def _form(request: Request) -> aiohttp.FormData | None:
    """The payload with a file beside it, if there is one: Reference, Uploading Files. A form can be sent only once."""
    if request.enclosure is None:
        return None
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(request.payload), content_type="application/json")
    data, kind = request.enclosure.text.encode(errors="replace"), "text/plain; charset=utf-8"
    form.add_field("files[0]", data, filename=request.enclosure.name, content_type=kind)
    return form


async def _json(response: aiohttp.ClientResponse) -> dict[str, Any]:
    """The object that a response brings; empty where it brings none, as what stands before Discord may answer."""
    with contextlib.suppress(ValueError, *_TROUBLE):
        body = await response.json(content_type=None)
        return body if isinstance(body, dict) else {}
    return {}
