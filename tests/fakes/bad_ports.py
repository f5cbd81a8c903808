"""Ports on loopback that take a connection and then do not do what HTTPS should."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Take whatever comes and say nothing: a handshake hangs."""
    while await reader.read(4096):
        pass


async def cutting(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Hang up in the middle of a handshake."""
    await reader.read(16)


async def unencrypted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer a handshake in plain HTTP."""
    await reader.read(16)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


@asynccontextmanager
async def bad_port(behaviour: Behaviour) -> AsyncIterator[int]:
    """The number of a port that behaves so."""
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            serving.add(task)
        with suppress(ConnectionError, asyncio.CancelledError):
            await behaviour(reader, writer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
