"""What the bot relies on in discord.py beyond its documentation: each as it is needed, for a version that lacks it.

Beside each use a comment begins with "Internal of discord.py" or "Internals of discord.py".
"""

import ast
import asyncio
import contextlib
import inspect
import logging
import re
import sys
from types import ModuleType
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.http import Route
from discord.shard import EventItem, EventType

from tests.architecture.sources import Source, sources
from tests.fakes.discord_server import DiscordServer
from tests.fakes.selftest.client import SmallBot, pointed_at, running

_USES = re.compile(
    r"DEFAULT_GATEWAY =|Route\.BASE =|\.http\.request\(|self\.ws\.open|VoiceClient\.|\.to_components\(|__cause__|"
    r"\.to_dict\(tree|exc_info\[1\] if|_OF_THE_WAY =|problem = sys\.exception\(\)|EventType\.|_AutoShardedClient__|"
    r"_SHARD_WAITS ="
)
_MARK = re.compile("# Internals? of discord.py")
ABOVE = 6  # lines above the use in which the comment begins


class Refused(SmallBot):
    """Ends as soon as its connection does, and keeps what was going on then."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[BaseException | None, object]] = []

    def dispatch(self, name: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever discord.py has
        super().dispatch(name, *args, **kwargs)
        if name == "disconnect":
            self.seen.append((sys.exception(), getattr(self, "ws", None)))
            raise EOFError


def test_every_use_is_marked() -> None:
    rooms = [source for source in sources("bot") if "/discord/" in source.name]
    assert [place for source in rooms for place in unmarked(source)] == []
    assert sum(len(_USES.findall(source.text)) for source in rooms) >= 12, "this test sees the uses"


async def test_all_requests_begin_with_the_base_and_the_first_connection_goes_to_the_default_gateway() -> None:
    async with DiscordServer.create() as server, running(server) as bot:
        assert Route("GET", "/users/{id}", id=5).url == f"{server.api}/users/5"
        assert len(server.gateway.identifies) == 1
        assert (await bot.http.get_bot_gateway())[1] == server.gateway.url()


async def test_a_connection_says_whether_it_stands() -> None:
    async with DiscordServer.create() as server:
        async with running(server) as bot:
            assert bot.ws.open is True
        assert bot.ws.open is False


async def test_a_request_gives_what_discord_says_as_it_is() -> None:
    async with DiscordServer.create() as server, running(server) as bot:
        route = Route("GET", "/applications/{application_id}/commands", application_id=bot.application_id)
        offered = await bot.http.request(route, params={"with_localizations": "true"})
        assert {command["name"] for command in offered} >= {"echo", "Count words"}
        assert all(isinstance(command, dict) for command in offered)


async def test_a_first_connection_that_is_refused_is_told_while_the_reason_is_at_hand() -> None:
    async with DiscordServer.create() as server:
        with pointed_at(server):
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:9/")
            bot = Refused()
            with contextlib.suppress(EOFError):
                await asyncio.wait_for(bot.start(server.token), 10)
            await bot.close()
    ((problem, connection),) = bot.seen
    assert isinstance(problem, OSError)
    assert connection is None


async def test_the_cause_of_a_failed_login_is_discords_answer() -> None:
    async with DiscordServer.create() as server:
        with pointed_at(server), pytest.raises(discord.LoginFailure) as failed:
            async with SmallBot() as bot:
                await bot.login("not.a.token")
    assert isinstance(failed.value.__cause__, discord.HTTPException)


def test_a_client_can_be_kept_from_missing_voice(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("warn_nacl", "warn_dave"):
        assert isinstance(getattr(discord.VoiceClient, name), bool)
        monkeypatch.setattr(discord.VoiceClient, name, False)
    discord.Client(intents=discord.Intents(guilds=True))
    assert caplog.records == []


async def test_a_command_and_a_view_give_the_objects_that_discord_takes() -> None:
    async with discord.Client(intents=discord.Intents.none()) as client:
        tree = app_commands.CommandTree(client)

        @tree.command()
        async def echo(_: discord.Interaction, text: str) -> None:
            """Say it again"""

        assert (echo.to_dict(tree)["name"], echo.to_dict(tree)["options"][0]["name"]) == ("echo", "text")
        assert list(inspect.signature(echo.get_translated_payload).parameters) == ["tree", "translator"]
        assert tree.translator is None
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay("words"))
    assert view.to_components() == [{"type": 10, "content": "words"}]  # type: ignore[no-untyped-call]  # see render


def test_what_the_log_is_told_of_outages_is_recognised() -> None:
    """The name of the logger, the last argument of each line about a pause, and the words of two others."""
    assert issubclass(ReconnectWebSocket, Exception)
    for module in (discord.client, discord.gateway, discord.http, discord.shard, discord.app_commands.tree):
        assert logging.getLogger(module.__name__) is module._log
    assert {ast.unparse(call.args[-1]) for call in logged(discord.http) if call.args[1:]} == {"retry_after"}
    again = [call for call in logged(discord.client) if "reconnect in" in ast.unparse(call.args[0])]
    assert [(ast.unparse(call.func), ast.unparse(call.args[-1])) for call in again] == [("_log.exception", "retry")]
    failed = [call for call in logged(discord.shard) if "Failed to connect" in ast.unparse(call.args[0])]
    assert [ast.unparse(call.func) for call in failed] == ["_log.exception"]
    assert "asyncio.sleep(5.0)" in inspect.getsource(discord.AutoShardedClient.launch_shard)
    assert any("stopped responding" in ast.unparse(call) for call in logged(discord.gateway))
    assert any("autocomplete" in ast.unparse(call) for call in logged(discord.app_commands.tree))


def test_shards_put_what_they_ask_for_into_one_queue() -> None:
    """It is made before there are shards, and each item has its type and its shard; a RESUME is a type of its own."""
    made = inspect.getsource(discord.AutoShardedClient._async_setup_hook)
    assert "self.__queue = asyncio.PriorityQueue()" in made
    assert "self.__queue.put_nowait" in inspect.getsource(discord.AutoShardedClient.launch_shard)
    assert "await self.__queue.get()" in inspect.getsource(discord.AutoShardedClient.connect)
    kinds = {EventType.reconnect, EventType.identify, EventType.resume, EventType.close, EventType.terminate}
    assert len(kinds) == 5
    item = EventItem(EventType.identify, None, None)
    assert (item.type, item.shard) == (EventType.identify, None)


def test_a_use_without_a_comment_is_seen() -> None:
    text = "# Internal of discord.py: a\nDiscordWebSocket.DEFAULT_GATEWAY = 1\n" + "\n" * 9 + "Route.BASE = 2\n"
    assert list(unmarked(Source("sample.py", text))) == ["sample.py:12"]


def unmarked(source: Source) -> list[str]:
    """Where a module relies on what discord.py does not document without saying so."""
    lines = source.text.splitlines()
    return [
        f"{source.name}:{number}"
        for number, line in enumerate(lines, start=1)
        if _USES.search(line) and not _MARK.search("\n".join(lines[max(0, number - 1 - ABOVE) : number]))
    ]


def logged(module: ModuleType) -> list[ast.Call]:
    """The calls by which a module of discord.py logs a warning or worse."""
    tree = ast.parse(inspect.getsource(module))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if re.fullmatch(r"_log\.(warning|error|exception)", ast.unparse(call.func))]
