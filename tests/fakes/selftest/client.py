"""A small bot for the self-tests, and how to run one against a fake Discord."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

from tests.fakes.discord_server import DiscordServer

READY_SECONDS = 0.05  # discord.py waits so long for further guilds before it says that it is ready


class SmallBot(discord.Client):
    """Answers a few commands. ``go`` holds back the slow ones, ``errors`` keeps what went wrong in commands."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(
            intents=intents or discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=READY_SECONDS,
            max_messages=None,
        )
        self.tree = app_commands.CommandTree(self)
        self.go = asyncio.Event()
        self.errors: asyncio.Queue[BaseException] = asyncio.Queue()
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.tree.error(self._failed)

    async def setup_hook(self) -> None:
        add_commands(self)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.put_nowait(message)
        if self.user in message.mentions or message.guild is None:
            async with message.channel.typing():
                await message.reply(f"You said: {message.content}")

    async def _failed(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.put_nowait(error.__cause__ or error)


def add_commands(bot: SmallBot) -> None:
    @bot.tree.command()
    @app_commands.describe(text="What to say")
    async def echo(interaction: discord.Interaction, text: app_commands.Range[str, 1, 20]) -> None:
        """Say it again"""
        await interaction.response.send_message(text, view=Pager())

    @bot.tree.command()
    async def secret(interaction: discord.Interaction) -> None:
        """Say it in private"""
        await interaction.response.send_message("Only you can read this.", ephemeral=True)

    @bot.tree.command()
    async def slow(interaction: discord.Interaction, private: bool = False) -> None:
        """Ask for time, then answer"""
        await interaction.response.defer(ephemeral=private)
        await bot.go.wait()
        await interaction.edit_original_response(content="Done.")
        await interaction.followup.send("And another thing.", ephemeral=not private)

    @bot.tree.command()
    async def late(interaction: discord.Interaction) -> None:
        """Answer when it is too late"""
        await bot.go.wait()
        await interaction.response.send_message("Too late?")

    @bot.tree.command()
    async def pick(interaction: discord.Interaction, report: str) -> None:
        """Pick a report"""
        await interaction.response.send_message(f"Picked {report}.")

    @pick.autocomplete("report")
    async def reports(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"Report {typed}", value=typed)]

    add_richer_commands(bot)


def add_richer_commands(bot: SmallBot) -> None:
    @bot.tree.context_menu(name="Count words")
    async def count(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"{len(message.content.split())} words")

    @bot.tree.command()
    async def read(interaction: discord.Interaction, file: discord.Attachment, by: discord.Member) -> None:
        """Read a file"""
        await interaction.response.defer()
        content = (await file.read()).decode()
        await interaction.followup.send(f"{by.name}: {content}", ephemeral=True)

    @bot.tree.command()
    async def form(interaction: discord.Interaction) -> None:
        """Open a form"""
        await interaction.response.send_modal(Form())

    @bot.tree.command()
    async def menu(interaction: discord.Interaction) -> None:
        """Open a menu, then take it away"""
        await interaction.response.send_message("Choose", view=Menu())
        await bot.go.wait()
        await interaction.delete_original_response()

    group = app_commands.Group(name="corpus", description="Look after the corpus")

    @group.command()
    async def refresh(interaction: discord.Interaction) -> None:
        """Read everything again"""
        await interaction.response.send_message(f"{interaction.permissions.manage_guild}, {interaction.locale}")

    group.default_permissions = discord.Permissions(manage_guild=True)
    bot.tree.add_command(group)


class Pager(discord.ui.View):
    """One button that changes its message."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Next", custom_id="page:2")
    async def next(self, interaction: discord.Interaction, _: "discord.ui.Button[Pager]") -> None:
        await interaction.response.edit_message(content="Page two.", view=None)


class Menu(discord.ui.View):
    """One menu that acknowledges first and edits its message afterwards."""

    @discord.ui.select(
        custom_id="colour", options=[discord.SelectOption(label="Red"), discord.SelectOption(label="Blue")]
    )
    async def choose(self, interaction: discord.Interaction, select: "discord.ui.Select[Menu]") -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"You chose {select.values[0]}.")


class Form(discord.ui.Modal):
    """One question."""

    def __init__(self) -> None:
        super().__init__(title="A form", custom_id="form")
        self.name: discord.ui.TextInput[Form] = discord.ui.TextInput(custom_id="name")
        self.add_item(discord.ui.Label(text="Name", component=self.name))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Hello {self.name.value}", ephemeral=True)


@contextmanager
def pointed_at(server: DiscordServer) -> Iterator[None]:
    """Let discord.py talk to the fake. A client without shards takes its gateway from a constant and never asks."""
    before = discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = server.api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway.url())
    try:
        yield
    finally:
        discord.http.Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@asynccontextmanager
async def running(server: DiscordServer, bot: SmallBot | None = None) -> AsyncIterator[SmallBot]:
    """A bot that is ready inside and gone outside."""
    bot = bot or SmallBot()
    with pointed_at(server):
        task = asyncio.create_task(bot.start(server.token))
        try:
            await server.until_ready(len(server.gateway.identifies) + 1)
            await asyncio.wait_for(bot.wait_until_ready(), 5)
            yield bot
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)
