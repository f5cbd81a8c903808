"""The bot on Discord: one client at a time, kept connected until it is told to stop.

Wires the room once, in ``run``; nothing happens at import. discord.py ends with an exception on an error 503 at log-in
or a fault while it reads an event, and has to be ended where the first connection is refused: each of these makes a new
client here, after a pause.
"""

import asyncio
import contextlib
import gc
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial

import aiohttp
import discord

from bot.discord.client import FIRST_PAUSE, LONGEST_PAUSE, LONGEST_RATE_LIMIT, Client
from bot.discord.courier import Courier
from bot.discord.desk import Desk
from bot.discord.gate import Gate
from bot.discord.guard import tracing
from bot.discord.limits import MOST_A_SECOND
from bot.discord.moderators import rules
from bot.discord.outages import AWAY, Outages, patience
from bot.discord.sharded import ShardedClient
from bot.discord.tasks import Tasks
from bot.discord.throttle import Throttle
from bot.discord.upkeep import keep_last, keep_unanswered, keep_up
from bot.discord.voices import Voices
from bot.discord.watching import Presence, watched
from bot.discord.workers import Workers
from bot.errors.settings import RefusedIntentsError
from bot.logs import event, rephrase
from bot.publishing.database import log_unread
from bot.publishing.keeper import Keeper
from bot.saying.templates import Templates, of_log
from bot.service.unanswered import Unanswered
from bot.settings import Settings
from bot.settings.shards import Shards
from corpus.errors import RapporteurError
from retrieval.index.compiled import bring

COMPILED = "compiled"  # in the data directory: what numba has compiled, where it is installed
# Gateway, Close Event Codes: what no new try would change
BAD_TOKEN, BAD_INTENTS = 4004, frozenset({4013, 4014})
SWITCH_INTERVAL = 0.0005  # seconds, ours
SELDOM = 100  # looks at what is young before Python's collector looks through all, ours: 10 unless it is told
# Reference, User Agent: the library's address and version, then what one likes
USER_AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py, {discord.__version__}) Rapporteur"


def run(settings: Settings, keeper: Keeper) -> int:
    """Connect to Discord and answer until SIGTERM or SIGINT, then finish what is under way; the exit code.

    The reports are loaded meanwhile; until they are, whoever asks is told so.

    Raises ``RefusedTokenError`` and ``RefusedIntentsError`` where Discord does not let the bot in, ``CorpusError``
    where there is no edition to answer from, and ``SettingError`` where metrics are to be served and cannot be.
    """
    return asyncio.run(_run(settings, keeper))


async def _run(settings: Settings, keeper: Keeper) -> int:
    shards = settings.shards(socket.gethostname())
    presence = Presence(keeper.service, shards=len(shards.ids) if shards else 1)
    async with watched(settings.metrics, presence.standing):
        return await _answer(settings, keeper, shards, presence)


async def _answer(settings: Settings, keeper: Keeper, shards: Shards | None, presence: Presence) -> int:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    workers = Workers()
    # Threads take turns: the default of 5 ms is longer than all the loop has to do for a first response.
    sys.setswitchinterval(SWITCH_INTERVAL)
    # Internal of discord.py: a client warns of each library for voice that is missing, unless this is false.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses voice here
    # Internal of discord.py: what every address of its HTTP API begins with.
    discord.http.Route.BASE = settings.discord_api.rstrip("/")
    voices = Voices.of(settings.language)
    templates = of_log()
    outages = Outages(templates, LONGEST_RATE_LIMIT)
    unanswered = Unanswered(settings.keep_questions.count)
    token = settings.require_token().get_secret_value()
    share = MOST_A_SECOND / (shards.processes if shards else 1)
    rephrase(outages.retell)
    bring(settings.data_directory / COMPILED)
    loading = asyncio.create_task(_load(keeper, templates, workers, stopping))
    keeping = asyncio.create_task(keep_unanswered(unanswered, keeper, workers, templates, loading=loading))
    # As many connections as there are requests: what hangs in one channel must not keep an answer in another waiting.
    connector = aiohttp.TCPConnector(limit=0)
    headers = {"User-Agent": USER_AGENT}
    async with aiohttp.ClientSession(connector=connector, headers=headers, trace_configs=[tracing()]) as session:
        desk = Desk(
            tasks=Tasks(keeper, voices, unanswered=unanswered),
            throttle=Throttle(settings.person_limit, settings.channel_limit, settings.server_limit, time.monotonic),
            courier=Courier(session, discord.http.Route.BASE, time.monotonic, token=token, most_a_second=share),
            workers=workers,
            rules=lambda client: rules(
                client, settings.moderator_role, settings.home_guild, sees_all=shards is None or shards.are_all
            ),
            language=settings.language,
            spoiler=settings.spoiler,
        )
        upkeep = partial(
            keep_up,
            health_file=settings.health_file,
            courier=desk.courier,
            keeper=keeper,
            workers=workers,
            listening=Workers(1),
            templates=templates,
        )
        try:
            client: Callable[[], Client] = partial(Client, desk, upkeep, outages)
            if shards is not None:
                gate = Gate(keeper.store.slots, templates)
                client = partial(ShardedClient, desk, upkeep, outages, shards=shards, gate=gate)
            await _stay_connected(settings, desk, partial(presence.made, client), outages=outages, stopping=stopping)
        finally:
            await desk.close(settings.shutdown_seconds)  # where the end came while there was no connection
            keeping.cancel()
            await keep_last(unanswered, keeper, workers)
    if loading.done():
        loading.result()
    event("stopped")
    return 0


async def _load(keeper: Keeper, templates: Templates, workers: Workers, stopping: asyncio.Event) -> None:
    """Load the live edition or make the first one; where neither can be, there is nothing to stay for."""
    started = time.monotonic()
    try:
        await workers.do(keeper.start)
    except BaseException:
        stopping.set()
        raise
    # Python's collector stops every answer while it looks through all there is: it need not look at what is there by
    # now, which stays, and seldom at the rest, of which answers leave nothing for it.
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], SELDOM)
    live = keeper.service.snapshot().live
    if live.unkept is not None:
        event("unkept", logging.WARNING, problem=templates("database.unkept", problem=templates.error(live.unkept)))
    log_unread(templates, live.reading)
    event("live", edition=live.edition.label, ms=round((time.monotonic() - started) * 1000))


async def _stay_connected(
    settings: Settings, desk: Desk, made: Callable[[], Client], outages: Outages, stopping: asyncio.Event
) -> None:
    """One client after the other until ``stopping`` is set, after pauses that grow as long as none gets through."""
    pause = FIRST_PAUSE
    while not stopping.is_set():
        async with made() as client:
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
