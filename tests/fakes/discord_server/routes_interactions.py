"""Endpoints about interactions: the callback, and the webhook of an interaction's token."""

from dataclasses import dataclass

from aiohttp import web

from tests.fakes.discord_server.bodies import read_form
from tests.fakes.discord_server.desk import Desk
from tests.fakes.discord_server.front import PREFIX, reply


@dataclass(frozen=True)
class InteractionRoutes:
    """Handlers, each named for what Discord calls its endpoint."""

    desk: Desk

    def routes(self) -> list[web.RouteDef]:
        """For ``web.Application.add_routes``."""
        webhook = PREFIX + "/webhooks/{application:\\d+}/{token}"
        message = webhook + "/messages/{message}"
        return [
            web.post(PREFIX + "/interactions/{interaction:\\d+}/{token}/callback", self.create_response),
            web.post(webhook, self.create_followup),
            web.get(message, self.get_message),
            web.patch(message, self.edit_message),
            web.delete(message, self.delete_message),
        ]

    async def create_response(self, request: web.Request) -> web.Response:
        """Create Interaction Response."""
        form = await read_form(request)
        id_, token = int(request.match_info["interaction"]), request.match_info["token"]
        answer = self.desk.respond(id_, token, form.data, form.files)
        wanted = request.query.get("with_response", "").lower() in ("1", "true")
        return reply(answer if wanted else None)

    async def create_followup(self, request: web.Request) -> web.Response:
        """Create Followup Message."""
        form = await read_form(request)
        return reply(self.desk.follow_up(*_webhook(request), form.data, form.files))

    async def get_message(self, request: web.Request) -> web.Response:
        """Get Original Interaction Response, Get Followup Message."""
        return reply(self.desk.get(*_webhook(request), request.match_info["message"]))

    async def edit_message(self, request: web.Request) -> web.Response:
        """Edit Original Interaction Response, Edit Followup Message."""
        form = await read_form(request)
        return reply(self.desk.edit(*_webhook(request), request.match_info["message"], form.data, form.files))

    async def delete_message(self, request: web.Request) -> web.Response:
        """Delete Original Interaction Response, Delete Followup Message."""
        self.desk.delete(*_webhook(request), request.match_info["message"])
        return reply()


def _webhook(request: web.Request) -> tuple[int, str]:
    return int(request.match_info["application"]), request.match_info["token"]
