"""What a report speaks of: its headings, else its key phrases, each as it stands there."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.ingest.pipeline import BUNDLED, ingest
from corpus.report import Report
from retrieval.words.keyphrases import LONGEST_PHRASE, MOST_REPORTS, TOPICS, headings, keyphrases, topics
from tests.builders import passage, report

MALI = ingest(BUNDLED).edition.reports[0]
WELLS = report(
    "The water board drilled boreholes in the northern district. It asked the district council for a ladder.",
    "The district council refused. Engineers of the water board swiftly repaired the old pump.",
    "In June the water board met again with the district council, and drinking water was promised.",
)


def sectioned(*sections: tuple[str, str]) -> Report:
    """A report of one paragraph under each heading."""
    bodies = [passage(text, number, section=heading) for number, (heading, text) in enumerate(sections, start=1)]
    return Report("report", "A report", tuple(bodies))


def test_the_bundled_report_is_told_by_phrases_that_stand_in_it() -> None:
    assert keyphrases(MALI) == (
        "Malian authorities",
        "international human rights standards",
        "Mbera refugee camp",
        "foreign military operatives",
        "Mali's military leadership",
        "victims' remains",
        "arbitrary execution",
    )


def test_what_stands_often_comes_first_and_single_words_come_last() -> None:
    assert keyphrases(WELLS) == ("water board", "district council", "old pump", "ladder")


def test_a_count_is_kept() -> None:
    assert keyphrases(WELLS, 2) == ("water board", "district council")
    assert keyphrases(WELLS, 0) == ()


def test_a_phrase_stands_in_its_most_frequent_form_without_the_capital_of_a_sentence() -> None:
    """Forms with one stem are one phrase; the form that begins a sentence counts for less."""
    text = "Water tanks leaked. Water tanks were mended. They filled the water tank. A water tank is near the road."
    assert keyphrases(report(text))[0] == "water tank"
    assert keyphrases(report("Refugee camps were full. Refugee camps grew."))[0] == "Refugee camps"


def test_a_shorter_phrase_is_not_offered_beside_the_longer_one_that_holds_it() -> None:
    text = "The human rights council met. It is the human rights council of old. They spoke of human rights."
    assert keyphrases(report(text)) == ("human rights council",)


def test_numbers_verbs_adverbs_and_shouting_are_no_topics() -> None:
    shouted = "THE WATER BOARD OF THE NORTHERN DISTRICT MET IN THE OLD TOWN HALL."
    text = "In 2024 the engineers drilled. The board strongly objected. In June the council met 12 times in 3 villages."
    assert keyphrases(report(shouted, text)) == ("engineers", "board", "council")


def test_a_phrase_that_is_broken_at_the_end_of_every_line_is_left_out() -> None:
    assert keyphrases(report("The water\nboard met.", "Ask the water\nboard for a pump.")) == ("pump",)
    assert keyphrases(report("The water\nboard met.", "Ask the water board for a pump."))[0] == "water board"


def test_without_stop_words_only_names_are_told_from_other_words() -> None:
    italian = report("I camion sono stati bruciati vicino a Ségou. Il villaggio di Ségou è lontano.", language="it")
    assert keyphrases(italian) == ("Ségou",)
    assert keyphrases(report("士兵在村庄发现尸体。", language="zh")) == ()


def test_a_report_with_nothing_in_it_has_no_topics() -> None:
    assert topics([report()]) == topics([]) == ()


def test_headings_tell_more_than_phrases_where_there_are_some() -> None:
    told = sectioned(
        ("1. Introduction", "The mission visited the northern district."),
        ("2. Access to water", "The water board drilled wells. The water board met."),
        ("2.1 Wells that ran dry", "The water board repaired the pump."),
        ("IV. A right to housing", "The council built houses."),
        ("SCHOOLS", "The schools are shut."),
        ("Conclusions and recommendations", "The water board should meet."),
    )
    assert topics([told]) == ("Access to water", "Wells that ran dry", "A right to housing")


def test_the_headings_with_most_text_below_them_are_told_in_the_reports_order() -> None:
    told = sectioned(("Wells", "One."), ("Pumps", "One two three."), ("Camps", "One two."), ("Pumps", "Four."))
    assert headings(told, 2) == ("Pumps", "Camps")


@pytest.mark.parametrize("heading", ["", " ", "Introduction", "12", "SCHOOLS", "Camps " * 20, "Camps\nand roads"])
def test_few_telling_headings_leave_it_to_the_phrases(heading: str) -> None:
    told = sectioned(("Wells", "The water board met."), ("Pumps", "Ask the water board."), (heading, "It rained."))
    assert headings(told) == ()
    assert topics([told]) == ("water board",)


def test_several_reports_share_the_topics_and_none_stands_twice() -> None:
    camps = report("The refugee camp is full.", "A refugee camp near the water board.", id="camps")
    told = topics([WELLS, camps])
    assert told == ("water board", "district council", "old pump", "ladder", "refugee camp")
    assert topics([WELLS] * MOST_REPORTS) == keyphrases(WELLS, 3)
    assert topics([WELLS] * (MOST_REPORTS + 1)) == ()


def test_a_long_report_is_read_in_parts_of_it_and_from_all_of_it() -> None:
    """Two topics, one in the first half of it and one in the second, are both found."""
    halves = ["The water board met."] * 2_000 + ["A refugee camp was full."] * 2_000
    assert topics([report(*halves)]) == ("water board", "refugee camp")


WORDS = [
    "the",
    "of",
    "water",
    "Board",
    "CAMP",
    "2024",
    "pumps’",
    "was",
    "swiftly",
    "drilled",
    "\n",
    ".",
    "—",
    "\u202e",
    "Ségou",
]


@settings(max_examples=100)
@given(
    st.lists(
        st.lists(st.sampled_from(WORDS) | st.text(max_size=5), min_size=1, max_size=20).map(" ".join).map(str.strip),
        max_size=6,
    ),
    st.sampled_from(["en", "fr", "zh", "xx"]),
)
def test_every_topic_stands_in_the_report_word_for_word(paragraphs: list[str], language: str) -> None:
    told = report(*filter(None, paragraphs), language=language)
    found = topics([told])
    assert found == topics([told])
    assert len(found) <= TOPICS
    assert len(set(found)) == len(found)
    for topic in found:
        assert any(topic in body.text for body in told.body)
        assert len(topic) <= LONGEST_PHRASE
        assert re.search(r"[^\S ]", topic) is None
