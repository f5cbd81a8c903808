"""What a client may say on the gateway, and the close codes for what it may not."""

import asyncio
import json

from aiohttp import WSMsgType, web

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.compression import encoder
from tests.fakes.discord_server.connection import HANDSHAKE_SECONDS, Connection
from tests.fakes.discord_server.errors import JsonObject
from tests.fakes.discord_server.events import HIGHEST
from tests.fakes.discord_server.gateway import Gateway, Identify, Session

# Opcodes and Status Codes, Gateway Opcodes
HEARTBEAT, IDENTIFY, PRESENCE, RESUME, INVALID_SESSION, HELLO, ACK = 1, 2, 3, 6, 9, 10, 11
IGNORED = frozenset({PRESENCE, 4, 8, 31})
# Opcodes and Status Codes, Gateway Close Event Codes
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, FAILED, TWICE = 4001, 4002, 4003, 4004, 4005
INVALID_SHARD, INVALID_VERSION, INVALID_INTENTS, DISALLOWED_INTENTS = 4010, 4012, 4013, 4014


class _Closed(Exception):  # noqa: N818  # it ends a conversation and is no error of ours
    """The client broke a rule and is shown the door."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


async def converse(gateway: Gateway, request: web.Request) -> web.WebSocketResponse:
    """Serve one connection from HELLO to its end."""
    socket = web.WebSocketResponse(compress=False, timeout=HANDSHAKE_SECONDS)
    await socket.prepare(request)
    encode = encoder(request.query.get("compress"))
    if encode is None or request.query.get("v") != str(limits.GATEWAY_VERSION):
        await socket.close(code=INVALID_VERSION)
        return socket
    connection = Connection(socket, request, encode)
    gateway.connections.add(connection)
    talk = _Conversation(gateway, connection)
    try:
        connection.send_op(HELLO, {"heartbeat_interval": limits.HEARTBEAT_MILLISECONDS})
        await talk.listen()
    finally:
        gateway.left(connection, talk.session, talk.code)
        await connection.finish()
    return socket


class _Conversation:
    """What was said on one connection so far."""

    def __init__(self, gateway: Gateway, connection: Connection) -> None:
        self._gateway = gateway
        self._connection = connection
        self.session: Session | None = None
        self.code: int | None = None

    async def listen(self) -> None:
        """Answer every message until the connection ends."""
        socket = self._connection.socket
        try:
            async for message in socket:
                if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                    break
                self._answer(_payload(message.data))
        except _Closed as closed:
            await self._connection.close(closed.code)
        except asyncio.CancelledError:
            await self._connection.close(1001)  # The server stops.
            raise
        self.code = socket.close_code

    def _answer(self, payload: JsonObject) -> None:
        op, data = payload.get("op"), payload.get("d")
        if op == HEARTBEAT:
            self._gateway.heartbeats += 1
            self._connection.send_op(ACK)
        elif op == IDENTIFY and isinstance(data, dict):
            self._identify(data)
        elif op == RESUME and isinstance(data, dict):
            self._resume(data)
        elif op not in IGNORED:
            raise _Closed(UNKNOWN_OPCODE)
        elif self.session is None:
            raise _Closed(NOT_AUTHENTICATED)

    def _identify(self, data: JsonObject) -> None:
        if self.session is not None:
            raise _Closed(TWICE)
        if data.get("token") != self._gateway.token:
            raise _Closed(FAILED)
        number, total = data.get("shard") or (0, 1)
        if not 0 <= number < total:
            raise _Closed(INVALID_SHARD)
        intents = data.get("intents")
        if not isinstance(intents, int) or not 0 <= intents < HIGHEST * 2:
            raise _Closed(INVALID_INTENTS)
        if self._gateway.disallowed(intents):
            raise _Closed(DISALLOWED_INTENTS)
        if not self._gateway.may_identify(number):
            self._connection.send_op(INVALID_SESSION, data=False)
            return
        identify = Identify(intents, (number, total), data.get("presence"))
        self.session = self._gateway.begin(self._connection, identify)

    def _resume(self, data: JsonObject) -> None:
        if data.get("token") != self._gateway.token:
            raise _Closed(FAILED)
        self.session = self._gateway.resume(self._connection, str(data.get("session_id")), int(data.get("seq") or 0))
        if self.session is None:
            self._connection.send_op(INVALID_SESSION, data=False)


def _payload(data: str | bytes) -> JsonObject:
    if len(data) > limits.GATEWAY_PAYLOAD_BYTES:
        raise _Closed(DECODE_ERROR)
    try:
        payload = json.loads(data)
    except ValueError:
        raise _Closed(DECODE_ERROR) from None
    if not isinstance(payload, dict):
        raise _Closed(DECODE_ERROR)
    return payload
