"""Whichever way scores are summed, what is found is the same to the last bit: directly, first in 32 bits, compiled."""

import pickle
import random
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import accumulating, compiled, shares
from retrieval.index import Hit, Lift, PassageIndex
from retrieval.postings import Postings
from tests.retrieval.test_index import reference_hits, zipf_passages

passages = st.lists(st.lists(st.sampled_from("abcdef"), max_size=9), min_size=1, max_size=14).filter(any)
weighted = st.lists(
    st.tuples(st.sampled_from("abcdefxy"), st.sampled_from([1.0, 0.0, 0.5, 1 / 3, 3.7, -0.2])), max_size=7
)

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
WAYS = ["direct", "first in 32 bits", pytest.param("compiled", marks=needs_numba)]


@contextmanager
def summing(way: str) -> Iterator[None]:
    """Indexes that are made meanwhile sum in that way, however small they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_search", None)
        if way == "compiled":
            patch.setattr(compiled, "_search", the_compiled())
        if way == "first in 32 bits":
            patch.setattr(shares, "_KEPT", -1)
            patch.setattr(accumulating, "_LONG", 1)
        yield


def the_compiled() -> compiled.Search:
    from retrieval import kernel

    return kernel.ready()


def found(way: str, search: Callable[[], list[Hit]]) -> list[Hit]:
    with summing(way):
        return search()


@pytest.mark.parametrize("way", WAYS)
@settings(suppress_health_check=[HealthCheck.differing_executors], deadline=None)
@given(corpus=passages, query=weighted, count=st.integers(1, 16))
def test_what_is_found_is_the_same_to_the_last_bit(
    way: str, corpus: list[list[str]], query: list[tuple[str, float]], count: int
) -> None:
    terms, weights = [term for term, _ in query], [weight for _, weight in query]
    index = PassageIndex(corpus)
    scores = np.zeros(len(corpus))
    for term, weight in query:
        scores += weight * index.get_scores([term])
    shared = [len(set(terms) & set(passage)) for passage in corpus]
    hits = [Hit(n, float(scores[n]), shared[n]) for n in range(len(corpus)) if shared[n]]
    expected = sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:count]
    with summing(way):
        index = PassageIndex(corpus)
        assert index.search(terms, count, weights) == expected
        assert index.search(terms, count, weights) == expected, "a search leaves nothing behind for the next one"


@settings(deadline=None)
@given(
    corpus=passages,
    query=st.lists(st.sampled_from("abcdefx"), max_size=5, unique=True),
    count=st.integers(1, 16),
    above=st.data(),
)
def test_what_stands_above_counts_the_same_to_the_last_bit(
    corpus: list[list[str]], query: list[str], count: int, above: st.DataObject
) -> None:
    of = above.draw(st.lists(st.integers(0, 2), min_size=len(corpus), max_size=len(corpus)))
    some = st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3)
    worth = {key: np.array(above.draw(some)) for key in query[:3]}
    lift = Lift(np.array(of, np.int64), worth) if worth else None
    one, *others = [
        found(way, lambda: PassageIndex(corpus).search(query, count, None, lift))
        for way in ("direct", "first in 32 bits")
    ]
    assert others == [one]


@pytest.mark.parametrize("way", WAYS)
def test_terms_that_are_only_looked_up_count_as_if_they_had_been_summed(way: str) -> None:
    """So many passages that a common term cannot bring in any by itself."""
    corpus = zipf_passages(6_000, seed=5)
    dice = random.Random(6)
    queries = [[*dice.sample(dice.choice(corpus), 3), *dice.sample(["t1", "t2", "t3"], 2)] for _ in range(12)]
    expected = [reference_hits(corpus, query, 7) for query in queries]
    with summing(way):
        index = PassageIndex(corpus)
        assert [index.search(query, 7) for query in queries] == expected


@pytest.mark.parametrize("way", WAYS)
def test_ties_that_32_bits_cannot_tell_from_others_are_in_passage_order(way: str) -> None:
    corpus = [["river", f"w{n}"] for n in range(3_000)] + [["hill"]] * 4_000
    with summing(way):
        assert [hit.passage for hit in PassageIndex(corpus).search(["river"], 5)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("way", WAYS)
def test_several_threads_may_search_at_once(way: str) -> None:
    corpus = zipf_passages(2_500, seed=4)
    with summing(way):
        index = PassageIndex(corpus)
        asked = [passage[:3] for passage in corpus[:300]]
        expected = [index.search(query, 5) for query in asked]
        with ThreadPoolExecutor(4) as threads:
            for _ in range(3):
                assert list(threads.map(lambda query: index.search(query, 5), asked)) == expected


@pytest.mark.parametrize("way", WAYS)
def test_an_index_may_go_to_another_process(way: str) -> None:
    corpus = zipf_passages(300, seed=4)
    with summing(way):
        index = PassageIndex(corpus)
        expected = index.search(corpus[0][:3], 5)
        assert pickle.loads(pickle.dumps(index)).search(corpus[0][:3], 5) == expected  # noqa: S301  # our own


@pytest.mark.parametrize("way", WAYS)
def test_arrays_may_be_mapped_ones_that_cannot_be_written(way: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    corpus = zipf_passages(300, seed=4)
    whole = PassageIndex(corpus)
    folder = tmp_path_factory.mktemp("arrays")

    for name, array in {**whole.postings._asdict(), "impacts": whole.impacts_of_all}.items():
        np.save(folder / f"{name}.npy", array)
    mapped = {file.stem: np.load(file, mmap_mode="r") for file in folder.iterdir()}
    impacts = mapped.pop("impacts")
    with summing(way):
        index = PassageIndex.over(list(whole.document_frequency), Postings(**mapped), impacts)
        assert index.search(corpus[0][:3], 5) == reference_hits(corpus, corpus[0][:3], 5)


def test_nothing_compiled_is_looked_for_where_numba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert compiled.bring() is None


@needs_numba
def test_what_is_compiled_comes_in_the_background_and_is_used_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_search", None)
    thread = compiled.bring()
    assert thread is not None
    thread.join()
    search = compiled.search()
    assert search is not None
    asked: list[object] = []

    def noted(*given: object) -> int:
        asked.append(given)
        return search(*given)

    monkeypatch.setattr(compiled, "_search", noted)
    assert PassageIndex([["river"], ["road"], ["hill"]]).search(["road"], 5)[0].passage == 1
    assert len(asked) == 1
