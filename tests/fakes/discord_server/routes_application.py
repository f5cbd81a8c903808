"""Endpoints about the application itself: who it is, where its gateway is, which commands it has."""

from dataclasses import dataclass

from aiohttp import web

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.bodies import read_list, read_mapping
from tests.fakes.discord_server.errors import (
    UNKNOWN_APPLICATION,
    UNKNOWN_GUILD,
    UNKNOWN_USER,
    ApiError,
    JsonObject,
)
from tests.fakes.discord_server.front import PREFIX, reply
from tests.fakes.discord_server.gateway import Gateway
from tests.fakes.discord_server.gateway_protocol import converse
from tests.fakes.discord_server.registry import CommandRegistry, Scope
from tests.fakes.discord_server.world import World


@dataclass(frozen=True)
class ApplicationRoutes:
    """Handlers, each named for what Discord calls its endpoint."""

    world: World
    gateway: Gateway
    registry: CommandRegistry

    def routes(self) -> list[web.RouteDef]:
        """For ``web.Application.add_routes``."""
        commands = PREFIX + "/applications/{application:\\d+}/commands"
        in_guild = PREFIX + "/applications/{application:\\d+}/guilds/{guild:\\d+}/commands"
        found = [
            web.get(PREFIX + "/users/@me", self.current_user),
            web.get(PREFIX + "/users/{user:\\d+}", self.user),
            web.get(PREFIX + "/guilds/{guild:\\d+}", self.guild),
            web.get(PREFIX + "/oauth2/applications/@me", self.current_application),
            web.get(PREFIX + "/applications/@me", self.current_application),
            web.get(PREFIX + "/gateway", self.where),
            web.get(PREFIX + "/gateway/bot", self.where_for_bots),
            web.get("/gateway-socket", self.connect),
        ]
        for path in (commands, in_guild):
            found += [
                web.get(path, self.list_commands),
                web.post(path, self.create_command),
                web.put(path, self.overwrite_commands),
                web.get(path + "/{command:\\d+}", self.command),
                web.patch(path + "/{command:\\d+}", self.edit_command),
                web.delete(path + "/{command:\\d+}", self.delete_command),
            ]
        return found

    async def current_user(self, _: web.Request) -> web.Response:
        """Get Current User."""
        return reply(self.world.bot.payload() | {"verified": True, "mfa_enabled": False, "locale": "en-US"})

    async def user(self, request: web.Request) -> web.Response:
        """Get User."""
        user = self.world.users.get(int(request.match_info["user"]))
        if user is None:
            raise ApiError(UNKNOWN_USER)
        return reply(user.payload())

    async def guild(self, request: web.Request) -> web.Response:
        """Get Guild."""
        guild = self.world.guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise ApiError(UNKNOWN_GUILD)
        return reply(self.world.guild_payload(guild))

    async def current_application(self, _: web.Request) -> web.Response:
        """Get Current Application."""
        return reply(
            {
                "id": str(self.world.application),
                "name": self.world.bot.name,
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": self.world.owner.payload(),
                "team": None,
                "verify_key": "0" * 64,
                "flags": self.gateway.application_flags(),
                "approximate_guild_count": len(self.world.guilds),
                "integration_types_config": {"0": {}},
            }
        )

    async def where(self, _: web.Request) -> web.Response:
        """Get Gateway."""
        return reply({"url": self.gateway.url()})

    async def where_for_bots(self, _: web.Request) -> web.Response:
        """Get Gateway Bot."""
        used = len(self.gateway.identifies)
        starts: JsonObject = {
            "total": limits.SESSION_STARTS_A_DAY,
            "remaining": max(0, limits.SESSION_STARTS_A_DAY - used),
            "reset_after": 24 * 60 * 60 * 1000,
            "max_concurrency": self.gateway.max_concurrency,
        }
        return reply({"url": self.gateway.url(), "shards": 1, "session_start_limit": starts})

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """The gateway itself."""
        return await converse(self.gateway, request)

    async def list_commands(self, request: web.Request) -> web.Response:
        """Get Global (or Guild) Application Commands."""
        localised = request.query.get("with_localizations", "").lower() in ("1", "true")
        return reply(self.registry.listed(self._scope(request), localised=localised))

    async def create_command(self, request: web.Request) -> web.Response:
        """Create Global (or Guild) Application Command."""
        return reply(self.registry.upsert(self._scope(request), await read_mapping(request)), 201)

    async def overwrite_commands(self, request: web.Request) -> web.Response:
        """Bulk Overwrite Global (or Guild) Application Commands."""
        return reply(self.registry.replace(self._scope(request), await read_list(request)))

    async def command(self, request: web.Request) -> web.Response:
        """Get Global (or Guild) Application Command."""
        return reply(self.registry.get(self._scope(request), int(request.match_info["command"])))

    async def edit_command(self, request: web.Request) -> web.Response:
        """Edit Global (or Guild) Application Command."""
        changes = await read_mapping(request)
        return reply(self.registry.edit(self._scope(request), int(request.match_info["command"]), changes))

    async def delete_command(self, request: web.Request) -> web.Response:
        """Delete Global (or Guild) Application Command."""
        self.registry.delete(self._scope(request), int(request.match_info["command"]))
        return reply()

    def _scope(self, request: web.Request) -> Scope:
        if request.match_info["application"] != str(self.world.application):
            raise ApiError(UNKNOWN_APPLICATION)
        guild = request.match_info.get("guild")
        if guild is not None and int(guild) not in self.world.guilds:
            raise ApiError(UNKNOWN_GUILD)
        return None if guild is None else int(guild)
