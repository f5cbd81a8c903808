"""A passage that a citation names, in whatever wording it names."""

from dataclasses import dataclass
from typing import Self

from corpus.errors import RapporteurError
from corpus.passage import Passage
from corpus.report import Report


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """What a citation names. ``edition`` is the label of the edition it was last seen in; ``live`` tells whether that
    one is live. ``report`` is its report, of which a store gives the metadata and this one passage alone.

    ``now`` is what the live edition has in place of a wording that is not live; ``None`` also where it has nothing.
    """

    passage: Passage
    report: Report
    edition: str
    live: bool
    now: Self | None = None

    @property
    def neighbours(self) -> tuple[Passage | None, Passage | None]:
        """The body passages before and after a live one; an old wording has none that could be named."""
        body = list(self.report.body) if self.live else []
        for number, passage in enumerate(body):
            if passage.id == self.passage.id:
                return body[number - 1] if number else None, body[number + 1] if number + 1 < len(body) else None
        return None, None


@dataclass(frozen=True, slots=True)
class SeveralCited:
    """What several citations name, in their order; for one that names nothing, why."""

    found: tuple[CitedPassage | RapporteurError, ...]

    @property
    def passages(self) -> tuple[CitedPassage, ...]:
        """Those that were found."""
        return tuple(one for one in self.found if isinstance(one, CitedPassage))
