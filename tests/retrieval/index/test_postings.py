"""Postings are counts in the order of passages, and a splice gives what counting everything anew gives."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index import postings
from retrieval.index.postings import Postings, counted, spliced

corpora = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=8)


def same(one: tuple[Sequence[str], Postings], other: tuple[Sequence[str], Postings]) -> bool:
    """Whether two are equal to the last number, and of the same types."""
    mine, theirs = one[1], other[1]
    return one[0] == other[0] and all(
        a.dtype == b.dtype and a.tolist() == b.tolist() for a, b in zip(mine, theirs, strict=True)
    )


@given(corpus=corpora, part=st.integers(1, 20))
def test_every_posting_is_a_count_of_a_term_in_a_passage(corpus: list[list[str]], part: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_PART", part)  # as if the corpus were too large to be sorted at once
        vocabulary, found = counted(corpus)
    assert vocabulary == list(dict.fromkeys(key for passage in corpus for key in passage))
    assert found.lengths.tolist() == [len(passage) for passage in corpus]
    held = {
        (vocabulary[term], int(found.numbers[at])): (int(found.frequencies[at]), int(found.positions[at]))
        for term in range(len(vocabulary))
        for at in range(int(found.starts[term]), int(found.starts[term + 1]))
    }
    assert held == {
        (key, number): (times, passage.index(key))
        for number, passage in enumerate(corpus)
        for key, times in Counter(passage).items()
    }
    for begin, end in zip(found.starts[:-1].tolist(), found.starts[1:].tolist(), strict=True):
        assert found.numbers[begin:end].tolist() == sorted(found.numbers[begin:end].tolist())


@given(corpus=corpora, ends=st.tuples(st.integers(0, 8), st.integers(0, 8)), new=corpora)
def test_a_splice_gives_what_counting_anew_gives(
    corpus: list[list[str]], ends: tuple[int, int], new: list[list[str]]
) -> None:
    first, last = sorted(min(end, len(corpus)) for end in ends)
    before = counted(corpus)
    kept = before[1]._replace(**{name: array.copy() for name, array in before[1]._asdict().items()})
    assert same(spliced(*before, (first, last), counted(new)), counted([*corpus[:first], *new, *corpus[last:]]))
    assert same(before, (before[0], kept)), "what was spliced is left as it was"


def test_a_term_may_stand_oftener_than_16_bits_count() -> None:
    often = ["a"] * 70_000 + ["b"]
    vocabulary, found = counted([["b"], often])
    assert (vocabulary, found.frequencies.tolist()) == (["b", "a"], [1, 1, 70_000])
    assert found.positions.tolist() == [0, 70_000, 0]
    assert found.frequencies.dtype == np.uint32
    shrunk = spliced(vocabulary, found, (1, 2), counted([["c"]]))
    assert same(shrunk, counted([["b"], ["c"]]))


def test_only_passages_that_are_there_can_be_cut_out() -> None:
    with pytest.raises(ValueError, match="cannot cut 0 to 2 out of 1 passages"):
        spliced(*counted([["a"]]), (0, 2), counted([]))
