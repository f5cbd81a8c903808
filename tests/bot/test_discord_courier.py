"""Getting an answer to Discord through whatever goes wrong: a small server on loopback, a clock of our own."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.cogs.courier import Courier, DeliveryError, RefusedError, TakenError, Ticket, UndeliveredError

TICKET = Ticket(interaction=1, application=2, token="secret", received=100.0)
TEXT: list[dict[str, Any]] = [{"type": 10, "content": "Hello"}]
CALLBACK, ORIGINAL = "POST /interactions/1/secret/callback", "PATCH /webhooks/2/secret/messages/@original"


@dataclass(frozen=True)
class Answer:
    """What the server says to one request."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


CUT = Answer(0)
OK, BROKEN, AWAY = Answer(204), Answer(500), Answer(503)
ALREADY = Answer(400, {"code": 40060, "message": "Interaction has already been acknowledged."})
UNKNOWN = Answer(404, {"code": 10062, "message": "Unknown interaction"})


@dataclass
class Scene:
    """A courier, a script of answers, what was asked, and how long the courier waited between."""

    courier: Courier
    script: list[Answer]
    asked: list[tuple[str, Any]]
    waits: list[float]


class Clock:
    def __init__(self) -> None:
        self.now, self.waits = 100.0, list[float]()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    script: list[Answer] = []
    asked: list[tuple[str, Any]] = []

    async def serve(request: web.Request) -> web.Response:
        asked.append((f"{request.method} {request.path}", await request.json()))
        answer = script.pop(0) if len(script) > 1 else script[0]
        if answer is CUT:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=answer.status or 200, text=json.dumps(answer.body), headers=answer.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serve)
    clock = Clock()
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        base = str(server.make_url("")).rstrip("/")
        yield Scene(Courier(session, base, clock, clock.sleep), script, asked, clock.waits)


async def test_the_three_requests(scene: Scene) -> None:
    scene.script += [OK]
    await scene.courier.defer(TICKET, private=False)
    await scene.courier.defer(TICKET, private=True)
    await scene.courier.defer_update(TICKET)
    await scene.courier.say(TICKET, TEXT, private=True)
    await scene.courier.edit(TICKET, TEXT)
    quiet: dict[str, list[str]] = {"parse": []}
    assert scene.asked == [
        (CALLBACK, {"type": 5}),
        (CALLBACK, {"type": 5, "data": {"flags": 64}}),
        (CALLBACK, {"type": 6}),
        (CALLBACK, {"type": 4, "data": {"components": TEXT, "flags": 32832, "allowed_mentions": quiet}}),
        (ORIGINAL, {"components": TEXT, "flags": 32768, "allowed_mentions": quiet}),
    ]


@pytest.mark.parametrize("trouble", [[BROKEN], [AWAY, BROKEN], [CUT], [CUT, BROKEN, AWAY]])
async def test_passing_trouble_is_waited_out_in_short_pauses(scene: Scene, trouble: list[Answer]) -> None:
    scene.script += [*trouble, OK]
    await scene.courier.defer(TICKET, private=False)
    assert len(scene.asked) == len(trouble) + 1
    assert scene.waits == [0.1, 0.2, 0.4][: len(trouble)]


async def test_a_callback_that_arrived_although_its_answer_did_not_counts(scene: Scene) -> None:
    scene.script += [CUT, ALREADY]
    await scene.courier.say(TICKET, TEXT, private=True)


async def test_an_interaction_that_somebody_else_answered_is_left_to_them(scene: Scene) -> None:
    scene.script += [ALREADY]
    with pytest.raises(TakenError):
        await scene.courier.defer(TICKET, private=False)


async def test_a_refusal_for_good_is_not_repeated(scene: Scene) -> None:
    scene.script += [UNKNOWN]
    with pytest.raises(RefusedError, match="404 10062 Unknown interaction"):
        await scene.courier.defer(TICKET, private=False)
    assert len(scene.asked) == 1


async def test_a_refusal_that_is_no_json_is_one_all_the_same(scene: Scene) -> None:
    scene.script += [Answer(403)]
    with pytest.raises(RefusedError) as refused:
        await scene.courier.edit(TICKET, TEXT)
    assert (refused.value.status, refused.value.code) == (403, 0)


async def test_too_many_requests_waits_as_long_as_discord_says(scene: Scene) -> None:
    scene.script += [Answer(429, {"retry_after": 1.25}), OK]
    await scene.courier.edit(TICKET, TEXT)
    assert scene.waits == [1.25]


async def test_too_many_requests_without_a_body_goes_by_its_header(scene: Scene) -> None:
    scene.script += [Answer(429, {}, {"Retry-After": "7"}), OK]
    await scene.courier.edit(TICKET, TEXT)
    assert scene.waits == [7.0]


async def test_a_wait_past_the_end_is_not_begun(scene: Scene) -> None:
    """Three seconds for the first response, fifteen minutes for its edit."""
    scene.script += [Answer(429, {"retry_after": 3.5})]
    with pytest.raises(UndeliveredError):
        await scene.courier.defer(TICKET, private=False)
    scene.script[:] = [Answer(429, {"retry_after": 900})]
    with pytest.raises(UndeliveredError):
        await scene.courier.edit(TICKET, TEXT)
    assert scene.waits == []


async def test_a_callback_gives_up_after_three_seconds_and_an_edit_after_a_quarter_of_an_hour(scene: Scene) -> None:
    scene.script += [BROKEN]
    with pytest.raises(UndeliveredError):
        await scene.courier.defer(TICKET, private=False)
    assert 2.5 < sum(scene.waits) <= 3.0
    scene.waits.clear()
    with pytest.raises(UndeliveredError):
        await scene.courier.edit(TICKET, TEXT)
    assert 870 < sum(scene.waits) <= 900
    assert max(scene.waits) == 20.0


async def test_nobody_listening_is_trouble_like_any_other() -> None:
    clock = Clock()
    async with aiohttp.ClientSession() as session:
        courier = Courier(session, "http://127.0.0.1:1", clock, clock.sleep)
        with pytest.raises(DeliveryError):
            await courier.defer(TICKET, private=False)
    assert len(clock.waits) > 5
