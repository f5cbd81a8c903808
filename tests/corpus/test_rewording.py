"""What stands in place of a paragraph that was: its words elsewhere, its new wording, or nothing."""

from corpus.rewording import reworded
from tests import builders

OLD = builders.report(
    "The well was dug in March 2024 by the people of the village.",
    "The pump broke in May and a repairer came from the town.",
    "Since then the pump has worked every day.",
)


def now(*paragraphs: str) -> list[str | None]:
    """The labels of what stands in place of the three paragraphs."""
    report = builders.report(*paragraphs)
    found = (reworded(passage, report) for passage in OLD.body)
    return [passage.locator.label if passage else None for passage in found]


def test_the_same_words_are_found_where_they_stand_now() -> None:
    texts = [passage.text for passage in OLD.body]
    assert now("Something was put before them.", *texts) == ["2", "3", "4"]
    assert now(*reversed(texts)) == ["3", "2", "1"]


def test_a_wording_that_was_changed_is_found_also_at_another_place() -> None:
    well = "The well was dug in April 2023 by the people of the village."
    pump = "The pump broke in May; a repairer came from the town at once."
    assert now(well, "Rain fell for a week.", pump) == ["1", "3", None]


def test_another_paragraph_at_the_same_place_is_no_wording_of_it() -> None:
    assert now("Rain fell for a week.", "The road was closed.", "Nobody was hurt.") == [None, None, None]


def test_of_two_as_good_the_one_at_the_same_place_comes_first() -> None:
    twice = "Since then the pump has worked each day."
    assert now(twice, twice, twice) == [None, None, "3"]


def test_a_heading_is_no_wording_of_a_paragraph() -> None:
    report = builders.report("Rain fell for a week.", title=OLD.passages[1].text)
    assert reworded(OLD.passages[1], report) is None
