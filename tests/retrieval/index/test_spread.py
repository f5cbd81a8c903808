"""In how many reports a term stands: the same, counted once for an edition, as by looking it up for a question."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index import spread as module
from retrieval.index.bm25 import PassageIndex
from retrieval.index.postings import counted
from retrieval.index.spread import spread
from retrieval.words.background import Background

terms = st.lists(st.sampled_from("abcdef"), max_size=4)
reports = st.lists(st.lists(terms, min_size=1, max_size=4), max_size=6)


@given(reports, st.integers(1, 5))
def test_it_is_what_looking_it_up_finds(corpus: list[list[list[str]]], portion: int) -> None:
    sizes = {str(n): len(passages) for n, passages in enumerate(corpus)}
    vocabulary, postings = counted(passage for passages in corpus for passage in passages)
    index = PassageIndex.over(vocabulary, postings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PORTION", portion)
        found = spread(postings, np.repeat(np.arange(len(corpus)), list(sizes.values())))
    counted_once = dict(zip(vocabulary, found.tolist(), strict=True))
    looking = Background(sizes, index.holding)
    knowing = Background(sizes, index.holding, lambda key: counted_once.get(key, 0))
    for key in "abcdefx":
        for report in ("", *sizes):
            assert knowing.surprisal(key, "en", report) == looking.surprisal(key, "en", report)


@given(st.lists(terms, max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_what_holds_a_term_among_some_passages(corpus: list[list[str]], start: int, stop: int) -> None:
    index = PassageIndex(corpus)
    expected = [n for n, passage in enumerate(corpus) if "a" in passage and start <= n < stop]
    assert index.holding("a", range(start, max(start, stop))).tolist() == expected
