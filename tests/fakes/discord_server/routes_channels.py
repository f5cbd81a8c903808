"""Endpoints about channels: messages, typing, threads, direct messages, and the files that messages carry."""

from dataclasses import dataclass, replace

from aiohttp import web

from tests.fakes.discord_server import limits
from tests.fakes.discord_server.bodies import read_form, read_mapping
from tests.fakes.discord_server.errors import (
    CLOSED_TO_BOT,
    MISSING_ACCESS,
    MISSING_PERMISSIONS,
    NO_HISTORY,
    NOT_THE_AUTHOR,
    UNKNOWN_USER,
    ApiError,
    JsonObject,
    Problems,
)
from tests.fakes.discord_server.events import Event, Intent
from tests.fakes.discord_server.front import PREFIX, reply
from tests.fakes.discord_server.message import Body, Message, compose
from tests.fakes.discord_server.model import Channel, ChannelKind
from tests.fakes.discord_server.permissions import Permission, grants
from tests.fakes.discord_server.world import World


@dataclass(frozen=True)
class ChannelRoutes:
    """Handlers, each named for what Discord calls its endpoint."""

    world: World

    def routes(self) -> list[web.RouteDef]:
        """For ``web.Application.add_routes``."""
        channel = PREFIX + "/channels/{channel:\\d+}"
        message = channel + "/messages/{message:\\d+}"
        return [
            web.get(channel, self.get_channel),
            web.get(channel + "/messages", self.get_messages),
            web.post(channel + "/messages", self.create_message),
            web.get(message, self.get_message),
            web.patch(message, self.edit_message),
            web.delete(message, self.delete_message),
            web.post(channel + "/typing", self.typing),
            web.post(message + "/threads", self.start_thread),
            web.post(PREFIX + "/users/@me/channels", self.create_direct_channel),
            web.get("/files/{file:\\d+}/{name}", self.file),
        ]

    async def get_channel(self, request: web.Request) -> web.Response:
        """Get Channel."""
        return reply(self._channel(request).payload())

    async def get_messages(self, request: web.Request) -> web.Response:
        """Get Channel Messages: the newest first."""
        channel = self._channel(request, Permission.READ_MESSAGE_HISTORY)
        newest = self.world.history(channel)[::-1][: int(request.query.get("limit", "50"))]
        return reply([self.world.message_payload(message) for message in newest])

    async def create_message(self, request: web.Request) -> web.Response:
        """Create Message."""
        form = await read_form(request)
        channel = self._channel(request)
        self._may_write(channel)
        if form.files and not grants(channel.bot_permissions, Permission.ATTACH_FILES):
            raise ApiError(MISSING_PERMISSIONS)
        if known := self._said_before(channel, form.data):
            return reply(self.world.message_payload(known))
        origin = self._replied_to(channel, form.data)
        body = compose(Body(), form.data, self.world.keep_files(form.files))
        nonce = form.data.get("nonce")
        message = Message(
            id=self.world.new_id(),
            channel=channel,
            author=self.world.bot,
            body=body,
            sent=self.world.clock.today(),
            reply_to=origin.id if origin else None,
            replied_author=origin.author.id if origin else None,
            nonce=None if nonce is None else str(nonce),
        )
        return reply(self.world.message_payload(self.world.post(message)))

    async def get_message(self, request: web.Request) -> web.Response:
        """Get Channel Message."""
        channel = self._channel(request, Permission.READ_MESSAGE_HISTORY)
        return reply(self.world.message_payload(self._message(request, channel)))

    async def edit_message(self, request: web.Request) -> web.Response:
        """Edit Message."""
        form = await read_form(request)
        message = self._message(request, self._channel(request))
        if message.author != self.world.bot:
            raise ApiError(NOT_THE_AUTHOR)
        body = compose(message.body, form.data, self.world.keep_files(form.files))
        return reply(self.world.message_payload(self.world.edit(message, body)))

    async def delete_message(self, request: web.Request) -> web.Response:
        """Delete Message."""
        channel = self._channel(request)
        message = self._message(request, channel)
        if message.author != self.world.bot and not grants(channel.bot_permissions, Permission.MANAGE_MESSAGES):
            raise ApiError(MISSING_PERMISSIONS)
        self.world.delete(message)
        return reply()

    async def typing(self, request: web.Request) -> web.Response:
        """Trigger Typing Indicator."""
        channel = self._channel(request)
        self._may_write(channel)
        self.world.typing.append(channel)
        self.world.changed.notify()
        return reply()

    async def start_thread(self, request: web.Request) -> web.Response:
        """Start Thread from Message: the thread has the message's id."""
        form = await read_mapping(request)
        channel = self._channel(request, Permission.CREATE_PUBLIC_THREADS)
        message = self._message(request, channel)
        problems = Problems()
        if problems.require(form, "name"):
            problems.length(form, "name", limits.THREAD_NAME, 1)
        problems.raise_if_any()
        thread = replace(channel, id=message.id, kind=ChannelKind.THREAD, name=str(form["name"]), parent=channel.id)
        self.world.channels[thread.id] = thread
        guild = channel.guild.id if channel.guild else None
        self.world.publish(Event("THREAD_CREATE", thread.payload() | {"newly_created": True}, guild, Intent.GUILDS))
        return reply(thread.payload(), 201)

    async def create_direct_channel(self, request: web.Request) -> web.Response:
        """Create DM."""
        form = await read_mapping(request)
        user = self.world.users.get(int(form.get("recipient_id") or 0))
        if user is None:
            raise ApiError(UNKNOWN_USER)
        return reply(self.world.direct_channel(user).payload())

    async def file(self, request: web.Request) -> web.Response:
        """A file from the CDN."""
        kept = self.world.files.get(int(request.match_info["file"]))
        if kept is None:
            raise web.HTTPNotFound
        return web.Response(body=kept.file.content, headers={"Content-Type": kept.file.content_type})

    def _channel(self, request: web.Request, needed: Permission = Permission.VIEW_CHANNEL) -> Channel:
        """The channel of a request, if the bot may see it and has one more right."""
        channel = self.world.channel(int(request.match_info["channel"]))
        if not grants(channel.bot_permissions, Permission.VIEW_CHANNEL):
            raise ApiError(MISSING_ACCESS)
        if not grants(channel.bot_permissions, needed):
            raise ApiError(MISSING_PERMISSIONS)
        return channel

    def _message(self, request: web.Request, channel: Channel) -> Message:
        return self.world.public_message(channel, int(request.match_info["message"]))

    def _may_write(self, channel: Channel) -> None:
        in_thread = channel.kind is ChannelKind.THREAD
        if not grants(
            channel.bot_permissions, Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        ):
            raise ApiError(MISSING_PERMISSIONS)
        if channel.recipient is not None and not channel.recipient.reachable:
            raise ApiError(CLOSED_TO_BOT)

    def _said_before(self, channel: Channel, form: JsonObject) -> Message | None:
        """The message that a repeated request has already made. Source: Message resource, enforce_nonce."""
        if not form.get("enforce_nonce") or form.get("nonce") is None:
            return None
        now = self.world.clock.today()
        for message in reversed(self.world.history(channel)):
            recent = (now - message.sent).total_seconds() < limits.NONCE_SECONDS
            if recent and message.author == self.world.bot and message.nonce == str(form["nonce"]):
                return message
        return None

    def _replied_to(self, channel: Channel, form: JsonObject) -> Message | None:
        reference = form.get("message_reference") or {}
        if not reference.get("message_id"):
            return None
        if not grants(channel.bot_permissions, Permission.READ_MESSAGE_HISTORY):
            raise ApiError(NO_HISTORY)
        id_ = int(reference["message_id"])
        if any(message.id == id_ for message in self.world.history(channel)):
            return self.world.messages[id_]
        if reference.get("fail_if_not_exists", True):
            problems = Problems()
            problems.at("message_reference").refuse("MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
            problems.raise_if_any()
        return None
