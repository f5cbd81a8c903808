"""Everything that exists in the fake: users, guilds, channels and messages, and the news of what happens to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from tests.fakes.discord_server.errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, ApiError, JsonObject
from tests.fakes.discord_server.events import Event, Intent
from tests.fakes.discord_server.mentions import mentioned_users
from tests.fakes.discord_server.message import Attachment, Body, Message, Upload
from tests.fakes.discord_server.model import JOINED, Channel, ChannelKind, Guild, Role, Snowflakes, User
from tests.fakes.discord_server.permissions import EVERYTHING
from tests.fakes.discord_server.waiting import AdjustableClock, Signal


@dataclass(repr=False)
class World:
    """The state, and one place (``publish``) to which everything that changes it is told."""

    clock: AdjustableClock
    publish: Callable[[Event], None]
    files_url: Callable[[], str]
    bot: User = field(init=False)
    owner: User = field(init=False)
    application: int = field(init=False)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    roles: dict[int, dict[int, Role]] = field(default_factory=dict)
    members: dict[tuple[int, int], tuple[Role, ...]] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    files: dict[int, Attachment] = field(default_factory=dict)
    typing: list[Channel] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)
    _snowflakes: Snowflakes = field(default_factory=Snowflakes)

    def __post_init__(self) -> None:
        self.bot = self.add_user("rapporteur", bot=True)
        self.owner = self.add_user("operator")
        self.application = self.bot.id  # Since 2016 an application's bot has the application's id.

    def new_id(self) -> int:
        """A fresh snowflake of this moment."""
        return self._snowflakes.at(self.clock.today().timestamp() * 1000)

    def add_user(self, name: str, *, bot: bool = False, reachable: bool = True) -> User:
        """A new account."""
        user = User(self.new_id(), name, bot=bot, reachable=reachable)
        self.users[user.id] = user
        return user

    def member_payload(self, guild: Guild, user: User, permissions: int | None = None) -> JsonObject:
        """Member object; ``permissions`` as interactions carry them."""
        roles = self.members.get((guild.id, user.id), ())
        payload: JsonObject = {
            "user": user.payload(),
            "nick": None,
            "avatar": None,
            "roles": [str(role.id) for role in roles],
            "joined_at": JOINED,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
        }
        return payload if permissions is None else payload | {"permissions": str(int(permissions))}

    def permissions(self, guild: Guild, user: User) -> int:
        """What a member may do through @everyone and their roles; the owner may do everything."""
        if user == guild.owner:
            return EVERYTHING
        held = guild.everyone
        for role in self.members.get((guild.id, user.id), ()):
            held |= int(role.permissions)
        return held

    def guild_payload(self, guild: Guild) -> JsonObject:
        """Guild object as GUILD_CREATE carries it; of the members only the bot, as without the members intent."""
        channels = [channel for channel in self.channels.values() if channel.guild == guild]
        everyone = Role(guild.id, "@everyone", guild.everyone, position=0)
        return {
            "id": str(guild.id),
            "name": guild.name,
            "owner_id": str(guild.owner.id),
            "preferred_locale": guild.locale,
            "unavailable": False,
            "large": False,
            "member_count": 2,
            "joined_at": JOINED,
            "features": [],
            "roles": [role.payload() for role in (everyone, *self.roles.get(guild.id, {}).values())],
            "channels": [channel.payload() for channel in channels if channel.kind is ChannelKind.TEXT],
            "threads": [channel.payload() for channel in channels if channel.kind is ChannelKind.THREAD],
            "members": [self.member_payload(guild, self.bot)],
            **{key: [] for key in ("emojis", "stickers", "voice_states", "presences", "stage_instances")},
            **{key: [] for key in ("guild_scheduled_events", "soundboard_sounds")},
            **dict.fromkeys(("verification_level", "default_message_notifications", "explicit_content_filter"), 0),
            **dict.fromkeys(("mfa_level", "nsfw_level", "premium_tier", "system_channel_flags", "afk_timeout"), 0),
        }

    def channel(self, id_: int) -> Channel:
        """A channel by id; raises ``ApiError`` where there is none."""
        if id_ not in self.channels:
            raise ApiError(UNKNOWN_CHANNEL)
        return self.channels[id_]

    def direct_channel(self, user: User) -> Channel:
        """The channel between the bot and one user."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(self.new_id(), ChannelKind.DIRECT, "", recipient=user, bot=self.bot.id)
        self.channels[channel.id] = channel
        return channel

    def history(self, channel: Channel) -> list[Message]:
        """The messages of a channel that all can see, oldest first."""
        return [
            message for message in self.messages.values() if message.channel.id == channel.id and not message.ephemeral
        ]

    def public_message(self, channel: Channel, id_: int) -> Message:
        """A message of a channel by id; those that only one person sees are unknown here, as in Discord."""
        message = self.messages.get(id_)
        if message is None or message.channel.id != channel.id or message.ephemeral:
            raise ApiError(UNKNOWN_MESSAGE)
        return message

    def keep_files(self, files: Iterable[Upload], descriptions: Sequence[str | None] = ()) -> tuple[Attachment, ...]:
        """Store files, so that they can be fetched where their attachment says."""
        kept = []
        for position, file in enumerate(files):
            id_ = self.new_id()
            description = descriptions[position] if position < len(descriptions) else None
            attachment = Attachment(id_, f"{self.files_url()}/{id_}/{file.filename}", file, description)
            self.files[id_] = attachment
            kept.append(attachment)
        return tuple(kept)

    def post(self, message: Message) -> Message:
        """Put a new message up and tell those who may see it."""
        self.messages[message.id] = message
        self._tell("MESSAGE_CREATE", message)
        return message

    def edit(self, message: Message, body: Body) -> Message:
        """Put a new state of a message in the place of the old one."""
        edited = replace(message, body=body, edited=self.clock.today())
        self.messages[message.id] = edited
        self._tell("MESSAGE_UPDATE", edited)
        return edited

    def preview(self, message: Message) -> None:
        """Tell of a message again that nobody edited, as where the preview of a link has been added to it."""
        self._tell("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        """Take a message down."""
        del self.messages[message.id]
        if not message.ephemeral:
            guild = message.channel.guild
            data = {"id": str(message.id), "channel_id": str(message.channel.id)}
            data |= {"guild_id": str(guild.id)} if guild else {}
            self.publish(Event("MESSAGE_DELETE", data, guild.id if guild else None, _intent(guild)))
        self.changed.notify()

    def delete_many(self, messages: Sequence[Message]) -> None:
        """Take messages of one channel down in one event, as a moderator's clearing does."""
        channel = messages[0].channel
        for message in messages:
            del self.messages[message.id]
        data = {"ids": [str(message.id) for message in messages], "channel_id": str(channel.id)}
        data |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
        guild = channel.guild.id if channel.guild else None
        self.publish(Event("MESSAGE_DELETE_BULK", data, guild, _intent(channel.guild)))
        self.changed.notify()

    def message_payload(self, message: Message) -> JsonObject:
        """Message object with what it refers to."""
        payload = message.payload(self.mentioned(message))
        if message.reply_to is not None:
            origin = self.messages.get(message.reply_to)
            payload["referenced_message"] = origin.payload(self.mentioned(origin)) if origin else None
        return payload

    def mentioned(self, message: Message) -> list[User]:
        """The users a message mentions, by name or by replying to them.

        A reply to the answer to a slash command does not mention the bot: that answer came through a webhook.
        """
        ids = mentioned_users(message.text)
        if message.replied_author is not None:
            ids = (*ids, message.replied_author)
        return [self.users[id_] for id_ in dict.fromkeys(ids) if id_ in self.users]

    def _tell(self, name: str, message: Message) -> None:
        self.changed.notify()
        if message.ephemeral:
            return
        guild = message.channel.guild
        data = self.message_payload(message)
        if guild is not None:
            member = self.member_payload(guild, message.author)
            member.pop("user")
            data |= {"guild_id": str(guild.id), "member": member}
        # Message resource, Content intent: own messages, direct ones and mentions of the bot carry text anyway.
        open_to_bot = guild is None or message.author == self.bot or self.bot in self.mentioned(message)
        hidden = {"content": "", "embeds": [], "components": [], "attachments": []}
        self.publish(
            Event(name, data, guild.id if guild else None, _intent(guild), None if open_to_bot else data | hidden)
        )


def _intent(guild: Guild | None) -> Intent:
    return Intent.DIRECT_MESSAGES if guild is None else Intent.GUILD_MESSAGES
