"""Words out of arrays are found as in a table of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index import words
from retrieval.index.words import Frequencies, Words, written

vocabularies = st.lists(st.text("aàbé𝕏z-", max_size=4), max_size=20, unique=True)


def opened(vocabulary: list[str]) -> Words:
    return Words(**written(vocabulary))


@given(vocabulary=vocabularies, others=st.lists(st.text("aàbé𝕏z-", max_size=4)), kept=st.integers(0, 3))
def test_every_word_has_its_number_and_no_other_word_has_one(
    vocabulary: list[str], others: list[str], kept: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "KEPT", kept)
        found, table = opened(vocabulary), {word: number for number, word in enumerate(vocabulary)}
        for word in (*vocabulary, *others, *vocabulary):
            assert (found.get(word), word in found) == (table.get(word), word in table)
    assert (list(found), len(found), dict(found)) == (vocabulary, len(vocabulary), table)
    with pytest.raises(KeyError):
        found["none"]


@given(vocabulary=vocabularies, begin=st.text("aàbé𝕏z-", min_size=1, max_size=3), above=vocabularies)
def test_words_that_begin_so_come_in_their_order(vocabulary: list[str], begin: str, above: list[str]) -> None:
    assert opened(vocabulary).beginning(begin) == [word for word in vocabulary if word.startswith(begin)]
    only = {word: n for n, word in enumerate(above) if word not in vocabulary}
    starts = np.cumsum([0, *range(len(vocabulary))])
    found = Frequencies(opened(vocabulary), starts).beside(only)
    whole = {word: n for n, word in enumerate(vocabulary)} | only
    assert (dict(found), len(found)) == (whole, len(whole))
    assert [key for key in whole if key in found] == list(whole)
    assert found.beginning(begin) == [word for word in whole if word.startswith(begin)]


def test_arrays_that_do_not_fit_are_refused() -> None:
    whole = written(["well", "camp"])
    for name, wrong in (
        ("begins", whole["begins"][::-1]),
        ("numbers", whole["numbers"] + 5),
        ("text", whole["text"][1:]),
    ):
        with pytest.raises(ValueError, match="words"):
            Words(**whole | {name: wrong})
