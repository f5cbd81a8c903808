"""One log-in to Discord and one connection to its gateway: which events there are and who answers them."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import discord
import yarl
from discord import app_commands

from bot.discord.commands import commands, hear
from bot.discord.desk import Desk, Interaction
from bot.discord.feedback import Ballot
from bot.discord.following import Under
from bot.discord.forgetting import forgetting
from bot.discord.forms import open_form, typed
from bot.discord.guard import require_confidential, tracing, understood
from bot.discord.ids import ABOUT, FORGET, FORGET_NOW, HELPFUL, SHARE, UNHELPFUL
from bot.discord.manners import follow_deletion, follow_edit, note_own
from bot.discord.outages import AWAY, Outages, patience
from bot.discord.permissions import actor
from bot.discord.registration import synchronise
from bot.discord.render import shown, values
from bot.discord.translation import CommandNames
from bot.discord.upkeep import Connection
from bot.errors.serving import UnknownCommandError
from bot.logs import event, recovered
from bot.saying.templates import of_log
from corpus.errors import StoreError

# Ours, in seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0  # between two connections that were never made or broke down
LONGEST_RATE_LIMIT = 60.0  # a request that has to wait longer than this fails instead
LONGEST_LOGIN = LONGEST_RATE_LIMIT + 30.0  # whatever hangs on the way; the gateway's connection has 60 in discord.py

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
        for command in commands(desk.tasks.registry, desk.tasks.voices.public, desk):
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

    def __init__(self, desk: Desk, upkeep: Upkeep, outages: Outages, **sharding: Any) -> None:  # noqa: ANN401  # of discord.py
        super().__init__(
            # Neither members nor message content: commands, menus and messages that mention the bot carry their text.
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            # Everything that is sent, once and for all: whatever a report or a question says must ping nobody.
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            http_trace=tracing(),
            **sharding,
        )
        self.tree = Tree(self, desk)
        self._desk = desk
        self._upkeep = upkeep
        self._outages = outages
        self._tasks: list[asyncio.Task[None]] = []
        self.has_been_ready = False
        self.registers = True  # whether it sees to the commands

    @property
    def is_connected(self) -> bool:
        """Whether the gateway connection stands."""
        # Internal of discord.py: ``ws`` is the gateway's connection, its ``open`` is false once its socket is closed.
        return self.is_ready() and not self.is_closed() and self.ws.open

    @property
    def had_connection(self) -> bool:
        """Whether there has been a connection to the gateway."""
        # Internal of discord.py: ``ws`` is None, or not there, until there has been one, whatever its type says.
        return getattr(self, "ws", None) is not None

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
        # Internals of discord.py: without shards it never asks where the gateway is, but connects to DEFAULT_GATEWAY;
        # the address is the second thing of three that get_bot_gateway() gives.
        if not discord.http.Route.BASE.startswith("https://discord.com/"):
            _, address, _ = await self.http.get_bot_gateway()
            discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(require_confidential(address))
        await self.tree.set_translator(CommandNames(self._desk.tasks.voices.public))
        self._tasks = [asyncio.create_task(self._keep_up())]
        if self.registers:
            self._tasks.append(asyncio.create_task(self._register()))

    def dispatch(self, name: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # whatever discord.py has
        """Hand an event on, but none once this client is closed, and end with what went wrong where the very first
        connection was not made.

        discord.py would wait and then resume what never began; and it has a task that waits for the last guild, says
        "ready" and outlives the client. Both end with an ``AttributeError``.
        """
        # Internal of discord.py: it says "disconnect" while it handles what cut the connection.
        problem = sys.exception()
        if name == "disconnect" and not self.had_connection and problem is not None:
            raise problem
        if not self.is_closed():
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
            if message.author.id == self.user.id:
                await note_own(self._desk, message)
            await hear(self._desk, message, self.user.id)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Let an answer follow an edit of its question."""
        if self.user is not None:
            await follow_edit(self._desk, payload.message, self.user.id)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Let an answer go with its question."""
        await follow_deletion(self._desk, [payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """The same for many questions at once."""
        await follow_deletion(self._desk, payload.message_ids)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer buttons, menus and forms; commands go through the tree."""
        is_pressed = interaction.type is discord.InteractionType.component
        if not is_pressed and interaction.type is not discord.InteractionType.modal_submit:
            return
        if not self._desk.is_first(interaction.id):
            return
        tasks, own, message = self._desk.asked(interaction), interaction.custom_id or "", interaction.message
        if not is_pressed:  # a form: who sees the message that it was opened under sees the answer
            private = message is not None and message.flags.ephemeral
            task = tasks.ask_under(own, typed(interaction), Under(shown(message)), private=private)
            await self._desk.serve(interaction, task, via="form")
        elif own.startswith(ABOUT):
            await open_form(self._desk, interaction, own)
        else:
            if own == SHARE:
                task = self._desk.sharing.task(interaction, tasks.voices)
            elif own in (FORGET, FORGET_NOW):
                task = forgetting(tasks, self._desk.readers, interaction.user.id, is_sure=own == FORGET_NOW)
            elif own.startswith((HELPFUL, UNHELPFUL)) and message is not None:
                task = tasks.vote(own, Ballot(interaction.user.id, message.id, shown(message)))
            else:
                task = tasks.press(own, shown(message), values(interaction), actor(interaction.user.id))
            await self._desk.serve(interaction, task, via="button")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget what a server has set that the bot has left."""
        keeper = self._desk.tasks.keeper
        try:
            await self._desk.workers.do(partial(keeper.preferences.forget, guild.id))
        except StoreError as error:
            event("preferences", logging.WARNING, problem=of_log().error(error))

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
