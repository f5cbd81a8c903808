"""Of which reports a labelled question is asked, for the weights to be fitted on."""

from retrieval.evaluation.cases import ELSEWHERE, cases
from retrieval.evaluation.labelled import OFF_TOPIC, ON_TOPIC, Gold, Labelled
from tests.builders import edition

REPORTS = edition(*([f"The wells of village {n} were dry in spring."] for n in range(9)))


def asked_of(labelled: Labelled, *, is_short: bool) -> list[str]:
    found = [case for case in cases(REPORTS, [labelled], Gold(REPORTS), seed=7) if case.is_short is is_short]
    return [case.scope.passages[0].report for case in found if case.is_off_topic or not labelled.gold]


def test_a_question_about_nothing_is_asked_of_several_reports_once_each() -> None:
    labelled = Labelled(id="1", question="best pizza in town", report="report-3", kind=OFF_TOPIC)
    for is_short in (False, True):
        asked = asked_of(labelled, is_short=is_short)
        assert len(set(asked)) == len(asked) == 1 + ELSEWHERE
        assert asked[0] == "report-3"


def test_one_about_the_matter_is_asked_of_its_own_report_alone() -> None:
    labelled = Labelled(id="1", question="who dug the wells", report="report-3", kind=ON_TOPIC)
    assert asked_of(labelled, is_short=False) == ["report-3"]


def test_one_that_is_answered_is_asked_of_one_other_report() -> None:
    labelled = Labelled(id="1", question="which village was dry", report="report-3", gold=("wells of village 2",))
    assert [name for name in asked_of(labelled, is_short=False) if name != "report-3"] != []
