"""Full-text engines after one door: built from passages as lists of terms, asked with terms for the best passages.

Each is used the way its own documentation recommends for speed. None is told anything that another is not.
"""

import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from rank_bm25 import BM25Okapi

from retrieval.index.bm25 import PassageIndex
from retrieval.index.compiled import bring

TOP = 5
K1, B = 1.5, 0.75

Passages = Sequence[Sequence[str]]
Ask = Callable[[Sequence[str]], object]
Build = Callable[[Passages], Ask]

OURS, FAST, RANK_BM25 = "ours", "ours, [fast]", "rank-bm25"

# Passages up to which an engine is asked, and why not more.
MOST = {
    RANK_BM25: (200_000, "it takes a second and more for a question, and 3 GB for a million passages"),
    "bm25s, NumPy": (1_000_000, "it takes 40 ms and more for a question"),
}


def ours(passages: Passages) -> Ask:
    """Our index, with nothing but NumPy."""
    return plainly(PassageIndex(passages))


def plainly(index: PassageIndex) -> Ask:
    """An index asked without what is compiled, whether that is there or not."""
    index._accumulator.compiled.is_fit = False
    return lambda question: index.search(question, TOP)


def fast(passages: Passages) -> Ask:
    """Our index with numba, compiled before the clock runs. Raises ``ImportError`` where numba is missing."""
    compiling = bring()
    if compiling is None:
        raise ImportError("No module named 'numba'")
    compiling.join()
    index = PassageIndex(passages)
    return lambda question: index.search(question, TOP)


def rank_bm25(passages: Passages) -> Ask:
    """rank-bm25, whose numbers ours are; asked through its own ``get_top_n``."""
    index, numbers = BM25Okapi(passages), range(len(passages))
    return lambda question: index.get_top_n(question, numbers, TOP)


def bm25s_numpy(passages: Passages) -> Ask:
    """bm25s with nothing but NumPy."""
    return _bm25s(passages, "numpy")


def bm25s_numba(passages: Passages) -> Ask:
    """bm25s with numba, compiled before the clock runs. Raises ``ImportError`` where numba is missing."""
    import_module("numba")
    _bm25s([["a"] * 2] * TOP, "numba")(["a"])
    return _bm25s(passages, "numba")


def _bm25s(passages: Passages, backend: str) -> Ask:
    index = import_module("bm25s").BM25(k1=K1, b=B, method="robertson", backend=backend)
    index.index(passages, show_progress=False)
    return lambda question: index.retrieve([question], k=TOP, show_progress=False, backend_selection=backend)


def tantivy(passages: Passages) -> Ask:
    """tantivy in memory: one segment, frequencies without positions, no count of all matches."""
    library: Any = import_module("tantivy")
    schema = library.SchemaBuilder().add_text_field("body", index_option="freq").build()
    index = library.Index(schema)
    writer = index.writer(heap_size=512_000_000, num_threads=1)
    for passage in passages:
        writer.add_document(library.Document(body=" ".join(passage)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: Sequence[str]) -> object:
        terms = [(library.Occur.Should, library.Query.term_query(schema, "body", term, "freq")) for term in question]
        return searcher.search(library.Query.boolean_query(terms), TOP, count=False).hits

    return ask


def sqlite_fts5(passages: Passages) -> Ask:
    """SQLite's FTS5 in memory, without a copy of the text. Raises ``ImportError`` where SQLite was built without it."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE passages USING fts5(body, content='', tokenize='ascii')")
    except sqlite3.OperationalError as error:
        raise ImportError(str(error)) from None
    rows = ((number, " ".join(passage)) for number, passage in enumerate(passages))
    connection.executemany("INSERT INTO passages(rowid, body) VALUES (?, ?)", rows)
    connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    connection.commit()
    best = "SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
    return lambda question: connection.execute(best, (" OR ".join(question), TOP)).fetchall()


ENGINES: dict[str, Build] = {
    OURS: ours,
    FAST: fast,
    RANK_BM25: rank_bm25,
    "bm25s, NumPy": bm25s_numpy,
    "bm25s, numba": bm25s_numba,
    "tantivy": tantivy,
    "SQLite FTS5": sqlite_fts5,
}
