"""A message as it stands, and how a request's body makes or changes one."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from enum import IntFlag
from itertools import count

from tests.fakes.discord_server import components as parts
from tests.fakes.discord_server import embeds as cards
from tests.fakes.discord_server import limits
from tests.fakes.discord_server.errors import EMPTY_MESSAGE, TOO_LARGE, ApiError, JsonObject, Problems
from tests.fakes.discord_server.mentions import pings
from tests.fakes.discord_server.model import Channel, User


class Flag(IntFlag):
    """Message flags; source: Message resource, Message Flags."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


NO_FLAG = Flag(0)
SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.COMPONENTS_V2


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way into Discord, from the bot or from a user."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that Discord keeps, with the address it is served from."""

    id: int
    url: str
    file: Upload
    description: str | None = None

    def payload(self) -> JsonObject:
        """Attachment object."""
        return {
            "id": str(self.id),
            "filename": self.file.filename,
            "size": len(self.file.content),
            "url": self.url,
            "proxy_url": self.url,
            "content_type": self.file.content_type,
            "description": self.description,
        }


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says; everything an edit can change."""

    content: str = ""
    embeds: tuple[JsonObject, ...] = ()
    components: tuple[JsonObject, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: Flag = NO_FLAG
    allowed_mentions: JsonObject | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.content or self.embeds or self.components or self.attachments)


@dataclass(frozen=True, slots=True)
class Message:
    """One state of one message; an edit makes a new one with the same id.

    ``interaction`` is the id of the interaction it answers, ``reply_to`` that of the message it replies to.
    """

    id: int
    channel: Channel
    author: User
    body: Body
    sent: datetime
    edited: datetime | None = None
    reply_to: int | None = None
    replied_author: int | None = None
    nonce: str | None = None
    interaction: int | None = None
    metadata: JsonObject | None = None

    @property
    def content(self) -> str:
        """The plain text above everything else."""
        return self.body.content

    @property
    def embeds(self) -> tuple[JsonObject, ...]:
        """Embed objects as they were sent."""
        return self.body.embeds

    @property
    def components(self) -> tuple[JsonObject, ...]:
        """Component objects as they were sent, numbered."""
        return self.body.components

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files."""
        return self.body.attachments

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked can see it."""
        return bool(self.body.flags & Flag.EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.body.flags & Flag.LOADING)

    @property
    def text(self) -> str:
        """Everything there is to read: content, embeds and text displays, a line each."""
        return "\n".join(filter(None, [self.content, *cards.texts(self.embeds), *parts.texts(self.components)]))

    @property
    def pings(self) -> frozenset[str]:
        """Whom it could notify; see ``mentions.pings``."""
        said = "\n".join([self.content, *parts.texts(self.components)])
        by_interaction = self.interaction is not None
        return pings(said, self.body.allowed_mentions, by_interaction=by_interaction, replied_to=self.replied_author)

    @property
    def buttons(self) -> tuple[JsonObject, ...]:
        """All button objects in reading order."""
        return tuple(part for part in parts.walk(self.components) if part["type"] == parts.Kind.BUTTON)

    def component(self, custom_id: str) -> JsonObject | None:
        """The component with a custom id."""
        return next((part for part in parts.walk(self.components) if part.get("custom_id") == custom_id), None)

    def payload(self, mentioned: Sequence[User] = ()) -> JsonObject:
        """Message object; ``mentioned`` are the users its text mentions."""
        payload: JsonObject = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "author": self.author.payload(),
            "content": self.content,
            "timestamp": self.sent.isoformat(),
            "edited_timestamp": self.edited.isoformat() if self.edited else None,
            "tts": False,
            "mention_everyone": bool(self.pings & {"everyone", "here"}),
            "mentions": [user.payload() for user in mentioned],
            "mention_roles": [],
            "attachments": [attachment.payload() for attachment in self.attachments],
            "embeds": [{"type": "rich"} | embed for embed in self.embeds],
            "components": list(self.components),
            "pinned": False,
            "type": 0,
            "flags": int(self.body.flags),
        }
        if self.nonce is not None:
            payload["nonce"] = self.nonce
        if self.reply_to is not None:
            reference = {"type": 0, "message_id": str(self.reply_to), "channel_id": str(self.channel.id)}
            payload |= {"type": 19, "message_reference": reference}  # Message resource, Message Types: REPLY
        if self.metadata is not None:
            application = {"application_id": str(self.author.id), "webhook_id": str(self.author.id)}
            payload |= {"type": 20, **application, "interaction_metadata": self.metadata}  # CHAT_INPUT_COMMAND
        return payload


def compose(before: Body, payload: JsonObject, files: Sequence[Attachment], *, fixed: Flag = NO_FLAG) -> Body:
    """What a message says after a request; raises ``ApiError`` where Discord would refuse it.

    ``before`` is what it says now, the empty body for a new message. ``fixed`` are flags that the situation gives, such
    as an ephemeral answer's. Fields that the request leaves out stay; the flag for components V2 can be set but not
    taken back.
    """
    asked = Flag(int(payload.get("flags") or 0))
    v2 = (before.flags | asked) & Flag.COMPONENTS_V2
    flags = (asked & SETTABLE if "flags" in payload else before.flags & SETTABLE) | v2 | fixed
    content, embeds, components = before.content, before.embeds, before.components
    if "content" in payload:
        content = str(payload["content"] or "").strip()
    if "embeds" in payload:
        embeds = tuple(deepcopy(payload["embeds"] or ()))
    if "components" in payload:
        components = tuple(deepcopy(payload["components"] or ()))
    mentions = payload.get("allowed_mentions", before.allowed_mentions)
    body = Body(content, embeds, components, _attachments(before, payload, files), flags, mentions)
    _check(body, payload)
    _number(components)
    return body


def _attachments(before: Body, payload: JsonObject, files: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The files kept and the files added; a request that lists attachments drops those it does not name."""
    kept = before.attachments
    if "attachments" in payload:
        named = {str(entry.get("id")) for entry in payload["attachments"] or ()}
        kept = tuple(attachment for attachment in kept if str(attachment.id) in named)
    if any(len(attachment.file.content) > limits.ATTACHMENT_BYTES for attachment in files):
        raise ApiError(TOO_LARGE)
    return (*kept, *files)


def _check(body: Body, payload: JsonObject) -> None:
    problems = Problems()
    v2 = bool(body.flags & Flag.COMPONENTS_V2)
    problems.length({"content": body.content}, "content", limits.CONTENT)
    check = problems.at("embeds")
    cards.check_embeds(body.embeds, check)
    parts.check_components(body.components, problems.at("components"), v2=v2)
    problems.at("attachments").count(body.attachments, limits.ATTACHMENTS)
    if payload.get("nonce") is not None:
        problems.length({"nonce": str(payload["nonce"])}, "nonce", limits.NONCE)
    if v2:
        for key, value in (("content", body.content), ("embeds", body.embeds)):
            if value:
                problems.at(key).refuse(
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
    problems.raise_if_any()
    if body.empty:
        raise ApiError(EMPTY_MESSAGE)


def _number(components: Sequence[JsonObject]) -> None:
    """Give every component the id that Discord gives where there was none."""
    taken = {part["id"] for part in parts.walk(components) if part.get("id")}
    free = (number for number in count(1) if number not in taken)
    for part in parts.walk(components):
        if not part.get("id"):
            part["id"] = next(free)
