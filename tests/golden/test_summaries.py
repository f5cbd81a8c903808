"""The key facts of reports: a summary of six sentences holds more of them than the first six sentences do."""

import json
from pathlib import Path

import pytest

from corpus.ingest.pipeline import ingest
from corpus.report import Report
from retrieval.overview.summary import MAX_LENGTH, summarise
from retrieval.quotation_marks import cut_quotations
from tests.benchmarks.summaries import GOLDEN, HELD_OUT, LISTS, PLACES, SEEN, gain, measured, sentences

REPORTS = {
    report.id: report
    for place in (*PLACES, GOLDEN / "everyday" / "french", GOLDEN / "quotes" / "reports")
    for report in ingest(place).edition.reports
}
LEAST = 0.2  # the gain over the first sentences that is asked for


@pytest.mark.parametrize("lists", [LISTS, SEEN, HELD_OUT], ids=lambda file: file.stem)
def test_a_wording_of_a_fact_stands_in_one_sentence_of_its_report(lists: Path) -> None:
    for line in lists.read_text("utf-8").splitlines():
        one = json.loads(line)
        known = list(sentences(REPORTS[one["report"].removesuffix(".txt")]))
        assert 8 <= len(one["facts"]) <= 12
        for wording in (wording for fact in one["facts"] for wording in fact):
            assert any(wording in sentence for sentence in known), wording


@pytest.mark.parametrize(("lists", "reports"), [(LISTS, 10), (SEEN, 5), (HELD_OUT, 5)], ids=("ten", "seen", "held-out"))
def test_a_summary_holds_more_key_facts_than_the_first_sentences(lists: Path, reports: int) -> None:
    found = list(measured(lists))
    assert len(found) == reports
    assert [held for held in found if held.summary < held.first] == []
    assert gain(found) >= LEAST


@pytest.mark.parametrize("report", REPORTS.values(), ids=lambda report: report.id)
def test_no_summary_cuts_a_quotation_in_half_or_is_longer_than_asked(report: Report) -> None:
    for length in range(1, MAX_LENGTH + 1):
        excerpts = summarise(report, "", length=length).excerpts
        assert [excerpt.text for excerpt in excerpts if any(cut_quotations(excerpt.text))] == []
        counted = [
            excerpt.passage.sentence(number)
            for excerpt in excerpts
            for number in range(len(excerpt.passage.sentences))
            if excerpt.span.covers(excerpt.passage.sentence(number))
        ]
        assert 0 < len(counted) <= length
