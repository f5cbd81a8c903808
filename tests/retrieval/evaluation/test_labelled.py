"""Evaluation: where labelled answers stand, how an answer is judged, and what figures come of it."""

from collections.abc import Sequence

import pytest
from rank_bm25 import BM25Okapi

from corpus.edition import Edition
from corpus.errors import UnknownReportError
from corpus.passage import Span
from corpus.report import Report
from retrieval.evaluation.baseline import Plain
from retrieval.evaluation.judging import Judge, Judged, Mark, Reaction, Standing
from retrieval.evaluation.labelled import Gold, Labelled
from retrieval.evaluation.measures import Bin, Duel, Estimate, Measures, Sample, against
from retrieval.outcome import Outcome
from tests.builders import edition, passage, report

WELLS = "The mission found three wells near Niono. The wells were dry."
CAMPS = "A camp near Mopti holds nine hundred families."
ROADS = "No road was open after the rain."
SHIPS = "The harbour of Oslo was closed in winter. Eleven ships were waiting."


@pytest.fixture
def reports() -> Edition:
    return edition([WELLS, CAMPS, ROADS], [SHIPS])


def labelled(**fields: object) -> Labelled:
    return Labelled.model_validate({"id": "q", "question": "Where were the wells?"} | fields)


def at(paragraph: int, *spans: tuple[int, int]) -> list[object]:
    return [{"report_id": "report-1", "par": paragraph, "spans": spans}]


def judged(
    rank: int,
    confidence: float,
    *,
    report_id: str = "",
    plain: int = 0,
    off_topic: float | None = None,
    removed: float | None = None,
    gold: Sequence[str] = ("x",),
) -> Judged:
    """A question whose answer stood at ``rank``; *answered* from a confidence of one half on."""
    outcome = Outcome.ANSWERED if confidence >= 0.5 else Outcome.SILENT
    question = labelled(id=f"{rank} {confidence}", gold=gold)
    mark = Mark(
        id=question.id,
        question=question.question,
        report=report_id,
        answerable=bool(gold),
        outcome=outcome,
        confidence=confidence,
        rank=rank,
        passage=rank > 0,
    )
    asked, taken = (None if one is None else Reaction(one, one >= 0.5) for one in (off_topic, removed))
    return Judged(question, mark, Standing(plain, plain > 0), None, asked, taken, findable=True, milliseconds=1.0)


def test_a_labelled_question_as_files_have_it() -> None:
    found = Labelled.model_validate({"id": 7, "question": "Who?", "report_id": "r", "gold": None, "answers": ["x"]})
    assert found == Labelled(id="7", question="Who?", report="r", gold=())
    assert (found.is_answerable, found.expected) == (False, Outcome.SILENT)
    assert labelled(gold=["Niono"]).expected is Outcome.ANSWERED
    assert labelled(gold=["Niono"], outcome="closest").expected is Outcome.CLOSEST


def test_gold_as_text_is_covered_by_a_sentence_that_holds_it(reports: Edition) -> None:
    gold, asked = Gold(reports), labelled(gold=["near Niono", "dry"])
    wells, camps, *_ = reports.passages()
    assert gold.spans(asked, wells) == [Span(30, 40), Span(57, 60)]
    assert gold.covers(asked, wells, wells.sentence(0))
    assert not gold.covers(asked, wells, Span(0, 35))
    assert (gold.holds(asked, wells), gold.holds(asked, camps)) == (True, False)
    assert gold.texts(asked) == ["near Niono", "dry"]


def test_gold_as_a_place_is_covered_by_a_sentence_around_it(reports: Edition) -> None:
    gold, asked = Gold(reports), labelled(gold=at(0, (30, 40)))
    wells, camps, *_ = reports.passages()
    assert gold.covers(asked, wells, wells.sentence(0))
    assert not gold.covers(asked, wells, wells.sentence(1))
    assert (gold.holds(asked, wells), gold.holds(asked, camps)) == (True, False)
    assert gold.texts(asked) == ["near Niono"]


def test_places_count_through_the_parts_of_a_paragraph_and_from_the_white_space_before_it() -> None:
    """The paragraph is two blanks, "One two.", a blank, "Three."; the second part begins at 11."""
    parts = [passage("One two.", part=1, report="report-1", tail=" "), passage("Three.", part=2, report="report-1")]
    cut = Edition((Report("report-1", "A report", tuple(parts)),))
    gold = Gold(cut, {("report-1", 1): 2})
    asked = labelled(gold=at(0, (6, 9), (11, 16), (8, 12)))
    assert [gold.spans(asked, part) for part in parts] == [[Span(4, 7)], [Span(0, 5)]]
    assert gold.texts(asked) == ["two", "Three"]


def test_plain_bm25_is_rank_bm25_over_stems(reports: Edition) -> None:
    plain = Plain(reports.reports)
    wells, camps, _, ships = reports.passages()
    sentences = [["mission", "found", "three", "well", "niono"], ["well", "dri"]]
    sentences += [["camp", "mopti", "hold", "nine", "hundr", "famili"]]
    sentences += [["road", "open", "rain"], ["harbour", "oslo", "close", "winter"], ["eleven", "ship", "wait"]]
    scores = BM25Okapi(sentences).get_scores(["well", "dri"]).tolist()
    assert sorted(range(6), key=lambda n: -scores[n])[:2] == [1, 0]
    assert plain.sentences("Which wells were dry?", 2) == [(wells, wells.sentence(1)), (wells, wells.sentence(0))]
    assert plain.passage("the families of the camp") is camps
    assert plain.passage("waiting ship") is ships


def test_a_question_is_judged_by_the_excerpts_it_gets(reports: Edition) -> None:
    judge = Judge(reports, Gold(reports), seed=0)
    asked = labelled(question="Which camp holds nine hundred families?", report="report-1", gold=["nine hundred"])
    found = judge.judge(asked)
    assert (found.mark.rank, found.mark.passage, found.plain) == (1, True, Standing(1, passage=True))
    assert found.found is not None
    assert found.found.sentence_text == CAMPS
    assert found.findable
    # The other report and the report without its camp are less sure of it.
    assert found.off_topic is not None
    assert found.removed is not None
    assert max(found.off_topic.confidence, found.removed.confidence) < found.mark.confidence


def test_what_cannot_be_asked_elsewhere_is_not(reports: Edition) -> None:
    """Without gold, without a named report, or where another passage holds the labelled text too."""
    judge = Judge(reports, Gold(reports), seed=0)
    silent = judge.judge(labelled(report="report-1"))
    assert (silent.off_topic, silent.removed, silent.findable) == (None, None, True)
    assert judge.judge(labelled(gold=["Niono"])).off_topic is None
    twice = labelled(report="report-1", gold=at(0, (24, 29), (35, 40)) + at(1, (12, 17)))
    assert judge.judge(twice.model_copy(update={"gold": twice.gold[:1]})).removed is not None
    near = labelled(report="report-1", gold=at(0, (30, 34)))
    assert judge.judge(near).removed is None
    assert not judge.judge(labelled(gold=["Timbuktu"])).findable


def test_a_question_that_the_bot_refuses_counts_as_unanswered(reports: Edition) -> None:
    found = Judge(reports, Gold(reports), seed=0).judge(labelled(question="?", gold=["Niono"]))
    assert (found.mark.outcome, found.mark.confidence, found.mark.rank) == (Outcome.SILENT, 0.0, 0)
    assert (found.found, found.off_topic, found.removed) == (None, None, None)


def test_an_unknown_report_is_no_miss(reports: Edition) -> None:
    with pytest.raises(UnknownReportError):
        Judge(reports, Gold(reports), seed=0).judge(labelled(report="report-9"))


def test_what_is_shown_what_is_met_with_silence_and_what_is_quoted_though_nothing_answers() -> None:
    found = Measures(
        [judged(1, 0.9, off_topic=0.6), judged(2, 0.6, removed=0.1), judged(0, 0.1), judged(0, 0.8, gold=())], seed=0
    )
    estimates = (found.shown(), found.silent(), found.precision_of_answerable())
    assert [estimate and round(estimate.value, 3) for estimate in estimates] == [0.333, 0.333, 0.5]
    quoted = {kind: estimate and estimate.value for kind, estimate in found.quoted().items()}
    assert quoted == {"off_topic": 1.0, "removed": 0.0, "unanswerable": 1.0}


def test_every_question_counts_once_whatever_became_of_it() -> None:
    found = Measures([judged(1, 0.9, plain=1), judged(2, 0.6), judged(0, 0.1), judged(0, 0.8, gold=())], seed=0)
    ranked = {name: found.ranked(name) for name in ("s1", "s3", "p1", "mrr")}
    assert {name: estimate and round(estimate.value, 3) for name, estimate in ranked.items()} == {
        "s1": 0.333,
        "s3": 0.667,
        "p1": 0.667,
        "mrr": 0.5,
    }
    lead, precision = found.lead("s3"), found.precision()
    assert lead is not None
    assert precision is not None
    assert (round(lead.value, 3), round(precision.value, 3)) == (0.333, 0.333)
    assert found.outcomes() == {
        Outcome.ANSWERED: {Outcome.ANSWERED: 2, Outcome.CLOSEST: 0, Outcome.SILENT: 1},
        Outcome.SILENT: {Outcome.ANSWERED: 1, Outcome.CLOSEST: 0, Outcome.SILENT: 0},
    }


def test_the_threshold_keeps_the_share_and_lets_through_what_reaches_it() -> None:
    kept = [judged(1, n / 100, off_topic=0.06, removed=n / 100) for n in range(1, 21)]
    found = Measures([*kept, judged(0, 0.99, off_topic=0.0), judged(0, 0.2, gold=())], seed=0)
    assert found.threshold(0.95) == 0.02
    gate = found.gate(0.06)
    assert gate.kept == 0.75
    assert {kind: share and round(share.value, 4) for kind, share in gate.false.items()} == {
        "off_topic": 0.9524,
        "removed": 0.75,
        "unanswerable": 1.0,
    }
    assert [round(gate.kept or 0, 2) for gate in found.curve()] == [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0, 1.0]


def test_nothing_to_answer_with_is_never_let_through() -> None:
    false = Measures([judged(1, 0.0, off_topic=0.0)], seed=0).gate(0.0).false
    assert false["off_topic"] == Estimate(0.0, 0.0, 0.0)


def test_nothing_right_has_no_threshold() -> None:
    found = Measures([judged(0, 0.3)], seed=0)
    assert (found.threshold(0.95), found.curve(), found.precision(), found.gate(0.5).kept) == (None, [], None, None)


def test_reliability_puts_full_confidence_into_the_last_bin() -> None:
    bins = Measures([judged(1, 1.0), judged(0, 0.95), judged(0, 0.0, gold=())], seed=0).reliability()
    assert (bins[0], bins[5], bins[9]) == (
        Bin(0.0, 0.1, 1, 0.0, 0.0),
        Bin(0.5, 0.6, 0, None, None),
        Bin(0.9, 1.0, 2, 0.975, 0.5),
    )


def test_misses_are_the_surest_first_and_silence_without_an_answer_is_none() -> None:
    found = Measures([judged(0, 0.2), judged(2, 0.7), judged(0, 0.9, gold=()), judged(0, 0.1, gold=())], seed=0)
    assert [one.mark.confidence for one in found.misses(9)] == [0.9, 0.7, 0.2]
    assert found.misses(0) == []


def test_intervals_are_over_reports_where_there_are_several() -> None:
    """Ten questions a report, all right in one and all wrong in the other: what counts is two reports, not twenty."""
    values = [1.0] * 10 + [0.0] * 10
    by_report, by_question = Sample(["a"] * 10 + ["b"] * 10, seed=0), Sample(["a"] * 20, seed=0)
    assert (by_report.unit, by_report.mean(values)) == ("report", Estimate(0.5, 0.0, 1.0))
    estimate = by_question.mean(values)
    assert by_question.unit == "question"
    assert estimate is not None
    assert 0.2 < estimate.low < 0.4 < 0.6 < estimate.high < 0.8
    assert by_question.mean(values) == Sample(["a"] * 20, seed=0).mean(values)
    assert by_question.mean([None] * 20) is None


def test_two_evaluations_are_compared_question_by_question() -> None:
    mine = [judged(1, 0.9), judged(2, 0.4), judged(0, 0.6), judged(0, 0.6, gold=())]
    theirs = [judged(1, 0.8), judged(1, 0.5), judged(0, 0.1), judged(0, 0.2, gold=())]
    found = against([one.mark for one in mine], [one.mark for one in theirs], seed=0)
    assert {name: duel[:3] for name, duel in found.items()} == {
        "s1": (0, 1, 2),
        "s3": (0, 0, 3),
        "p1": (0, 0, 3),
        "mrr": (0, 1, 2),
        "quiet": (0, 1, 0),
    }
    assert found["quiet"] == Duel(0, 1, 0, Estimate(-1.0, -1.0, -1.0))


def test_the_builder_of_reports_is_the_one_that_places_count_in() -> None:
    """``par`` counts body paragraphs from 0, past the title."""
    asked = labelled(gold=[{"report_id": "report", "par": 1, "spans": [[0, 6]]}])
    assert Gold(edition(report("First.", "Second."))).texts(asked) == ["Second"]
