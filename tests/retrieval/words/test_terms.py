"""Words, their places and what they are compared by: the same for passages and questions, in any script."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.language.folding import fold
from retrieval.words.terms import Term, analyzer_of, singular

any_text = st.text(st.characters(exclude_categories=())) | st.text("aB1é'’-./,UN ْﾞͺﷺℂ年")
tags = st.sampled_from(["en", "fr-CA", "ar", "ru", "zh", "xx", ""])


def found(text: str, tag: str = "en") -> list[tuple[str, str, int]]:
    """The terms of ``text``: key, the words at its place, number of its word."""
    return [(term.key, text[term.start : term.end], term.position) for term in analyzer_of(tag).terms(text)]


def keys(text: str, tag: str = "en") -> list[str]:
    return [term.key for term in analyzer_of(tag).terms(text)]


@given(text=any_text, tag=tags)
@example(text="ﾞ", tag="en")  # a letter that is nothing but a mark once it is decomposed
def test_any_text_has_terms_that_lie_in_its_words(text: str, tag: str) -> None:
    words = analyzer_of(tag).words(text)
    assert all(word.text for word in words)
    if tag == "en":  # French keeps some accents, and takes off what was elided
        assert all(word.text == fold(text[word.start : word.end]) for word in words)
    assert all(before.end <= after.start for before, after in pairwise(words))
    for term in analyzer_of(tag).terms(text):
        word = words[term.position]
        assert word.start <= term.start < term.end <= word.end
        assert term.key
        assert not any(character.isspace() for character in term.key)


@given(any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    for word in analyzer_of("en").words(text):
        assert fold(word.text) == word.text


@given(any_text)
def test_terms_do_not_depend_on_what_was_analysed_before(text: str) -> None:
    first = analyzer_of("en").terms(text)
    analyzer_of("en").terms(text.upper())
    assert analyzer_of("en").terms(text) == first


def test_a_term_tells_key_place_and_word_number() -> None:
    assert analyzer_of("en").terms("The bodies were found") == [Term("bodi", 4, 10, 1), Term("find", 16, 21, 3)]


@pytest.mark.parametrize("other", ["Ségou", "SÉGOU", "segou", unicodedata.normalize("NFD", "Ségou")])
def test_case_and_accents_do_not_count(other: str) -> None:
    assert found(f"in {other} region") == [("segou", other, 1), ("region", "region", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mali's army", [("mali", "Mali's", 0), ("armi", "army", 1)]),
        ("Mali’s army", [("mali", "Mali’s", 0), ("armi", "army", 1)]),
        ("the victims’ families", [("victim", "victims", 1), ("famili", "families", 2)]),
        ("children's", [("child", "children's", 0)]),
        ("Côte d’Ivoire", [("cote", "Côte", 0), ("d'ivoire", "d’Ivoire", 1), ("ivoir", "Ivoire", 1)]),
        ("they'll, who’d, I've, don’t", []),
        ("U.N. experts", [("un", "U.N.", 0), ("expert", "experts", 1)]),
        ("UN", [("un", "UN", 0)]),
        ("Y. B. saw H.A", [("yb", "Y. B.", 0), ("see", "saw", 1), ("ha", "H.A", 2)]),
        ("who shot y. b.", [("shoot", "shot", 1), ("yb", "y. b.", 2)]),
        ("who shot Y. B?", [("shoot", "shot", 1), ("yb", "Y. B", 2)]),
        ("J. R. Dorn saw É. B.", [("jr", "J. R.", 0), ("dorn", "Dorn", 1), ("see", "saw", 2), ("eb", "É. B.", 3)]),
        ("Schedule B. A guard saw", [("schedul", "Schedule", 0), ("guard", "guard", 3), ("see", "saw", 4)]),
        ("U.S. troops saw us", [("us", "U.S.", 0), ("troop", "troops", 1), ("see", "saw", 2)]),
        (
            "A/HRC/56/1",
            [("a/hrc/56/1", "A/HRC/56/1", 0), ("hrc", "HRC", 0), ("56", "56", 0), ("1", "1", 0)],
        ),
        (
            "two-year-old",
            [("two-year-old", "two-year-old", 0), ("2", "two", 0), ("year", "year", 0), ("old", "old", 0)],
        ),
        ("in 2025", [("2025", "2025", 1)]),
        ("1,000 people, 3.5 km", [("1000", "1,000", 0), ("person", "people", 1), ("3.5", "3.5", 2), ("km", "km", 3)]),
        ("January 2, 2025", [("januari", "January", 0), ("2", "2", 1), ("2025", "2025", 2)]),
        ("snake_case", [("snake", "snake", 0), ("case", "case", 1)]),
        ("2*3", [("2", "2", 0), ("3", "3", 1)]),
        ("ℂ½", [("c1⁄2", "ℂ½", 0)]),
    ],
)
def test_what_words_are_compared_by(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert found(text) == expected


def test_a_word_in_capitals_is_a_name() -> None:
    assert keys("the US and the WHO use IT") == ["us", "who", "use", "it"]
    assert keys("tell us who did it") == []


def test_in_a_text_of_capitals_no_word_is_a_name() -> None:
    assert keys("WHO TOLD US WHERE THE BODIES WERE?") == keys("who told us where the bodies were?") == ["bodi"]


@pytest.mark.parametrize("forms", ["kill killed killing kills", "body bodies", "find found", "child children"])
def test_the_forms_of_a_word_are_one(forms: str) -> None:
    assert len(set(keys(forms))) == 1


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("ru", "Тела найдены", [("тел", "Тела", 0), ("найд", "найдены", 1)]),
        ("ar", "القرية", [("القر", "القرية", 0)]),
        ("ar", "قُرَى", [("قري", "قُرَى", 0)]),
        ("zh", "马里2025年", [("马", "马", 0), ("里", "里", 1), ("2025", "2025", 2), ("年", "年", 3)]),
        ("en", "UN安全", [("un", "UN", 0), ("安", "安", 1), ("全", "全", 2)]),
        ("fr", "Les villages brûlés", [("villag", "villages", 1), ("brul", "brûlés", 2)]),
        ("xx", "Zwei Dörfer", [("zwei", "Zwei", 0), ("dorfer", "Dörfer", 1)]),
    ],
)
def test_other_languages_and_scripts(tag: str, text: str, expected: list[tuple[str, str, int]]) -> None:
    assert found(text, tag) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("investigations", "investigation"),
        ("bodies", "body"),
        ("vehicles", "vehicle"),
        ("crisis", "crisi"),  # the same on both sides, which is all that counts
        ("status", "status"),
        ("witness", "witness"),
        ("investigative", "investigative"),
    ],
)
def test_a_word_without_the_ending_of_a_plural(word: str, expected: str) -> None:
    assert singular(word) == expected
