"""Cutting a connection the hard way, so that the other side gets ECONNRESET and not a polite end."""

import socket
import struct

from aiohttp import web


def cut(request: web.Request) -> None:
    """Reset the connection a request came on."""
    transport = request.transport
    if transport is None:
        return
    line = transport.get_extra_info("socket")
    if line is not None:
        # Lingering for zero seconds makes the kernel send a reset in place of the usual farewell.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
