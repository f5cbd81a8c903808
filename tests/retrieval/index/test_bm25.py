"""The index gives rank-bm25's numbers to the last bit, whichever way it keeps its postings, and ranks by them."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.index.bm25 import Hit, PassageIndex
from retrieval.index.postings import counted

# Few terms, so that they repeat within a passage and fall under the floor of the idf; passages may be empty.
passages = st.lists(st.lists(st.sampled_from("abcdef"), max_size=9), min_size=1, max_size=14).filter(any)
queries = st.lists(st.sampled_from("abcdefxy"), max_size=7)  # x and y stand in no passage


def zipf_passages(number: int, seed: int) -> list[list[str]]:
    """Passages of 5 to 15 terms, some of them frequent and most of them rare."""
    dice = random.Random(seed)
    return [[f"t{int(dice.paretovariate(0.7))}" for _ in range(dice.randint(5, 15))] for _ in range(number)]


def reference_hits(corpus: Sequence[Sequence[str]], query: Sequence[str], count: int) -> list[Hit]:
    """What a search has to find, by rank-bm25's scores and by looking into every passage."""
    scores = BM25Okapi(corpus).get_scores(query).tolist()
    shared = [len(set(query) & set(passage)) for passage in corpus]
    hits = [Hit(number, scores[number], shared[number]) for number in range(len(corpus)) if shared[number]]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage))[:count]


@given(
    corpus=passages,
    query=queries,
    k1=st.floats(0.1, 3.0),  # at 0, and for empty passages at b = 1, rank-bm25 divides zero by zero
    b=st.floats(0.0, 0.95),
)
def test_scores_equal_rank_bm25s_bit_for_bit(corpus: list[list[str]], query: list[str], k1: float, b: float) -> None:
    ours = PassageIndex(corpus, k1, b)
    theirs = BM25Okapi(corpus, k1=k1, b=b)
    numbers = list(range(len(corpus)))[::-1]
    assert ours.get_scores(query).tolist() == theirs.get_scores(query).tolist()
    assert ours.get_batch_scores(query, numbers) == theirs.get_batch_scores(query, numbers)
    assert ours.idf == theirs.idf
    assert (ours.corpus_size, ours.avgdl, ours.doc_len) == (theirs.corpus_size, theirs.avgdl, theirs.doc_len)


@given(corpus=passages, query=queries, count=st.integers(0, 16))
def test_a_search_finds_the_best_passages_with_ties_in_order(
    corpus: list[list[str]], query: list[str], count: int
) -> None:
    index = PassageIndex(corpus)
    expected = reference_hits(corpus, query, count)
    assert index.search(query, count) == expected
    assert index.search(query, count) == expected, "a search leaves nothing behind for the next one"


@given(corpus=passages, query=queries, n=st.integers(0, 16))
def test_get_top_n_gives_rank_bm25s_documents(corpus: list[list[str]], query: list[str], n: int) -> None:
    documents = [f"document {number}" for number in range(len(corpus))]
    ours = PassageIndex(corpus).get_top_n(query, documents, n)
    assert ours == BM25Okapi(corpus).get_top_n(query, documents, n)


@given(corpus=passages, weighted=st.lists(st.tuples(st.sampled_from("abcdefxy"), st.floats(0.0, 4.0)), max_size=7))
def test_weights_multiply_the_share_of_their_term(corpus: list[list[str]], weighted: list[tuple[str, float]]) -> None:
    query, weights = [term for term, _ in weighted], [weight for _, weight in weighted]
    index = PassageIndex(corpus)
    expected = {
        number: sum(weight * index.get_scores([term])[number] for term, weight in weighted)
        for number, passage in enumerate(corpus)
        if set(passage) & set(query)
    }
    found = index.search(query, len(corpus), weights)
    assert {hit.passage: hit.score for hit in found} == pytest.approx(expected, abs=1e-12)


def test_a_large_corpus_is_ranked_as_rank_bm25_ranks_it() -> None:
    corpus = zipf_passages(400, seed=1)
    index = PassageIndex(corpus)
    dice = random.Random(2)
    for _ in range(25):
        query = dice.choices(dice.choice(corpus), k=4)
        assert index.search(query, 5) == reference_hits(corpus, query, 5)


def test_a_repeated_term_counts_each_time_for_the_score_and_once_as_shared() -> None:
    index = PassageIndex([["river", "bank"], ["bank"], ["road"], ["hill"], ["lake"]])
    once, twice = index.search(["river"], 1), index.search(["river", "river"], 1)
    assert twice == [Hit(0, 2 * once[0].score, 1)]


def test_a_match_may_score_below_zero_and_is_found_all_the_same() -> None:
    """In one or two passages rank-bm25's idf is negative: evidence is a shared term, not a score above zero."""
    one = PassageIndex([["river"]]).search(["river", "road"], 5)
    assert [(hit.passage, hit.shared) for hit in one] == [(0, 1)]
    assert one[0].score < 0
    assert PassageIndex([["river"], ["road"]]).search(["river"], 5) == [Hit(0, 0.0, 1)]


def test_what_matches_nothing_is_not_found() -> None:
    index = PassageIndex([["river"], ["road"], []])
    assert index.search(["hill"], 5) == []
    assert index.search([], 5) == []
    assert index.search(["river"], 0) == []
    assert index.get_scores(["hill"]).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("corpus", [[], [[]], [[], [], []]], ids=["no passages", "one empty", "three empty"])
def test_an_index_over_nothing_finds_nothing(corpus: list[list[str]]) -> None:
    index = PassageIndex(corpus)
    assert index.search(["river"], 5) == []
    assert index.get_scores(["river"]).tolist() == [0.0] * len(corpus)
    assert index.get_batch_scores(["river"], range(len(corpus))) == [0.0] * len(corpus)
    assert index.document_frequency == {}


def test_document_frequency_counts_passages_not_occurrences() -> None:
    index = PassageIndex([["river", "river", "bank"], ["bank"], []])
    assert index.document_frequency == {"river": 1, "bank": 2}


def test_passages_may_come_from_a_generator() -> None:
    corpus = [["river", "bank"], ["road"], ["hill", "road"]]
    index = PassageIndex(passage for passage in corpus)
    assert index.get_scores(["road"]).tolist() == BM25Okapi(corpus).get_scores(["road"]).tolist()


def test_several_threads_may_search_at_once() -> None:
    corpus = zipf_passages(300, seed=4)
    index = PassageIndex(corpus)
    asked = [passage[:3] for passage in corpus]
    expected = [index.search(query, 5) for query in asked]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(3):
            assert list(threads.map(lambda query: index.search(query, 5), asked)) == expected


@given(corpus=passages, query=queries, stored=st.booleans())
def test_an_index_over_counted_postings_is_the_one_over_the_passages(
    corpus: list[list[str]], query: list[str], stored: bool
) -> None:
    whole = PassageIndex(corpus)
    vocabulary, postings = counted(corpus)
    index = PassageIndex.over(vocabulary, postings, whole.impacts_of_all if stored else None)
    assert index.search(query, 5) == reference_hits(corpus, query, 5)
    assert (index.idf, index.document_frequency) == (whole.idf, whole.document_frequency)
    assert index.get_scores(query).tolist() == whole.get_scores(query).tolist()
    assert not stored or index.impacts_of_all is whole.impacts_of_all, "nothing is copied"


def test_impacts_must_be_those_of_the_postings() -> None:
    with pytest.raises(ValueError, match="1 impacts are given for 2 postings"):
        PassageIndex.over(*counted([["river", "bank"]]), np.zeros(1, np.float32))


@given(corpus=passages)
def test_the_largest_share_of_a_term_is_the_same_computed_with_the_shares_or_when_it_is_asked_for(
    corpus: list[list[str]],
) -> None:
    whole = PassageIndex(corpus)
    shares = PassageIndex.over(*counted(corpus), whole.impacts_of_all)._shares
    most = [shares.most(term) for term in range(len(shares.starts) - 1)]
    assert most == [float(abs(shares.near[shares.of(term)]).max()) for term in range(len(most))]
    assert shares.peaks.tolist() == whole._shares.peaks.tolist() == most
