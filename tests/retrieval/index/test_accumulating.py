"""Large indexes are searched in 32 bits first, and give to the last bit what exact sums over all postings give."""

import random
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index import narrowing, shares
from retrieval.index.bm25 import Lift, PassageIndex
from tests.retrieval.index.test_bm25 import passages, queries, zipf_passages


@pytest.fixture(scope="module", autouse=True)
def looked_up() -> Iterator[list[int]]:
    """How often a term was looked up for the few passages that it could still lift among the best."""
    times, work = list[int](), narrowing._Work._left  # that this way is taken shows nowhere else

    def noted(*given: object) -> NDArray[np.int32]:
        times.append(1)
        return work(*given)  # type: ignore[arg-type]  # whatever it is given

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrowing, "_LONG", 1)
        patch.setattr(narrowing, "_SINGLE", 1)  # of few passages, all may be looked at
        patch.setattr(narrowing._Work, "_left", noted)
        yield times


def large(corpus: Sequence[Sequence[str]]) -> PassageIndex:
    """An index that takes its few passages for many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shares, "_KEPT", -1)
        return PassageIndex(corpus)


def lifted(corpus: Sequence[Sequence[str]], query: Sequence[str], dice: random.Random) -> Lift:
    """Something above the passages, three or so under one, in which some of the terms are worth something."""
    above = len(corpus) // 3 + 1
    worth = {
        key: np.array([dice.choice((0.0, 0.5, 3.0)) for _ in range(above)]) for key in query if dice.random() < 0.7
    }
    return Lift(np.array([number // 3 for number in range(len(corpus))], np.int64), worth or {"": np.zeros(above)})


@given(corpus=passages, query=queries, count=st.integers(1, 16), seed=st.integers(0, 9))
def test_few_passages_of_few_terms_with_all_their_ties(
    corpus: list[list[str]], query: list[str], count: int, seed: int
) -> None:
    dice = random.Random(seed)
    few, many = PassageIndex(corpus), large(corpus)
    weights = [dice.choice((0.0, 0.3, 1.0, 2.5)) for _ in query]
    assert many.search(query, count) == few.search(query, count)
    assert many.search(query, count, weights) == few.search(query, count, weights)
    lift = lifted(corpus, query, dice)
    assert many.search(query, count, weights, lift) == few.search(query, count, weights, lift)
    assert many.search(query, count) == few.search(query, count), "a search leaves nothing behind for the next one"


def test_many_passages(looked_up: list[int]) -> None:
    dice = random.Random(3)
    corpus = zipf_passages(3_000, 5)
    few, many = PassageIndex(corpus), large(corpus)
    terms = sorted({key for passage in corpus for key in passage})
    looked_up.clear()
    for _ in range(300):
        query = dice.sample(dice.choice(corpus), 4) + dice.sample(terms, 2)
        weights = [dice.choice((0.1, 0.6, 1.0)) for _ in query]
        for count in (1, 12):
            assert many.search(query, count, weights) == few.search(query, count, weights)
            lift = lifted(corpus, query, dice)
            assert many.search(query, count, weights, lift) == few.search(query, count, weights, lift)
    assert len(looked_up) > 50


def test_what_stands_above_passages_in_no_order(looked_up: list[int]) -> None:
    dice = random.Random(8)
    corpus = zipf_passages(3_000, 5)
    few, many = PassageIndex(corpus), large(corpus)
    of = np.array([dice.randrange(400) for _ in corpus], np.int64)
    looked_up.clear()
    for _ in range(100):
        query = sorted(set(dice.sample(dice.choice(corpus), 4)))
        lift = Lift(of, {query[0]: np.array([dice.choice((0.0, 0.0, 0.0, 4.0)) for _ in range(400)])})
        assert many.search(query, 7, None, lift) == few.search(query, 7, None, lift)
    assert looked_up, "some passages come in for what stands above them"
