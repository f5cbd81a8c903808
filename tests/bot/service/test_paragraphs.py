"""Paragraphs while a citation is typed: by number, by report, by words; the same as by looking at every one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.completion import passage_choices
from bot.saying.templates import load
from bot.service.live import Live
from bot.service.names import Names
from bot.service.paragraphs import Paragraphs
from bot.service.service import Service
from corpus.citation import Citation
from corpus.edition import Edition
from tests import builders

LONG = builders.report(
    *(f"It says {number} times so. Straße." for number in range(1, 120)), id="long", title="A long one"
)
WELL = builders.report(
    "The well is deep.", "The pump broke in May.", "Water is dear.", id="well", title="Notes on a well"
)
EDITION = Edition((LONG, WELL))
PARAGRAPHS = Paragraphs(EDITION, Names(EDITION))


def completing(typed: str, most: int = 25) -> list[str]:
    return [str(Citation(p.report, p.locator.label)) for p in PARAGRAPHS.completing(typed, most)]


def test_a_number_comes_first_as_it_is_then_those_that_begin_with_it() -> None:
    assert completing("4") == ["long:4", *(f"long:4{n}" for n in range(10))]
    assert completing("1", 4) == ["long:1", "well:1", "long:10", "long:11"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("well:", ["well:1", "well:2", "well:3"]),
        ("well:2", ["well:2"]),
        ("WELL 2", ["well:2"]),
        ("notes on a well 2", ["well:2"]),
        ("paragraph 118", ["long:118"]),
        ("well: pump", ["well:2"]),
        ("PUMP may", ["well:2"]),
        ("well pump", ["well:2"]),
        ("strasse 118", ["long:118"]),
        ("well:99", []),
        ("moon:2", []),
        ("moon", []),
        ("4-x", []),
    ],
)
def test_a_report_and_words_narrow_it_down(typed: str, found: list[str]) -> None:
    assert completing(typed) == found


def test_a_whole_citation_is_offered_as_it_is() -> None:
    passage = list(WELL.body)[1]
    assert PARAGRAPHS.completing(f"Notes on a well, paragraph 2 [{Citation.of(passage)}]", 25)[0] == passage


@given(st.text(alphabet="aelwTß .:@-12\n", max_size=12), st.integers(1, 30))
def test_whatever_is_typed_gives_few_passages_and_none_twice(typed: str, most: int) -> None:
    found = completing(typed, most)
    assert len(found) == len(set(found)) <= most


@given(st.lists(st.sampled_from(["the", "is", "deep", "dea", "e", "sa", "so"]), min_size=1, max_size=3))
def test_words_find_what_looking_at_all_finds(words: list[str]) -> None:
    wanted = [p for p in EDITION.passages() if all(word in p.text.casefold() for word in words)]
    assert list(PARAGRAPHS.completing(" ".join(words), 500)) == wanted


def test_each_choice_says_its_place_and_first_words_in_a_hundred_characters() -> None:
    wordy = builders.report("word " * 60, id="wordy", title="Wordy")
    service = Service()
    service.go_live(Live(Edition((wordy,))))
    (choice,) = passage_choices(service, load(), "1")
    assert choice.name.startswith("paragraph 1: word word")
    assert len(choice.name) == 100
    assert choice.value == str(Citation.of(next(iter(wordy.body))))
    service.go_live(Live(EDITION))
    (choice,) = passage_choices(service, load(), "pump")
    assert choice.name == "well, paragraph 2: The pump broke in May."
    assert passage_choices(Service(), load(), "1") == []
