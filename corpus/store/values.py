"""What the store gives back beside editions, as values: how it is kept, nothing here knows."""

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.edition import Edition

# For how long a citation that was given out is never lost, by default: within a year whoever quoted has published, and
# an edition a day that differs in a word takes a few megabytes a year.
KEEP_DAYS = 365
PRUNED = "pruned"  # the action of the history's entry


class State(NamedTuple):
    """What may change: the digest of the live edition, and how often what belongs to none was changed."""

    edition: str | None = None
    changes: int = 0


@dataclass(frozen=True, slots=True)
class StoredEdition:
    """The live edition, since when it is live (UTC), and who made it so."""

    edition: Edition
    since: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class LiveHeads:
    """The live edition without its text: ``reports`` holds id and digest of each report, in their order."""

    digest: str
    since: dt.datetime
    actor: str
    reports: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something done to the corpus, at a moment in UTC.

    ``edition`` and ``previous`` are digests, where an edition was made live; ``is_kept``: that is there still.
    """

    at: dt.datetime
    actor: str
    action: str
    edition: str | None
    previous: str | None
    detail: str
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a database is: on disk, in bytes, and how many editions, reports and wordings it keeps."""

    size: int
    editions: int
    reports: int
    wordings: int


@dataclass(frozen=True, slots=True)
class Prunable:
    """What goes where editions go that were not live since a moment ``before`` (in UTC): the ``editions``, the
    ``reports`` and ``wordings`` that they alone hold, and about how many bytes of text these take."""

    before: dt.datetime
    editions: int = 0
    reports: int = 0
    wordings: int = 0
    size: int = 0
    days: int = 0  # that is so many days ago, where it was told in days

    @property
    def detail(self) -> str:
        """What the history keeps of it once it is gone."""
        counts = {"editions": self.editions, "reports": self.reports, "wordings": self.wordings}
        return json.dumps({"before": self.before.isoformat(), **counts})


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went, and how many bytes the database had on disk before and afterwards."""

    gone: Prunable
    size_before: int
    size_after: int


class Part(StrEnum):
    """What can be wrong: of a database, and of the files of editions that are made of it."""

    FILE = "file"
    REPORT = "report"
    PASSAGE = "passage"
    EDITION = "edition"
    LIVE = "live"
    START = "start"  # a file that a bot starts from


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was saved; ``name`` says which: ``well 1f3c9a2b1234`` or ``well:3 1f3c9a2b1234``."""

    part: Part
    name: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was compared, and what was found wrong, in the order in which it was looked at. ``files`` counts those
    of editions, beside the database."""

    reports: int
    passages: int
    editions: int
    flaws: tuple[Flaw, ...]
    files: int = 0


def pruned_counts(detail: str) -> dict[str, int] | None:
    """How many ``editions``, ``reports`` and ``wordings`` went, from an entry of the history; ``None`` where it says
    something else."""
    try:
        found = json.loads(detail)
        return {name: int(found[name]) for name in ("editions", "reports", "wordings")}
    except (ValueError, TypeError, KeyError):
        return None
