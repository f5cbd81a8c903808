"""What would Discord answer? Its HTTP API v10 and gateway on loopback, for a real client, with its limits kept.

Not there: voice, reactions, polls, stickers, embeds made from links, audit logs, member lists, user context menus, and
the per-route rate limits that Discord does not document.
"""

from tests.fakes.discord_server.desk import Deadlines
from tests.fakes.discord_server.errors import ApiError, Misuse, NeverHappened, Refusal
from tests.fakes.discord_server.events import Intent
from tests.fakes.discord_server.faults import CutAfter, CutBefore, Delay, Faults, Status, TooManyRequests
from tests.fakes.discord_server.interaction import Acknowledgement, Callback, Interaction, InteractionKind
from tests.fakes.discord_server.message import Attachment, Flag, Message, Upload
from tests.fakes.discord_server.model import Channel, Guild, Role, User
from tests.fakes.discord_server.permissions import EVERYTHING, ORDINARY, Permission
from tests.fakes.discord_server.posting import Posting
from tests.fakes.discord_server.rates import Bucket
from tests.fakes.discord_server.server import TOKEN, DiscordServer
from tests.fakes.discord_server.waiting import AdjustableClock

__all__ = [
    "EVERYTHING",
    "ORDINARY",
    "TOKEN",
    "Acknowledgement",
    "AdjustableClock",
    "ApiError",
    "Attachment",
    "Bucket",
    "Callback",
    "Channel",
    "CutAfter",
    "CutBefore",
    "Deadlines",
    "Delay",
    "DiscordServer",
    "Faults",
    "Flag",
    "Guild",
    "Intent",
    "Interaction",
    "InteractionKind",
    "Message",
    "Misuse",
    "NeverHappened",
    "Permission",
    "Posting",
    "Refusal",
    "Role",
    "Status",
    "TooManyRequests",
    "Upload",
    "User",
]
