"""An edition: an immutable, ordered set of reports, and the difference between two of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Self

from corpus.citation import EXAMPLE, Citation
from corpus.comparison import common
from corpus.errors import UnknownCitationError, UnknownOfManyError, UnknownReportError
from corpus.passage import Passage
from corpus.report import Report

LABEL_DIGITS = 12
LISTED = 10  # ids that an error lists
# Passages in a replaced run whose pairing is looked at closely; beyond it they pair up in order.
_MOST_PAIRINGS = 10_000


def digest_of(reports: Iterable[str]) -> str:
    """The digest of an edition whose reports have these digests, in their order."""
    return sha256("\n".join(reports).encode()).hexdigest()


@dataclass(frozen=True)
class Edition:
    """The reports as they stood at one time. Two editions with the same content have the same digest."""

    reports: tuple[Report, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256, hexadecimal, over the digests of the reports in their order."""
        return digest_of(report.digest for report in self.reports)

    @property
    def label(self) -> str:
        """What people see of the digest: its first twelve digits."""
        return self.digest[:LABEL_DIGITS]

    @cached_property
    def _by_id(self) -> dict[str, Report]:
        return {report.id: report for report in self.reports}

    def report(self, report_id: str) -> Report:
        """The report with that id. Raises ``UnknownReportError``."""
        try:
            return self._by_id[report_id]
        except KeyError:
            known, more = self.some_ids
            if more:
                raise UnknownOfManyError(report=report_id[:100], known=known, n=more) from None
            raise UnknownReportError(report=report_id[:100], known=known) from None

    @property
    def some_ids(self) -> tuple[str, int]:
        """The first ids of reports, as an error lists them, and how many there are besides."""
        return ", ".join(list(self._by_id)[:LISTED]), max(0, len(self._by_id) - LISTED)

    def passages(self) -> Iterator[Passage]:
        """Every body passage, in the order of the reports."""
        for report in self.reports:
            yield from report.body

    def find(self, citation: Citation) -> Passage:
        """The passage that a citation names, in that wording. Raises ``UnknownCitationError``."""
        report = self._by_id.get(citation.report)
        passage = report.labelled(citation.label) if report else None
        if passage is not None and citation.fingerprint in (None, passage.fingerprint):
            return passage
        raise UnknownCitationError(citation=str(citation), example=EXAMPLE)


@dataclass(frozen=True, slots=True)
class ReportChange:
    """What became of one report.

    ``removed`` holds passages of the old edition, ``added`` of the new one, ``changed`` pairs of both. All three
    are empty where only the metadata differ, or only white space, numbering or sentence ends.
    """

    report: str
    title: str
    metadata: bool
    added: tuple[Passage, ...]
    removed: tuple[Passage, ...]
    changed: tuple[tuple[Passage, Passage], ...]


@dataclass(frozen=True, slots=True)
class EditionDiff:
    """What is different in a new edition: whole reports, and paragraph by paragraph within those that stayed."""

    added: tuple[Report, ...]
    removed: tuple[Report, ...]
    changed: tuple[ReportChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two editions hold the same."""
        return not (self.added or self.removed or self.changed)

    @classmethod
    def between(cls, old: Iterable[Report], new: Iterable[Report]) -> Self:
        """The difference from the reports ``old`` to ``new``, in their order; those that are the same may be left out
        of both."""
        before = {report.id: report for report in old}
        after = {report.id: report for report in new}
        return cls(
            added=tuple(report for name, report in after.items() if name not in before),
            removed=tuple(report for name, report in before.items() if name not in after),
            changed=tuple(
                _report_change(before[name], report)
                for name, report in after.items()
                if name in before and before[name].digest != report.digest
            ),
        )


def _report_change(old: Report, new: Report) -> ReportChange:
    """Compare two wordings of one report. A run of passages that was replaced pairs up, the rest came or went."""
    added: list[Passage] = []
    removed: list[Passage] = []
    changed: list[tuple[Passage, Passage]] = []
    signs = [(p.kind, p.text) for p in old.passages], [(p.kind, p.text) for p in new.passages]
    kept = [(-1, -1), *common(*signs), (len(old.passages), len(new.passages))]
    for (i, k), (j, n) in pairwise(kept):
        before, after = old.passages[i + 1 : j], new.passages[k + 1 : n]
        pairs = _pairs([p.text for p in before], [p.text for p in after])
        changed += [(before[x], after[y]) for x, y in pairs]
        paired = {x for x, _ in pairs}, {y for _, y in pairs}
        removed += [p for x, p in enumerate(before) if x not in paired[0]]
        added += [p for y, p in enumerate(after) if y not in paired[1]]
    facts = [(r.title, r.language, r.publisher, r.date, r.url, r.symbol, r.note) for r in (old, new)]
    return ReportChange(
        report=new.id,
        title=new.title,
        metadata=facts[0] != facts[1],
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
    )


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which texts are wordings of which: as many pairs of places as there can be, in order, sharing the most words."""
    if len(old) > len(new):
        return [(x, y) for y, x in _pairs(new, old)]
    spare = len(new) - len(old)
    if not old or not spare or len(old) * spare > _MOST_PAIRINGS:
        return [(x, x) for x in range(len(old))]
    words = [set(text.split()) for text in old], [set(text.split()) for text in new]
    # best[s]: the most words shared when x of the old texts are paired and s of the new ones were passed over.
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (spare + 1)
    for x, ours in enumerate(words[0]):
        row = [(shared + len(ours & words[1][x + s]), (*passed, x + s)) for s, (shared, passed) in enumerate(best)]
        for s in range(1, spare + 1):
            row[s] = max(row[s - 1], row[s], key=lambda entry: entry[0])
        best = row
    return list(enumerate(best[spare][1]))
