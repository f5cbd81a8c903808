"""What the service gives back where no other room has a value for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.edition import EditionDiff
from corpus.errors import ReadError
from corpus.passage import Passage
from corpus.report import Report
from retrieval.answer import Answer

if TYPE_CHECKING:  # few questions want to be explained
    from retrieval.explanation import Explanation
    from retrieval.sought import Search

LONGEST_HISTORY = 20  # entries of the history that are shown, the rest is counted
FIRST_START = "first start"  # the actor of the edition that a bot with an empty store makes for itself


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """What a citation names. ``edition`` is the label it was found in, ``live`` whether that wording is still live."""

    passage: Passage
    report: Report
    edition: str
    live: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with why each shown excerpt was chosen, in their order, both from one edition.

    Where the outcome is not *answered*, ``search`` says what was looked for and where it stands.
    """

    answer: Answer
    explanations: "tuple[Explanation, ...]"
    search: "Search | None" = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What the bot's database holds as live: ``digest`` of an edition, ``None`` before the first one."""

    digest: str | None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to; ``edition`` is the label now live.

    ``diff`` is what ``changed``; ``None`` where nothing did, and where it could not be told: then ``untold`` says why.
    """

    changed: bool
    diff: EditionDiff | None
    edition: str
    milliseconds: int
    refused: tuple[ReadError, ...] = ()
    untold: str = ""
