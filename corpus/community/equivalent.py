"""An equivalent that somebody has added, and how the history tells of it. Values only."""

import datetime as dt
import json
from dataclasses import dataclass

ADDED, REMOVED = "equivalent_added", "equivalent_removed"  # what the history calls it


@dataclass(frozen=True, slots=True)
class Equivalent:
    """That ``word``, in a question, may find ``means`` in reports in a language, by its BCP 47 tag."""

    word: str
    means: str
    language: str


@dataclass(frozen=True, slots=True)
class KeptEquivalent:
    """An equivalent with when it was added (in UTC) and by whom."""

    equivalent: Equivalent
    at: dt.datetime
    actor: str


def told(detail: str) -> Equivalent | None:
    """The equivalent that an entry of the history is about; ``None`` where it says something else."""
    try:
        found = json.loads(detail)
        return Equivalent(str(found["word"]), str(found["means"]), str(found["language"]))
    except (ValueError, TypeError, KeyError):
        return None


def detail(one: Equivalent) -> str:
    """An equivalent as the history keeps it."""
    return json.dumps({"word": one.word, "means": one.means, "language": one.language}, ensure_ascii=False)
