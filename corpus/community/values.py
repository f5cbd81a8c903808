"""What people leave, as values: how it is kept, nothing here knows."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

REST = 0  # the channel that stands for all those of a server that have nothing set
EQUIVALENT_ADDED, EQUIVALENT_REMOVED = "equivalent_added", "equivalent_removed"  # what the history calls it


class Audience(StrEnum):
    """Who sees an answer: everybody who reads the channel, or whoever asked."""

    PUBLIC = "public"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Equivalent:
    """That ``word``, in a question, may find ``means`` in reports in a language, by its BCP 47 tag."""

    word: str
    means: str
    language: str

    @classmethod
    def of_detail(cls, detail: str) -> Self | None:
        """The equivalent that an entry of the history is about; ``None`` where it says something else."""
        try:
            found = json.loads(detail)
            return cls(str(found["word"]), str(found["means"]), str(found["language"]))
        except (ValueError, TypeError, KeyError):
            return None

    @property
    def detail(self) -> str:
        """What the history keeps of it."""
        return json.dumps({"word": self.word, "means": self.means, "language": self.language}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class KeptEquivalent:
    """An equivalent with when it was added (in UTC) and by whom."""

    equivalent: Equivalent
    at: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person said of one answer on a day: ``person`` is the account, which is not kept.

    ``answer`` is the id of its message, ``passage`` the key of the citation of its first excerpt, ``asked`` what the
    question asked for, empty where that is not known.
    """

    person: str
    answer: str
    passage: str
    asked: str
    is_helpful: bool
    day: dt.date


@dataclass(frozen=True, slots=True)
class Gap:
    """How many votes called answers helpful and not helpful that have ``name`` in common: a passage, or what was asked
    for. ``title`` is that of the passage's report, empty where it is not known."""

    name: str
    helpful: int
    unhelpful: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Unfound:
    """A question that found nothing, on the ``day`` when it was asked last, in the edition with that label.

    ``days`` is on how many days it was asked.
    """

    question: str
    day: dt.date
    edition: str
    days: int = 1


@dataclass(frozen=True, slots=True)
class Gaps:
    """Where the reports leave people without an answer: passages and what was asked for, most often not helpful first;
    questions that found nothing, newest first."""

    passages: Sequence[Gap] = ()
    asked: Sequence[Gap] = ()
    questions: Sequence[Unfound] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten of a person: how many votes, and how many places of the history that named them."""

    votes: int
    places: int
