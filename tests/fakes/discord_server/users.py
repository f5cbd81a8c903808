"""What people do in Discord, as methods for tests: ask, press, write. Each keeps the rules of Discord's own client."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.fakes.discord_server.commands_check import MESSAGE, SLASH
from tests.fakes.discord_server.components import SELECTS, Kind, walk
from tests.fakes.discord_server.desk import Desk
from tests.fakes.discord_server.errors import JsonObject, Misuse
from tests.fakes.discord_server.events import Event
from tests.fakes.discord_server.gateway import Gateway
from tests.fakes.discord_server.interaction import Interaction, InteractionKind
from tests.fakes.discord_server.invocation import Invocation, Value, invoke
from tests.fakes.discord_server.message import Body, Message, Upload
from tests.fakes.discord_server.model import Channel, User
from tests.fakes.discord_server.permissions import Permission, grants
from tests.fakes.discord_server.posting import Posting
from tests.fakes.discord_server.registry import CommandRegistry
from tests.fakes.discord_server.sender import Sender
from tests.fakes.discord_server.world import World

LOCALE = "en-US"
Option = Value | Upload


@dataclass(frozen=True, repr=False)
class Users:
    """The people in the fake's guilds.

    ``locale`` is the language a person has set; ``permissions`` is what they may do in the channel, by default what
    their roles say. ``opened`` holds the names of commands that an admin has opened to everyone, past their default
    permissions.
    """

    world: World
    registry: CommandRegistry
    gateway: Gateway
    desk: Desk
    opened: set[str]

    async def slash(
        self,
        user: User,
        channel: Channel,
        command: str,
        /,
        *,
        locale: str = LOCALE,
        permissions: int | None = None,
        **options: Option,
    ) -> Interaction:
        """Call a slash command such as ``"ask"`` or ``"corpus refresh"`` with its options."""
        sender = Sender(self.world, user, channel, locale, permissions)
        root, *subcommands = command.split()
        registered = self._offered(SLASH, root, sender)
        call = invoke(registered, subcommands, self._stored(options))
        data = _command_data(registered) | {"options": call.options, "resolved": self._resolved(call, sender)}
        return self._dispatch(InteractionKind.COMMAND, command, sender, data)

    async def autocomplete(
        self,
        user: User,
        channel: Channel,
        command: str,
        option: str,
        typed: str,
        /,
        *,
        locale: str = LOCALE,
        permissions: int | None = None,
        **others: Option,
    ) -> Interaction:
        """Type into an option that completes itself; the choices will stand in ``interaction.choices``."""
        sender = Sender(self.world, user, channel, locale, permissions)
        root, *subcommands = command.split()
        registered = self._offered(SLASH, root, sender)
        call = invoke(registered, subcommands, self._stored(others) | {option: typed}, focused=option)
        data = _command_data(registered) | {"options": call.options, "resolved": self._resolved(call, sender)}
        return self._dispatch(InteractionKind.AUTOCOMPLETE, command, sender, data)

    async def context_menu(
        self, user: User, message: Message, name: str, /, *, locale: str = LOCALE, permissions: int | None = None
    ) -> Interaction:
        """Choose one of the bot's entries in a message's menu."""
        sender = Sender(self.world, user, message.channel, locale, permissions)
        registered = self._offered(MESSAGE, name, sender)
        resolved = {"messages": {str(message.id): self.world.message_payload(message)}}
        data = _command_data(registered) | {"target_id": str(message.id), "resolved": resolved}
        return self._dispatch(InteractionKind.COMMAND, name, sender, data)

    async def button(
        self, user: User, message: Message, custom_id: str, /, *, locale: str = LOCALE, permissions: int | None = None
    ) -> Interaction:
        """Press a button of a message as it stands now."""
        component = self._usable(user, message, custom_id)
        if component["type"] != Kind.BUTTON:
            raise Misuse(f"{custom_id!r} is no button")
        sender = Sender(self.world, user, message.channel, locale, permissions)
        return self._dispatch(InteractionKind.COMPONENT, custom_id, sender, _touched(component), source=message.id)

    async def select(
        self, user: User, message: Message, custom_id: str, values: Sequence[str], /, *, locale: str = LOCALE
    ) -> Interaction:
        """Choose values in a select menu."""
        component = self._usable(user, message, custom_id)
        if component["type"] not in SELECTS:
            raise Misuse(f"{custom_id!r} is no select menu")
        offered = {option["value"] for option in component.get("options") or ()}
        if component["type"] == Kind.SELECT and not set(values) <= offered:
            raise Misuse(f"{sorted(set(values) - offered)} are not among the values offered")
        sender = Sender(self.world, user, message.channel, locale)
        data = _touched(component) | {"values": list(values)}
        return self._dispatch(InteractionKind.COMPONENT, custom_id, sender, data, source=message.id)

    async def submit(self, opened: Interaction, values: Mapping[str, str], /, *, locale: str = LOCALE) -> Interaction:
        """Fill in and send the modal that an interaction has opened; ``values`` are by custom id."""
        modal = opened.modal
        if modal is None:
            raise Misuse("the bot has not opened a modal")
        known = {part["custom_id"] for part in walk(modal["components"]) if "custom_id" in part}
        if not set(values) <= known:
            raise Misuse(f"the modal has the fields {sorted(known)}, not {sorted(set(values) - known)}")
        name = str(modal["custom_id"])
        data = {"custom_id": name, "components": [_filled(part, values) for part in modal["components"]]}
        sender = Sender(self.world, opened.user, opened.channel, locale)
        return self._dispatch(InteractionKind.MODAL, name, sender, data, source=opened.source)

    async def again(self, interaction: Interaction) -> None:
        """Deliver an interaction a second time, as the gateway may after a resume."""
        guild = interaction.channel.guild
        self.gateway.publish(Event("INTERACTION_CREATE", interaction.payload, guild.id if guild else None))

    async def message(
        self,
        user: User,
        channel: Channel,
        content: str,
        /,
        *,
        reply_to: Message | None = None,
        files: Sequence[Upload] = (),
        mentions_bot: bool = False,
    ) -> Posting:
        """Write into a channel; with ``mentions_bot`` the text begins with a mention of the bot."""
        text = f"{self.world.bot.mention} {content}" if mentions_bot else content
        # A reply notifies whom it answers; an interaction's answer came through a webhook, which cannot be notified.
        notified = reply_to.author.id if reply_to and reply_to.interaction is None else None
        sent = Message(
            id=self.world.new_id(),
            channel=channel,
            author=user,
            body=Body(text, attachments=self.world.keep_files(files)),
            sent=self.world.clock.today(),
            reply_to=reply_to.id if reply_to else None,
            replied_author=notified,
        )
        typing_before = len(self.world.typing)
        return Posting(self.world.post(sent), self.world, typing_before)

    async def direct_message(self, user: User, content: str, /, *, files: Sequence[Upload] = ()) -> Posting:
        """Write to the bot directly."""
        return await self.message(user, self.world.direct_channel(user), content, files=files)

    def _offered(self, kind: int, name: str, sender: Sender) -> JsonObject:
        """The registered command, if Discord's client would show it to this user here."""
        guild = sender.channel.guild
        command = self.registry.offered(kind, name, guild.id if guild else None)
        context = 0 if guild else 1  # Receiving and Responding, Interaction Context Types: GUILD, BOT_DM
        contexts = command["contexts"]
        if (contexts is not None and context not in contexts) or (not guild and command.get("dm_permission") is False):
            raise Misuse(f"{name!r} is not offered {'in guilds' if guild else 'in direct messages'}")
        if command.get("nsfw") and not sender.channel.nsfw:
            raise Misuse(f"{name!r} is age-restricted and the channel is not")
        needed = command["default_member_permissions"]
        # Application Commands: "0" is for administrators only.
        asks = guild is not None and needed is not None and name not in self.opened
        if asks and not grants(sender.held, int(needed) or Permission.ADMINISTRATOR):
            who = sender.user.name
            raise Misuse(f"{who} may not use {name!r}; an admin could open it: server.open_command({name!r})")
        return command

    def _stored(self, options: Mapping[str, Option]) -> dict[str, Value]:
        """Options with uploads put where the bot can fetch them."""
        return {
            name: self.world.keep_files([value])[0] if isinstance(value, Upload) else value
            for name, value in options.items()
        }

    def _resolved(self, call: Invocation, sender: Sender) -> JsonObject:
        """What options refer to; in a guild its users are members too."""
        guild = sender.channel.guild
        if guild is None or "users" not in call.resolved:
            return call.resolved
        held = {id_: self.world.users[int(id_)] for id_ in call.resolved["users"]}
        members = {
            id_: self.world.member_payload(guild, user, self.world.permissions(guild, user))
            for id_, user in held.items()
        }
        for member in members.values():
            del member["user"]  # Receiving and Responding, Resolved Data: members are partial
        return call.resolved | {"members": members}

    def _usable(self, user: User, message: Message, custom_id: str) -> JsonObject:
        """The component of a message's present state, if this user can use it."""
        current = self.world.messages.get(message.id)
        if current is None:
            raise Misuse("the message is deleted")
        component = current.component(custom_id)
        if component is None:
            known = [part["custom_id"] for part in walk(current.components) if "custom_id" in part]
            raise Misuse(f"the message has no component {custom_id!r}; it has {known}")
        if component.get("disabled"):
            raise Misuse(f"{custom_id!r} is disabled")
        asked = self.desk.interactions.get(current.interaction or 0)
        if current.ephemeral and asked is not None and asked.user != user:
            raise Misuse(f"only {asked.user.name} can see this message")
        return component

    def _dispatch(
        self, kind: InteractionKind, name: str, sender: Sender, data: JsonObject, *, source: int | None = None
    ) -> Interaction:
        """Open an interaction and tell the bot; ``source`` is the message whose component was used."""
        if not self.gateway.sessions:
            raise Misuse("no bot has identified on the gateway, so nobody would get this interaction")
        id_ = self.world.new_id()
        token = base64.urlsafe_b64encode(f"interaction:{id_}:{secrets.token_hex(32)}".encode()).decode()
        payload = sender.payload(id_, token, kind, data)
        if source is not None:
            payload["message"] = self.world.message_payload(self.world.messages[source])
        interaction = Interaction(
            id=id_,
            token=token,
            kind=kind,
            name=name,
            user=sender.user,
            channel=sender.channel,
            payload=payload,
            dispatched=self.world.clock(),
            messages=self.world.messages.get,
            source=source,
        )
        self.desk.open(interaction)
        guild = sender.channel.guild
        self.gateway.publish(Event("INTERACTION_CREATE", payload, guild.id if guild else None))
        return interaction


def _command_data(registered: JsonObject) -> JsonObject:
    data = {key: registered[key] for key in ("id", "name", "type")}
    return data | ({"guild_id": registered["guild_id"]} if "guild_id" in registered else {})


def _touched(component: JsonObject) -> JsonObject:
    return {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}


def _filled(part: JsonObject, values: Mapping[str, str]) -> JsonObject:
    """A modal's component as it comes back with what the user wrote."""
    filled: JsonObject = {"type": part["type"], "id": part.get("id", 1)}
    if "components" in part:
        filled["components"] = [_filled(child, values) for child in part["components"]]
    if "component" in part:
        filled["component"] = _filled(part["component"], values)
    if "custom_id" in part:
        value = values.get(part["custom_id"], part.get("value") or "")
        filled |= {"custom_id": part["custom_id"]}
        filled |= {"values": [value]} if part["type"] in SELECTS else {"value": value}
    return filled
