"""What a command is: its name, its options and their limits, who may use it, what it does and what it replies.

A command is written down once; the terminal and Discord read it here. Nothing here knows either of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from bot.saying.jsontype import Json
from bot.saying.reply import Reply
from bot.saying.templates import Templates

if TYPE_CHECKING:  # most commands need none of these
    from bot.service.findings import Kept, Refreshed, Stored
    from bot.service.live import Live
    from bot.service.snapshot import Snapshot
    from corpus.community.values import Audience, Equivalent, Gaps, KeptEquivalent
    from corpus.errors import ReadError
    from corpus.gathering.passed_over import PassedOver
    from corpus.ingest.understanding import Understood
    from corpus.store.values import HistoryEntry, Prunable, Pruned
    from retrieval.following.turn import Turn

F = TypeVar("F")


class Face(StrEnum):
    """Where a command or an option of one is offered."""

    TERMINAL = "terminal"
    DISCORD = "discord"


BOTH = frozenset(Face)
TERMINAL, DISCORD = frozenset({Face.TERMINAL}), frozenset({Face.DISCORD})


class OptionKind(StrEnum):
    """What an option takes."""

    TEXT = "text"
    REPORT = "report"  # a text that names a report; offered while it is typed
    CITATION = "citation"  # a text that names a passage; offered while it is typed
    NUMBER = "number"  # a whole number
    FLAG = "flag"
    CHANNEL = "channel"  # one of the server in which the command is used, by its id


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a command. ``least`` and ``most`` bound a number, or the length of a text in characters.

    ``choices`` are all that a text may be, each with words in the templates, as ``choice`` and its name.
    ``in_words`` says that the terminal takes it from the words that no other option takes, joined by blanks;
    ``as_typed`` that a chat takes the whole line for it, with its blanks and quotation marks.
    """

    name: str
    kind: OptionKind = OptionKind.TEXT
    required: bool = False
    least: int = 1
    most: int | None = None
    default: int | None = None
    in_words: bool = False
    as_typed: bool = False
    choices: tuple[str, ...] = ()
    faces: frozenset[Face] = BOTH


@dataclass(frozen=True, slots=True)
class Values:
    """What was given for the options of a command, by their names; an option that is not there was not given."""

    given: Mapping[str, str | int | bool] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """What was given for a text or a report."""
        found = self.given.get(name)
        return found if isinstance(found, str) else None

    def number(self, name: str, otherwise: int) -> int:
        """What was given for a number."""
        found = self.given.get(name)
        return found if isinstance(found, int) else otherwise

    def flag(self, name: str) -> bool:
        """Whether a flag was given."""
        return self.given.get(name) is True


class Added(Protocol):
    """The equivalents that were added to the lexicons."""

    def all(self) -> "Sequence[KeptEquivalent]":
        """All of them, by language and word. Raises ``StoreError``."""

    def add(self, one: "Equivalent", actor: str) -> bool:
        """Add one; whether it is new. Raises ``NothingKeptError``."""

    def remove(self, one: "Equivalent", actor: str) -> bool:
        """Remove one; whether it was there. Raises ``NothingKeptError``."""


class Upkeep(Protocol):
    """What can be done for the reports themselves, besides asking them."""

    def require_ready(self) -> None:
        """Raise ``NotReadyError`` where nothing can be done yet."""

    def refresh(self, actor: str) -> "Refreshed":
        """Read the report files again and put them live, whole or not at all. Raises ``RapporteurError``."""

    def status(self) -> "tuple[Live, Kept | None, Stored | None]":
        """What is live, what the bot's database holds as live where that may be another edition, and how large it is
        where there is one that can be read."""

    def history(self) -> "Sequence[HistoryEntry]":
        """What was done to the corpus, newest first."""

    @property
    def equivalents(self) -> "Added":
        """The equivalents that were added to the lexicons."""

    def gaps(self) -> "Gaps":
        """Which passages were not helpful, what was asked for then, and which questions found nothing."""

    def prunable(self, days: int | None) -> "Prunable":
        """What pruning would drop: editions that were not live for so many days; ``None``: for those that are set."""

    def prune(self, days: int | None, actor: str) -> "Pruned":
        """Drop it. Raises ``RefreshRunningError`` and ``StoreError``."""

    def check(self, report: str | None, tell: "Callable[[Understood | ReadError], None]") -> "tuple[PassedOver, ...]":
        """Tell of each document, or of that of one report, as it would be read; what is passed over."""


class Server(Protocol):
    """The server in which a command is used, and what it has set."""

    @property
    def audiences(self) -> "Mapping[int, Audience]":
        """Who sees answers, by channel; ``corpus.community.values.REST`` stands for the rest of them."""

    def set_audience(self, channel: int | None, audience: "Audience | None") -> None:
        """Set it for a channel, or for the rest; ``None``: nothing of its own. Raises ``NothingKeptError``."""

    def channel(self, number: int) -> str | None:
        """The name of a channel; ``None`` where it is no more."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where a command is used: the ``snapshot`` that is asked, the ``upkeep`` of what it is of, the sentences.

    ``actor`` is who is on record for what is done to the corpus. ``room`` is how many characters a list may take;
    ``None``: as many as it needs, and nobody but the operator reads it. ``before`` is the turn that a question may lean
    on, where the face ``remembers`` them and has one. ``keeps`` is for how many days the texts of questions that found
    nothing are kept on Discord; 0: not at all. ``server`` is that in which it is used, where it is in one.
    """

    take: "Callable[[], Snapshot]"
    upkeep: Upkeep
    templates: Templates
    actor: str
    room: int | None = None
    before: "Turn | None" = None
    remembers: bool = False
    server: Server | None = None
    keeps: int = 0

    @property
    def snapshot(self) -> "Snapshot":
        """What is live now; to be taken once for each request. Raises ``NotReadyError``."""
        return self.take()


class Who(StrEnum):
    """Who may use a command."""

    EVERYONE = "everyone"
    MODERATORS = "moderators"  # of the reports, which are the same for all servers
    MANAGERS = "managers"  # of the server in which it is used


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[F]):
    """One command. ``name`` may be two words, of which the first is that of its group.

    ``begin`` is cheap and raises whatever stands in the way; what it gives is the work, which may take long and finds
    something. ``reply`` says to people what was found, ``record`` to programs (with the milliseconds that it took),
    ``facts`` to the log, never in the words of the question. ``is_private``: by itself only the asker sees the reply.
    ``examples`` are what may be typed in a terminal after the program's name. ``ranks``: its work needs the index,
    which is made before the time is taken.
    """

    name: str
    begin: Callable[[Context, Values], Callable[[], F]]
    reply: Callable[[Context, F], Reply]
    record: Callable[[Context, F, float], Json] | None = None
    facts: Callable[[F], Mapping[str, object]] = lambda _found: {}
    options: tuple[Option, ...] = ()
    who: Who = Who.EVERYONE
    is_private: bool = False
    faces: frozenset[Face] = BOTH
    examples: tuple[str, ...] = ()
    ranks: bool = False

    @property
    def group(self) -> str | None:
        """The first word of a name of two."""
        return self.name.rpartition(" ")[0] or None

    @property
    def verb(self) -> str:
        """The last word of its name."""
        return self.name.rpartition(" ")[2]

    def options_on(self, face: Face) -> tuple[Option, ...]:
        """The options that are offered on ``face``."""
        return tuple(option for option in self.options if face in option.faces)


AnyCommand = Command[Any]
