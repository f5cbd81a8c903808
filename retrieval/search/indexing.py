"""The index over the passages of reports, as each report's language has its terms."""

from collections.abc import Iterable

from corpus.report import Report
from retrieval.evidence import speakers
from retrieval.index.bm25 import PassageIndex
from retrieval.words.terms import analyzer_of


def index_of(reports: Iterable[Report]) -> PassageIndex:
    """The index over the body passages of ``reports``, numbered in their order."""
    return PassageIndex(
        [term.key for term in terms(said)]
        for report, terms in ((report, analyzer_of(report.language).terms) for report in reports)
        for said in speakers.searched(report)
    )
