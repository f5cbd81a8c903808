"""What the service gives back where no other room has a value for it."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from corpus.edition import Edition, EditionDiff
from corpus.errors import ReadError
from corpus.passage import Passage
from corpus.passed_over import PassedOver, Reason
from corpus.report import Report
from retrieval.answer import Answer

if TYPE_CHECKING:  # few questions want to be explained
    from retrieval.explanation import Explanation

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
    """An answer with why each shown excerpt was chosen, in their order, both from one edition."""

    answer: Answer
    explanations: "tuple[Explanation, ...]"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the last reading of the folder could not read, or passed over; nothing before the first one.

    ``languages`` are the names of files and the tags that the manifest gives for their languages.
    """

    refused: tuple[ReadError, ...] = ()
    beside: tuple[PassedOver, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """What was not read, and what was read without knowing its language."""
        from retrieval.language import languages  # asking needs none of this

        strange = ((file, tag) for file, tag in self.languages if tag.split("-")[0].lower() not in languages())
        return (*self.beside, *(PassedOver(file, Reason.LANGUAGE, language=tag) for file, tag in strange))


@dataclass(frozen=True, slots=True)
class Status:
    """What is live. ``since`` and ``actor`` are ``None`` where the reports come straight from a folder.

    ``refused`` are the files that were passed over because the operator allowed it, ``passed_over`` what else the
    folder held and was not read, both at the last reading.
    """

    edition: Edition
    since: dt.datetime | None = None
    actor: str | None = None
    refused: tuple[ReadError, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the bot's database holds as live: ``digest`` of an edition, ``None`` before the first one."""

    digest: str | None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to. ``diff`` is ``None`` where nothing has changed; ``edition`` is the label now live.

    ``failure`` is what kept the difference from being found: the edition is live all the same.
    """

    diff: EditionDiff | None
    edition: str
    milliseconds: int
    refused: tuple[ReadError, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    failure: Exception | None = None

    @classmethod
    def between(cls, old: Edition | None, new: Edition, milliseconds: int, reading: Reading) -> Self:
        """What a refresh came to that has put ``new`` live, whether or not its changes can be told."""
        diff, failure = None, None
        try:
            diff = EditionDiff.between(old, new)
        except Exception as error:  # noqa: BLE001  # a report of what was done must not hide that it was
            failure = error
        return cls(diff, new.label, milliseconds, reading.refused, reading.passed_over, failure)

    @property
    def has_changed(self) -> bool:
        """Whether another edition is live now than before."""
        return self.diff is not None or self.failure is not None

    def changes(self) -> EditionDiff:
        """The difference, empty where nothing has changed. Raises what kept it from being found."""
        if self.failure is not None:
            raise self.failure
        return self.diff or EditionDiff((), (), ())
