"""Sees each answer that says "too many requests", whoever made the request, discord.py or we. Changes nothing of it."""

from http import HTTPStatus
from types import SimpleNamespace

import aiohttp

from bot.logs.observing import note


async def note_limit(_: object, __: SimpleNamespace, seen: aiohttp.TraceRequestEndParams) -> None:
    """Let observers know of a 429, with the scope that it names; as a session calls it at the end of each request."""
    if seen.response.status == HTTPStatus.TOO_MANY_REQUESTS:
        note("limited", scope=seen.response.headers.get("X-RateLimit-Scope"))
