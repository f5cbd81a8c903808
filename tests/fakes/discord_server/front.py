"""What every request passes before it is understood: the record, faults, rate limits, the token."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from tests.fakes.discord_server import faults as wrong
from tests.fakes.discord_server.cutting import cut
from tests.fakes.discord_server.errors import UNAUTHORIZED, ApiError
from tests.fakes.discord_server.faults import Faults, TooManyRequests, too_many_requests
from tests.fakes.discord_server.rates import Rates, is_exempt
from tests.fakes.discord_server.waiting import Signal

PREFIX = "/api/v10"
INVALID = frozenset({401, 403, 429})  # Rate Limits, Invalid Request Limit
# These take their authority from the token in the path, or need none; files come from a CDN without any.
OPEN = ("/interactions/", "/webhooks/", "/gateway-socket", "/files/")
VIA = {"Via": "1.1 google"}  # Observed on every answer of the API; discord.py takes a 429 without it for a ban.


@dataclass(frozen=True, slots=True)
class Served:
    """One request as it was answered; status 0 where the connection was cut instead."""

    method: str
    path: str
    status: int


@dataclass(repr=False)
class Front:
    """The middleware, and the record of what went through it."""

    token: str
    faults: Faults
    rates: Rates
    requests: list[Served] = field(default_factory=list)
    crashes: list[Exception] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    @property
    def statuses(self) -> Counter[int]:
        """How many requests got which status."""
        return Counter(request.status for request in self.requests)

    @property
    def invalid(self) -> int:
        """Requests that Discord counts towards a ban of the address: 401, 403 and 429."""
        return sum(self.statuses[status] for status in INVALID)

    def served(self, method: str, path_start: str = "") -> list[Served]:
        """The requests of a method whose path begins so."""
        return [r for r in self.requests if r.method == method and r.path.startswith(path_start)]

    def middleware(self) -> Middleware:
        """For ``web.Application``."""

        @web.middleware
        async def pass_through(request: web.Request, handler: Handler) -> web.StreamResponse:
            path = request.path.removeprefix(PREFIX)
            try:
                response = await self._answer(request, path, handler)
            except ConnectionResetError:
                response = web.Response(status=499)  # Nobody is there to read it.
                status = 0
            except Exception as error:
                self.crashes.append(error)
                raise
            else:
                status = response.status
            self.requests.append(Served(request.method, path, status))
            self.changed.notify()
            return response

        return pass_through

    async def _answer(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        fault = self.faults.draw(f"{request.method} {path}")
        if isinstance(fault, wrong.Delay):
            await asyncio.sleep(fault.seconds)
        elif isinstance(fault, wrong.Status):
            return web.Response(status=fault.status, text="", headers=VIA)
        elif isinstance(fault, wrong.Instead):
            headers = {"Content-Type": fault.content_type} | ({"Location": fault.location} if fault.location else {})
            return web.Response(status=fault.status, body=fault.body, headers=headers)
        elif isinstance(fault, TooManyRequests):
            if fault.scope == "global" and not is_exempt(path):
                self.rates.close(fault.retry_after)
            return _slow_down(fault, {})
        elif isinstance(fault, wrong.CutBefore):
            cut(request)
            raise ConnectionResetError
        response = await self._understood(request, path, handler)
        if isinstance(fault, wrong.CutAfter):
            cut(request)
            raise ConnectionResetError
        return response

    async def _understood(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        if path == "/gateway-socket":
            return await handler(request)
        too_soon, headers = self.rates.check(request.method, path)
        if too_soon is not None:
            return _slow_down(too_soon, headers)
        try:
            self._authorize(request, path)
            response = await handler(request)
        except ApiError as error:
            response = reply(error.body(), error.refusal.status)
        except web.HTTPException as error:  # aiohttp's own: no such route, another method, a body past all limits
            response = reply({"message": f"{error.status}: {error.reason}", "code": 0}, error.status)
        if not response.prepared:
            response.headers.update(VIA | headers)
        return response

    def _authorize(self, request: web.Request, path: str) -> None:
        if not path.startswith(OPEN) and request.headers.get(hdrs.AUTHORIZATION) != f"Bot {self.token}":
            raise ApiError(UNAUTHORIZED)


def reply(data: object = None, status: int = 200) -> web.Response:
    """A JSON answer, or 204 without one. discord.py wants the content type without a character set."""
    if data is None:
        return web.Response(status=204)
    return web.Response(body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"})


def _slow_down(fault: TooManyRequests, headers: dict[str, str]) -> web.Response:
    if fault.scope == "cloudflare":
        return web.Response(status=429, text="error code: 1015", headers={"Retry-After": str(round(fault.retry_after))})
    body, own = too_many_requests(fault)
    response = reply(body, 429)
    response.headers.update((VIA if fault.via else {}) | headers | own)
    return response
