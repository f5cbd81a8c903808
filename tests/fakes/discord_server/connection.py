"""One WebSocket connection of a client to the gateway, and the writer that keeps its messages in order."""

import asyncio
import json
from contextlib import suppress

from aiohttp import web

from tests.fakes.discord_server.compression import Encode
from tests.fakes.discord_server.cutting import cut

HANDSHAKE_SECONDS = 1.0  # how long the fake waits for the client's half of a close


class Connection:
    """Sends in order what it is given; ``send`` never waits, so that events can be published from anywhere."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, encode: Encode) -> None:
        self.socket = socket
        self._request = request
        self._encode = encode
        self._waiting: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        """Queue one payload."""
        self._waiting.put_nowait(text)

    def send_op(self, op: int, data: object = None) -> None:
        """Queue one payload that is no event."""
        self.send(json.dumps({"op": op, "d": data}))

    async def close(self, code: int | None) -> None:
        """Close with a code, or cut the line (``None``)."""
        self._writer.cancel()
        if code is None:
            cut(self._request)
        else:
            await self.socket.close(code=code)

    async def finish(self) -> None:
        """Stop the writer once the client is gone."""
        self._writer.cancel()
        with suppress(asyncio.CancelledError):
            await self._writer

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                data = self._encode(await self._waiting.get())
                if isinstance(data, bytes):
                    await self.socket.send_bytes(data)
                else:
                    await self.socket.send_str(data)
