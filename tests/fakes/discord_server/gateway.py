"""The gateway: sessions that outlive their connections, and the events they are owed."""

import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.discord_server.connection import Connection
from tests.fakes.discord_server.errors import JsonObject
from tests.fakes.discord_server.events import PRIVILEGED, Event, Intent, serves
from tests.fakes.discord_server.waiting import WITHIN, Signal
from tests.fakes.discord_server.world import World

REPLAYED = 10_000  # events a session keeps for a resume; Discord's own number is not documented


@dataclass(frozen=True, slots=True)
class Identify:
    """What a client said when it began a session."""

    intents: int
    shard: tuple[int, int]
    presence: JsonObject | None


@dataclass(repr=False)
class Session:
    """A client's session: what it wants, what it was sent, and the connection it has at the moment."""

    id: str
    identify: Identify
    connection: Connection | None = None
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYED))

    def dispatch(self, name: str, data: JsonObject) -> None:
        """Give the session an event; without a connection it waits for the resume."""
        self.sequence += 1
        text = json.dumps({"op": 0, "t": name, "s": self.sequence, "d": data})
        self.sent.append((self.sequence, text))
        if self.connection is not None:
            self.connection.send(text)

    def replay(self, after: int) -> bool:
        """Send again what came after a sequence number; False where that is not known any more."""
        oldest = self.sent[0][0] if self.sent else 1
        if not oldest - 1 <= after <= self.sequence or self.connection is None:
            return False
        for sequence, text in self.sent:
            if sequence > after:
                self.connection.send(text)
        return True


@dataclass(repr=False)
class Gateway:
    """All sessions, who may begin one, and what tests can do to them."""

    token: str
    granted: Intent
    url: Callable[[], str]
    world: World = field(init=False)
    sessions: dict[str, Session] = field(default_factory=dict)
    connections: set[Connection] = field(default_factory=set)
    identifies: list[Identify] = field(default_factory=list)
    resumes: int = 0
    refused_resumes: int = 0
    max_concurrency: int = 1
    spacing: float = 0.0  # seconds between the IDENTIFYs of a bucket, below which one is refused
    gaps: list[float] = field(default_factory=list)  # seconds between those that came
    _identified: dict[int, float] = field(default_factory=dict)
    heartbeats: int = 0
    changed: Signal = field(default_factory=Signal)

    @property
    def connected(self) -> bool:
        """Whether some session has a connection."""
        return any(session.connection is not None for session in self.sessions.values())

    def publish(self, event: Event) -> None:
        """Give every session what it should get of an event."""
        for session in self.sessions.values():
            data = event.for_session(session.identify.intents, session.identify.shard)
            if data is not None:
                session.dispatch(event.name, data)

    @property
    def too_soon(self) -> list[float]:
        """The gaps that were too short."""
        return [gap for gap in self.gaps if gap < self.spacing]

    def may_identify(self, shard: int) -> bool:
        """Whether a shard keeps its bucket's spacing. Source: Gateway, Session Start Limit, Rate Limits."""
        now, bucket = time.monotonic(), shard % self.max_concurrency
        before = self._identified.get(bucket)
        self._identified[bucket] = now
        if before is None:
            return True
        self.gaps.append(now - before)
        return now - before >= self.spacing

    def begin(self, connection: Connection, identify: Identify) -> Session:
        """A new session: READY, then a GUILD_CREATE for each guild of its shard."""
        session = Session(secrets.token_hex(16), identify, connection)
        self.sessions[session.id] = session
        self.identifies.append(identify)
        guilds = [guild for guild in self.world.guilds.values() if serves(identify.shard, guild.id)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self.world.bot.payload() | {"verified": True, "mfa_enabled": False, "email": None},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.url(),
                "shard": list(identify.shard),
                "application": {"id": str(self.world.application), "flags": self.application_flags()},
                "private_channels": [],
            },
        )
        if identify.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", self.world.guild_payload(guild))
        self.changed.notify()
        return session

    def resume(self, connection: Connection, session_id: str, sequence: int) -> Session | None:
        """Take up a session again and replay what it missed; ``None`` where it is gone."""
        session = self.sessions.get(session_id)
        if session is None:
            self.refused_resumes += 1
            self.changed.notify()
            return None
        session.connection = connection
        if not session.replay(sequence):
            del self.sessions[session_id]
            return None
        session.dispatch("RESUMED", {"_trace": []})
        self.resumes += 1
        self.changed.notify()
        return session

    def left(self, connection: Connection, session: Session | None, code: int | None) -> None:
        """A connection is gone; its session ends with it if the client closed with 1000 or 1001.

        Source: Gateway, Disconnecting.
        """
        self.connections.discard(connection)
        if session is not None and session.connection is connection:
            session.connection = None
            if code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self.changed.notify()

    def application_flags(self) -> int:
        """Application flags of the limited privileged intents. Source: Application resource, Application Flags."""
        flags = {Intent.PRESENCES: 1 << 13, Intent.GUILD_MEMBERS: 1 << 15, Intent.MESSAGE_CONTENT: 1 << 19}
        return sum(flag for intent, flag in flags.items() if self.granted & intent)

    def disallowed(self, intents: int) -> bool:
        """Whether privileged intents are asked for that the application was not granted."""
        return bool(intents & PRIVILEGED & ~self.granted)

    async def drop(self, code: int | None = 4000) -> None:
        """Close every connection with a code, or cut it without a word (``None``). Sessions stay and can be resumed."""
        for session in self.sessions.values():
            session.connection = None
        for connection in tuple(self.connections):
            await connection.close(code)

    async def drop_shard(self, number: int, *, forget: bool = False) -> None:
        """Close the connection of one shard; its session can be resumed unless it is to be forgotten."""
        for session in tuple(self.sessions.values()):
            connection = session.connection
            if session.identify.shard[0] == number and connection is not None:
                session.connection = None
                if forget:
                    del self.sessions[session.id]
                await connection.close(4000)

    def forget_sessions(self) -> None:
        """Make every resume fail, as after an outage of Discord's."""
        self.sessions.clear()

    def ask_to_reconnect(self) -> None:
        """Send opcode 7 to everyone."""
        for connection in self.connections:
            connection.send(json.dumps({"op": 7, "d": None}))

    async def until_identified(self, number: int = 1, within: float = WITHIN) -> None:
        """Wait until so many sessions were begun since the start."""
        await self.changed.until(
            lambda: len(self.identifies) >= number, within, lambda: f"{len(self.identifies)} of {number} identifies"
        )

    async def until_resumed(self, number: int = 1, within: float = WITHIN) -> None:
        """Wait until so many sessions were resumed since the start."""
        await self.changed.until(lambda: self.resumes >= number, within, lambda: f"{self.resumes} of {number} resumes")

    async def until_disconnected(self, within: float = WITHIN) -> None:
        """Wait until nobody is connected."""
        await self.changed.until(lambda: not self.connections, within, lambda: f"{len(self.connections)} connections")
