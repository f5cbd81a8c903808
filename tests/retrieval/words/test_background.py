"""How telling a word is beyond one report: by the table of common words and by the other reports of the edition."""

import math

import pytest

from retrieval.language import language
from retrieval.words.background import PRIOR, RARE, SHARES, Background
from retrieval.words.terms import analyzer_of

TIERS = language("en").common
EDITION = {"a": ["year", "quelea"], "b": ["quelea"], "c": ["year"]}  # report: its passages, of one word each


def background(reports: dict[str, list[str]]) -> Background:
    passages = [(report, word) for report, words in reports.items() for word in words]
    sizes = {report: len(words) for report, words in reports.items()}
    return Background(sizes, lambda key, _: [n for n, (_, word) in enumerate(passages) if word == key])


def test_a_common_word_tells_less_than_a_rare_one() -> None:
    alone = background({"a": ["year"]})
    found = [alone.surprisal(analyzer_of("en").key(word) or "", "en", "a") for word in ("year", "soldier", "quelea")]
    assert found == sorted(found)
    assert found[0] == pytest.approx(-math.log(SHARES["most"]))
    assert found[-1] == pytest.approx(-math.log(RARE))


def test_a_word_that_other_reports_hold_tells_less_and_the_report_itself_does_not_count() -> None:
    three = background(EDITION)
    assert three.surprisal("quelea", "en", "a") == pytest.approx(-math.log((PRIOR * RARE + 1) / (PRIOR + 2)))
    assert three.surprisal("quelea", "en", "c") == pytest.approx(-math.log((PRIOR * RARE + 2) / (PRIOR + 2)))
    assert three.surprisal("oryx", "en", "a") > three.surprisal("quelea", "en", "a")


def test_a_report_that_is_not_of_the_edition_has_it_as_background() -> None:
    assert background(EDITION).surprisal("oryx", "en", "new") == pytest.approx(-math.log(PRIOR * RARE / (PRIOR + 3)))


def test_a_language_without_a_table_goes_by_the_edition_alone() -> None:
    assert background({"a": ["jahr"]}).surprisal("jahr", "de", "a") == pytest.approx(-math.log(RARE))


def test_the_table_has_the_tiers_each_word_in_one() -> None:
    assert set(TIERS) == set(SHARES)
    keys = {word: analyzer_of("en").key(word) for words in TIERS.values() for word in words.split()}
    assert None not in keys.values()
    assert len(keys) == len(set(keys.values()))
    assert [
        word for word, key in keys.items() if key and key[0] != word[0]
    ] == []  # it is looked up by its first letter
