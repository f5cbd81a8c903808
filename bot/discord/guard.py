"""Tells Discord from whatever answers in its place: a proxy's web page, a redirect, a gateway without encryption.

discord.py takes every answer for Discord's and fails on the first field that is not there, with an exception that looks
like a fault of the program. Here it becomes weather.
"""

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import aiohttp
import discord

from bot.discord.limited import note_limit
from bot.settings.values import is_confidential


class StrangeAnswerError(Exception):
    """What came back is not what Discord sends."""


class RedirectedError(aiohttp.ClientError):
    """An answer points to another address, which Discord's never do."""


class PlainGatewayError(Exception):
    """The gateway's address is not encrypted, and what goes there first is the token."""


# What an unexpected body does to code that takes it for Discord's: text in place of an object, a field that is missing.
_STUMBLES = (ValueError, LookupError, TypeError, AttributeError, zlib.error)
# The same where nothing but the wire can be at fault.
_GARBLED = (json.JSONDecodeError, UnicodeDecodeError, zlib.error)
_WEATHER = (OSError, aiohttp.ClientError)  # some of these are a ValueError as well


@contextmanager
def understood(is_served: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Make what an answer that is not Discord's does to discord.py a ``StrangeAnswerError``.

    Once events are served, what stumbles may as well be the program; then only what cannot be read at all counts.
    """
    try:
        yield
    except _WEATHER:
        raise
    except discord.LoginFailure as error:
        # Internal of discord.py: the cause of a LoginFailure is Discord's answer.
        # Discord says in JSON that a token is not its own; a proxy that wants to know who asks has a page for that.
        if isinstance(error.__cause__, discord.HTTPException) and error.__cause__.text.lstrip().startswith("<"):
            raise StrangeAnswerError from error
        raise
    except _STUMBLES as error:
        if is_served() and not isinstance(error, _GARBLED):
            raise
        raise StrangeAnswerError from error


def tracing() -> aiohttp.TraceConfig:
    """For a session: a redirect ends its request with a ``RedirectedError``, lest the token go where it leads; and
    whoever counts is told of each answer that says "too many requests"."""

    async def refuse(_: object, __: SimpleNamespace, seen: aiohttp.TraceRequestRedirectParams) -> None:
        seen.response.close()
        raise RedirectedError

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(refuse)
    trace.on_request_end.append(note_limit)
    return trace


def require_confidential(gateway: str) -> str:
    """The address of a ``gateway``. Raises ``PlainGatewayError``."""
    if not is_confidential(gateway):
        raise PlainGatewayError
    return gateway
