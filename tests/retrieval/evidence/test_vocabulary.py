"""Which words of the passages a want may be found by, and which word a misspelt one was meant for."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence.vocabulary import Vocabulary
from retrieval.question.query import Query
from retrieval.words.lexicon import lexicon
from retrieval.words.spelling import edits, nearest

FREQUENCY = {
    "villag": 4,
    "villain": 1,
    "fatissouma": 2,
    "soldier": 5,
    "execut": 3,
    "execution": 1,
    "truck": 1,
    "2025": 2,
}


def vocabulary(known: frozenset[str] = frozenset()) -> Vocabulary:
    return Vocabulary(FREQUENCY, 10, 20.0, 8.0, lambda _: known)


def slow_edits(a: str, b: str) -> int:
    """The optimal string alignment distance by its definition."""

    @cache
    def distance(i: int, j: int) -> int:
        if not (i and j):
            return i + j
        ways = [distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (a[i - 1] != b[j - 1])]
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            ways.append(distance(i - 2, j - 2) + 1)
        return min(ways)

    return distance(len(a), len(b))


@given(word=st.text("abc", max_size=7), others=st.lists(st.text("abc", max_size=7)), allowed=st.integers(0, 3))
def test_the_nearest_words_are_those_within_so_many_edits_in_their_order(
    word: str, others: list[str], allowed: int
) -> None:
    distances = [(other, slow_edits(word, other)) for other in others]
    assert [edits(word, other) for other in others] == [distance for _, distance in distances]
    assert list(nearest(word, others, allowed)) == [pair for pair in distances if pair[1] <= allowed]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("soldeir", "soldier"),  # swapped
        ("soldir", "soldier"),  # left out
        ("solldier", "soldier"),  # one too many
        ("soldoer", "soldier"),  # wrong
        ("soldoir", None),  # two mistakes in a short word
        ("fatisouma", "fatissouma"),
        ("fatisuma", None),  # eight letters: one mistake only
        ("fattissoumo", "fatissouma"),  # two mistakes in a long word
        ("zoldier", None),  # the first letter has to be right
        ("tru", None),  # too short
        ("trucc", "truck"),
        ("vilag", "villag"),
        ("villai", "villag"),  # as near to "villain": the more frequent counts
        ("soldier", None),  # not misspelt
        ("2026", None),
        ("éxecut", None),
        ("", None),
    ],
)
def test_what_a_misspelt_word_was_meant_for(typed: str, meant: str | None) -> None:
    assert vocabulary().meant(typed) == meant


def test_words_of_the_lexicon_are_not_corrected() -> None:
    assert vocabulary().meant("trick") == "truck"
    assert vocabulary(frozenset({"trick"})).meant("trick") is None
    assert vocabulary(frozenset({"perish"})).meant("perihs") == "perish"
    known = {letter: lexicon("en").words(letter) for letter in "abcdefghijklmnopqrstuvwxyz"}
    of_lexicon = Vocabulary({}, 1, 1.0, 1.0, known.__getitem__)
    assert [word for words in known.values() for word in words if of_lexicon.meant(word)] == []


@given(st.text())
def test_any_word_may_be_looked_up(word: str) -> None:
    meant = vocabulary().meant(word)
    assert meant is None or (meant in FREQUENCY and meant[0] == word[0] and word not in FREQUENCY)


def test_a_want_is_found_by_itself_and_by_its_family() -> None:
    singles, phrases = vocabulary().lookup(Query.of("the execution", "xx"))
    assert singles == {"execution": ((1, 1.0),), "execut": ((1, 0.6 * 6 / 9),)}
    assert phrases == []


def test_a_want_is_found_by_its_equivalents_that_the_passages_hold() -> None:
    singles, phrases = Vocabulary({"shoot": 1, "dead": 1, "slay": 1}, 3, 1.0, 1.0).lookup(Query.of("kill", "en"))
    assert singles["slay"] == ((0, 0.85),)
    assert (("shoot", "dead"), 0, 0.85) in phrases
    assert Vocabulary({"shoot": 1}, 3, 1.0, 1.0).lookup(Query.of("kill", "en"))[1] == []


def test_a_rarer_term_weighs_more() -> None:
    words = vocabulary()
    assert words.idf("soldier") < words.idf("fatissouma") < words.idf("truck") < words.idf("nowhere")
    assert Vocabulary({"all": 10}, 10, 1.0, 1.0).idf("all") > 0
