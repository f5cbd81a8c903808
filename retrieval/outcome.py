"""How far a question was answered."""

from enum import StrEnum


class Outcome(StrEnum):
    """How far the excerpts may be trusted to answer the question."""

    ANSWERED = "answered"
    CLOSEST = "closest"  # the closest passages, not an answer
    SILENT = "silent"  # nothing was found
