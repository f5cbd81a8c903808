"""The bot on Discord: one client at a time, kept connected until it is told to stop.

Wires the room once, in ``run``; nothing happens at import. discord.py ends with an exception on an error 503 at log-in
or a fault while it reads an event, and has to be ended where the first connection is refused: each of these makes a new
client here, after a pause.
"""

import asyncio
import contextlib
import logging
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands

from bot.discord.commands import commands, hear
from bot.discord.courier import Courier
from bot.discord.desk import Desk, Interaction
from bot.discord.guard import no_redirects, require_confidential, understood
from bot.discord.moderators import rules
from bot.discord.outages import AWAY, Outages, patience
from bot.discord.registration import synchronise
from bot.discord.render import first_text, values
from bot.discord.tasks import Tasks
from bot.discord.throttle import Throttle
from bot.discord.upkeep import Connection, keep_up
from bot.discord.workers import Workers
from bot.errors.serving import UnknownCommandError
from bot.errors.settings import RefusedIntentsError
from bot.logs import event, recovered, rephrase
from bot.publishing.database import log_unread
from bot.publishing.keeper import Keeper
from bot.saying.templates import Templates, load
from bot.settings import Settings
from corpus.errors import RapporteurError

# Gateway, Close Event Codes: what no new try would change
BAD_TOKEN, BAD_INTENTS = 4004, frozenset({4013, 4014})
# Ours, in seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # between two connections that were never made or broke down
SWITCH_INTERVAL = 0.0005
LONGEST_RATE_LIMIT = 60.0  # a request that has to wait longer than this fails instead
LONGEST_LOGIN = LONGEST_RATE_LIMIT + 30.0  # whatever hangs on the way; the gateway's connection has 60 in discord.py
# Reference, User Agent: the library's address and version, then what one likes
USER_AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__}) Rapporteur"

Upkeep = Callable[[Connection], Awaitable[None]]


class Tree(app_commands.CommandTree[discord.Client]):
    """The commands, and what becomes of those that cannot be served."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            # Not on a person's own account: there the bot would be in servers whose rules it does not know.
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._desk = desk
        for command in commands(desk.tasks.registry, desk.tasks.words, desk):
            self.add_command(command)

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let each interaction pass once; the gateway may deliver it again after a resume."""
        return self._desk.is_first(interaction.id)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Say what is wrong with a command that did not even begin."""
        stale = isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch)
        if interaction.type is not discord.InteractionType.autocomplete:
            await self._desk.refuse(interaction, UnknownCommandError() if stale else error)


class Client(discord.Client):
    """One log-in and one gateway connection, with as little memory and as few rights as the work needs."""

    def __init__(self, desk: Desk, upkeep: Upkeep, outages: Outages) -> None:
        super().__init__(
            # Neither members nor message content: commands, menus and messages that mention the bot carry their text.
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            # Everything that is sent, once and for all: whatever a report or a question says must ping nobody.
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            http_trace=no_redirects(),
        )
        self.tree = Tree(self, desk)
        self._desk = desk
        self._upkeep = upkeep
        self._outages = outages
        self._tasks: list[asyncio.Task[None]] = []
        self.has_been_ready = False

    @property
    def is_connected(self) -> bool:
        """Whether the gateway connection stands."""
        return self.is_ready() and not self.is_closed() and self.ws.open

    async def login(self, token: str) -> None:
        """Log in, to nobody but Discord and within a time that ends. Raises one of ``AWAY`` or what Discord refuses."""
        with understood():
            async with asyncio.timeout(LONGEST_LOGIN):
                await super().login(token)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Hold the gateway's connection. Raises one of ``AWAY``, and what went wrong while an event was read."""
        with understood(is_served=lambda: self.has_been_ready):
            await super().connect(reconnect=reconnect)

    async def setup_hook(self) -> None:
        """After log-in: find the gateway if it is not Discord's own, and see to the commands in the background."""
        if not discord.http.Route.BASE.startswith("https://discord.com/"):
            _, address, _ = await self.http.get_bot_gateway()
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(require_confidential(address))
        self._tasks = [asyncio.create_task(self._register()), asyncio.create_task(self._keep_up())]

    def dispatch(self, name: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever discord.py has
        """Hand an event on, but end with what went wrong where the very first connection was not made.

        discord.py would wait and then resume what never began, which ends with an ``AttributeError``.
        """
        problem = sys.exception()
        is_first = getattr(self, "ws", None) is None  # whatever its type says
        if name == "disconnect" and is_first and problem is not None:
            raise problem
        super().dispatch(name, *args, **kwargs)

    async def close(self) -> None:
        """Leave Discord."""
        # Whatever discord.py waits in here dies with this client, whose limits the next one does not share.
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await super().close()

    async def on_message(self, message: discord.Message) -> None:
        """Answer messages that are meant for the bot."""
        if self.user is not None:
            await hear(self._desk, message, self.user.id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer buttons and menus; commands go through the tree."""
        if interaction.type is discord.InteractionType.component and self._desk.is_first(interaction.id):
            first = first_text(interaction.message)
            task = self._desk.tasks.press(interaction.custom_id or "", first, values(interaction))
            await self._desk.serve(interaction, task, via="button")

    async def on_ready(self) -> None:
        """Note that the bot is there."""
        self.has_been_ready = True
        recovered("disconnected")
        event("ready", guilds=len(self.guilds))

    async def on_resumed(self) -> None:
        """Note that the bot is there again."""
        recovered("disconnected")
        event("resumed")

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Log what went wrong while an event was served; its person has been told if there was a way to."""
        event("fault", logging.ERROR, where=event_method, error=sys.exc_info()[1])

    async def _register(self) -> None:
        """Let Discord know the commands; without that the bot still answers messages and the commands known before."""
        pause = FIRST_PAUSE
        while True:
            try:
                with understood():
                    await synchronise(self, self.tree)
                return recovered("commands")
            except app_commands.CommandSyncFailure as error:
                return event("commands", logging.ERROR, error=error)
            except AWAY as error:
                wait, same = patience(error, pause), self._outages.what(error)
                told = self._outages.told(error, wait)
                event("commands", logging.WARNING, same=same, problem=told, again_in_seconds=wait)
            await asyncio.sleep(wait)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _keep_up(self) -> None:
        await self.wait_until_ready()
        await self._upkeep(self)


def run(settings: Settings, keeper: Keeper) -> int:
    """Connect to Discord and answer until SIGTERM or SIGINT, then finish what is under way; the exit code.

    The reports are loaded meanwhile; until they are, whoever asks is told so.

    Raises ``RefusedTokenError`` and ``RefusedIntentsError`` where Discord does not let the bot in, and
    ``CorpusError`` where there is no edition to answer from.
    """
    return asyncio.run(_run(settings, keeper))


async def _run(settings: Settings, keeper: Keeper) -> int:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    workers = Workers()
    # Threads take turns: the default of 5 ms is longer than all the loop has to do for a first response.
    sys.setswitchinterval(SWITCH_INTERVAL)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses voice here
    discord.http.Route.BASE = settings.discord_api.rstrip("/")
    words = load(settings.language)
    outages = Outages(words, LONGEST_RATE_LIMIT)
    token = settings.require_token().get_secret_value()
    rephrase(outages.retell)
    loading = asyncio.create_task(_load(keeper, words, workers, stopping))
    # As many connections as there are requests: what hangs in one channel must not keep an answer in another waiting.
    connector = aiohttp.TCPConnector(limit=0)
    headers = {"User-Agent": USER_AGENT}
    async with aiohttp.ClientSession(connector=connector, headers=headers, trace_configs=[no_redirects()]) as session:
        desk = Desk(
            tasks=Tasks(keeper, words),
            throttle=Throttle(settings.person_limit, settings.channel_limit, settings.server_limit, time.monotonic),
            courier=Courier(session, discord.http.Route.BASE, time.monotonic, token=token),
            workers=workers,
            rules=lambda client: rules(client, settings.moderator_role, settings.home_guild),
            spoiler=settings.spoiler,
        )
        upkeep = partial(keep_up, settings.health_file, desk.courier, keeper, workers, Workers(1), words)
        try:
            await _stay_connected(settings, desk, upkeep, outages, stopping)
        finally:
            await desk.close(settings.shutdown_seconds)  # where the end came while there was no connection
    if loading.done():
        loading.result()
    event("stopped")
    return 0


async def _load(keeper: Keeper, words: Templates, workers: Workers, stopping: asyncio.Event) -> None:
    """Load the live edition or make the first one; where neither can be, there is nothing to stay for."""
    started = time.monotonic()
    try:
        await workers.do(keeper.start)
    except BaseException:
        stopping.set()
        raise
    live = keeper.service.snapshot().live
    if live.unkept is not None:
        event("unkept", logging.WARNING, problem=words("database.unkept", problem=words.error(live.unkept)))
    log_unread(words, live.reading)
    event("live", edition=live.edition.label, ms=round((time.monotonic() - started) * 1000))


async def _stay_connected(
    settings: Settings, desk: Desk, upkeep: Upkeep, outages: Outages, stopping: asyncio.Event
) -> None:
    """One client after the other until ``stopping`` is set, after pauses that grow as long as none gets through."""
    pause = FIRST_PAUSE
    while not stopping.is_set():
        async with Client(desk, upkeep, outages) as client:
            running = asyncio.create_task(client.start(settings.require_token().get_secret_value()))
            if not await _ends(running, stopping):
                event("stopping")
                await desk.close(settings.shutdown_seconds)
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
                return
            pause = FIRST_PAUSE if client.has_been_ready else pause
        problem = running.exception()
        if refusal := _refusal(problem, settings):
            raise refusal
        wait = patience(problem, pause)
        event(
            "disconnected",
            logging.WARNING,
            error=None if isinstance(problem, AWAY) else problem,
            same=outages.what(problem),
            problem=outages.told(problem, wait),
            again_in_seconds=wait,
        )
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _ends(task: "asyncio.Task[None]", stopping: asyncio.Event) -> bool:
    """Whether ``task`` ends before ``stopping`` is set; goes on running where it does not."""
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait({task, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    return not stopping.is_set()


def _refusal(problem: BaseException | None, settings: Settings) -> RapporteurError | None:
    """What no new try would change, as the error that ends the process."""
    code = problem.code if isinstance(problem, discord.ConnectionClosed) else None
    if isinstance(problem, discord.LoginFailure) or code == BAD_TOKEN:
        return settings.refused_token()
    if isinstance(problem, discord.PrivilegedIntentsRequired) or code in BAD_INTENTS:
        return RefusedIntentsError(code=code or max(BAD_INTENTS))
    return None
