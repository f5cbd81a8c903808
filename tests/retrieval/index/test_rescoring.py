"""What another engine says a passage holds is scored as the index itself would have scored it, to the last bit."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.bm25 import Lift, PassageIndex
from retrieval.index.rescoring import Counted, rescored

terms = st.lists(st.sampled_from("abcdef"), max_size=8)


@given(
    corpus=st.lists(terms, min_size=1, max_size=12),
    query=st.lists(st.sampled_from("abcdefx"), max_size=6),
    more=st.data(),
)
def test_all_that_hold_a_term_come_out_as_from_a_search(
    corpus: list[list[str]], query: list[str], more: st.DataObject
) -> None:
    weights = more.draw(st.lists(st.floats(0.1, 2.0), min_size=len(query), max_size=len(query)))
    of = more.draw(st.lists(st.integers(0, 2), min_size=len(corpus), max_size=len(corpus)))
    some = st.lists(st.floats(0.0, 3.0), min_size=3, max_size=3)
    worth = {key: np.array(more.draw(some)) for key in dict.fromkeys(query[:3])}
    index = PassageIndex(corpus)
    held = [Counted(n, len(passage), Counter(passage)) for n, passage in enumerate(corpus) if set(passage) & set(query)]
    for lift in (None, Lift(np.array(of, np.int64), worth) if worth else None):
        assert rescored(index, held[::-1], query, weights, lift) == index.search(query, len(corpus), weights, lift)
        assert rescored(index, held, query, None, lift) == index.search(query, len(corpus), None, lift)
