"""What a check of a quotation comes to."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.answer import Excerpt
from retrieval.quotation.verdict import Verdict


class Part(StrEnum):
    """What of a quotation differs."""

    WORD = "word"
    SPEAKER = "speaker"
    NAME = "name"  # of the speaker, who may be the same


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the quotation beside those that a report has in their place; either may be empty.

    ``true`` is ``passage.text[start:end]`` of the passage with that id. Where the ``kind`` is *speaker* or *name* it is
    what the report says of who speaks, which may stand elsewhere: then the rest is ``None``. It is empty where the
    report names nobody: the words are its own, or it does not tell whose.
    """

    quoted: str
    true: str
    kind: Part = Part.WORD
    passage: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A quotation as it was given, and what was found. ``excerpts`` are the true words, best first, or the nearest.

    ``cut_off`` are words of the report that stand beside the quotation and change what it means: hedges, negations,
    conditions, speakers; ``cut_within`` are those that an ellipsis stands for, between the quoted words, or that deny
    them right before. ``edition`` is the label of the edition that was looked at. ``is_telling``: its words are enough
    to tell whose they are; "the" stands in any text. The first ``count`` excerpts have the words together, where they
    go over the end of a passage.
    """

    text: str
    verdict: Verdict
    edition: str
    excerpts: tuple[Excerpt, ...] = ()
    differences: tuple[Difference, ...] = ()
    cut_off: tuple[str, ...] = ()
    is_telling: bool = True
    cut_within: tuple[str, ...] = ()
    count: int = 1

    @property
    def is_true(self) -> bool:
        """Whether every word is a report's own, in its order, and what is left out does not change what they say."""
        return self.verdict.is_true and not self.cut_within
