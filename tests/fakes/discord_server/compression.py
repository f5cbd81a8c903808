"""The gateway's transport compression, as the client's URL asks for it."""

import importlib
import zlib
from collections.abc import Callable
from typing import Any

Encode = Callable[[str], str | bytes]


def encoder(compress: str | None) -> Encode | None:
    """What turns a payload into what one WebSocket message carries; ``None`` for a compression Discord does not know.

    Source: Gateway, Transport Compression. Each connection has one compression context and needs an encoder of its own.
    """
    if compress is None:
        return lambda text: text
    if compress == "zlib-stream":
        context = zlib.compressobj()
        return lambda text: context.compress(text.encode()) + context.flush(zlib.Z_SYNC_FLUSH)
    return _zstd() if compress == "zstd-stream" else None


def _zstd() -> Encode:
    """discord.py asks for zstd where the package zstandard or Python 3.14 is installed, and so it is here."""
    try:
        package: Any = importlib.import_module("zstandard")
    except ModuleNotFoundError:
        standard: Any = importlib.import_module("compression.zstd")
        stdlib = standard.ZstdCompressor()
        return lambda text: bytes(stdlib.compress(text.encode(), mode=stdlib.FLUSH_BLOCK))
    context = package.ZstdCompressor().compressobj()
    return lambda text: bytes(context.compress(text.encode()) + context.flush(package.COMPRESSOBJ_FLUSH_BLOCK))
