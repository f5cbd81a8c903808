"""A passage that a citation names, in whatever wording it names."""

from dataclasses import dataclass

from corpus.passage import Passage
from corpus.report import Report


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """What a citation names. ``edition`` is the label of the edition it was last seen in; ``live`` tells whether that
    one is live. ``report`` is its report, of which a store gives the metadata and this one passage alone."""

    passage: Passage
    report: Report
    edition: str
    live: bool
