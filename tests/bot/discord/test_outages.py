"""What stands between the bot and Discord is one sentence in the log each time, and no traceback, whatever it does."""

import re
import sys

import pytest

from tests.bot.discord.conftest import Stage, assert_clean
from tests.fakes.bad_ports import Behaviour, bad_port, cutting, silent, unencrypted
from tests.fakes.bot_process import BotProcess
from tests.fakes.discord_server import Delay
from tests.fakes.discord_server.faults import Fault, Instead

pytestmark = pytest.mark.asyncio(loop_scope="module")

STRANGE = "What came back is not what Discord sends, so a proxy may have answered in its place"
REDIRECTED = (
    "What came back points to another address, which Discord's answers never do, so a proxy may have answered in its "
    "place"
)
LATE = "Discord has not answered in time"
CUT = "The connection to Discord was cut"
INSECURE = "No secure connection to Discord can be made, so check this computer's clock and certificates"
PAGE = b"<!doctype html><title>Sign in</title>"
TROUBLE = re.compile(r"^\S+ ((?:warning|error) .*)$", re.MULTILINE)
# The bot, with less patience than the minute and a half that it has.
HASTY = """
import sys
import bot.discord.client
from bot.__main__ import main
bot.discord.client.LONGEST_LOGIN = 0.5
sys.exit(main(["run"]))
"""


def hasty(stage: Stage, **environment: str) -> BotProcess:
    bot = stage.process(**environment)
    bot.argv = (sys.executable, "-c", HASTY)
    return bot


def told(bot: BotProcess, what: str) -> None:
    """One line of trouble and no more, in words."""
    (line,) = TROUBLE.findall(bot.output)
    assert line == f'warning event=disconnected problem="{what}; trying again within one second." again_in_seconds=0.5'
    assert "logger=" not in bot.output
    assert_clean(bot)


USER, APPLICATION, GATEWAY = "GET /users/@me", "GET /oauth2/applications/@me", "GET /gateway/bot"


@pytest.mark.parametrize(
    ("request_", "fault", "what"),
    [
        pytest.param(USER, Instead(PAGE), STRANGE, id="a web page"),
        pytest.param(USER, Instead(PAGE, "application/json"), STRANGE, id="a web page that calls itself JSON"),
        pytest.param(USER, Instead(b"[]", "application/json"), STRANGE, id="a list"),
        pytest.param(USER, Instead(b"{}", "application/json"), STRANGE, id="an object of nothing"),
        pytest.param(USER, Instead(b"\xff\xfe"), STRANGE, id="no text"),
        pytest.param(USER, Instead(PAGE, status=302, location="/login"), REDIRECTED, id="a redirect"),
        pytest.param(APPLICATION, Instead(PAGE), STRANGE, id="a web page about the application"),
        pytest.param(GATEWAY, Instead(PAGE), STRANGE, id="a web page about the gateway"),
        pytest.param(USER, Instead(PAGE, status=401), STRANGE, id="a page that asks who asks: no refused token"),
    ],
)
async def test_whatever_answers_in_discords_place_at_the_start(
    empty_stage: Stage, request_: str, fault: Fault, what: str
) -> None:
    empty_stage.server.faults.next(request_, fault)
    async with empty_stage.process() as bot:
        assert await bot.stop() == 0
    told(bot, what)


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        pytest.param(Instead(PAGE), STRANGE, id="a web page"),
        pytest.param(Instead(PAGE, status=302, location="/login"), REDIRECTED, id="a redirect"),
        pytest.param(
            Instead(PAGE, status=511), "Discord answers with an error (511 Network Authentication Required)", id="a 511"
        ),
    ],
)
async def test_whatever_answers_in_the_gateways_place(empty_stage: Stage, fault: Fault, what: str) -> None:
    empty_stage.server.faults.next("GET /gateway-socket", fault)
    async with empty_stage.process() as bot:
        assert await bot.stop() == 0
    told(bot, what)


async def test_commands_that_a_web_page_took_are_sent_again(empty_stage: Stage) -> None:
    empty_stage.server.faults.next("PUT /applications/*", Instead(PAGE))
    async with empty_stage.process() as bot:
        await bot.until_printed("event=commands registered")
        assert await bot.stop() == 0
    (line,) = TROUBLE.findall(bot.output)
    assert line.startswith(f'warning event=commands problem="{STRANGE}; trying again within one second."')
    assert_clean(bot)


@pytest.mark.parametrize(("behaviour", "what"), [(silent, LATE), (cutting, CUT), (unencrypted, INSECURE)])
async def test_a_connection_that_is_never_encrypted(empty_stage: Stage, behaviour: Behaviour, what: str) -> None:
    async with bad_port(behaviour) as port:
        bot = hasty(empty_stage, RAPPORTEUR_DISCORD_API=f"https://127.0.0.1:{port}/api/v10")
        await bot.start()
        await bot.until_printed("event=disconnected")
        assert await bot.stop() == 0
        await bot.kill()
    told(bot, what)


async def test_a_log_in_that_is_never_answered_is_given_up(empty_stage: Stage) -> None:
    empty_stage.server.faults.next("GET /users/@me", Delay(5))
    async with hasty(empty_stage) as bot:
        assert await bot.stop() == 0
    told(bot, LATE)


async def test_an_outage_that_goes_on_is_told_once(empty_stage: Stage) -> None:
    """Until it is over; the next one is news again."""
    empty_stage.server.faults.next("GET /users/@me", Instead(PAGE), times=3)
    async with empty_stage.process() as bot:
        await bot.until_printed("event=recovered of=disconnected repeated=2")
        assert await bot.stop() == 0
    told(bot, STRANGE)
