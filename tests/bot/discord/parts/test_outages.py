"""Outages in words: what stands between the bot and Discord, when it tries again, and nothing of discord.py's own."""

import errno
import io
import json
import logging
import ssl
import zlib
from collections.abc import Iterator

import aiohttp
import discord
import pytest
from aiohttp.client_reqrep import ConnectionKey
from discord.gateway import ReconnectWebSocket

from bot import logs
from bot.discord.guard import (
    PlainGatewayError,
    RedirectedError,
    StrangeAnswerError,
    require_confidential,
    understood,
)
from bot.discord.outages import Outages, patience
from bot.saying.templates import load
from tests.logged import logged

OUTAGES = Outages(load(), longest_wait=60.0)
KEY = ConnectionKey("discord.com", 443, True, True, None, None, None)
INSECURE = "No secure connection to Discord can be made, so check this computer's clock and certificates"
LIMITED = "We are being rate limited. %s %s responded with 429. Retrying in %.2f seconds."


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as text, with discord.py's own lines put into words."""
    with logged() as stream:
        logs.rephrase(OUTAGES.retell)
        yield stream


def without_moment(log: io.StringIO) -> str:
    return "".join(line.partition(" ")[2] for line in log.getvalue().splitlines(keepends=True))


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (
            aiohttp.ClientConnectorError(KEY, OSError(errno.ECONNREFUSED, "Connect call failed ('127.0.0.1', 1)")),
            "Discord cannot be reached (Connection refused); trying again within one second.",
        ),
        (
            aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "Name or service not known")),
            "Discord cannot be reached (Name or service not known); trying again within one second.",
        ),
        (
            aiohttp.ClientConnectorSSLError(KEY, ssl.SSLError(1, "[SSL] wrong version number")),
            f"{INSECURE}; trying again within one second.",
        ),
        (TimeoutError(), "Discord has not answered in time; trying again within one second."),
        (aiohttp.ServerDisconnectedError(), "The connection to Discord was cut; trying again within one second."),
        (ReconnectWebSocket(None), "The connection to Discord was cut; trying again within one second."),
        (
            RedirectedError(),
            (
                "What came back points to another address, which Discord's answers never do, so a proxy may have "
                "answered in its place; trying again within one second."
            ),
        ),
        (
            PlainGatewayError(),
            (
                "The address given for Discord's gateway is not encrypted, so the token was not sent there; trying "
                "again within one second."
            ),
        ),
        (discord.RateLimited(0.2), "Discord asks the bot to wait; trying again within one second."),
        (
            ZeroDivisionError("division by zero"),
            "The connection to Discord ended in a way that nobody foresaw; trying again within one second.",
        ),
        (None, "The connection to Discord ended in a way that nobody foresaw; trying again within one second."),
    ],
)
def test_a_problem_in_words(problem: Exception | None, told: str) -> None:
    assert OUTAGES.told(problem, 0.5) == told


@pytest.mark.parametrize(
    "stumble",
    [
        TypeError("string indices must be integers"),
        KeyError("id"),
        AttributeError(),
        zlib.error(),
        json.JSONDecodeError("", "", 0),
    ],
    ids=lambda stumble: type(stumble).__name__,
)
def test_what_stumbles_over_an_answer_says_that_it_is_not_discords(stumble: Exception) -> None:
    with pytest.raises(StrangeAnswerError), understood():
        raise stumble


def test_once_events_are_served_a_fault_of_the_program_is_one() -> None:
    with pytest.raises(KeyError), understood(is_served=lambda: True):
        raise KeyError("id")
    with pytest.raises(StrangeAnswerError), understood(is_served=lambda: True):
        raise zlib.error


@pytest.mark.parametrize("weather", [ssl.SSLCertVerificationError(), aiohttp.InvalidURL("x"), TimeoutError()])
def test_weather_stays_what_it_is(weather: Exception) -> None:
    """Though some of it is a ``ValueError`` as well."""
    with pytest.raises(type(weather)), understood():
        raise weather


def test_a_gateway_without_encryption_gets_no_token() -> None:
    assert require_confidential("wss://gateway.discord.gg") == "wss://gateway.discord.gg"
    with pytest.raises(PlainGatewayError):
        require_confidential("ws://gateway.discord.gg")


def test_an_outage_is_told_once_whatever_the_seconds(log: io.StringIO) -> None:
    for seconds in (1.5, 3.2, 8.163):
        cut = aiohttp.ServerDisconnectedError()
        logging.getLogger("discord.client").error("Attempting a reconnect in %.2fs", seconds, exc_info=cut)
    assert log.getvalue().count("\n") == 1


def test_seconds_are_rounded_up() -> None:
    assert OUTAGES.told(TimeoutError(), 8.16) == "Discord has not answered in time; trying again within 9 seconds."


def test_discord_is_left_alone_for_as_long_as_it_asks() -> None:
    assert patience(discord.RateLimited(100.0), 0.5) == 100.0
    assert patience(discord.RateLimited(0.2), 0.5) == 0.5
    assert patience(TimeoutError(), 0.5) == 0.5


def test_a_reconnect_of_discord_pys_own_is_told_without_its_traceback(log: io.StringIO) -> None:
    cut = aiohttp.ServerDisconnectedError()
    logging.getLogger("discord.client").error("Attempting a reconnect in %.2fs", 8.163, exc_info=cut)
    assert without_moment(log) == (
        'warning event=disconnected problem="The connection to Discord was cut; trying again within 9 seconds." '
        "again_in_seconds=8.16\n"
    )


def test_a_shard_that_cannot_connect_is_told_without_its_traceback(log: io.StringIO) -> None:
    """discord.py's line ends with the shard's number, and not with the seconds."""
    text = "Failed to connect for shard_id: %s. Retrying..."
    logging.getLogger("discord.shard").error(text, 3, exc_info=TimeoutError())
    assert without_moment(log) == (
        'warning event=disconnected problem="Discord has not answered in time; trying again within 5 seconds." '
        "again_in_seconds=5.0\n"
    )


def test_a_rate_limit_is_told_once_and_without_the_address(log: io.StringIO) -> None:
    """The address names a channel. What would have to wait too long fails, and whoever asked for it says so."""
    http = logging.getLogger("discord.http")
    http.warning(LIMITED, "POST", "https://discord.com/api/v10/channels/1234/messages", 2.5)
    http.warning("Global rate limit has been hit. Retrying in %.2f seconds.", 2.5)
    http.warning(LIMITED, "POST", "https://discord.com/api/v10/channels/1234/messages", 61.0)
    assert without_moment(log) == (
        'warning event=slowed problem="Discord asks the bot to wait; trying again within 3 seconds." '
        "again_in_seconds=2.5\n"
    )


def test_a_silent_gateway_is_told(log: io.StringIO) -> None:
    text = "Shard ID %s has stopped responding to the gateway. Closing and restarting."
    logging.getLogger("discord.gateway").warning(text, None)
    assert without_moment(log) == (
        'warning event=disconnected problem="Discord has stopped answering; connecting again now."\n'
    )


def test_what_is_no_outage_is_left_as_it_is(log: io.StringIO) -> None:
    logging.getLogger("discord.state").warning("Somehow timed out waiting for guild ID %s.", 1)
    logging.getLogger("rapporteur").warning("kept", extra={"fields": {"event": "kept"}})
    assert without_moment(log) == (
        'warning event=log logger=discord.state message="Somehow timed out waiting for guild ID 1."\n'
        "warning event=kept\n"
    )


def test_a_fault_while_names_are_completed_is_logged_without_the_ids_of_who_typed(log: io.StringIO) -> None:
    said = "Ignoring exception in autocomplete for %r (Guild: %s, User: %s)"
    for problem in (TimeoutError(), ZeroDivisionError("ours")):
        logging.getLogger("discord.app_commands.tree").error(said, "ask", 123, 456, exc_info=problem)
    assert without_moment(log) == (
        'error event=log logger=discord.app_commands.tree message="a fault while names were completed"\n'
        "ours\n"  # the end of the traceback, without its first word
    )
