"""Names of reports: found whatever their case, offered in order, the same as by looking at every one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.names import Names
from corpus.edition import Edition
from corpus.errors import UnknownReportError
from corpus.report import Report
from tests import builders


def edition(*names: tuple[str, str]) -> Edition:
    return Edition(tuple(builders.report("It says so.", id=name, title=title) for name, title in names))


WELLS = edition(("a", "The dry well"), ("b", "A road"), ("c", "Well and pump"), ("well-d", "Straße"), ("B", "a road"))


@pytest.mark.parametrize(
    ("name", "found"), [("a", "a"), (" WELL-D ", "well-d"), ("a ROAD", "b"), ("STRASSE", "well-d"), ("B", "b")]
)
def test_a_report_is_found_by_id_or_title_in_any_case_the_first_of_several(name: str, found: str) -> None:
    assert Names(WELLS).named(name).id == found


@pytest.mark.parametrize(("name", "found"), [("dry", "a"), ("Pump & well", "c"), ("D.", "well-d"), ("the WELL", "a")])
def test_a_report_is_found_by_words_that_no_other_has(name: str, found: str) -> None:
    assert Names(WELLS).named(name).id == found


@pytest.mark.parametrize("name", ["well", "road and", "roa", "pump road", "-", ""])
def test_words_of_several_reports_or_of_none_name_none(name: str) -> None:
    """Nor does a part of a word, nor words of two reports together."""
    with pytest.raises(UnknownReportError):
        Names(WELLS).named(name)


def test_a_name_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownReportError) as refused:
        Names(WELLS).named("moon")
    assert refused.value.fields == {"report": "moon", "known": "a, b, c, well-d, B"}


WORD = st.text(alphabet="aAbß \n\t", max_size=6)


def by_looking_at_all(reports: tuple[Report, ...], typed: str, most: int) -> list[Report]:
    def folded(text: str) -> str:
        return " ".join(text.casefold().split())

    wanted = folded(typed)
    found = [report for report in reports if wanted in folded(report.id) or wanted in folded(report.title)]
    found.sort(key=lambda r: not (folded(r.id).startswith(wanted) or folded(r.title).startswith(wanted)))
    return found[:most]


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=8), WORD, st.integers(1, 4))
def test_the_same_is_offered_as_by_looking_at_all(names: list[tuple[str, str]], typed: str, most: int) -> None:
    reports = edition(*((f"{number}{name}", title) for number, (name, title) in enumerate(names))).reports
    assert list(Names(Edition(reports)).holding(typed, most)) == by_looking_at_all(reports, typed, most)
