"""The compiled search finds what sums in NumPy and rank-bm25 find, to the last bit, and is missing without a word."""

import os
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index import compiled
from retrieval.index.bm25 import PassageIndex
from retrieval.index.postings import Postings
from tests.retrieval.index.test_accumulating import large
from tests.retrieval.index.test_bm25 import passages, queries, reference_hits, zipf_passages

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="numba is not installed")
CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def search() -> Iterator[compiled.Search]:
    """The compiled search, which indexes find during these tests alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_search", None)
        yield compiled.ready()


@pytest.fixture
def there(search: compiled.Search, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_search", search)


def plain(index: PassageIndex) -> PassageIndex:
    """The same index, which is asked without what is compiled."""
    index._accumulator.compiled.is_fit = False
    return index


@needs_numba
@given(corpus=passages, query=queries, count=st.integers(1, 16), seed=st.integers(0, 9))
@settings(deadline=None)
def test_it_finds_what_numpy_and_rank_bm25_find(
    search: compiled.Search, corpus: list[list[str]], query: list[str], count: int, seed: int
) -> None:
    dice = random.Random(seed)
    weights = [dice.choice((0.0, 0.3, 1.0, 2.5, -0.2)) for _ in query]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "_search", search)
        index = PassageIndex(corpus)
        assert index.search(query, count) == reference_hits(corpus, query, count)
        expected = plain(PassageIndex(corpus)).search(query, count, weights)
        assert index.search(query, count, weights) == expected
        assert plain(large(corpus)).search(query, count, weights) == expected
        assert index.search(query, count, weights) == expected, "a search leaves nothing behind for the next one"


@needs_numba
@pytest.mark.usefixtures("there")
def test_terms_that_are_only_looked_up_count_as_if_they_had_been_added() -> None:
    """So many passages that a common term cannot bring in any by itself."""
    corpus = zipf_passages(6_000, seed=5)
    dice = random.Random(6)
    index, others = PassageIndex(corpus), (plain(PassageIndex(corpus)), plain(large(corpus)))
    for _ in range(200):
        query = [*dice.sample(dice.choice(corpus), 3), *dice.sample(["t1", "t2", "t3"], 2)]
        weights = [dice.choice((0.1, 0.6, 1.0)) for _ in query]
        for count in (1, 7):
            found = index.search(query, count), index.search(query, count, weights)
            for other in others:
                assert (other.search(query, count), other.search(query, count, weights)) == found


@needs_numba
@pytest.mark.usefixtures("there")
def test_ties_that_32_bits_cannot_tell_from_others_are_in_passage_order() -> None:
    corpus = [["river", f"w{n}"] for n in range(3_000)] + [["hill"]] * 4_000
    assert [hit.passage for hit in PassageIndex(corpus).search(["river"], 5)] == [0, 1, 2, 3, 4]


@needs_numba
@pytest.mark.usefixtures("there")
def test_several_threads_may_search_at_once_and_for_more_than_before() -> None:
    corpus = zipf_passages(2_500, seed=4)
    index = PassageIndex(corpus)
    asked = [(passage[:3], number % 12 + 1) for number, passage in enumerate(corpus[:300])]
    expected = [plain(PassageIndex(corpus)).search(query, count) for query, count in asked[:20]]
    with ThreadPoolExecutor(4) as threads:
        for _ in range(3):
            assert list(threads.map(lambda one: index.search(*one), asked))[:20] == expected


@needs_numba
@pytest.mark.usefixtures("there")
def test_an_index_may_go_to_another_process_and_lie_in_files(tmp_path: Path) -> None:
    corpus = zipf_passages(300, seed=4)
    index = PassageIndex(corpus)
    expected = index.search(corpus[0][:3], 5)
    assert pickle.loads(pickle.dumps(index)).search(corpus[0][:3], 5) == expected  # noqa: S301  # our own
    for name, array in {**index.postings._asdict(), "impacts": index.impacts_of_all}.items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {file.stem: np.load(file, mmap_mode="r") for file in tmp_path.iterdir()}
    impacts = mapped.pop("impacts")
    read = PassageIndex.over(list(index.document_frequency), Postings(**mapped), impacts)
    assert read.search(corpus[0][:3], 5) == expected == reference_hits(corpus, corpus[0][:3], 5)


@needs_numba
def test_it_comes_in_the_background_and_is_asked_from_then_on(
    search: compiled.Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled, "_search", None)
    index = PassageIndex([["river"], ["road"], ["hill"]])
    before = index.search(["road"], 5)
    thread = compiled.bring()
    assert thread is not None
    thread.join()
    brought, asked = compiled.search(), list[object]()
    assert brought is search

    def noted(*given: object) -> int:
        asked.append(given)
        return search(*given)

    monkeypatch.setattr(compiled, "_search", noted)
    assert index.search(["road"], 5) == before
    assert len(asked) == 1


def test_nothing_is_brought_where_numba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)
    assert compiled.bring() is None


@needs_numba
def test_what_is_compiled_is_kept_in_the_folder_that_is_given(tmp_path: Path) -> None:
    """As in a container, whose program cannot be written: what is kept lies in the data directory."""
    folder = tmp_path / "data" / "compiled"
    code = (
        "from pathlib import Path\n"
        "from retrieval.index import compiled\n"
        f"search = compiled.ready(Path({str(folder)!r}))\n"
        "print(sum(search.stats.cache_hits.values()))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    hits = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=CHECKOUT,
            env=environment | {"PYTHONPATH": str(CHECKOUT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert hits == ["0", "1"]
    assert any(folder.rglob("*.nbi"))
