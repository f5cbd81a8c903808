"""Getting an answer to Discord through whatever goes wrong: a small server on loopback, a clock of our own."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.discord.courier import Courier, DeliveryError, Origin, RefusedError, TakenError, Ticket, UndeliveredError
from bot.saying.reply import Enclosure
from tests.clock import Clock

ORIGIN = Origin(channel=7, message=8, received=100.0)
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
BLIND = Answer(400, {"code": 160002, "message": "Cannot reply without permission to read message history"})
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
    clock: Clock
    tokens: list[str | None]
    connections: set[object]


async def body(request: web.Request) -> object:
    """The JSON of a request; where a file goes with it, a pair of that and the file's name and content."""
    if not request.content_type.startswith("multipart/"):
        return await request.json() if request.can_read_body else None
    form = await request.post()
    payload, file = form["payload_json"], form["files[0]"]
    assert isinstance(file, web.FileField)
    assert not isinstance(payload, web.FileField)
    return json.loads(payload), file.filename, file.file.read().decode()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    script: list[Answer] = []
    asked: list[tuple[str, Any]] = []
    tokens: list[str | None] = []
    connections: set[object] = set()

    async def serve(request: web.Request) -> web.Response:
        asked.append((f"{request.method} {request.path}", await body(request)))
        tokens.append(request.headers.get("Authorization"))
        connections.add(request.transport)
        answer = script.pop(0) if len(script) > 1 else script[0]
        if answer is CUT:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(status=answer.status or 200, text=json.dumps(answer.body), headers=answer.headers)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serve)
    clock = Clock(100.0)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        base = str(server.make_url("")).rstrip("/")
        courier = Courier(session, base, clock, clock.sleep, token="bot-token")
        yield Scene(courier, script, asked, clock.waits, clock, tokens, connections)


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


async def test_a_file_goes_along_each_time_that_an_edit_is_made(scene: Scene) -> None:
    scene.script += [BROKEN, CUT, OK]
    await scene.courier.edit(TICKET, TEXT, Enclosure("preview.txt", "été"))
    payload = {"components": TEXT, "flags": 32768, "allowed_mentions": {"parse": []}}
    payload["attachments"] = [{"id": 0, "filename": "preview.txt"}]
    assert scene.asked == [(ORIGINAL, (payload, "preview.txt", "été"))] * 3


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
    clock = Clock(100.0)
    async with aiohttp.ClientSession() as session:
        courier = Courier(session, "http://127.0.0.1:1", clock, clock.sleep)
        with pytest.raises(DeliveryError):
            await courier.defer(TICKET, private=False)
    assert len(clock.waits) > 5


POST = "POST /channels/7/messages"


async def test_a_reply_is_a_message_with_a_nonce_and_the_bots_token(scene: Scene) -> None:
    scene.script += [OK]
    await scene.courier.post(ORIGIN, TEXT)
    await scene.courier.edit(TICKET, TEXT)
    message = {
        "components": TEXT,
        "flags": 32768,
        "allowed_mentions": {"parse": []},
        "nonce": "8",
        "enforce_nonce": True,
        "message_reference": {"message_id": "8", "fail_if_not_exists": False},
    }
    assert scene.asked[0] == (POST, message)
    assert scene.tokens == ["Bot bot-token", None]


async def test_where_a_reference_is_refused_the_reply_goes_without(scene: Scene) -> None:
    scene.script += [BLIND, OK]
    await scene.courier.post(ORIGIN, TEXT)
    assert [("message_reference" in sent, sent["nonce"]) for _, sent in scene.asked] == [(True, "8"), (False, "8")]


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_a_reply_that_is_refused_for_good_is_not_repeated(scene: Scene, status: int) -> None:
    scene.script += [Answer(status, {"code": 50001, "message": "Missing Access"})]
    with pytest.raises(RefusedError, match=f"{status} 50001 Missing Access"):
        await scene.courier.post(ORIGIN, TEXT)
    assert len(scene.asked) == 1


@pytest.mark.parametrize(
    ("limit", "wait"),
    [
        (Answer(429, {"retry_after": 1.5, "global": False}, {"Via": "1.1 google"}), 1.5),
        (Answer(429, {"retry_after": 1.5, "global": False}), 1.5),
        (Answer(429, {"retry_after": 2.5, "global": True}, {"X-RateLimit-Global": "true"}), 2.5),
        (Answer(429, {"retry_after": "soon"}), 0.1),
        (Answer(429, {"retry_after": -1}), 0.1),
        (Answer(429, {}, {"Retry-After": "3"}), 3.0),
        (Answer(429, {}, {"X-RateLimit-Global": "true", "Retry-After": "3"}), 3.0),
    ],
)
async def test_a_reply_that_comes_too_soon_waits_as_long_as_it_is_told(
    scene: Scene, limit: Answer, wait: float
) -> None:
    scene.script += [limit, OK]
    await scene.courier.post(ORIGIN, TEXT)
    assert len(scene.asked) == 2
    assert sum(scene.waits) == pytest.approx(wait)


async def test_however_often_it_is_too_much_nobody_waits_longer_than_was_asked(scene: Scene) -> None:
    scene.script += [Answer(429, {"retry_after": 0.25})] * 12 + [OK]
    await scene.courier.post(ORIGIN, TEXT)
    assert len(scene.asked) == 13
    assert scene.clock.now == pytest.approx(100 + 12 * 0.25)


@pytest.mark.parametrize(("is_global", "waited"), [(True, 5.0), (False, 0.0)])
async def test_a_global_limit_holds_for_all_and_a_channels_for_itself(
    scene: Scene, is_global: bool, waited: float
) -> None:
    """Interactions find out what there is to wait for, and themselves are not bound to it."""
    limit = {"retry_after": 5.0, "global": is_global}
    scene.script += [Answer(429, limit), OK]
    await scene.courier.edit(TICKET, TEXT)
    scene.clock.now = 100.0
    scene.script[:] = [OK]
    await scene.courier.defer(TICKET, private=False)
    assert scene.clock.now == 100.0
    await scene.courier.post(ORIGIN, TEXT)
    assert scene.clock.now == pytest.approx(100.0 + waited)


async def test_the_headers_of_a_channel_are_heeded_before_it_is_too_much(scene: Scene) -> None:
    full = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "4.5", "X-RateLimit-Bucket": "b"}
    scene.script += [Answer(200, {}, full), OK]
    await scene.courier.post(ORIGIN, TEXT)
    await scene.courier.post(Origin(9, 10, 100.0), TEXT)
    assert sum(scene.waits) < 0.1, "another channel has a bucket of its own"
    await scene.courier.post(Origin(7, 11, 100.0), TEXT)
    assert scene.clock.now == pytest.approx(104.5)


async def test_replies_leave_more_slowly_than_discord_allows(scene: Scene) -> None:
    """One instant's mentions in a hundred channels: never more than fifty in a second."""
    scene.script += [OK]
    for number in range(100):
        await scene.courier.post(Origin(number, number, 100.0), TEXT)
    assert scene.clock.now - 100.0 == pytest.approx(99 / 45)


async def test_a_reply_is_tried_for_a_quarter_of_an_hour_as_long_as_it_cannot_have_arrived(scene: Scene) -> None:
    scene.script += [Answer(429, {"retry_after": 100})]
    with pytest.raises(UndeliveredError):
        await scene.courier.post(ORIGIN, TEXT)
    assert 800 <= scene.clock.now - 100.0 < 900


@pytest.mark.parametrize("trouble", [BROKEN, AWAY, CUT])
async def test_a_reply_that_may_have_arrived_is_repeated_while_discord_knows_its_nonce(
    scene: Scene, trouble: Answer
) -> None:
    scene.script += [trouble]
    with pytest.raises(UndeliveredError):
        await scene.courier.post(ORIGIN, TEXT)
    assert 100 < scene.clock.now - 100.0 <= 120


async def test_a_bot_is_healthy_until_answers_have_not_got_through_for_a_minute(scene: Scene) -> None:
    assert await scene.courier.gets_through(), "nobody has asked"
    scene.script += [AWAY]
    with pytest.raises(UndeliveredError):
        await scene.courier.edit(TICKET, TEXT)
    assert not await scene.courier.gets_through()
    scene.script[:] = [OK]
    scene.clock.now += 15
    assert await scene.courier.gets_through(), "a trifle got through, so that a quiet bot recovers"
    assert scene.asked[-1] == ("GET /users/@me", None)
    asked = len(scene.asked)
    assert await scene.courier.gets_through()
    assert len(scene.asked) == asked, "there is no doubt any more"


async def test_one_channels_refusal_is_no_illness_but_a_refused_token_is(scene: Scene) -> None:
    scene.script += [Answer(403, {"code": 50013, "message": "Missing Permissions"})]
    with pytest.raises(RefusedError):
        await scene.courier.post(ORIGIN, TEXT)
    scene.clock.now += 600
    assert await scene.courier.gets_through()
    scene.script[:] = [Answer(401, {"code": 0, "message": "401: Unauthorized"})]
    with pytest.raises(RefusedError):
        await scene.courier.post(Origin(7, 9, scene.clock.now), TEXT)
    assert await scene.courier.gets_through()
    scene.clock.now += 61
    assert not await scene.courier.gets_through()


async def test_a_channel_that_is_flooded_is_not_remembered_without_bound(scene: Scene) -> None:
    """What could not come out in time is given up at once, and other channels have room."""
    scene.script += [OK]
    line = [asyncio.create_task(scene.courier.post(Origin(7, number, 100.0), TEXT)) for number in range(1000)]
    done = await asyncio.gather(*line, return_exceptions=True)
    assert sum(isinstance(one, UndeliveredError) for one in done) == 100
    await scene.courier.post(Origin(9, 1, scene.clock.now), TEXT)


async def test_one_connection_serves_one_answer_after_the_other(scene: Scene) -> None:
    """A new one would cost a handshake with Discord each time."""
    scene.script += [Answer(200, {"content": "x" * 1_000_000})]
    for number in range(3):
        await scene.courier.post(Origin(7, number, 100.0), TEXT)
    assert len(scene.connections) == 1
