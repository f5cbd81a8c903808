"""What stands between the bot and Discord, in words for whoever reads the log: what is wrong, and when it tries again.

Also takes the place of what discord.py logs about it, which are tracebacks, and addresses with ids of channels in them.
"""

import logging
import math
import os
import ssl
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import discord
from discord.gateway import ReconnectWebSocket

from bot.discord.guard import PlainGatewayError, RedirectedError, StrangeAnswerError
from bot.logs import as_event
from bot.saying.templates import Templates

_OF_DISCORD_PY = (discord.HTTPException, discord.GatewayNotFound, discord.ConnectionClosed, discord.RateLimited)
_OF_OTHERS = (StrangeAnswerError, PlainGatewayError)
# Internal of discord.py: ReconnectWebSocket is how a connection asks for another one.
_OF_THE_WAY = (ReconnectWebSocket, aiohttp.ClientError, TimeoutError, OSError)
AWAY: tuple[type[Exception], ...] = (*_OF_DISCORD_PY, *_OF_OTHERS, *_OF_THE_WAY)

_SHARD_WAITS = 5.0  # Internal of discord.py: seconds until a shard that could not connect tries again
# What needs no facts in its sentence; the first that fits.
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (StrangeAnswerError, "outage.strange"),
    (RedirectedError, "outage.redirected"),
    (PlainGatewayError, "outage.plain"),
    (discord.RateLimited, "outage.busy"),
    (TimeoutError, "outage.late"),
    (aiohttp.ClientSSLError, "outage.insecure"),
    (ssl.SSLError, "outage.insecure"),
)


@dataclass(frozen=True, slots=True)
class Outages:
    """Puts outages into words. A request that would have to wait ``longest_wait`` seconds or longer fails instead."""

    templates: Templates
    longest_wait: float

    def told(self, problem: BaseException | None, seconds: float) -> str:
        """What ended a connection or a request, and that it is tried again within so many ``seconds``."""
        return self._again(self.what(problem), seconds)

    def retell(self, record: logging.LogRecord) -> bool:
        """For ``logs.rephrase``: makes discord.py's lines about outages our own, or takes them out (``False``)."""
        if not record.name.startswith("discord."):
            return True
        # Internals of discord.py: its loggers bear its modules' names, the seconds to wait are the last argument of a
        # line about a connection or a rate limit, and the words below stand in its messages.
        problem = record.exc_info[1] if record.exc_info else None
        seconds = record.args[-1] if isinstance(record.args, tuple) and record.args else None
        if record.name == "discord.shard" and "Failed to connect" in str(record.msg):
            seconds = _SHARD_WAITS  # which that line does not name
        if isinstance(problem, AWAY) and isinstance(seconds, float):
            self._note(record, "disconnected", self.what(problem), seconds)
        elif record.name == "discord.http" and isinstance(seconds, int | float):
            return self._retell_wait(record, seconds)
        elif "autocomplete" in str(record.msg):
            return self._retell_completion(record, problem)
        elif "stopped responding" in str(record.msg):
            as_event(record, "disconnected", logging.WARNING, problem=self.templates("outage.silent"))
        return True

    def _retell_completion(self, record: logging.LogRecord, problem: BaseException | None) -> bool:
        """Names that were completed too late are nobody's loss; else the fault without the ids of who typed."""
        if isinstance(problem, AWAY):
            return False
        record.msg, record.args = "a fault while names were completed", ()
        return True

    def _retell_wait(self, record: logging.LogRecord, seconds: float) -> bool:
        """All warnings of discord.py's HTTP client are about rate limits and end with the seconds to wait."""
        if len(record.args or ()) == 1 or seconds > self.longest_wait:
            return False  # it repeats the line before, or whoever made the request says that it failed
        self._note(record, "slowed", self.templates("outage.busy"), seconds)
        return True

    def _note(self, record: logging.LogRecord, name: str, what: str, seconds: float) -> None:
        told = self._again(what, seconds)
        as_event(record, name, logging.WARNING, same=what, problem=told, again_in_seconds=round(seconds, 2))

    def _again(self, what: str, seconds: float) -> str:
        return self.templates("outage.again", what=what, n=max(1, math.ceil(seconds)))

    def what(self, problem: BaseException | None) -> str:
        """What ended a connection or a request: a clause without a full stop."""
        if isinstance(problem, discord.GatewayNotFound):
            problem = problem.__cause__ or problem  # Internal of discord.py: there it is what went wrong
        for kind, key in _KINDS:
            if isinstance(problem, kind):
                return self.templates(key)
        match problem:
            case discord.HTTPException(status=429) | aiohttp.ClientResponseError(status=429):
                return self.templates("outage.busy")
            case aiohttp.WSServerHandshakeError(status=int(status)) if status < 400:
                return self.templates("outage.strange")
            case discord.HTTPException(status=int(status)) | aiohttp.ClientResponseError(status=int(status)):
                return self.templates("outage.error", status=_status(status))
            case discord.ConnectionClosed(code=code):
                return self.templates("outage.closed", code=code)
            case OSError(errno=int(number)) if number > 0:
                return self.templates("outage.unreachable", reason=os.strerror(number))
            case OSError(strerror=str(reason)) if reason:
                return self.templates(
                    "outage.unreachable", reason=reason
                )  # the resolver's: its numbers are not errno's
        return self.templates("outage.cut" if isinstance(problem, AWAY) else "outage.fault")


def patience(problem: BaseException | None, seconds: float) -> float:
    """How long to wait after ``problem``: so many ``seconds``, or as long as Discord asks."""
    return max(seconds, problem.retry_after) if isinstance(problem, discord.RateLimited) else seconds


def _status(status: int) -> str:
    known = status in set(HTTPStatus)
    return f"{status} {HTTPStatus(status).phrase}" if known else str(status)
