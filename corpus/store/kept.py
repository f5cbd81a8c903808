"""What the store gives back beside editions: values, with nothing of how they are kept."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from corpus.edition import Edition


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
