"""Equivalents are found by words and phrases of a question, one way where their line says so, and weigh below 1."""

from collections.abc import Iterator

import pytest

from retrieval.language import language
from retrieval.language.folding import fold
from retrieval.words.lexicon import WEIGHTS, Keys, Lexicon, lexicon
from retrieval.words.terms import analyzer_of

OWN = analyzer_of("en")
TABLES = {
    "same": "corpse, dead body\nkill > shoot dead  # one way\n",
    "close": "take into custody > arrest",
    "loose": "army, militia",
    "unknown": "left, out",
}


def found(text: str) -> set[tuple[int, int, tuple[str, ...], float]]:
    """What the words of ``text`` are equivalent to."""
    words = [OWN.key(word.text) or word.text for word in OWN.words(text)]
    return set(Lexicon(TABLES, language("en")).matches(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the corpses", {(1, 2, ("dead", "bodi"), 0.85)}),
        ("two dead bodies", {(1, 3, ("corps",), 0.85)}),
        ("dead bird", set()),
        ("killed", {(0, 1, ("shoot", "dead"), 0.85)}),
        ("shot dead", set()),
        ("taken into custody", {(0, 3, ("arrest",), 0.6)}),
        ("taken custody", set()),  # in a question a phrase matches with its stop words
        ("arrested", set()),
        ("army", {(0, 1, ("militia",), 0.35)}),
        ("left", set()),
        ("", set()),
    ],
)
def test_what_a_question_is_equivalent_to(text: str, expected: set[tuple[int, int, tuple[str, ...], float]]) -> None:
    assert found(text) == expected


def test_every_weight_is_below_an_exact_match() -> None:
    assert all(0 < weight < 1 for weight in WEIGHTS.values())


def test_the_words_of_both_sides_are_known() -> None:
    known = Lexicon(TABLES, language("en"))
    words = {letter: set(known.words(letter)) for letter in "abcdikmst" if known.words(letter)}
    assert words == {
        "a": {"armi", "arrest"},
        "b": {"bodi"},
        "c": {"corps", "custodi"},
        "d": {"dead"},
        "i": {"into"},
        "k": {"kill"},
        "m": {"militia"},
        "s": {"shoot"},
        "t": {"take"},
    }


def test_a_language_without_a_lexicon_has_no_equivalents() -> None:
    assert list(lexicon("xx").matches(["kill"])) == []


def test_every_item_of_the_bundled_lexicon_that_a_question_may_hold_finds_something() -> None:
    lines = [line.partition("#")[0] for name in WEIGHTS for line in language("en").lexicon[name].splitlines()]
    items = [item.split() for line in lines for item in line.partition(">")[0].split(",")]
    keys = [[OWN.key(word) or word for word in item] for item in items if item and not item[0].isdigit()]
    assert [item for item in keys if not any(lexicon("en").matches(item))] == []


def test_a_language_whose_stems_begin_otherwise_is_looked_up_whole() -> None:
    arabic = Lexicon({"same": "المدرسة, الكلية"}, language("ar"))
    key = analyzer_of("ar").key("المدرسة")
    assert key is not None
    assert not key.startswith("ا")
    assert [target for _, _, target, _ in arabic.matches([key])] == [(analyzer_of("ar").key("الكلية"),)]
    assert key in arabic.words(key[0])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("germany", "german"),
        ("somali", "somalia"),
        ("swaziland", "eswatini"),
        ("injury", "injure"),
        ("theft", "steal"),
        ("intervention", "intervene"),
        ("marcher", "protester"),
    ],
)
def test_a_country_and_its_people_and_the_words_of_one_family_find_each_other(asked: str, found: str) -> None:
    ways = {(source, target): weight for source, target, weight in [*_ways(asked), *_ways(found)]}
    one, other = (OWN.key(word) or word for word in (asked, found))
    assert ways[one, (other,)] == ways[other, (one,)] == WEIGHTS["same"]


def test_a_capital_may_stand_for_its_country() -> None:
    assert ("bamako", ("mali",), WEIGHTS["loose"]) in list(_ways("bamako"))


def _ways(word: str) -> Iterator[tuple[str, Keys, float]]:
    key = OWN.key(word) or word
    return ((key, target, weight) for _, _, target, weight in lexicon("en").matches([key]))


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_every_line_is_found_by_the_words_of_each_of_its_items(tag: str) -> None:
    """Lines are looked up by how a key begins: none may be missed, whatever form stands in it."""
    own, of = lexicon(tag), language(tag)
    key = analyzer_of(tag).key
    missed = []
    for table in of.lexicon.values():
        for line in table.splitlines():
            left, _, right = line.replace("'", " " if of.elided else "'").partition("#")[0].partition(">")
            for item in left.split(","):
                source = [key(word) or fold(word) for word in item.split()]
                targets = {
                    tuple(k for word in other.split() if (k := key(word))) for other in (right or left).split(",")
                }
                found_here = {target for _, end, target, _ in own.matches(source) if end == len(source)}
                if source and targets - {(), tuple(source)} - found_here and not any(map(str.isupper, right)):
                    missed.append(item)
    assert missed == []


@pytest.mark.parametrize(
    ("tag", "key", "written"), [("en", "offens", "offensive"), ("fr", "affair", "affaire"), ("fr", "amer", "amérique")]
)
def test_the_words_of_a_key_are_found_as_they_are_written(tag: str, key: str, written: str) -> None:
    """Behind an apostrophe as well: "chiffre d'affaires"."""
    assert written in lexicon(tag).spellings(key)
