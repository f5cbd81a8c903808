"""The verdicts on a quotation; apart from the rest, so that whoever only names them imports nothing else."""

from enum import StrEnum


class Verdict(StrEnum):
    """How a quotation stands to the reports, the best first."""

    EXACT = "exact"  # its characters stand so in a report
    TYPOGRAPHIC = "typographic"  # so do its words; marks, blanks, case or its last sign differ
    ALTERED = "altered"  # some of its words differ, or who says them
    JOINED = "joined"  # its pieces stand apart
    NOT_FOUND = "not_found"

    @property
    def is_true(self) -> bool:
        """Whether every word is a report's own, in its order."""
        return self in (Verdict.EXACT, Verdict.TYPOGRAPHIC)
