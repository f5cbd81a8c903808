"""What pruning would do or has done, how large a database is, and how the history says so. No database here."""

import datetime as dt
import json
from dataclasses import dataclass

# For how long a citation that was given out is never lost, by default: within a year whoever quoted has published, and
# an edition a day that differs in a word takes a few megabytes a year.
KEEP_DAYS = 365
PRUNED = "pruned"  # the action of the history's entry


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


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went, and how many bytes the database had on disk before and afterwards."""

    gone: Prunable
    size_before: int
    size_after: int


def detail(gone: Prunable) -> str:
    """What went, as the history keeps it."""
    counts = {"editions": gone.editions, "reports": gone.reports, "wordings": gone.wordings}
    return json.dumps({"before": gone.before.isoformat(), **counts})


def told(text: str) -> dict[str, int] | None:
    """How many ``editions``, ``reports`` and ``wordings`` went, from an entry of the history; ``None`` where it says
    something else."""
    try:
        found = json.loads(text)
        return {name: int(found[name]) for name in ("editions", "reports", "wordings")}
    except (ValueError, TypeError, KeyError):
        return None
