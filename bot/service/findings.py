"""What the service gives back where no other room has a value for it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from corpus.edition import EditionDiff
from corpus.errors import ReadError
from corpus.gathering.passed_over import PassedOver, Reason, runs
from corpus.store.values import Prunable, Sizes
from retrieval.language import languages

if TYPE_CHECKING:  # few questions want to be explained, and a bot leaves the files to a process of its own
    from corpus.ingest.pipeline import Ingested

LONGEST_HISTORY = 20  # entries of the history that are shown, the rest is counted
REMOVED = "removed"  # the actor in the place of a person who wants to be forgotten, as in corpus.community.feedback
FIRST_START = "first start"  # the actor of the edition that a bot with an empty store makes for itself


@dataclass(frozen=True, slots=True)
class Reading:
    """What the last reading of the folder could not read, or passed over; nothing before the first one.

    ``languages`` are the names of files and the tags that the manifest gives for their languages; ``contradicted`` are
    names, those tags, and the languages that the words of these files speak for instead. ``files`` are the ids of the
    reports and the names of the files that made them. ``pictures`` are names, and the pages of those files that are
    pictures without text.
    """

    refused: tuple[ReadError, ...] = ()
    beside: tuple[PassedOver, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    contradicted: tuple[tuple[str, str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, tuple[int, ...]], ...] = ()

    @classmethod
    def of(cls, ingested: "Ingested") -> Self:
        """What an ingest had to do without."""
        found = ingested
        told = (found.languages, found.contradicted, found.files, found.pictures)
        return cls(found.refused, found.passed_over, *told)

    @property
    def passed_over(self) -> tuple[PassedOver, ...]:
        """What was not read, or not whole, or without knowing its language or by another than its own."""
        strange = [(file, tag) for file, tag in self.languages if tag.split("-")[0].lower() not in languages()]
        other = [one for one in self.contradicted if one[:2] not in strange]
        return (
            *self.beside,
            *(PassedOver(file, Reason.LANGUAGE, language=tag) for file, tag in strange),
            *(PassedOver(file, Reason.CONTRADICTED, language=tag, spoken=spoken) for file, tag, spoken in other),
            *(PassedOver(file, Reason.PICTURES, pages=runs(pages)) for file, pages in self.pictures),
        )


NOTHING_READ = Reading()


@dataclass(frozen=True, slots=True)
class Kept:
    """What the bot's database holds as live: ``digest`` of an edition, ``None`` before the first one."""

    digest: str | None


@dataclass(frozen=True, slots=True)
class Stored:
    """How large the bot's database is, and what pruning would drop of it where that was looked at."""

    sizes: Sizes
    prunable: Prunable | None = None


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh came to; ``edition`` is the label now live.

    ``diff`` is what ``changed``; ``None`` where nothing did, and where it could not be told: then ``untold`` says why.
    ``unwritten`` says why the edition could not be kept as a file to start from.
    """

    changed: bool
    diff: EditionDiff | None
    edition: str
    milliseconds: int
    reading: Reading = NOTHING_READ
    untold: str = ""
    unwritten: str = ""

    def changes(self) -> EditionDiff:
        """The difference, empty where nothing has changed. Raises ``UntoldError`` where it could not be found."""
        if self.untold:
            raise UntoldError(self.untold)
        return self.diff or EditionDiff((), (), ())


class UntoldError(Exception):
    """What kept the difference from being found, as text: the edition is live all the same."""
