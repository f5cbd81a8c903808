"""Discord on loopback: everything wired together, started and stopped, and what tests may change about it."""

from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.desk import Deadlines, Desk
from tests.fakes.discord_server.errors import Misuse
from tests.fakes.discord_server.events import NO_INTENT, Event, Intent
from tests.fakes.discord_server.faults import Faults
from tests.fakes.discord_server.front import PREFIX, Front
from tests.fakes.discord_server.gateway import Gateway
from tests.fakes.discord_server.message import Message
from tests.fakes.discord_server.model import Channel, ChannelKind, Guild, Role, User
from tests.fakes.discord_server.permissions import ORDINARY
from tests.fakes.discord_server.rates import Rates
from tests.fakes.discord_server.registry import CommandRegistry
from tests.fakes.discord_server.routes_application import ApplicationRoutes
from tests.fakes.discord_server.routes_channels import ChannelRoutes
from tests.fakes.discord_server.routes_interactions import InteractionRoutes
from tests.fakes.discord_server.users import Users
from tests.fakes.discord_server.waiting import WITHIN, AdjustableClock
from tests.fakes.discord_server.world import World

TOKEN = "a-token-for-loopback-only"
UPLOADS_BYTES = 2 * limits.ATTACHMENTS * limits.ATTACHMENT_BYTES  # so that Discord's own limit is what refuses
SHUTDOWN_SECONDS = 1.0


@dataclass(frozen=True, repr=False)
class DiscordServer(Users):
    """A Discord of one application. Use it as an async context manager; it listens on a free port of 127.0.0.1.

    What users do are the methods of ``Users``. The rest is reached through its parts: ``world`` (state), ``registry``
    (commands), ``gateway`` (sessions), ``desk`` (interactions and ``desk.deadlines``), ``front`` (the record of
    requests), ``faults``, ``rates`` and ``clock`` (``clock.advance(seconds)``).
    """

    clock: AdjustableClock
    token: str
    faults: Faults
    rates: Rates
    front: Front
    _runner: web.AppRunner
    _address: list[str] = field(default_factory=list)

    @classmethod
    def create(cls, token: str = TOKEN, *, granted: Intent = NO_INTENT) -> Self:
        """Wire a server; ``granted`` are the privileged intents switched on in the developer portal."""
        address: list[str] = []
        clock = AdjustableClock()
        faults, rates = Faults(), Rates(clock)
        front = Front(token, faults, rates)
        gateway = Gateway(token, granted, lambda: f"ws://{address[0]}/gateway-socket")
        world = World(clock, gateway.publish, lambda: f"http://{address[0]}/files")
        gateway.world = world
        registry = CommandRegistry(world.application, world.new_id)
        desk = Desk(world, Deadlines())
        app = web.Application(middlewares=[front.middleware()], client_max_size=UPLOADS_BYTES)
        app.add_routes(ApplicationRoutes(world, gateway, registry).routes())
        app.add_routes(InteractionRoutes(desk).routes())
        app.add_routes(ChannelRoutes(world).routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        return cls(world, registry, gateway, desk, set(), clock, token, faults, rates, front, runner, address)

    @property
    def api(self) -> str:
        """The base of all routes, for ``RAPPORTEUR_DISCORD_API`` or ``discord.http.Route.BASE``."""
        return f"http://{self._address[0]}{PREFIX}"

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self.world.bot

    async def start(self) -> None:
        """Begin to listen."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self._address.append(f"{host}:{port}")

    async def stop(self) -> None:
        """Hang up on everyone; raises the first crash of a handler, for that is a fault of the fake."""
        await self.gateway.drop(1001)
        await self._runner.cleanup()
        if self.front.crashes:
            raise self.front.crashes[0]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def until_ready(self, identifies: int = 1, within: float = 4 * WITHIN) -> None:
        """Wait until the gateway was identified to so many times and some command is registered."""
        await self.gateway.until_identified(identifies, within)
        await self.front.changed.until(lambda: bool(self._scopes()), within, lambda: "no command was registered")

    def add_user(self, name: str, *, reachable: bool = True) -> User:
        """A new person; one who is not ``reachable`` takes no direct messages from the bot."""
        return self.world.add_user(name, reachable=reachable)

    def add_guild(self, name: str, *, locale: str = "en-US", owner: User | None = None) -> Guild:
        """A guild the bot is a member of; while it is connected, this is an invitation."""
        guild = Guild(self.world.new_id(), name, owner or self.world.add_user(f"owner of {name}"), locale)
        self.world.guilds[guild.id] = guild
        data = self.world.guild_payload(guild)
        del data["unavailable"]  # This is how a client tells an invitation from a guild that comes back.
        self.gateway.publish(Event("GUILD_CREATE", data, guild.id, Intent.GUILDS))
        return guild

    def remove_guild(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        del self.world.guilds[guild.id]
        self.gateway.publish(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id, Intent.GUILDS))

    def add_channel(
        self, guild: Guild, name: str, *, nsfw: bool = False, bot_permissions: int = int(ORDINARY)
    ) -> Channel:
        """A text channel of a guild; ``bot_permissions`` is what the bot may do there."""
        channel = Channel(
            self.world.new_id(),
            ChannelKind.TEXT,
            name,
            guild,
            nsfw=nsfw,
            bot_permissions=bot_permissions,
            bot=self.bot.id,
        )
        self.world.channels[channel.id] = channel
        self.gateway.publish(Event("CHANNEL_CREATE", channel.payload(), guild.id, Intent.GUILDS))
        return channel

    def add_thread(self, parent: Channel, name: str, *, bot_permissions: int = int(ORDINARY)) -> Channel:
        """A public thread of a text channel."""
        guild = parent.guild
        if guild is None:
            raise Misuse("direct messages have no threads")
        thread = Channel(
            self.world.new_id(),
            ChannelKind.THREAD,
            name,
            guild,
            parent.id,
            nsfw=parent.nsfw,
            bot_permissions=bot_permissions,
            bot=self.bot.id,
        )
        self.world.channels[thread.id] = thread
        self.gateway.publish(Event("THREAD_CREATE", thread.payload(), guild.id, Intent.GUILDS))
        return thread

    def add_role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """A role of a guild."""
        role = Role(self.world.new_id(), name, permissions)
        self.world.roles.setdefault(guild.id, {})[role.id] = role
        data = {"guild_id": str(guild.id), "role": role.payload()}
        self.gateway.publish(Event("GUILD_ROLE_CREATE", data, guild.id, Intent.GUILDS))
        return role

    def give_roles(self, guild: Guild, user: User, *roles: Role) -> None:
        """Let a member have exactly these roles."""
        self.world.members[guild.id, user.id] = roles

    def direct_channel(self, user: User) -> Channel:
        """The channel between the bot and a user, where slash commands can be called too."""
        return self.world.direct_channel(user)

    def open_command(self, name: str) -> None:
        """As an admin would: let everyone use a command, whatever its default permissions."""
        self.opened.add(name)

    def delete_message(self, message: Message) -> None:
        """As a moderator would."""
        self.world.delete(message)

    def _scopes(self) -> list[object]:
        return [command for scope in (None, *self.world.guilds) for command in self.registry.all(scope)]
